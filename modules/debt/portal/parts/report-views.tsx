'use client';
import { useRead } from '@komplat/api-client';
import {
  Banner, formatCount, formatDay, formatMoney, formatPercent, formatPeriod, Frame, MoneyCell, shiftPeriod, useLocale, useMe, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { DebtAgeing, DebtMovement, DebtYears, LimitationForecast, PaidByPeriods } from '../../contract/index.ts';
import { RuleMarks } from './rule-marks.tsx';
import { ShareBar, shareOf } from './share-bar.tsx';
import { moneyCell, ShortTable } from './short-table.tsx';

const YEAR_BACK = -11;
const OLD_AGE = 3;

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
              moneyCell('debt', text('debt.ui.reports.debt'), debt, true),
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
              moneyCell('debt', text('debt.ui.reports.debt'), debt, true),
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
              moneyCell('paid', text('debt.ui.reports.paid-sum'), row.paid, true),
              moneyCell('last', text('debt.ui.reports.paid-last'), row.lastMonth),
              moneyCell('year', text('debt.ui.reports.paid-year'), row.year),
              moneyCell('older', text('debt.ui.reports.paid-older'), row.older),
              moneyCell('ahead', text('debt.ui.reports.paid-ahead'), row.ahead),
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
              moneyCell('opening', text('debt.ui.reports.opening'), row.opening),
              moneyCell('charged', text('debt.ui.reports.charged'), row.charged),
              moneyCell('other', text('debt.ui.reports.other'), row.other),
              moneyCell('paid', text('debt.ui.reports.paid-movement'), row.paid),
              moneyCell('closing', text('debt.ui.reports.closing'), row.closing, true),
              moneyCell('debt', text('debt.ui.reports.debt-only'), row.debt),
              moneyCell('advance', text('debt.ui.reports.advance'), row.advance),
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
                moneyCell('debt', text('debt.ui.reports.debt'), row.debt, true),
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
