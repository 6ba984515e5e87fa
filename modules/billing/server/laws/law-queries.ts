/**
 * Laws of the ledger over the whole base: $1 is a month (first day) or null for all, $2 and $3 are the first and the last
 * account. Each answers one row of `checked` and `violations`, and shares nothing with the functions that wrote the rows.
 * What must agree stands in one list with opposite signs and is summed by its key: each table is read once, nothing is joined.
 */
const KEY = 'account_id, service_id, provider_id';
const OF_ACCOUNTS = 'account_id between $2 and $3';
const IN_MONTH = (column: string): string => `($1::date is null or ${column} = $1)`;
const IN_DAYS = (column: string): string =>
  `($1::date is null or ${column} >= $1 and ${column} < $1::date + interval '1 month')`;

/** L1: a month's balance moves by its lines, and opens with what the month before closed with. */
export const TURNOVER_LAW = `
  with lane as (
    select l.period, l.provider_id from platform.period_lane l where l.state = 'locked' and ${IN_MONTH('l.period')}
  ), part as (
    select period, ${KEY}, closing_kop - opening_kop as moved, opening_kop as carried from billing.period_balance
    where ${IN_MONTH('period')} and ${OF_ACCOUNTS}
    union all
    select period, ${KEY}, -net_kop, 0 from billing.accrual where ${IN_MONTH('period')} and ${OF_ACCOUNTS} and net_kop <> 0
    union all
    select period, ${KEY}, -amount_kop, 0 from billing.ledger_entry where ${IN_MONTH('period')} and ${OF_ACCOUNTS}
    union all
    select (period + interval '1 month')::date, ${KEY}, 0, -closing_kop from billing.period_balance
    where ($1::date is null or period = ($1::date - interval '1 month')::date) and ${OF_ACCOUNTS} and closing_kop <> 0
  )
  select count(*)::bigint as checked, count(*) filter (where moved <> 0 or carried <> 0)::bigint as violations
  from (select sum(moved) as moved, sum(carried) as carried from part
    where (period, provider_id) in (select period, provider_id from lane) group by period, ${KEY}) q`;

/** A credit with its reversal, less what was paid from it and what is left of it. */
const CREDIT = `
  credit_part as (
    select period, id, -amount_kop as rest, 0::bigint as used from billing.ledger_entry where amount_kop < 0 and ${OF_ACCOUNTS}
    union all
    select reverses_period, reverses_id, -amount_kop, 0 from billing.ledger_entry
    where reverses_id is not null and amount_kop > 0 and ${OF_ACCOUNTS}
    union all
    select credit_period, credit_id, -amount_kop, amount_kop from billing.allocation where ${OF_ACCOUNTS}
    union all
    select credit_period, credit_id, -amount_kop, 0 from billing.advance where ${OF_ACCOUNTS}
  ), credit as (
    select sum(rest) as rest, sum(used) as used from credit_part where ${IN_MONTH('period')} group by period, id
  )`;

/** L2: what a credit paid and what is left of it make the credit; nothing waits beside an unpaid month of the same service. */
export const ALLOCATION_LAW = `
  with ${CREDIT}, side as (
    select from (
      select ${KEY}, amount_kop as waiting, 0::bigint as unpaid from billing.advance where ${OF_ACCOUNTS}
      union all
      select ${KEY}, 0, outstanding_kop from billing.open_item where ${OF_ACCOUNTS}) b
    group by ${KEY} having max(waiting) > 0 and max(unpaid) > 0
  )
  select count(*)::bigint as checked,
    (count(*) filter (where rest <> 0 or used < 0) + (select count(*) from side)
      + (select count(*) from billing.advance where amount_kop < 0 and ${OF_ACCOUNTS}))::bigint as violations
  from credit`;

/** Charges of every month of a service, less what was paid on them and what the stored item says is not. */
const ITEMS = `
  item_part as (
    select ${KEY}, period as month, net_kop as rest from billing.accrual where net_kop <> 0 and ${OF_ACCOUNTS}
    union all
    select ${KEY}, case when kind in (10, 13, 14, 15) then for_period else period end, amount_kop from billing.ledger_entry
    where amount_kop > 0 and reverses_id is null and ${OF_ACCOUNTS}
    union all
    select ${KEY}, debt_month, -amount_kop from billing.allocation where ${OF_ACCOUNTS}
    union all
    select ${KEY}, debt_month, -outstanding_kop from billing.open_item where ${OF_ACCOUNTS}
  ), item as (
    select sum(rest) as rest from item_part where ${IN_MONTH('month')} group by ${KEY}, month
  )`;

