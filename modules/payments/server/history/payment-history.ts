import {
  ACCOUNT_FIELD, historyDigest, type HistoryFacts, type HistoryField, type HistorySource, type HistorySql, type HistoryWritten,
} from '@komplat/registry/contract';
import { Injectable } from '@nestjs/common';

/** Payments of the old system whose channel the file does not say. */
const OLD_CHANNEL = 'HISTORY';
const CHANNEL = `payments.channel c on upper(trim(coalesce(nullif(f.channel, ''), '${OLD_CHANNEL}'))) in (upper(c.code), upper(c.name))`;
/** The number of the old document is the key for ever where the file has one; else the row of the file is. */
const KEY = `coalesce('№ ' || nullif(trim(f.number), '') || ' ' || f.paid_on || ' ' || f.account, $1::uuid::text || '/' || f.line)`;

const PROBLEMS = `
select f.line, 'payment-sum' as code, jsonb_build_object('sum', (f.amount / 100.0)::numeric(16,2)) as params from history_fact f where f.amount <= 0
union all
select f.line, 'payment-day', jsonb_build_object('day', f.paid_on) from history_fact f
  where f.paid_on >= platform.current_period() or f.paid_on < date '1997-01-01'
union all
select f.line, 'payment-channel', jsonb_build_object('value', f.channel) from history_fact f
  where (select count(*) from payments.channel c where upper(trim(coalesce(nullif(f.channel, ''), '${OLD_CHANNEL}'))) in (upper(c.code), upper(c.name))) <> 1
union all
select q.line, 'payment-repeated', jsonb_build_object('number', q.number, 'day', q.paid_on) from (
  select f.line, trim(f.number) as number, f.paid_on, row_number() over (partition by trim(f.number), f.paid_on, f.account order by f.line) as n
  from history_fact f where nullif(trim(f.number), '') is not null) q where q.n > 1
union all
select f.line, 'payment-known', jsonb_build_object('number', f.number, 'day', f.paid_on) from history_fact f
  join payments.payment p on p.source = 'history' and p.external_id = '№ ' || trim(f.number) || ' ' || f.paid_on || ' ' || f.account
  where nullif(trim(f.number), '') is not null`;

const FILE = `
insert into payments.import_file (id, preset, file_name, file_hash, size, state, read_rows, read_sum_kop, workflow_id, uploaded_by, posted_by, posted_at)
  select $1::uuid, 'history', $2, $3, $4, 'posted', count(*), coalesce(sum(amount), 0), 'history/' || $1::uuid::text, $5, $5, now() from history_fact`;

const WRITE = `
with written as (
  insert into payments.payment (channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on, booked_by, import_id, import_line)
    select c.id, 'history', ${KEY}, $1::uuid::text || '/' || f.line, f.account, f.amount, f.paid_on, f.paid_on, $2, $1::uuid, f.line
    from history_fact f join ${CHANNEL} order by f.account, f.paid_on, f.line
  returning id, account_id, amount_kop, paid_on, external_id, import_line
), told as (
  insert into payments.import_row (import_id, line, amount_kop, paid_on, external_id, raw, account_id, outcome, payment_id, posted_at)
    select $1::uuid, w.import_line, w.amount_kop, w.paid_on, w.external_id, f.raw, w.account_id, 'matched', w.id, now()
    from written w join history_fact f on f.line = w.import_line
)
${historyDigest(`concat_ws(' ', w.account_id, w.paid_on, w.amount_kop, w.external_id)`, 'w.import_line', 'w.account_id / 1000')}`;

const FIELDS: readonly HistoryField[] = [
  ACCOUNT_FIELD,
  { name: 'paid_on', type: 'day', columns: /^(paid_?on|day|data|date|дата|дата оплати)$/iu },
  { name: 'amount', type: 'money', columns: /^(amount|sum|suma|сума|оплата)$/iu },
  { name: 'channel', type: 'text', optional: true, columns: /^(channel|kanal|bank|канал|банк)$/iu },
  { name: 'number', type: 'text', optional: true, columns: /^(number|doc|nomer|номер|документ|№)$/iu },
];

/**
 * Payments of the old system. Their money is in the balances of its months already, so they have no posting of their own: they are
 * facts with a day, a channel and the row of the file, for the card, for the debt and for the court.
 */
@Injectable()
export class PaymentHistory implements HistoryFacts {
  readonly fields = FIELDS;
  readonly personal = false;
  readonly month = `date_trunc('month', f.paid_on)::date`;
  readonly sum = '(f.amount / 100.0)';
  readonly problems = PROBLEMS;

  async load(tx: HistorySql, { id, name, hash, size, by }: HistorySource): Promise<HistoryWritten> {
    await tx.query(FILE, [id, name, hash, size, by]);
    const [written] = await tx.query<HistoryWritten>(WRITE, [id, by]);
    return written ?? { rows: 0, digest: '' };
  }
}
