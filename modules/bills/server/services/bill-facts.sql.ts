/**
 * Everything that N bills of one month say, in one statement.
 * $1 accounts (int[]), $2 first day of the month, $3 day of issue: what came after it is not on the bill.
 * Sums are kopecks as text; one row an account, in no order.
 */
const KEYS = `
a as materialized (
  select account_id, number, premises_id, house_id, closed_on from registry.pub_account_v1 where account_id = any($1::int[])),
p as (select $2::date as month, ($2::date + interval '1 month')::date as next, ($2::date - interval '1 month')::date as before),
season as (select not exists (select from tariffs.pub_parameter_v1 v where v.code = 'heating-season')
  or exists (select from tariffs.pub_parameter_v1 v, p where v.code = 'heating-season' and v.valid && daterange(p.month, p.next)) as on),
led as materialized (
  select g.account_id, g.service_id, g.provider_id, g.period, sum(g.amount_kop) as total,
    coalesce(sum(g.amount_kop) filter (where g.turnover_column = 'charged'), 0) as charged,
    coalesce(sum(g.amount_kop) filter (where g.turnover_column = 'benefit'), 0) as benefit,
    coalesce(sum(g.amount_kop) filter (where g.turnover_column = 'recalculated'), 0) as recalculated,
    coalesce(sum(g.amount_kop) filter (where g.turnover_column = 'subsidy'), 0) as subsidy,
    coalesce(sum(g.amount_kop) filter (where g.turnover_column = 'paid'), 0) as paid,
    coalesce(sum(g.amount_kop) filter (where g.turnover_column = 'other'), 0) as other
  from billing.pub_ledger_v1 g where g.account_id = any($1::int[]) and g.period >= ($2::date - interval '1 month')::date group by 1, 2, 3, 4),
acc as materialized (
  select x.account_id, x.service_id, x.provider_id, x.period, sum(x.benefit_kop) as benefit, sum(x.gross_kop) as gross,
    sum(x.quantity) as quantity, (array_agg(x.method order by x.version desc))[1] as method,
    (array_agg(x.persons order by x.version desc))[1] as persons, (array_agg(x.area order by x.version desc))[1] as area,
    (array_agg(t.price order by x.version desc))[1] as price, (array_agg(t.unit order by x.version desc))[1] as unit,
    count(distinct t.price) as prices, count(*) as charges, min(x.tariff_id) as tariff_id, min(x.norm_id) as norm_id,
    min(x.person_days) as person_days
  from billing.pub_accrual_v1 x left join tariffs.pub_tariff_v1 t on t.id = x.tariff_id
  where x.account_id = any($1::int[]) and x.period in ($2::date, ($2::date - interval '1 month')::date) group by 1, 2, 3, 4),
sup as materialized (
  select distinct on (s.account_id, s.service_id, s.provider_id) s.account_id, s.service_id, s.provider_id, s.provider_account, s.due_day,
    s.variant like '%season%' as seasonal
  from tariffs.pub_supply_v1 s, p where s.account_id = any($1::int[]) and s.valid && daterange(p.month, p.next)
  order by s.account_id, s.service_id, s.provider_id, lower(s.valid) desc),
bal as materialized (select account_id, service_id, provider_id, balance_kop from billing.pub_balance_v1 where account_id = any($1::int[])),
k as (
  select account_id, service_id, provider_id from sup union select account_id, service_id, provider_id from bal
  union select account_id, service_id, provider_id from led)`;

