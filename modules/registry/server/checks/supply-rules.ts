import { ACCOUNTS, HIT, type SqlRule, TODAY, WHOLE } from './check-set.ts';

const SUPPLY = `${ACCOUNTS} a join tariffs.pub_supply_v1 s on s.account_id = a.id and s.valid @> ${TODAY}
  join tariffs.pub_service_v1 v on v.id = s.service_id`;
const METER = `${ACCOUNTS} a join metering.pub_meter_v1 m on m.premises_id = a.premises_id and m.removed_on is null`;
const SERVICES = `jsonb_build_object('services', string_agg(distinct v.name, ', ')) as params`;
const SERIALS = `jsonb_build_object('meters', string_agg(distinct m.serial, ', ')) as params`;
const GROUP = 'group by a.id, a.number';
const RUNS = (service: string): string => `exists (select from metering.pub_meter_v1 m where m.premises_id = a.premises_id and m.service_id = ${service}
    and m.installed_on <= ${TODAY} and (m.removed_on is null or m.removed_on > ${TODAY}))`;

/** Rules over tariffs, norms and supplies. */
export const SUPPLY_RULES: Readonly<Record<string, SqlRule>> = {
  'supply-without-tariff': {
    severity: 'blocks',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY}
      where not exists (select from tariffs.pub_tariff_v1 t where t.service_id = s.service_id and t.provider_id = s.provider_id and t.variant = s.variant
        and t.valid @> ${TODAY}) ${GROUP}`,
  },
  'supply-without-norm': {
    severity: 'blocks',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY}
      where s.method = 'norm' and not exists (select from tariffs.pub_norm_v1 n where n.purpose = 'charge' and n.service_id = s.service_id
        and n.equipment = s.equipment and n.valid @> ${TODAY}) ${GROUP}`,
  },
  'norm-of-nobody': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} where s.method in ('norm', 'per-person') and not exists (select from registry.residence r
        where r.premises_id = a.premises_id and upper_inf(r.known) and r.kind <> 'owner' and r.valid @> ${TODAY}) ${GROUP}`,
  },
  'supply-twice': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} join tariffs.pub_supply_v1 o on o.account_id = s.account_id and o.service_id = s.service_id
        and o.provider_id <> s.provider_id and o.valid @> ${TODAY} ${GROUP}`,
  },
  'supply-provider-ended': {
    severity: 'blocks',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} join tariffs.pub_provider_v1 p on p.id = s.provider_id and not p.active @> ${TODAY} ${GROUP}`,
  },
  'supply-service-ended': {
    severity: 'blocks',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} where not v.valid @> ${TODAY} ${GROUP}`,
  },
  'supply-heated-zero': {
    severity: 'blocks',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and f.valid @> ${TODAY}
      where s.method = 'heated-area' and f.heated_area = 0 ${GROUP}`,
  },
  'supply-not-in-house': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} join registry.house h on h.id = a.house_id
      where (v.code = 'HEAT' and h.heating <> 'central') or (v.code = 'LIFT' and not h.lift) ${GROUP}`,
  },
  'supply-meter-missing': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} where s.method = 'meter' and not ${RUNS('s.service_id')} ${GROUP}`,
  },
  'supply-norm-with-meter': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERVICES} from ${SUPPLY} where s.method = 'norm' and ${RUNS('s.service_id')} ${GROUP}`,
  },
  'contract-ended': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('contracts', string_agg(distinct c.number, ', ')) as params from ${SUPPLY}
      join (select supply_id, max(upper(valid)) as ended, bool_or(upper_inf(valid)) as goes_on, max(number) as number
        from registry.pub_supply_contract_v1 group by supply_id) c on c.supply_id = s.supply_id and not c.goes_on and c.ended <= ${TODAY} ${GROUP}`,
  },
  'tariff-gap': {
    severity: 'warns',
    sql: `select 'tariff/' || t.code as subject, null::int as account_id, jsonb_build_object('ended', upper(t.valid) - 1, 'next', t.begins) as params from (
        select t.*, lead(lower(valid)) over (partition by service_id, provider_id, variant, tier order by lower(valid)) as begins from tariffs.pub_tariff_v1 t) t
      where ${WHOLE} and t.begins > upper(t.valid)`,
  },
  'tariff-ending': {
    severity: 'informs',
    sql: `select 'tariff/' || t.code as subject, null::int as account_id, jsonb_build_object('last', upper(t.valid) - 1) as params from tariffs.pub_tariff_v1 t
      where ${WHOLE} and upper(t.valid) - ${TODAY} between 1 and 31 and exists (select from tariffs.pub_supply_v1 s where s.service_id = t.service_id
          and s.provider_id = t.provider_id and s.variant = t.variant and s.valid @> ${TODAY})
        and not exists (select from tariffs.pub_tariff_v1 n where n.service_id = t.service_id and n.provider_id = t.provider_id and n.variant = t.variant
          and n.tier = t.tier and lower(n.valid) = upper(t.valid))`,
  },
  'tariff-zero': {
    severity: 'warns',
    sql: `select 'tariff/' || t.code as subject, null::int as account_id, '{}'::jsonb as params from tariffs.pub_tariff_v1 t
      where ${WHOLE} and t.price = 0 and t.valid @> ${TODAY}`,
  },
  'tariff-jump': {
    severity: 'informs',
    sql: `select 'tariff/' || t.code as subject, null::int as account_id, jsonb_build_object('before', t.before, 'price', t.price) as params from (
        select t.*, lag(price) over (partition by service_id, provider_id, variant, tier order by lower(valid)) as before from tariffs.pub_tariff_v1 t) t
      where ${WHOLE} and t.valid @> ${TODAY} and t.before > 0 and (t.price > t.before * 3 or t.price < t.before / 3)`,
  },
  'norm-gap': {
    severity: 'informs',
    sql: `select 'norm/' || n.code as subject, null::int as account_id, jsonb_build_object('ended', upper(n.valid) - 1, 'next', n.begins) as params from (
        select n.*, lead(lower(valid)) over (partition by purpose, service_id, equipment order by lower(valid)) as begins from tariffs.pub_norm_v1 n) n
      where ${WHOLE} and n.begins > upper(n.valid)`,
  },
};

/** Rules over meters and readings. */
export const METER_RULES: Readonly<Record<string, SqlRule>> = {
  'meter-overdue': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERIALS} from ${METER} where m.verification_due < ${TODAY} ${GROUP}`,
  },
  'meter-due-soon': {
    severity: 'informs',
    sql: `select ${HIT}, ${SERIALS} from ${METER} where m.verification_due between ${TODAY} and ${TODAY} + 31 ${GROUP}`,
  },
  'meter-silent': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERIALS} from ${METER} where m.installed_on < (${TODAY} - interval '4 months')::date
      and not exists (select from metering.pub_reading_v1 r where r.meter_id = m.meter_id
        and r.period >= (select (platform.current_period() - interval '3 months')::date)) ${GROUP}`,
  },
  'meter-without-supply': {
    severity: 'informs',
    sql: `select ${HIT}, ${SERIALS} from ${METER}
      where not exists (select from tariffs.pub_supply_v1 s where s.account_id = a.id and s.service_id = m.service_id and s.valid @> ${TODAY}) ${GROUP}`,
  },
  'meter-twice': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERIALS} from ${METER} join (select serial, service_id from metering.pub_meter_v1 where removed_on is null
        group by serial, service_id having count(*) > 1) d on d.serial = m.serial and d.service_id = m.service_id ${GROUP}`,
  },
  'reading-below': {
    severity: 'warns',
    sql: `select ${HIT}, ${SERIALS} from ${METER} join metering.pub_reading_v1 r on r.meter_id = m.meter_id
        and r.period = (select platform.current_period())
      join metering.pub_reading_v1 b on b.meter_id = m.meter_id and b.period = (select (platform.current_period() - interval '1 month')::date)
      where r.value < b.value and b.value < power(10, m.digits) * 0.9 ${GROUP}`,
  },
  'reading-still': {
    severity: 'informs',
    sql: `select ${HIT}, ${SERIALS} from ${METER} join metering.pub_reading_v1 r on r.meter_id = m.meter_id and r.period = (select platform.current_period())
      join metering.pub_reading_v1 b on b.meter_id = m.meter_id and b.period = (select (platform.current_period() - interval '3 months')::date)
      where r.value = b.value and exists (select from registry.residence x where x.premises_id = a.premises_id and upper_inf(x.known) and x.valid @> ${TODAY}) ${GROUP}`,
  },
};
