'use client';
import { Card, formatDay, formatPeriod, MoneyCell, StatusPill, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { CaseMoneyPart, CaseView } from '../../contract/index.ts';

const SUMS = ['claimed', 'awarded', 'recovered', 'writtenOff', 'outstanding'] as const;

function PartRow({ part }: { part: CaseMoneyPart }): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <tr>
      <th scope="row">
        {text(`legal.case.part.${part.part}`)}
        {part.month && ` ${formatPeriod(part.month, locale)}`}
        {part.service && <small>{part.service}</small>}
      </th>
      {SUMS.map((sum) => (
        <td key={sum} className="r">
          {part[sum] === null ? <span className="mut">–</span> : <MoneyCell value={part[sum] ?? '0.00'} />}
        </td>
      ))}
    </tr>
  );
}

/** Money of a case by month and part, and in which order receipts cover them. */
export function CaseMoneyCard({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  const order = view.order;
  return (
    <Card
      title={text('legal.ui.case.money')}
      sub={order && text('legal.ui.case.order', { act: order.act, order: order.parts.map((part) => text(`legal.case.part.${part}`)).join(', ') })}
      right={
        order?.mark === 'needs a lawyer' && (
          <StatusPill kind="warn" icon="warning">
            {text('legal.ui.case.needs-lawyer')}
          </StatusPill>
        )
      }
    >
      <table className="tbl dense">
        <caption>{text('legal.ui.case.money')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('legal.ui.case.part')}</th>
            {SUMS.map((sum) => (
              <th key={sum} scope="col" className="r">
                {text(`legal.ui.case.${sum}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.parts.map((part) => (
            <PartRow key={part.no} part={part} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text('legal.ui.case.total')}</th>
            <td className="r">
              <MoneyCell value={view.item.claimed} strong />
            </td>
            <td colSpan={3} />
            <td className="r">
              <MoneyCell value={view.item.outstanding} strong />
            </td>
          </tr>
        </tfoot>
      </table>
    </Card>
  );
}

/** What came, what was told of, and the fees that were paid. */
export function CaseReceiptsCard({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  if (view.receipts.length === 0 && view.fees.length === 0) return null;
  return (
    <Card title={text('legal.ui.case.receipts')} padded>
      <ul className="stack">
        {view.receipts.map((receipt) => (
          <li key={receipt.id} className="row">
            <StatusPill kind={receipt.state === 'tied' ? 'ok' : 'warn'} icon={receipt.state === 'tied' ? 'done' : 'clock'}>
              {text(`legal.ui.receipt.${receipt.state}`)}
            </StatusPill>
            <span className="grow">
              {formatDay(receipt.on)}, {text(`legal.ui.receipt.${receipt.source}`)}
              {receipt.reference && `, ${receipt.reference}`}
            </span>
            <MoneyCell value={receipt.amount} />
          </li>
        ))}
        {view.fees.map((fee) => (
          <li key={`${fee.kind}${fee.paidOn}`} className="row">
            <StatusPill kind="info" icon="receipt">
              {text(`legal.ui.fee.${fee.state}`)}
            </StatusPill>
            <span className="grow">
              {formatDay(fee.paidOn)}, {text(`legal.case.part.fee`)}: {text(`legal.ui.kind.${fee.kind}`)}
            </span>
            <MoneyCell value={fee.amount} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