const LINES = `
flat as (
  select k.*, coalesce(b.balance_kop, 0) - coalesce(f.total, 0) as closing, c.charged, c.benefit, c.recalculated, c.subsidy, c.paid, c.other,
    coalesce(c.total, 0) as moved, n.charged as b_charged, n.benefit as b_benefit, n.recalculated as b_recalculated, n.subsidy as b_subsidy
  from k cross join p left join bal b using (account_id, service_id, provider_id)
  left join led c on c.account_id = k.account_id and c.service_id = k.service_id and c.provider_id = k.provider_id and c.period = p.month
  left join led n on n.account_id = k.account_id and n.service_id = k.service_id and n.provider_id = k.provider_id and n.period = p.before
  left join (select account_id, service_id, provider_id, sum(total) as total from led, p where period > p.month group by 1, 2, 3) f
    on f.account_id = k.account_id and f.service_id = k.service_id and f.provider_id = k.provider_id),
lines as (
  select f.account_id, jsonb_agg(jsonb_build_object('service', v.code, 'name', v.name, 'unit', v.unit, 'provider', r.code,
    'providerName', r.short_name, 'exchange', v.exchange_id, 'providerAccount', s.provider_account, 'dueDay', s.due_day,
    'supplied', s.account_id is not null and (not s.seasonal or season.on), 'accrued', x.account_id is not null,
    'lane', coalesce(l.state, 'none'), 'opening', (f.closing - f.moved)::text, 'closing', f.closing::text,
    'charged', coalesce(f.charged, 0)::text, 'benefit', coalesce(f.benefit, 0)::text, 'recalculated', coalesce(f.recalculated, 0)::text,
    'subsidy', coalesce(f.subsidy, 0)::text, 'paid', coalesce(f.paid, 0)::text, 'other', coalesce(f.other, 0)::text,
    'netted', coalesce(x.benefit, 0)::text, 'quantity', x.quantity::text, 'price', x.price::text, 'priceUnit', x.unit, 'prices', x.prices,
    'method', x.method, 'persons', x.persons, 'area', x.area::text, 'personDays', x.person_days, 'tariffId', x.tariff_id, 'normId', x.norm_id,
    'charges', coalesce(x.charges, 0),
    'before', case when y.account_id is not null or f.b_charged is not null then jsonb_build_object('charged', coalesce(f.b_charged, 0)::text,
      'benefit', coalesce(f.b_benefit, 0)::text, 'recalculated', coalesce(f.b_recalculated, 0)::text, 'subsidy', coalesce(f.b_subsidy, 0)::text,
      'netted', coalesce(y.benefit, 0)::text, 'quantity', y.quantity::text, 'price', y.price::text, 'prices', y.prices,
      'persons', y.persons, 'personDays', y.person_days, 'method', y.method, 'area', y.area::text, 'tariffId', y.tariff_id,
      'normId', y.norm_id, 'charges', coalesce(y.charges, 0)) end)
    order by v.pay_order, r.code) as value
  from flat f cross join p cross join season join tariffs.pub_service_v1 v on v.id = f.service_id
  join tariffs.pub_provider_v1 r on r.id = f.provider_id
  left join sup s on s.account_id = f.account_id and s.service_id = f.service_id and s.provider_id = f.provider_id
  left join acc x on x.account_id = f.account_id and x.service_id = f.service_id and x.provider_id = f.provider_id and x.period = p.month
  left join acc y on y.account_id = f.account_id and y.service_id = f.service_id and y.provider_id = f.provider_id and y.period = p.before
  left join platform.period_lane l on l.period = p.month and l.provider_id = f.provider_id
  where (s.account_id is not null and (not s.seasonal or season.on)) or f.closing <> 0 or f.closing - f.moved <> 0
    or coalesce(f.charged, 0) <> 0 or coalesce(f.paid, 0) <> 0 or coalesce(f.recalculated, 0) <> 0 or coalesce(f.subsidy, 0) <> 0
    or coalesce(f.benefit, 0) <> 0 or coalesce(f.other, 0) <> 0 or coalesce(f.b_charged, 0) + coalesce(f.b_benefit, 0)
      + coalesce(f.b_recalculated, 0) + coalesce(f.b_subsidy, 0) <> 0
  group by f.account_id)`;

