/** Conditions over open items: $1 providers or null, $2 service or null. */
const items = (provider: string, service: string): string => `(${provider}::smallint[] is null or i.provider_id = any(${provider}))
  and (${service}::text is null or i.service_id = (select s.id from tariffs.pub_service_v1 s where s.code = ${service}))`;

/** $1 today, $2 providers, $3 service: summed by the stored month before anything is joined or made of it. */
export const YEARS = `
  select extract(year from d.debt_month)::int as year, p.code as provider, p.short_name as name, sum(d.kop)::bigint as kop, sum(d.items)::bigint as items
  from (select i.debt_month, i.provider_id, sum(i.outstanding_kop)::bigint as kop, count(*) as items
    from billing.pub_open_item_v1 i where i.due_on < $1::date and ${items('$2', '$3')} group by 1, 2) d
  join tariffs.pub_provider_v1 p on p.id = d.provider_id group by 1, 2, 3 order by 1 desc, 2`;

/** $1 today, $2 providers, $3 service. The row without an age is the whole: an account is counted there once. */
export const AGEING = `
  with own as (
    select i.account_id, least(6, width_bucket(
        (extract(year from age($1::date, i.due_on)) * 12 + extract(month from age($1::date, i.due_on)))::int + 1, array[2, 4, 7, 13, 25, 37])) as age,
      sum(i.outstanding_kop)::bigint as kop
    from billing.pub_open_item_v1 i where i.due_on < $1::date and ${items('$2', '$3')} group by 1, 2)
  select age, sum(kop)::bigint as kop, count(distinct account_id) as accounts from own group by grouping sets ((age), ())`;

/** $1 first month, $2 last month, $3 providers: paid lines of the books, and which months their allocations covered. */
export const PAID = `
  with paid as (
    select e.period, -sum(e.amount_kop)::bigint as kop from billing.pub_ledger_v1 e
    where e.period between $1::date and $2::date and e.turnover_column = 'paid' and ($3::smallint[] is null or e.provider_id = any($3)) group by 1),
  part as (
    select a.credit_period as period, sum(a.amount_kop) filter (where a.debt_month >= a.credit_period - interval '1 month')::bigint as last,
      sum(a.amount_kop) filter (where a.debt_month < a.credit_period - interval '1 month' and a.debt_month >= a.credit_period - interval '12 months')::bigint as year,
      sum(a.amount_kop) filter (where a.debt_month < a.credit_period - interval '12 months')::bigint as older
    from billing.pub_allocation_v1 a join billing.pub_ledger_v1 e
      on e.account_id = a.account_id and e.period = a.credit_period and e.id = a.credit_id and e.turnover_column = 'paid'
    where a.credit_period between $1::date and $2::date and ($3::smallint[] is null or a.provider_id = any($3)) group by 1)
  select to_char(p.period, 'YYYY-MM') as month, p.kop as paid, coalesce(t.last, 0)::bigint as last, coalesce(t.year, 0)::bigint as year,
    coalesce(t.older, 0)::bigint as older
  from paid p left join part t on t.period = p.period order by p.period desc`;

/** $1 first month, $2 last month, $3 providers: rolled balances of closed months. */
export const MOVEMENT = `
  select to_char(b.period, 'YYYY-MM') as month, sum(b.opening_kop)::bigint as opening,
    sum(b.charged_kop + b.recalculated_kop + b.benefit_kop + b.subsidy_kop)::bigint as charged, sum(b.other_kop)::bigint as other,
    -sum(b.paid_kop)::bigint as paid, sum(b.closing_kop)::bigint as closing,
    coalesce(sum(b.closing_kop) filter (where b.closing_kop > 0), 0)::bigint as debt,
    coalesce(-sum(b.closing_kop) filter (where b.closing_kop < 0), 0)::bigint as advance,
    count(*) filter (where b.opening_kop <= 0 and b.closing_kop > 0) as came, count(*) filter (where b.opening_kop > 0 and b.closing_kop <= 0) as left
  from billing.pub_period_balance_v1 b where b.period between $1::date and $2::date and ($3::smallint[] is null or b.provider_id = any($3))
  group by b.period order by b.period desc`;

/** $1 providers, $2 service, $3 today, $4 the last day looked at. The row without a month is what has passed already. */
export const EXPIRING = `
  with own as (
    select case when i.ends_on >= $3::date then date_trunc('month', i.ends_on)::date end as month, i.provider_id, i.account_id,
      sum(i.outstanding_kop)::bigint as kop, min(i.ends_on) as last
    from debt.pub_claimable_v1 i where i.ends_on <= $4::date and ${items('$1', '$2')} group by 1, 2, 3)
  select to_char(o.month, 'YYYY-MM') as month, p.code as provider, p.short_name as name, sum(o.kop)::bigint as kop, count(*) as accounts,
    to_char(min(o.last), 'YYYY-MM-DD') as last_day
  from own o join tariffs.pub_provider_v1 p on p.id = o.provider_id group by o.month, p.code, p.short_name order by o.month, p.code`;
