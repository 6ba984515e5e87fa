/** Rows of one batch of a file, copied in before they are matched. */
export const STAGE_TABLE = `create temp table stage_in (line int, account_text text, account_digits text, service_text text,
  payer_name text, payer_address text, amount_kop bigint, paid_on date, external_id text, fingerprint text, raw text,
  outcome text, reason_code text, reason_params jsonb) on commit drop`;

/**
 * One batch of staged rows gets its accounts: the alias of the register's own provider first, then our number. $1 import,
 * $2 code of the provider (null when the register is of nobody in particular).
 */
export const MATCH_BATCH = `
insert into payments.import_row (import_id, line, account_text, service_text, payer_name, payer_address, amount_kop, paid_on,
  external_id, fingerprint, raw, account_id, service_id, outcome, reason_code, reason_params)
select $1::uuid, s.line, s.account_text, s.service_text, s.payer_name, s.payer_address, s.amount_kop, s.paid_on, s.external_id,
  s.fingerprint, s.raw, case when v.problem is null then f.account_id end, f.service_id,
  coalesce(s.outcome, case when v.problem is null then 'matched' else 'suspense' end),
  coalesce(s.reason_code, v.problem),
  coalesce(s.reason_params, case when v.problem is not null then jsonb_build_object('account', coalesce(s.account_text, ''),
    'service', coalesce(s.service_text, '')) end)
from stage_in s
left join registry.pub_alias_v1 al on s.outcome is null and al.owner = $2 and al.number = s.account_text and al.valid @> s.paid_on
left join registry.pub_account_v1 own on s.outcome is null and al.account_id is null and own.number = s.account_digits
left join tariffs.pub_provider_v1 pr on pr.code = $2
left join tariffs.pub_service_v1 sv on pr.id is not null and sv.exchange_id = ltrim(s.service_text, '0')
cross join lateral (select coalesce(al.account_id, own.account_id) as account_id, sv.id as service_id) f
cross join lateral (select case
  when s.outcome is not null then null
  when s.account_text is null then 'payments.row.no-account-named'
  when f.account_id is null then 'payments.row.account-unknown'
  when s.service_text is not null and pr.id is not null and f.service_id is null then 'payments.row.service-unknown'
  when not exists (select from tariffs.pub_supply_v1 su where su.account_id = f.account_id
      and (f.service_id is null or (su.service_id = f.service_id and su.provider_id = pr.id))) then 'payments.row.service-not-supplied'
  end as problem offset 0) v`;

/** Owner of most of the aliases that stand in a batch: the provider of a register that only names its own numbers. */
export const GUESS_PROVIDER = `
select p.id, p.code, count(*)::int as hits
from stage_in s join registry.pub_alias_v1 al on al.number = s.account_text and al.valid @> s.paid_on
join tariffs.pub_provider_v1 p on p.code = al.owner
where s.outcome is null group by p.id, p.code order by hits desc, p.code limit 2`;

/** Rows that are not the first of their kind; a table of their own, so that no plan depends on statistics of all files. */
export const FIND_EQUAL_ROWS = `
create temp table equal_rows on commit drop as select line, n from (
  select line, row_number() over (partition by fingerprint order by line) as n from payments.import_row
  where import_id = $1 and fingerprint is not null and outcome in ('matched', 'suspense')) q where n > 1`;
/** The n-th equal row of a file is the n-th: two honest equal payments both count. */
export const NUMBER_EQUAL_ROWS = `
update payments.import_row r set ordinal = q.n from equal_rows q where r.import_id = $1 and r.line = q.line`;

export const FIND_REPEATED_IDS = `
create temp table repeated_ids on commit drop as select line, first_line from (
  select line, first_value(line) over w as first_line, row_number() over w as n from payments.import_row
  where import_id = $1 and external_id is not null and outcome in ('matched', 'suspense')
  window w as (partition by external_id order by line)) q where n > 1`;
