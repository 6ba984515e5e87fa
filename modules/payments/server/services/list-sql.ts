import type { ListDef } from '@komplat/server';
import { IMPORT_FROM } from './import-file.ts';

/** $1 state, $2 words of the file name. */
export const IMPORTS: ListDef = {
  sql: `${IMPORT_FROM} where ($1::text is null or f.state = $1) and ($2::text is null or f.file_name ilike '%' || $2 || '%')`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    by: { column: 'uploaded_at', type: 'timestamptz' },
    file: { column: 'file_name', type: 'text' },
    state: { column: 'state', type: 'text' },
    rows: { column: 'read_rows', type: 'int4' },
    sum: { column: 'read_sum_kop', type: 'int8' },
    posted: { column: 'posted_at', type: 'timestamptz' },
  },
  first: '-by',
  sums: { sum: 'read_sum_kop' },
};

/** $1 import, $2 outcome, $3 part of an account or a name. */
export const ROWS: ListDef = {
  sql: `select r.line, r.account_text, a.number as account, h.full_name as holder, r.service_text, s.code as service, r.payer_name,
      r.payer_address, r.amount_kop, r.paid_on, r.external_id, r.raw, r.outcome, r.reason_code, r.reason_params, r.decision,
      r.decided_by, r.payment_id, r.posted_at, coalesce(a.number, r.account_text) as account_key, coalesce(h.full_name, r.payer_name) as payer_key
    from payments.import_row r
    left join registry.pub_account_v1 a on a.account_id = r.account_id
    left join registry.pub_holder_v1 h on h.account_id = r.account_id
    left join tariffs.pub_service_v1 s on s.id = r.service_id
    where r.import_id = $1 and ($2::text is null or r.outcome = $2)
      and ($3::text is null or coalesce(a.number, r.account_text) like replace($3, ' ', '') || '%'
        or r.payer_name ilike '%' || $3 || '%' or h.full_name ilike '%' || $3 || '%')`,
  id: { column: 'line', type: 'int4' },
  sorts: {
    line: { column: 'line', type: 'int4' },
    account: { column: 'account_key', type: 'text' },
    payer: { column: 'payer_key', type: 'text' },
    day: { column: 'paid_on', type: 'date' },
    amount: { column: 'amount_kop', type: 'int8' },
    outcome: { column: 'outcome', type: 'text' },
  },
  first: 'line',
  sums: { amount: 'amount_kop' },
};

/** Money on hold, and rows of posted registers that look like a payment already taken: neither posted nor dropped. */
const ITEMS = `
  select s.id::text as id, 'money' as kind, s.payment_id, s.amount_kop, s.reason_code, s.payer_text, r.account_text, c.code as channel,
    p.paid_on, p.received_on, s.deadline_on, s.owner, p.import_id, p.import_line, p.booked_at as since
  from payments.suspense_item s join payments.payment p on p.id = s.payment_id join payments.channel c on c.id = p.channel_id
  left join payments.import_row r on r.import_id = p.import_id and r.line = p.import_line
  where s.state = 'open'
  union all
  select 'row.' || r.import_id || '.' || r.line, 'duplicate', coalesce((r.reason_params->>'paymentId')::bigint, 0), r.amount_kop, r.reason_code,
    r.payer_name, r.account_text, c.code, r.paid_on, f.posted_at::date, payments.suspense_deadline(f.posted_at::date), f.posted_by,
    r.import_id, r.line, f.posted_at
  from payments.import_file f join payments.channel c on c.id = f.channel_id
  join payments.import_row r on r.import_id = f.id and r.outcome = 'duplicate' and r.decision is null and r.posted_at is null
  where f.state = 'posted'`;

/** $1 kind, $2 only overdue, $3 part of an account or a name. */
export const SUSPENSE: ListDef = {
  sql: `select i.*, i.deadline_on < platform.today() as overdue from (${ITEMS}) i
    where ($1::text is null or i.kind = $1) and (not $2::boolean or i.deadline_on < platform.today())
      and ($3::text is null or i.payer_text ilike '%' || $3 || '%' or i.account_text like replace($3, ' ', '') || '%')`,
  id: { column: 'id', type: 'text' },
  sorts: {
    deadline: { column: 'deadline_on', type: 'date' },
    payer: { column: 'payer_text', type: 'text' },
    why: { column: 'reason_code', type: 'text' },
    paid: { column: 'paid_on', type: 'date' },
    amount: { column: 'amount_kop', type: 'int8' },
  },
  first: 'deadline',
  sums: { amount: 'amount_kop' },
};
