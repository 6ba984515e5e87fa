'use client';
import { useList } from '@komplat/api-client';
import {
  AppLink,
  Card,
  Empty,
  formatDay,
  formatInstant,
  formatPeriod,
  Frame,
  Icon,
  MoneyCell,
  StatusPill,
  useLocale,
  useMessage,
  usePastDays,
  useText,
  VirtualTable,
  type RowAttributes,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { CardPayment } from './card-types.ts';

const COLUMNS = 5;
const PAGE = 36;
type Part = CardPayment['allocations'][number];
interface Line {
  readonly key: string;
  readonly payment: CardPayment;
  /** Absent = the payment itself. */
  readonly part?: Part;
}

const wordOf = (text: ReturnType<typeof useText>, key: string, code: string): string =>
  text.has(`${key}.${code}`) ? text(`${key}.${code}`) : code;

const linesOf = (payments: readonly CardPayment[], open: ReadonlySet<string>): Line[] =>
  payments.flatMap((payment) => [
    { key: payment.id, payment },
    ...(open.has(payment.id)
      ? payment.allocations.map((part) => ({ key: `${payment.id}/${part.month}/${part.service}/${part.provider}`, payment, part }))
      : []),
  ]);

function PaymentLine(props: { payment: CardPayment; attributes: RowAttributes; isOpen: boolean; onToggle: () => void }): ReactNode {
  const { payment } = props;
  const text = useText();
  const message = useMessage();
  return (
    <tr {...props.attributes}>
      <th scope="row">
        <button type="button" className="row bare" aria-expanded={props.isOpen} onClick={props.onToggle}>
          <Icon name={props.isOpen ? 'chevron-down' : 'chevron-right'} size={14} />
          {formatDay(payment.paidOn)}
        </button>
      </th>
      <td>{wordOf(text, 'billing.ui.channel', payment.channel)}</td>
      <td className="t2">
        {payment.importId ? (
          <AppLink href={`/payments/imports/${payment.importId}?line=${payment.line ?? ''}`}>
            {text('billing.ui.payments.row', { line: payment.line ?? '' })}
          </AppLink>
        ) : (
          message(payment.note)
        )}
      </td>
      <td className="t2 tnum">
        {payment.reversed ? (
          <StatusPill kind="idle" icon="undo">
            {text('billing.ui.payments.reversed')}
          </StatusPill>
        ) : payment.loaded ? (
          <StatusPill kind="idle" icon="history">
            {text('billing.ui.payments.loaded')}
          </StatusPill>
        ) : (
          formatInstant(payment.bookedAt)
        )}
      </td>
      <td className="r">
        <MoneyCell value={payment.amount} traceRef={`payment:${payment.id}`} />
      </td>
    </tr>
  );
}

function PartLine({ part, attributes }: { part: Part; attributes: RowAttributes }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const name = wordOf(text, 'billing.ui.service', part.service);
  return (
    <tr {...attributes} className="part">
      <th scope="row">{name}</th>
      <td colSpan={COLUMNS - 2}>
        {part.month === null
          ? text('billing.ui.payments.ahead')
          : text('billing.ui.payments.paid-month', { month: formatPeriod(part.month, locale) })}
      </td>
      <td className="r">
        <MoneyCell value={part.amount} />
      </td>
    </tr>
  );
}

function Head(): ReactNode {
  const text = useText();
  return (
    <tr>
      {['paid-on', 'channel', 'source', 'booked'].map((name) => (
        <th key={name} scope="col">
          {text(`billing.ui.payments.${name}`)}
        </th>
      ))}
      <th scope="col" className="r">
        {text('billing.ui.payments.amount')}
      </th>
    </tr>
  );
}

/** Payments, newest first, as far back as one scrolls; the file and its row are one click away, what was paid is under each. */
export function PaymentsTable({ number }: { number: string }): ReactNode {
  const text = useText();
  const { asOf, knownAt } = usePastDays();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const read = useList<CardPayment>(`billing/accounts/${number}/payments`, { limit: PAGE, asOf, knownAt });
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const title = text('billing.ui.payments.title');
  const empty = (
    <Empty icon="wallet" title={text('billing.ui.payments.empty')} text={text('billing.ui.payments.empty-text')} />
  );
  return (
    <Card title={title} sub={text('billing.ui.payments.order')}>
      <Frame read={read} rows={8} permission="billing.card.read">
        {({ pages }) => {
          const payments = pages.flatMap((page) => page.items);
          if (payments.length === 0 && !read.hasNextPage) return empty;
          return (
            <VirtualTable
              caption={title}
              place={`payments ${number}`}
              head={<Head />}
              columns={COLUMNS}
              rows={linesOf(payments, open)}
              rowKey={(line) => line.key}
              onOpen={(line) => toggle(line.payment.id)}
              openHelp="ui.keys.unfold"
              more={{ has: read.hasNextPage, busy: read.isFetchingNextPage, fetch: () => void read.fetchNextPage() }}
              row={(line, attributes) =>
                line.part ? (
                  <PartLine key={line.key} part={line.part} attributes={attributes} />
                ) : (
                  <PaymentLine
                    key={line.key}
                    payment={line.payment}
                    attributes={attributes}
                    isOpen={open.has(line.payment.id)}
                    onToggle={() => toggle(line.payment.id)}
                  />
                )
              }
            />
          );
        }}
      </Frame>
    </Card>
  );
}