/** L3: an item is its charges less what was paid on it; items less advances are the balance, and the balance is the ledger. */
export const ITEM_LAW = `
  with ${ITEMS}, balance as (
    select sum(kop) as rest from (
      select ${KEY}, net_kop as kop from billing.accrual where net_kop <> 0 and ${OF_ACCOUNTS}
      union all select ${KEY}, amount_kop from billing.ledger_entry where ${OF_ACCOUNTS}
      union all select ${KEY}, -outstanding_kop from billing.open_item where outstanding_kop <> 0 and ${OF_ACCOUNTS}
      union all select ${KEY}, amount_kop from billing.advance where ${OF_ACCOUNTS}) b
    group by ${KEY}
  )
  select sum(q.checked)::bigint as checked, sum(q.violations)::bigint as violations from (
    select count(*) as checked, count(*) filter (where rest <> 0) as violations from item
    union all select count(*), count(*) filter (where rest <> 0) from balance
    union all select 0, count(*) from billing.open_item
      where (outstanding_kop < 0 or outstanding_kop > due_kop) and ${IN_MONTH('debt_month')} and ${OF_ACCOUNTS}) q`;

/** L4: money is accepted once, a service is charged once a month. */
export const ONCE_LAW = `
  with payment as (
    select count(*) as times from payments.pub_payment_v1
    where ${IN_DAYS('received_on')} and coalesce(account_id, 0) between $2 and $3 group by source, external_id
  ), posted as (
    select count(*) as times from billing.posting where document_kind = 'payment' and ${IN_DAYS('effective_on')} group by document_id
  ), charge as (
    select count(*) as times from billing.accrual where ${IN_MONTH('period')} and ${OF_ACCOUNTS} group by period, ${KEY}, supply_id
  )
  select sum(q.checked)::bigint as checked, sum(q.violations)::bigint as violations from (
    select count(*) as checked, count(*) filter (where times > 1) as violations from payment
    union all select count(*), count(*) filter (where times > 1) from posted
    union all select count(*), count(*) filter (where times > 1) from charge) q`;

/** L5: a locked month is what it was: its digest, counted again, is the one that was signed. */
export const LOCK_LAW = `
  select count(*)::bigint as checked, count(*) filter (where billing.lane_digest(l.period, l.provider_id) <> l.digest)::bigint as violations
  from platform.period_lane l where l.state = 'locked' and l.digest is not null and ${IN_MONTH('l.period')}
    and ($3 = 2147483647 or exists (select from tariffs.pub_supply_v1 s where s.provider_id = l.provider_id and s.${OF_ACCOUNTS}))`;

/** L6: parts make the whole: lines of a posting its payment, gross less benefit the net. */
export const PENNY_LAW = `
  with part as (
    select posting_id, amount_kop as kop, 1 as whole from payments.pub_payment_v1
    where posting_id is not null and ${IN_DAYS('received_on')} and ${OF_ACCOUNTS}
    union all
    select posting_id, amount_kop, 0 from billing.ledger_entry where ${OF_ACCOUNTS}
  ), payment as (
    select count(*) as checked, count(*) filter (where kop <> 0) as violations
    from (select sum(kop) as kop from part group by posting_id having max(whole) = 1) p
  ), charge as (
    select count(*) as checked, count(*) filter (where net_kop <> gross_kop - benefit_kop or gross_kop < 0) as violations
    from billing.accrual where ${IN_MONTH('period')} and ${OF_ACCOUNTS}
  )
  select (p.checked + c.checked)::bigint as checked, (p.violations + c.violations)::bigint as violations from payment p, charge c`;

/** L7: items and advances rebuilt from lines and allocations alone are the stored ones. */
export const REBUILD_LAW = `
  with ${ITEMS}, ${CREDIT}
  select sum(q.checked)::bigint as checked, sum(q.violations)::bigint as violations from (
    select count(*) as checked, count(*) filter (where rest <> 0) as violations from item
    union all select count(*), count(*) filter (where rest <> 0) from credit) q`;

/**
 * L8: the order of payments does not matter, because all of them pay from the oldest month of a service: no month of a
 * service is paid while an older one of the same service is open. Accounts with reversals, with debts that were stated
 * for an older month afterwards, or with relief, which covers the charge of its own month, are not judged by it.
 */
export const ORDER_LAW = `
  with spared as (
    select distinct account_id from billing.ledger_entry where (reverses_id is not null or kind in (3, 4, 10, 13, 14, 15)) and ${OF_ACCOUNTS}
  ), month as (
    select ${KEY}, debt_month as paid, null::date as open from billing.allocation where ${IN_MONTH('period')} and ${OF_ACCOUNTS}
    union all
    select ${KEY}, null, debt_month from billing.open_item where outstanding_kop > 0 and ${OF_ACCOUNTS}
  )
  select count(*)::bigint as checked, count(*) filter (where paid > open)::bigint as violations
  from (select account_id, max(paid) as paid, min(open) as open from month group by ${KEY}) q
  where paid is not null and account_id not in (select account_id from spared)`;
