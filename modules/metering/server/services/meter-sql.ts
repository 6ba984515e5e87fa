import type { MeterView } from '../../contract/meter.schema.ts';

export interface MeterRow extends Omit<MeterView, 'verification'> {
  readonly today: string;
  readonly noticeDays: number;
}

/** Meters of a dwelling, those of today first. $1 premises. */
export const METERS = `
  with day as (select platform.today() as today, platform.current_period() as period)
  select m.id, v.code as service, v.name as "serviceName", v.unit, m.serial, m.digits, m.place, m.installed_on as "installedOn",
    m.removed_on as "removedOn", m.initial_value::text as initial, m.seal, m.verification_due as "verificationDue", day.today,
    coalesce(metering.rule_value('verification-notice', v.code, day.today), 0)::int as "noticeDays",
    (select jsonb_build_object('id', r.id::text, 'month', to_char(r.period, 'YYYY-MM'), 'value', r.value::text, 'takenOn', r.taken_on::text)
      from metering.reading r where r.meter_id = m.id and r.superseded_at is null and r.period >= day.period order by r.period desc limit 1) as current,
    (select jsonb_build_object('month', to_char(r.period, 'YYYY-MM'), 'value', r.value::text, 'takenOn', r.taken_on::text)
      from metering.reading r where r.meter_id = m.id and r.superseded_at is null and r.period < day.period order by r.period desc limit 1) as before,
    metering.month_average(m.id, day.period, metering.rule_value('average-window', v.code, day.period)::int)::text as average,
    greatest(metering.months_without(m.id, day.period), 0) as "monthsWithout",
    coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'on', e.on_day::text, 'value', trim_scale(e.value)::text, 'note', e.note, 'reason', e.reason,
      'by', e.recorded_by, 'at', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by e.id desc)
      from metering.meter_event e where e.meter_id = m.id), '[]') as events
  from metering.meter m join tariffs.pub_service_v1 v on v.id = m.service_id cross join day
  where m.premises_id = $1 order by m.removed_on is not null, v.pay_order, m.installed_on desc, m.id`;

/** Services that may have a meter here: with a supply today. $1 account, $2 premises. */
export const SERVICES = `
  select v.code, v.name, v.unit, bool_or(s.method = 'meter') as metered
  from tariffs.pub_supply_v1 s join tariffs.pub_service_v1 v on v.id = s.service_id
  where s.account_id = $1 and s.valid @> platform.today()
    and (s.method in ('meter', 'norm') or exists (select from metering.meter m where m.premises_id = $2 and m.service_id = v.id))
  group by v.code, v.name, v.unit, v.pay_order order by v.pay_order`;

const PLACE = `join registry.pub_account_v1 a on a.premises_id = m.premises_id and a.closed_on is null
  join registry.pub_address_v1 d on d.premises_id = m.premises_id join tariffs.pub_service_v1 v on v.id = m.service_id`;

/** $1 state, $2 service, $3 part of a number or serial, $4 to $6 what the reader sees. */
export const reminderSql = (seen: string): string => `
  select m.id, a.number as account, d.address, v.code as service, v.name as "serviceName", m.serial, m.verification_due as due, m.verification_due < platform.today() as overdue, m.seal
  from metering.meter m ${PLACE}
  where m.removed_on is null and m.verification_due <= platform.today() + case when $1::text = 'overdue' then -1
      else coalesce(metering.rule_value('verification-notice', v.code, platform.today()), 0)::int end
    and ($1::text is distinct from 'soon' or m.verification_due >= platform.today())
    and ($2::text is null or v.code = $2) and ($3::text is null or a.number like replace($3, ' ', '') || '%' or m.serial ilike '%' || $3 || '%')
    and ${seen}`;

/** Meters of a lane without a reading of its month. $1 provider, $2 first day, $3 part of a number or serial, $4 to $6 what the reader sees. */
export const missingSql = (seen: string): string => `
  select m.id, a.number as account, d.address, v.code as service, v.name as "serviceName", m.serial, l.value as last, l.period as last_period,
    metering.months_without(m.id, $2::date) as months,
    case when metering.months_without(m.id, $2::date) <= metering.rule_value('average-limit', v.code, $2::date) and l.value is not null
      then 'average' else 'norm' end as basis
  from tariffs.pub_provider_v1 p join tariffs.pub_supply_v1 s on s.provider_id = p.id and s.method = 'meter'
    and s.valid && daterange($2::date, ($2::date + interval '1 month')::date)
  join registry.pub_account_v1 a on a.account_id = s.account_id join registry.pub_address_v1 d on d.premises_id = a.premises_id
  join metering.meter m on m.premises_id = a.premises_id and m.service_id = s.service_id
    and m.installed_on < ($2::date + interval '1 month')::date and (m.removed_on is null or m.removed_on >= $2::date)
  join tariffs.pub_service_v1 v on v.id = m.service_id
  left join lateral (select r.value, r.period from metering.reading r where r.meter_id = m.id and r.superseded_at is null and r.period < $2::date
    order by r.period desc limit 1) l on true
  where p.code = $1 and not exists (select from metering.reading r where r.meter_id = m.id and r.period = $2::date and r.superseded_at is null)
    and ($3::text is null or a.number like replace($3, ' ', '') || '%' or m.serial ilike '%' || $3 || '%') and ${seen}`;
