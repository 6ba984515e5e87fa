'use client';
import { useRead } from '@komplat/api-client';
import {
  Banner, Empty, formatCount, formatDay, formatMoney, formatPercent, formatPeriod, Frame, MoneyCell, shiftPeriod, useLocale, useMe, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { DebtAgeing, DebtMovement, DebtYears, LimitationForecast, PaidByPeriods } from '../../contract/index.ts';
import { RuleMarks } from './rule-marks.tsx';
import { ShareBar, shareOf } from './share-bar.tsx';

const YEAR_BACK = -11;
const OLD_AGE = 3;

interface Cell {
  readonly key: string;
  readonly title: string;
  readonly right?: boolean;
  readonly value: ReactNode;
}
interface Line {
  readonly key: string;
  readonly cells: readonly Cell[];
}

/** A short table: the first cell names the row. */
function ShortTable({ caption, rows, total }: { caption: string; rows: readonly Line[]; total?: readonly ReactNode[] }): ReactNode {
  const text = useText();
  const [first] = rows;
  if (!first) return <Empty icon="table" title={text('debt.ui.reports.empty')} text={text('debt.ui.reports.empty-text')} />;
  return (
    <div className="scrollx">
      <table className="tbl">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {first.cells.map((cell) => (
              <th key={cell.key} scope="col" className={cell.right ? 'r' : ''}>
                {cell.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, at) =>
                at === 0 ? (
                  <th key={cell.key} scope="row">
                    {cell.value}
                  </th>
                ) : (
                  <td key={cell.key} className={cell.right ? 'r tnum' : ''}>
                    {cell.value}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              <th scope="row">{text('debt.ui.reports.total')}</th>
              {total.map((value, at) => (
                <td key={first.cells[at + 1]?.key ?? at} className={first.cells[at + 1]?.right ? 'r tnum' : ''}>
                  {value}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

const money = (key: string, title: string, value: string, strong = false): Cell => ({
  key,
  title,
  right: true,
  value: <MoneyCell value={value} strong={strong} />,
});

/** Debt by the year of the month it is about. */
export function YearsView({ provider }: { provider: string | undefined }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const read = useRead<DebtYears>('debt/reports/years', { provider });
  return (
    <Frame read={read} rows={8} permission="debt.read">
      {({ years, total }) => (
        <ShortTable
          caption={text('debt.ui.reports.years')}
          rows={years.map(({ year, debt }) => ({
            key: `${year}`,
            cells: [
              { key: 'year', title: text('debt.ui.reports.year'), value: year },
              money('debt', text('debt.ui.reports.debt'), debt, true),
              { key: 'share', title: text('debt.ui.reports.share'), right: true, value: formatPercent(shareOf(debt, total), 100, locale) },
              { key: 'bar', title: text('debt.ui.reports.chart'), value: <ShareBar share={shareOf(debt, total)} /> },
            ],
          }))}
          total={[<MoneyCell key="sum" value={total} strong />, null, null]}
        />
      )}
    </Frame>
  );
}

/** The pyramid of ages. */
export function AgeingView({ provider }: { provider: string | undefined }): ReactNode {
  const text = useText();
  const read = useRead<DebtAgeing>('debt/reports/ageing', { provider });
  return (
    <Frame read={read} rows={8} permission="debt.read">
      {({ rows, total }) => (
        <ShortTable
          caption={text('debt.ui.reports.ageing')}
          rows={rows.map(({ age, debt, accounts }, at) => ({
            key: age,
            cells: [
              { key: 'age', title: text('debt.ui.reports.age'), value: text(`debt.ui.reports.age-${age}`) },
              { key: 'bar', title: text('debt.ui.reports.chart'), value: <ShareBar share={shareOf(debt, total.debt)} kind={at > OLD_AGE ? 'bad' : 'acc'} /> },
              money('debt', text('debt.ui.reports.debt'), debt, true),
              { key: 'accounts', title: text('debt.ui.reports.accounts'), right: true, value: formatCount(accounts) },
            ],
          }))}
          total={[null, <MoneyCell key="sum" value={total.debt} strong />, formatCount(total.accounts)]}
        />
      )}
    </Frame>
  );
}

/** What came in a month and which months it paid. */
export function PaidView({ provider }: { provider: string | undefined }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { period } = useMe();
  const read = useRead<PaidByPeriods>('debt/reports/paid', { provider, from: shiftPeriod(period, YEAR_BACK), to: period });
  return (
    <Frame read={read} rows={8} permission="debt.read">
      {({ rows }) => (
        <ShortTable
          caption={text('debt.ui.reports.paid')}
          rows={rows.map((row) => ({
            key: row.month,
            cells: [
              { key: 'month', title: text('debt.ui.reports.month'), value: formatPeriod(row.month, locale) },
              money('paid', text('debt.ui.reports.paid-sum'), row.paid, true),
              money('last', text('debt.ui.reports.paid-last'), row.lastMonth),
              money('year', text('debt.ui.reports.paid-year'), row.year),
              money('older', text('debt.ui.reports.paid-older'), row.older),
              money('ahead', text('debt.ui.reports.paid-ahead'), row.ahead),
              { key: 'bar', title: text('debt.ui.reports.chart'), value: <ShareBar share={shareOf(row.lastMonth, row.paid)} /> },
            ],
          }))}
        />
      )}
    </Frame>
  );
}

/** Debt from month to month. */
export function MovementView({ provider }: { provider: string | undefined }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { period } = useMe();
  const read = useRead<DebtMovement>('debt/reports/movement', { provider, from: shiftPeriod(period, YEAR_BACK), to: period });
  return (
    <Frame read={read} rows={8} permission="debt.read">
      {({ rows }) => (
        <ShortTable
          caption={text('debt.ui.reports.movement')}
          rows={rows.map((row) => ({
            key: row.month,
            cells: [
              { key: 'month', title: text('debt.ui.reports.month'), value: formatPeriod(row.month, locale) },
              money('opening', text('debt.ui.reports.opening'), row.opening),
              money('charged', text('debt.ui.reports.charged'), row.charged),
              money('other', text('debt.ui.reports.other'), row.other),
              money('paid', text('debt.ui.reports.paid-movement'), row.paid),
              money('closing', text('debt.ui.reports.closing'), row.closing, true),
              money('debt', text('debt.ui.reports.debt-only'), row.debt),
              money('advance', text('debt.ui.reports.advance'), row.advance),
              { key: 'came', title: text('debt.ui.reports.came'), right: true, value: formatCount(row.came) },
              { key: 'left', title: text('debt.ui.reports.left'), right: true, value: formatCount(row.left) },
            ],
          }))}
        />
      )}
    </Frame>
  );
}

/** What passes limitation in the coming months, with the marks of the rule. */
export function LimitationView({ provider }: { provider: string | undefined }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const read = useRead<LimitationForecast>('debt/reports/limitation', { provider });
  return (
    <Frame read={read} rows={8} permission="debt.read">
      {({ rows, expired, parameters }) => (
        <>
          <Banner kind="warn">
            <p>{text('debt.ui.reports.expired', { sum: formatMoney(expired, locale) })}</p>
          </Banner>
          <ShortTable
            caption={text('debt.ui.reports.limitation')}
            rows={rows.map((row) => ({
              key: `${row.month}${row.provider}`,
              cells: [
                { key: 'month', title: text('debt.ui.reports.month'), value: formatPeriod(row.month, locale) },
                { key: 'provider', title: text('debt.ui.reports.provider'), value: row.providerName },
                money('debt', text('debt.ui.reports.debt'), row.debt, true),
                { key: 'accounts', title: text('debt.ui.reports.accounts'), right: true, value: formatCount(row.accounts) },
                { key: 'last', title: text('debt.ui.reports.last-day'), value: formatDay(row.lastDay) },
              ],
            }))}
          />
          <div className="card-b">
            <RuleMarks parameters={parameters} />
          </div>
        </>
      )}
    </Frame>
  );
}
