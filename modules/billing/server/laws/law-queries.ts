/**
 * Laws of the ledger over the whole base; $1 is a month (first day) or null for all. Each answers one row of `checked` and
 * `violations`, and shares nothing with the functions that wrote the rows.
 */

/** L1: a month's balance moves by its lines, and opens with what the month before closed with. */
export const TURNOVER_LAW = `
  with lane as (
    select l.period, l.provider_id from platform.period_lane l where l.state = 'locked' and ($1::date is null or l.period = $1)
  ), line as (
    select e.period, e.account_id, e.service_id, e.provider_id, sum(e.amount_kop) as kop
    from billing.pub_ledger_v1 e join lane l on l.period = e.period and l.provider_id = e.provider_id group by 1, 2, 3, 4
  ), balance as (
    select b.* from billing.period_balance b join lane l on l.period = b.period and l.provider_id = b.provider_id
  ), before as (
    select (b.period + interval '1 month')::date as period, b.account_id, b.service_id, b.provider_id, b.closing_kop
    from billing.period_balance b join lane l on l.period = (b.period + interval '1 month')::date and l.provider_id = b.provider_id
    where b.closing_kop <> 0
  )
  select count(*)::bigint as checked,
    count(*) filter (where coalesce(b.closing_kop - b.opening_kop, 0) <> coalesce(e.kop, 0)
      or coalesce(b.opening_kop, 0) <> coalesce(p.closing_kop, 0))::bigint as violations
  from balance b full join line e using (period, account_id, service_id, provider_id)
  full join before p using (period, account_id, service_id, provider_id)`;

const CREDIT = `
  credit as (
    select e.period, e.id, e.account_id, e.service_id, e.provider_id, -e.amount_kop - coalesce(r.amount_kop, 0) as kop
    from billing.ledger_entry e
    left join billing.ledger_entry r on r.account_id = e.account_id and r.reverses_id = e.id and r.reverses_period = e.period
    where e.amount_kop < 0
  ), used as (
    select credit_period as period, credit_id as id, sum(amount_kop) as kop, min(amount_kop) as least from billing.allocation group by 1, 2
  ), waiting as (
    select credit_period as period, credit_id as id, sum(amount_kop) as kop, min(amount_kop) as least from billing.advance group by 1, 2
  )`;

/** L2: what a credit paid and what is left of it make the credit; nothing waits beside an unpaid month of the same service. */
export const ALLOCATION_LAW = `
  with ${CREDIT}, side as (
    select a.account_id, a.service_id, a.provider_id from billing.advance a join billing.open_item i using (account_id, service_id, provider_id)
    where a.amount_kop > 0 and i.outstanding_kop > 0 group by 1, 2, 3
  )
  select count(*)::bigint as checked,
    (count(*) filter (where coalesce(c.kop, 0) <> coalesce(u.kop, 0) + coalesce(w.kop, 0) or u.kop < 0 or w.least < 0)
      + (select count(*) from side))::bigint as violations
  from credit c full join used u using (period, id) full join waiting w using (period, id) where $1::date is null or period = $1`;

const ITEMS = `
  debit as (
    select account_id, service_id, provider_id, month, sum(kop) as kop from (
      select a.account_id, a.service_id, a.provider_id, a.period as month, a.net_kop as kop from billing.accrual a where a.net_kop <> 0
      union all
      select e.account_id, e.service_id, e.provider_id, case when e.kind in (10, 13, 14) then e.for_period else e.period end, e.amount_kop
      from billing.ledger_entry e where e.amount_kop > 0 and e.reverses_id is null) d group by 1, 2, 3, 4
  ), paid as (
    select account_id, service_id, provider_id, debt_month as month, sum(amount_kop) as kop from billing.allocation group by 1, 2, 3, 4
  ), item as (
    select account_id, service_id, provider_id, debt_month as month, outstanding_kop, due_kop from billing.open_item
  )`;

/** L3: an item is its charges less what was paid on it; items less advances are the balance, and the balance is the ledger. */
export const ITEM_LAW = `
  with ${ITEMS}, items as (
    select count(*) as checked, count(*) filter (where coalesce(d.kop, 0) - coalesce(p.kop, 0) <> coalesce(i.outstanding_kop, 0)
      or i.outstanding_kop < 0 or i.outstanding_kop > i.due_kop) as violations
    from debit d full join paid p using (account_id, service_id, provider_id, month) full join item i using (account_id, service_id, provider_id, month)
    where $1::date is null or month = $1
  ), ledger as (
    select account_id, service_id, provider_id, sum(amount_kop) as kop from billing.pub_ledger_v1 group by 1, 2, 3
  ), balances as (
    select count(*) as checked, count(*) filter (where coalesce(l.kop, 0) <> coalesce(b.balance_kop, 0)) as violations
    from ledger l full join billing.pub_balance_v1 b using (account_id, service_id, provider_id)
  )
  select (i.checked + b.checked)::bigint as checked, (i.violations + b.violations)::bigint as violations from items i, balances b`;

