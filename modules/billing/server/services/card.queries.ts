/** All statements have $1 = account id; the window of months is $2 (first day) to $3 (first day after it). */
export const LAST_PERIOD = `
  select greatest(coalesce(platform.current_period(), max(period)), max(period)) as period from (
    select max(period) as period from billing.ledger_entry where account_id = $1 and period >= coalesce(platform.current_period(), '1990-01-01')
    union all
    select max(period) from billing.accrual where account_id = $1 and period >= coalesce(platform.current_period(), '1990-01-01')) x`;

/** Turnover by month from $2 to the newest line: what came after the window is needed for the balance at its end. */
export const TURNOVER = `
  select period, service_id, provider_id,
    coalesce(sum(amount_kop) filter (where turnover_column = 'charged'), 0)::bigint as charged,
    coalesce(sum(amount_kop) filter (where turnover_column = 'recalculated'), 0)::bigint as recalculated,
    coalesce(sum(amount_kop) filter (where turnover_column = 'benefit'), 0)::bigint as benefit,
    coalesce(sum(amount_kop) filter (where turnover_column = 'subsidy'), 0)::bigint as subsidy,
    coalesce(sum(amount_kop) filter (where turnover_column = 'paid'), 0)::bigint as paid,
    coalesce(sum(amount_kop) filter (where turnover_column = 'other'), 0)::bigint as other,
    bool_or(kind = 'accrual') as accrued
  from billing.pub_ledger_v1 where account_id = $1 and period >= $2 group by period, service_id, provider_id`;

/** Services of the account that have a supply, a balance or a line in the window. */
export const BALANCES = `
  select s.id as service_id, p.id as provider_id, s.code as service, s.name as service_name, p.code as provider, p.short_name as provider_name,
    coalesce(b.balance_kop, 0)::bigint as balance, coalesce(o.months, 0)::int as debt_months
  from (
    select service_id, provider_id from tariffs.pub_supply_v1 where account_id = $1 and valid && daterange($2, $3)
    union select service_id, provider_id from billing.open_item where account_id = $1 and outstanding_kop > 0
    union select service_id, provider_id from billing.advance where account_id = $1 and amount_kop > 0
    union select service_id, provider_id from billing.pub_ledger_v1 where account_id = $1 and period >= $2 and period < $3) k
  join tariffs.pub_service_v1 s on s.id = k.service_id join tariffs.pub_provider_v1 p on p.id = k.provider_id
  left join billing.pub_balance_v1 b on b.account_id = $1 and b.service_id = k.service_id and b.provider_id = k.provider_id
  left join (select service_id, provider_id, count(*) as months from billing.open_item where account_id = $1 and outstanding_kop > 0
    group by 1, 2) o on o.service_id = k.service_id and o.provider_id = k.provider_id
  where $4::text[] is null or p.code = any($4)
  order by s.pay_order, p.code`;

export const LANES = `
  select l.period, l.provider_id, l.state from platform.period_lane l where l.period >= $1 and l.period < $2 and l.provider_id = any($3::smallint[])`;

export const OPEN_ITEMS = `
  select i.debt_month, s.code as service, p.code as provider, i.due_on, i.due_kop, i.outstanding_kop
  from billing.open_item i join tariffs.pub_service_v1 s on s.id = i.service_id join tariffs.pub_provider_v1 p on p.id = i.provider_id
  where i.account_id = $1 and i.outstanding_kop > 0 and ($2::text[] is null or p.code = any($2))
  order by i.debt_month, s.pay_order, p.code`;

export const PAYMENTS = `
  select m.payment_id as id, m.paid_on, m.received_on, m.booked_at, m.channel_name as channel, m.amount_kop, m.import_id, m.import_line,
    min(e.period) as period, exists (select from billing.ledger_entry r where r.account_id = $1 and r.reverses_id = min(e.id)
      and r.period >= min(e.period)) as reversed,
    jsonb_agg(jsonb_build_object('service', s.code, 'provider', p.code, 'id', e.id::text, 'kop', (-e.amount_kop)::text) order by s.pay_order) as lines,
    coalesce(sum(-e.amount_kop) filter (where $4::text[] is null or p.code = any($4)), 0)::bigint as seen_kop
  from payments.pub_payment_v1 m join billing.ledger_entry e on e.posting_id = m.posting_id and e.account_id = $1 and e.period >= $2
  join tariffs.pub_service_v1 s on s.id = e.service_id join tariffs.pub_provider_v1 p on p.id = e.provider_id
  where m.account_id = $1 and m.paid_on >= $2 and m.paid_on < $3
  group by m.payment_id, m.paid_on, m.received_on, m.booked_at, m.channel_name, m.amount_kop, m.import_id, m.import_line
  order by m.paid_on desc, m.payment_id desc`;

export const ALLOCATIONS = `
  select a.credit_id, a.debt_month, s.code as service, p.code as provider, sum(a.amount_kop)::bigint as kop
  from billing.allocation a join tariffs.pub_service_v1 s on s.id = a.service_id join tariffs.pub_provider_v1 p on p.id = a.provider_id
  where a.account_id = $1 and a.period >= $2 and a.credit_id = any($3::bigint[])
  group by a.credit_id, a.debt_month, s.code, s.pay_order, p.code having sum(a.amount_kop) > 0 order by a.debt_month, s.pay_order`;

export const ENTRIES = `
  select e.period, e.for_period, k.code as kind, s.code as service, p.code as provider, e.amount_kop, o.booked_at, o.booked_by,
    o.document_kind, o.document_id, o.note_key, o.note_params
  from billing.ledger_entry e join billing.entry_kind k on k.id = e.kind join billing.posting o on o.id = e.posting_id
  join tariffs.pub_service_v1 s on s.id = e.service_id join tariffs.pub_provider_v1 p on p.id = e.provider_id
  where e.account_id = $1 and e.period >= $2 and e.period < $3 and (e.kind <> 5 or e.reverses_id is not null)
    and ($4::text[] is null or p.code = any($4))
  order by e.period desc, e.id desc`;
