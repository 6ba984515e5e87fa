import type { ListDef } from '@komplat/server';

/** Flats of a house that take a service in a month, as the distribution needs them. $1 house, $2 service, $3 first day, $4 heated area?. */
export const FLATS = `
  with month as (select $3::date as first, ($3::date + interval '1 month')::date as next),
  flat as (
    select a.premises_id, min(s.equipment) as equipment, bool_or(s.method = 'meter') as by_meter
    from month, registry.pub_account_v1 a join tariffs.pub_supply_v1 s on s.account_id = a.account_id and s.service_id = $2
    where a.house_id = $1 and s.method in ('meter', 'norm') and s.valid && daterange(month.first, month.next)
    group by a.premises_id
  ), dial as (
    select m.premises_id, sum(coalesce(
        metering.used(coalesce((select b.value from metering.reading b where b.meter_id = m.id and b.superseded_at is null and b.period < month.first
          order by b.period desc limit 1), m.initial_value), r.value, m.digits),
        metering.month_average(m.id, month.first, metering.rule_value('average-window', null, month.first)::int))) as used
    from month, metering.meter m left join metering.reading r on r.meter_id = m.id and r.period = $3::date and r.superseded_at is null
    where m.service_id = $2 and m.premises_id in (select premises_id from flat) and m.installed_on < month.next
      and (m.removed_on is null or m.removed_on >= month.first)
    group by m.premises_id
  )
  select f.premises_id, case when $4::boolean then x.heated_area else x.total_area end as area,
    (select count(*)::int from registry.pub_residence_v1 p where p.premises_id = f.premises_id and p.kind <> 'owner' and p.valid @> (month.next - 1)) as persons,
    coalesce((select n.value from tariffs.pub_norm_v1 n where n.purpose = 'charge' and n.service_id = $2 and n.equipment = f.equipment
      and n.valid @> month.first limit 1), 0) as norm,
    case when f.by_meter and d.premises_id is not null then d.used end as metered, d.premises_id is not null and f.by_meter as has_meter
  from month, flat f join registry.pub_premises_fact_v1 x on x.premises_id = f.premises_id and x.valid @> (select next - 1 from month)
  left join dial d on d.premises_id = f.premises_id order by f.premises_id`;

/** What the house meters counted in a month. $1 house, $2 service, $3 first day. */
export const COUNTED = `
  select count(*)::int as meters, count(r.value)::int as readings, min(m.id) as meter,
    sum(metering.used(coalesce((select b.value from metering.house_reading b where b.house_meter_id = m.id and b.superseded_at is null
      and b.period < $3::date order by b.period desc limit 1), m.initial_value), r.value, m.digits) * m.multiplier) as volume
  from metering.house_meter m left join metering.house_reading r on r.house_meter_id = m.id and r.period = $3::date and r.superseded_at is null
  where m.house_id = $1 and m.service_id = $2 and m.installed_on < ($3::date + interval '1 month')::date
    and (m.removed_on is null or m.removed_on >= $3::date)`;

export const PARTS_INSERT = `
  insert into metering.distribution_part (distribution_id, premises_id, area, persons, metered, own, needs)
  select $1, p, a, n, m, o, h
  from unnest($2::int[], $3::numeric[], $4::smallint[], $5::numeric[], $6::numeric[], $7::numeric[]) x (p, a, n, m, o, h)`;

const DISTRIBUTION = `
  select t.id, h.house_code as house, h.address, v.code as service, v.name as "serviceName", v.unit, to_char(t.period, 'YYYY-MM') as month,
    t.act_number as "actNumber", t.state, trim_scale(t.house_volume)::text as "houseVolume", trim_scale(t.metered_volume)::text as "meteredVolume",
    trim_scale(t.house_needs)::text as "houseNeeds", trim_scale(t.shortfall)::text as shortfall, t.made_by as "madeBy", t.made_at as "madeAt", t.made_at,
    t.signed_by as "signedBy", t.period, trim_scale(t.nonresidential_volume)::text as "nonResidential", trim_scale(t.rest_volume)::text as "restVolume",
    trim_scale(t.common_share)::text as "commonShare", trim_scale(t.common_coefficient)::text as "commonCoefficient", t.needs_by as "needsBy", t.reason,
    (select count(*)::int from metering.distribution_part p where p.distribution_id = t.id) as flats,
    exists (select from platform.approval q where q.id = t.approval_id and q.state = 'waiting') as waiting
  from metering.distribution t join tariffs.pub_service_v1 v on v.id = t.service_id
  join lateral (select d.house_code, d.district, d.type_short || ' ' || d.street || ', ' || d.house as address from registry.pub_address_v1 d
    where d.house_id = t.house_id limit 1) h on true`;

/** $1 id. */
export const ONE = `${DISTRIBUTION} where t.id = $1`;

/** $1 month, $2 state, $3 part of an address or of the number of an act, $4 districts and $5 houses of the reader. */
export const DISTRIBUTIONS: ListDef = {
  sql: `${DISTRIBUTION} where ($1::date is null or t.period = $1) and ($2::text is null or t.state = $2)
    and ($3::text is null or h.address ilike '%' || $3 || '%' or t.act_number ilike $3 || '%' or h.house_code ilike $3 || '%')
    and ($4::text[] is null or h.district::text = any($4) or h.house_code = any($5::text[]))`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    month: { column: 'period', type: 'date' },
    address: { column: 'address', type: 'text' },
    service: { column: 'service', type: 'text' },
    state: { column: 'state', type: 'text' },
    made: { column: 'made_at', type: 'timestamptz' },
  },
  first: '-made',
};

/** Houses with meters in use. $1 part of an address or code, $2 districts and $3 houses of the reader. */
export const HOUSE_METERS: ListDef = {
  sql: `
    select m.house_id as id, h.house_code as house, h.address, array_agg(distinct v.code order by v.code) as services, count(*)::int as meters,
      count(*) filter (where not exists (select from metering.house_reading r where r.house_meter_id = m.id and r.superseded_at is null
        and r.period = platform.current_period()))::int as unread,
      min(m.verification_due)::text as due, coalesce(min(m.verification_due) < platform.today(), false) as overdue
    from metering.house_meter m join tariffs.pub_service_v1 v on v.id = m.service_id
    join lateral (select d.house_code, d.district, d.type_short || ' ' || d.street || ', ' || d.house as address from registry.pub_address_v1 d
      where d.house_id = m.house_id limit 1) h on true
    where m.removed_on is null and ($1::text is null or h.address ilike '%' || $1 || '%' or h.house_code ilike $1 || '%')
      and ($2::text[] is null or h.district::text = any($2) or h.house_code = any($3::text[]))
    group by m.house_id, h.house_code, h.address`,
  id: { column: 'id', type: 'int4' },
  sorts: {
    address: { column: 'address', type: 'text' },
    due: { column: 'due', type: 'text' },
    unread: { column: 'unread', type: 'int4' },
  },
  first: 'address',
};

/** Parts of an act by flat. $1 id. */
export const PARTS = `
  select (select a.number from registry.pub_account_v1 a where a.premises_id = p.premises_id order by a.closed_on desc nulls first limit 1) as account,
    d.flat, p.area::text as area, p.persons, trim_scale(p.metered)::text as metered, trim_scale(p.own)::text as own, trim_scale(p.needs)::text as needs,
    trim_scale(coalesce(p.own, p.metered, 0) + p.needs)::text as total
  from metering.distribution_part p join registry.pub_address_v1 d on d.premises_id = p.premises_id
  where p.distribution_id = $1 order by length(d.flat), d.flat, p.premises_id`;