/** L4: money is accepted once, a service is charged once a month. */
export const ONCE_LAW = `
  with payment as (
    select source, external_id, count(*) as times from payments.pub_payment_v1
    where $1::date is null or date_trunc('month', received_on) = $1 group by 1, 2
  ), posted as (
    select document_id, count(*) as times from billing.posting where document_kind = 'payment'
      and ($1::date is null or date_trunc('month', effective_on) = $1) group by 1
  ), charge as (
    select account_id, period, service_id, provider_id, supply_id, count(*) as times from billing.accrual
    where $1::date is null or period = $1 group by 1, 2, 3, 4, 5
  )
  select sum(q.checked)::bigint as checked, sum(q.violations)::bigint as violations from (
    select count(*) as checked, count(*) filter (where times > 1) as violations from payment
    union all select count(*), count(*) filter (where times > 1) from posted
    union all select count(*), count(*) filter (where times > 1) from charge) q`;

/** L5: a locked month is what it was: its digest, counted again, is the one that was signed. */
export const LOCK_LAW = `
  select count(*)::bigint as checked, count(*) filter (where billing.lane_digest(l.period, l.provider_id) <> l.digest)::bigint as violations
  from platform.period_lane l where l.state = 'locked' and l.digest is not null and ($1::date is null or l.period = $1)`;

/** L6: parts make the whole: lines of a posting its payment, gross less benefit the net. */
export const PENNY_LAW = `
  with payment as (
    select count(*) as checked, count(*) filter (where p.amount_kop <> coalesce(e.kop, 0)) as violations
    from payments.pub_payment_v1 p left join (
      select posting_id, -sum(amount_kop) as kop from billing.ledger_entry group by 1) e on e.posting_id = p.posting_id
    where p.posting_id is not null and ($1::date is null or date_trunc('month', p.received_on) = $1)
  ), charge as (
    select count(*) as checked, count(*) filter (where net_kop <> gross_kop - benefit_kop or gross_kop < 0) as violations
    from billing.accrual where $1::date is null or period = $1
  )
  select (p.checked + c.checked)::bigint as checked, (p.violations + c.violations)::bigint as violations from payment p, charge c`;

/** L7: items and advances rebuilt from lines and allocations alone are the stored ones. */
export const REBUILD_LAW = `
  with ${ITEMS}, ${CREDIT}, items as (
    select coalesce(d.kop, 0) - coalesce(p.kop, 0) as rebuilt, coalesce(i.outstanding_kop, 0) as stored
    from debit d full join paid p using (account_id, service_id, provider_id, month) full join item i using (account_id, service_id, provider_id, month)
    where $1::date is null or month = $1
  ), advances as (
    select coalesce(c.kop, 0) - coalesce(u.kop, 0) as rebuilt, coalesce(w.kop, 0) as stored
    from credit c full join used u using (period, id) full join waiting w using (period, id) where $1::date is null or period = $1
  )
  select count(*)::bigint as checked, count(*) filter (where rebuilt <> stored)::bigint as violations
  from (select * from items union all select * from advances) q`;

/**
 * L8: the order of payments does not matter, because all of them pay from the oldest month of a service: no month of a
 * service is paid while an older one of the same service is open. Accounts with reversals or with debts that were stated
 * for an older month afterwards are not judged by it.
 */
export const ORDER_LAW = `
  with spared as (
    select distinct account_id from billing.ledger_entry where reverses_id is not null or kind in (10, 13, 14)
  ), oldest as (
    select account_id, service_id, provider_id, min(debt_month) as month from billing.open_item where outstanding_kop > 0 group by 1, 2, 3
  ), paid as (
    select account_id, service_id, provider_id, max(debt_month) as month from billing.allocation
    where $1::date is null or period = $1 group by 1, 2, 3
  )
  select count(*)::bigint as checked, count(*) filter (where p.month > o.month)::bigint as violations
  from paid p left join oldest o using (account_id, service_id, provider_id)
  where not exists (select from spared s where s.account_id = p.account_id)`;