const SENTENCES = `
late as (select coalesce(array_agg(provider_id), '{}') as ids from platform.period_lane where period = $2::date and state in ('closing', 'verified')),
reasons as (
  select g.account_id, jsonb_agg(jsonb_build_object('service', v.code, 'name', v.name, 'kind', g.kind, 'kop', g.amount_kop::text,
    'forMonth', to_char(g.for_period, 'YYYY-MM'), 'key', o.note_key, 'params', o.note_params, 'day', o.effective_on)
    order by v.pay_order, g.for_period, g.id) as value
  from billing.pub_ledger_v1 g join billing.pub_posting_v1 o on o.id = g.posting_id join tariffs.pub_service_v1 v on v.id = g.service_id
  where g.account_id = any($1::int[]) and g.period = $2::date
    and (g.turnover_column in ('recalculated', 'other', 'subsidy') or g.turnover_column = 'benefit' and o.note_key is not null)
  group by g.account_id),
later as (
  select m.account_id, jsonb_agg(jsonb_build_object('paidOn', m.paid_on, 'channel', m.channel_name, 'kop', m.kop::text,
    'month', to_char(m.period, 'YYYY-MM')) order by m.paid_on, m.payment_id) as value
  from (select y.account_id, y.payment_id, y.paid_on, y.channel_name, min(g.period) as period, -sum(g.amount_kop) as kop
    from payments.pub_payment_v1 y join billing.pub_ledger_v1 g on g.account_id = y.account_id and g.posting_id = y.posting_id
      and g.period > $2::date
    where y.account_id = any($1::int[]) and y.paid_on <= $3::date and y.paid_on >= ($2::date - interval '3 months')::date
      and y.rolled_back_at is null group by 1, 2, 3, 4 having sum(g.amount_kop) <> 0) m group by m.account_id),
ages as (
  select u.account_id, jsonb_agg(jsonb_build_object('month', to_char(u.debt_month, 'YYYY-MM'), 'kop', u.kop::text) order by u.debt_month) as value
  from (select account_id, debt_month, sum(kop) as kop from (
      select account_id, debt_month, outstanding_kop as kop from billing.pub_open_item_v1, late
        where account_id = any($1::int[]) and debt_month <= $2::date and not (debt_month = $2::date and provider_id = any(late.ids))
      union all select account_id, debt_month, amount_kop from billing.pub_allocation_v1, late
        where account_id = any($1::int[]) and period > $2::date and debt_month <= $2::date and not (debt_month = $2::date and provider_id = any(late.ids))) z
    group by 1, 2 having sum(kop) <> 0) u group by u.account_id),
meters as (
  select a.account_id, jsonb_agg(jsonb_build_object('service', v.code, 'name', v.name, 'unit', v.unit, 'serial', m.serial, 'digits', m.digits,
    'now', n.value::text, 'takenOn', n.taken_on, 'before', coalesce(b.value, m.initial_value)::text, 'due', m.verification_due)
    order by v.pay_order, m.serial) as value
  from a cross join p join metering.pub_meter_v1 m on m.premises_id = a.premises_id and m.installed_on < p.next
    and (m.removed_on is null or m.removed_on >= p.month)
  join tariffs.pub_service_v1 v on v.id = m.service_id
  left join metering.pub_reading_v1 n on n.meter_id = m.meter_id and n.period = p.month
  left join lateral (select o.value from metering.pub_reading_v1 o where o.meter_id = m.meter_id and o.period < p.month
    order by o.period desc limit 1) b on true
  where exists (select from sup s where s.account_id = a.account_id and s.service_id = m.service_id)
  group by a.account_id),
year as (
  select z.account_id, jsonb_agg(jsonb_build_object('month', to_char(z.period, 'YYYY-MM'), 'kop', z.kop::text) order by z.period) as value
  from (select account_id, period, sum(kop) as kop from (
      select account_id, period, charged_kop + recalculated_kop + benefit_kop + subsidy_kop as kop from billing.pub_period_balance_v1
        where account_id = any($1::int[]) and period between ($2::date - interval '11 months')::date and ($2::date - interval '2 months')::date
      union all select account_id, period, charged + recalculated + benefit + subsidy from led, p where period in (p.month, p.before)) q
    group by 1, 2) z group by z.account_id),
words as (
  select a.account_id, jsonb_agg(n.text order by n.written_at) as value
  from a join bills.notice n on n.ended_at is null and $2::date between n.from_period and n.to_period
    and (n.house_id is null or n.house_id = a.house_id)
    and (n.provider_id is null or exists (select from sup s where s.account_id = a.account_id and s.provider_id = n.provider_id))
  group by a.account_id)`;

export const BILL_FACTS = `
with ${KEYS}, ${LINES}, ${SENTENCES}
select a.account_id, a.number, a.house_id, h.full_name as holder, d.address, d.postcode, f.total_area::text as area,
  coalesce(w.residents, 0)::int as residents, lines.value as lines, reasons.value as reasons, later.value as later, ages.value as ages,
  meters.value as meters, year.value as year, words.value as notices
from a cross join p
join registry.pub_holder_v1 h on h.account_id = a.account_id
join registry.pub_address_v1 d on d.premises_id = a.premises_id
left join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and f.valid @> (p.next - 1)
left join (select e.premises_id, count(distinct e.person_id) as residents from registry.pub_residence_v1 e, p
  where e.kind <> 'owner' and e.valid @> (p.next - 1) and e.premises_id in (select premises_id from a) group by 1) w on w.premises_id = a.premises_id
left join lines on lines.account_id = a.account_id left join reasons on reasons.account_id = a.account_id
left join later on later.account_id = a.account_id left join ages on ages.account_id = a.account_id
left join meters on meters.account_id = a.account_id left join year on year.account_id = a.account_id
left join words on words.account_id = a.account_id`;
