'use client';
import { Money } from '@komplat/kernel';
import { Card, formatDay, formatPeriod, Icon, MoneyCell, StatusPill, useLocale, useText } from '@komplat/ui';
import { type ReactNode, useState } from 'react';
import type { CaseMoneyPart, CaseView } from '../../contract/index.ts';

const SUMS = ['claimed', 'awarded', 'recovered', 'writtenOff', 'outstanding'] as const;

type Sum = (typeof SUMS)[number];
interface Year {
  /** Null = what belongs to no single month. */
  readonly year: string | null;
  readonly parts: readonly CaseMoneyPart[];
}
/** Up to so many lines are shown unfolded. */
const SHORT = 12;

function Sums({ of, strong = false }: { of: (sum: Sum) => string | null; strong?: boolean }): ReactNode {
  return SUMS.map((sum) => {
    const value = of(sum);
    return (
      <td key={sum} className="r">
        {value === null ? <span className="mut">–</span> : <MoneyCell value={value} strong={strong} />}
      </td>
    );
  });
}

/** The sum of a column over parts; null where nothing was decided yet. */
const sumOf =
  (parts: readonly CaseMoneyPart[]) =>
  (sum: Sum): string | null => {
    const known = parts.flatMap((part) => part[sum] ?? []);
    return known.length === 0 ? null : Money.sum(known.map((value) => Money.parse(value))).toString();
  };

/** Years from the oldest, then what belongs to no month. */
function yearsOf(parts: readonly CaseMoneyPart[]): Year[] {
  const years = new Set(parts.map(({ month }) => month?.slice(0, 4) ?? null));
  const known = [...years].filter((year) => year !== null).toSorted();
  return [...known, ...(years.has(null) ? [null] : [])].map((year) => ({ year, parts: parts.filter(({ month }) => (month?.slice(0, 4) ?? null) === year) }));
}

function PartRow({ part }: { part: CaseMoneyPart }): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <tr className="part">
      <th scope="row">
        {text(`legal.case.part.${part.part}`)}
        {part.month && ` ${formatPeriod(part.month, locale)}`}
        {part.serviceName && <small>{part.serviceName}</small>}
      </th>
      <Sums of={(sum) => part[sum]} />
    </tr>
  );
}

/** One year: its sums, and its parts when it is unfolded. */
function YearBody({ year, parts, isShort }: Year & { isShort: boolean }): ReactNode {
  const text = useText();
  const [isOpen, setOpen] = useState(isShort);
  return (
    <tbody>
      <tr>
        <th scope="row">
          <button type="button" className="row bare" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} />
            {year ?? text('legal.ui.case.no-month')}
            <small>{text('legal.ui.case.parts', { count: parts.length })}</small>
          </button>
        </th>
        <Sums of={sumOf(parts)} />
      </tr>
      {isOpen && parts.map((part) => <PartRow key={part.no} part={part} />)}
    </tbody>
  );
}

/** Money of a case: totals first, then by year, and in which order receipts cover it. */
export function CaseMoneyCard({ view }: { view: CaseView }): ReactNode {
  const text = useText();
  const { order, parts } = view;
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
          <tr>
            <th scope="row">{text('legal.ui.case.total')}</th>
            <Sums of={sumOf(parts)} strong />
          </tr>
        </tbody>
        {yearsOf(parts).map((year) => (
          <YearBody key={year.year ?? ''} {...year} isShort={parts.length <= SHORT} />
        ))}
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
