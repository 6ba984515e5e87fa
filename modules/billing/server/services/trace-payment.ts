import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import type { Trace, TraceSource } from '../../contract/trace.schema.ts';
import { hryvnias, partName } from './trace-steps.ts';
import { words } from './trace-words.ts';
import { seenAccount, seenProviders } from './visibility.ts';

interface PaymentRow {
  readonly id: bigint;
  readonly number: string | null;
  readonly account_id: number | null;
  readonly amount_kop: bigint;
  readonly channel_name: string;
  readonly source: string;
  readonly external_id: string;
  readonly paid_on: string;
  readonly booked_at: Date;
  readonly booked_by: string;
  readonly posting_id: bigint | null;
  readonly import_id: string | null;
  readonly import_line: number | null;
  readonly file_name: string | null;
  readonly raw: string | null;
}
interface LineRow {
  readonly month: string | null;
  readonly service: string;
  readonly service_name: string;
  readonly provider: string;
  readonly provider_name: string;
  readonly kop: bigint;
}
const PAYMENT = `
  select p.payment_id as id, a.number, p.account_id, p.amount_kop, p.channel_name, p.source, p.external_id, p.paid_on, p.booked_at, p.booked_by,
    p.posting_id, p.import_id, p.import_line, f.file_name, r.raw
  from payments.pub_payment_v1 p left join registry.pub_account_v1 a on a.account_id = p.account_id
  left join payments.pub_import_v1 f on f.import_id = p.import_id
  left join payments.pub_import_row_v1 r on r.import_id = p.import_id and r.line = p.import_line
  where p.payment_id = $1`;
const LINES = `
  with entry as (select * from billing.ledger_entry where posting_id = $1),
  part as (
    select a.debt_month as month, a.service_id, a.provider_id, sum(a.amount_kop)::bigint as kop
    from billing.allocation a join entry e on a.account_id = e.account_id and a.credit_id = e.id and a.period >= e.period
    group by 1, 2, 3 having sum(a.amount_kop) > 0
    union all
    select null, d.service_id, d.provider_id, d.amount_kop from billing.advance d join entry e on d.account_id = e.account_id and d.credit_id = e.id
    where d.amount_kop > 0)
  select q.month, s.code as service, s.name as service_name, p.code as provider, p.short_name as provider_name, q.kop from part q
  join tariffs.pub_service_v1 s on s.id = q.service_id join tariffs.pub_provider_v1 p on p.id = q.provider_id
  where $2::text[] is null or p.code = any($2) order by q.month nulls last, s.pay_order, p.code`;

/** Where a payment went, and the row of the file it came from. */
@Injectable()
export class PaymentTrace {
  constructor(@Inject(Database) private readonly database: Database) {}

  async trace(id: bigint, actor: Actor): Promise<Trace> {
    const [row] = await this.database.query<PaymentRow>(PAYMENT, [id]);
    if (!row?.number) throw notFound('billing.trace.unknown', { ref: `payment:${id}` });
    await seenAccount(this.database, row.number, actor);
    if (row.posting_id === null && row.source === 'history') return loadedTrace(row);
    const lines =
      row.posting_id === null ? [] : await this.database.query<LineRow>(LINES, [row.posting_id, seenProviders(actor)]);
    return {
      title: titleOf(row),
      value: hryvnias(row.amount_kop),
      pills: [],
      steps: [
        {
          label: words('allocation'),
          formula: lines.map((line) => hryvnias(line.kop)).join(' + '),
          inputs: lines.map((line) => ({
            name: partName(line.month, line.service_name, line.provider_name),
            value: hryvnias(line.kop),
            unit: 'грн',
            ...(line.month === null
              ? {}
              : { ref: `accrual:${line.month.slice(0, 7)}:${row.number}:${line.service}:${line.provider}` }),
          })),
          result: hryvnias(lines.reduce((sum, line) => sum + line.kop, 0n)),
          unit: 'грн',
          rounding: 'none',
        },
      ],
      sources: sourcesOf(row),
      versions: [],
      secondCalculation: null,
    };
  }
}

const titleOf = ({ channel_name: channel, paid_on: day }: PaymentRow): Trace['title'] => words('title.payment', { channel, day });

/** A payment of the old system: its money stands in the balances of the loaded months, so there is nothing that it paid here. */
function loadedTrace(row: PaymentRow): Trace {
  const [value, from] = [hryvnias(row.amount_kop), { file: row.file_name ?? '', row: row.import_line ?? 0 }];
  return {
    title: titleOf(row),
    value,
    pills: [{ text: { key: 'billing.history.loaded-from', params: from }, tone: 'neutral' }],
    steps: [{ label: words('loaded-payment'), formula: '', inputs: [], result: value, unit: 'грн', rounding: 'none' }],
    sources: sourcesOf(row),
    versions: [],
    secondCalculation: null,
  };
}

function sourcesOf(row: PaymentRow): TraceSource[] {
  const payment: TraceSource = {
    kind: 'payment',
    title: words('source.payment', { channel: row.channel_name, by: row.booked_by }),
    date: row.paid_on,
    number: row.external_id,
  };
  if (row.import_id === null) return [payment];
  return [
    payment,
    {
      kind: 'file-row',
      title: {
        key: 'billing.trace.source.file-row',
        params: { file: row.file_name ?? '', line: row.import_line ?? 0 },
      },
      href: `/payments/imports/${row.import_id}`,
      ...(row.import_line === null ? {} : { row: row.import_line }),
      ...(row.raw === null ? {} : { raw: row.raw }),
    },
  ];
}