/** A channel's transaction id cannot stand twice in one file. */
export const MARK_REPEATED_IDS = `
update payments.import_row r set outcome = 'duplicate', reason_code = 'payments.row.same-id-in-file',
  reason_params = jsonb_build_object('id', r.external_id, 'line', q.first_line)
from repeated_ids q where r.import_id = $1 and r.line = q.line`;

/** Key of a row's payment within its channel: the channel's own id, or what the row says and how many times. */
export const ROW_KEY = `case when r.decision = 'post' and r.outcome = 'duplicate' then 'row:' || r.import_id || ':' || r.line
  when r.external_id is not null then r.external_id else 'fp:' || r.fingerprint || ':' || r.ordinal end`;

const KNOWN = `
  case when p.amount_kop = r.amount_kop and (p.account_id is not distinct from r.account_id or p.account_id is null or r.account_id is null)
    then 'linked' else 'duplicate' end`;

/** What an earlier payment of the channel means for a row: the same transaction is linked, a likeness goes to a person. */
export const CLASH_SET = `
  outcome = case when r.external_id is null then 'duplicate' else ${KNOWN} end,
  reason_code = case when r.external_id is null then 'payments.row.possible-duplicate'
    when ${KNOWN} = 'linked' then 'payments.row.already-accepted' else 'payments.row.id-clash' end,
  reason_params = jsonb_build_object('paymentId', p.id::text, 'importId', p.import_id, 'line', p.import_line),
  payment_id = case when r.external_id is not null and ${KNOWN} = 'linked' then p.id end`;

/** $1 import, $2 source. */
export const MARK_KNOWN = `
update payments.import_row r set ${CLASH_SET}
from payments.payment p
where r.import_id = $1 and r.outcome in ('matched', 'suspense') and p.source = $2 and p.external_id = ${ROW_KEY}`;

/** Rows that `post` takes: all that match, money on hold, and the likenesses that a person took. */
export const POSTABLE = `r.posted_at is null and ((r.outcome in ('matched', 'suspense') and r.decision is distinct from 'skip')
  or (r.outcome = 'duplicate' and r.decision in ('post', 'suspense')))`;

/** Rows of one account are always of the same stripe, so that they are accepted in their order. $2 stripe, $3 of how many. */
const IN_STRIPE = 'coalesce(r.account_id, 0) % $3 = $2';
/** True while a stripe has rows to accept behind a line: $1 import, $2 stripe, $3 of how many, $4 line. */
export const STRIPE_LEFT = `
select exists (select from payments.import_row r where r.import_id = $1 and r.line > $4 and ${IN_STRIPE} and ${POSTABLE}) as left`;

/** A batch to accept: $1 import, $2 stripe of $3, $4 behind this line, $5 rows at most, $6 channel id, $7 place, $8 source, $9 provider id, $10 today. */
export const TAKE_BATCH = `
create temp table payment_in on commit drop as
select row_number() over (order by r.line)::int as ord, nextval('platform.mass_id') as payment_id, $6::smallint as channel_id,
  $7::text as place, $8::text as source, ${ROW_KEY} as external_id, r.fingerprint as request_hash,
  case when r.decision = 'suspense' then null else r.account_id end as account_id, r.amount_kop, r.service_id,
  $9::smallint as provider_id, r.paid_on, $10::date as received_on, r.import_id, r.line as import_line, r.reason_code,
  r.payer_name as payer_text
from payments.import_row r where r.import_id = $1 and r.line > $4 and ${IN_STRIPE} and ${POSTABLE} order by r.line limit $5`;

/** Somebody accepted the same in the meantime (real time, another file): those rows leave the batch. */
export const LEAVE_KNOWN = `
with known as (
  update payments.import_row r set ${CLASH_SET}
  from payment_in i join payments.payment p on p.source = i.source and p.external_id = i.external_id
  where r.import_id = i.import_id and r.line = i.import_line returning r.line)
delete from payment_in i using known k where i.import_line = k.line`;

export const MARK_POSTED = `
update payments.import_row r set payment_id = i.payment_id, posted_at = now() from payment_in i
where r.import_id = i.import_id and r.line = i.import_line`;
