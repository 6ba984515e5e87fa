'use client';
import { Bar, Card, Empty, formatPeriodShort, MoneyCell, shortCompany, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { PaymentPreview } from '../../contract/index.ts';
import { difference, percent, total } from './money.ts';

/** Names of services and providers of the account, by their codes. */
export interface DeskNames {
  readonly service: (code: string) => string;
  readonly provider: (code: string) => string;
}

/** The month in which nothing is owed yet: money goes in advance. */
type Line = { key: string; month: string | null; service: string; provider: string; owed: string; covered: string };

const linesOf = (preview: PaymentPreview): readonly Line[] => [
  ...preview.allocations.map((line) => ({
    key: `${line.month}${line.service}${line.provider}`,
    month: line.month,
    service: line.service,
    provider: line.provider,
    owed: line.outstanding,
    covered: line.amount,
  })),
  ...preview.advances.map((line) => ({
    key: `advance${line.service}${line.provider}`,
    month: null,
    service: line.service,
    provider: line.provider,
    owed: '0.00',
    covered: line.amount,
  })),
];

function Row({ line, names }: { line: Line; names: DeskNames }): ReactNode {
  const text = useText();
  const left = line.month ? difference(line.owed, line.covered) : '0.00';
  return (
    <tr>
      <th scope="row" className="tnum">
        {line.month ? formatPeriodShort(line.month) : text('payments.ui.desk.advance')}
      </th>
      <td>{names.service(line.service)}</td>
      <td className="t2">{shortCompany(names.provider(line.provider))}</td>
      <td className="r">
        <MoneyCell value={line.owed} />
      </td>
      <td className="r">
        <MoneyCell value={line.covered} strong />
      </td>
      <td>
        <div className="cov">
          {line.month && <Bar parts={[{ kind: 'acc', share: percent(line.covered, line.owed) }]} />}
        </div>
      </td>
      <td className="r">
        <MoneyCell value={left} />
      </td>
    </tr>
  );
}

/** Where the money will go, line by line, before it is accepted. The posting repeats it. */
export function DeskPreview({ preview, names }: { preview: PaymentPreview | undefined; names: DeskNames }): ReactNode {
  const text = useText();
  const title = text('payments.ui.desk.where');
  const lines = preview ? linesOf(preview) : [];
  const owed = total(lines.map((line) => line.owed));
  const due = lines.filter((line) => line.month);
  return (
    <Card title={title} sub={text('payments.ui.desk.rule')}>
      {lines.length === 0 ? (
        <Empty icon="wallet" title={text('payments.ui.desk.start')} text={text('payments.ui.desk.start-text')} />
      ) : (
        <div className="scrollx desk-lines" tabIndex={0} role="region" aria-label={title}>
          <table className="tbl dense">
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">{text('payments.ui.desk.month')}</th>
                <th scope="col">{text('payments.ui.desk.service')}</th>
                <th scope="col">{text('payments.ui.desk.provider')}</th>
                <th scope="col" className="r">
                  {text('payments.ui.desk.owed')}
                </th>
                <th scope="col" className="r">
                  {text('payments.ui.desk.covered')}
                </th>
                <th scope="col" aria-hidden="true" />
                <th scope="col" className="r">
                  {text('payments.ui.desk.left')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Row key={line.key} line={line} names={names} />
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{text('payments.ui.desk.total')}</th>
                <td colSpan={2} />
                <td className="r">
                  <MoneyCell value={owed} />
                </td>
                <td className="r">
                  <MoneyCell value={total(lines.map((line) => line.covered))} />
                </td>
                <td />
                <td className="r">
                  <MoneyCell value={difference(owed, total(due.map((line) => line.covered)))} />
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </Card>
  );
}
