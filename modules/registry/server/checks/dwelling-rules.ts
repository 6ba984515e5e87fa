import { ACCOUNTS, HIT, LIMIT, type SqlRule, TODAY, WHOLE } from './check-set.ts';

const FACTS = `${ACCOUNTS} a join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and f.valid @> ${TODAY}`;

/** Rules over houses and dwellings. */
export const DWELLING_RULES: Readonly<Record<string, SqlRule>> = {
  'facts-missing': {
    severity: 'blocks',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a
      where not exists (select from registry.pub_premises_fact_v1 f where f.premises_id = a.premises_id and f.valid @> ${TODAY})`,
  },
  'facts-gap': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('from', g.ended, 'to', g.begins) as params from ${ACCOUNTS} a join (
        select premises_id, upper(valid) as ended, lead(lower(valid)) over (partition by premises_id order by lower(valid)) as begins
        from registry.pub_premises_fact_v1) g on g.premises_id = a.premises_id and g.begins > g.ended`,
  },
  'area-large': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('area', f.total_area) as params from ${FACTS}
      where f.total_area > ${LIMIT("'area.' || a.kind")}`,
  },
  'area-tiny': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('area', f.total_area) as params from ${FACTS} where f.total_area < 8`,
  },
  'area-per-room': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('area', f.total_area, 'rooms', f.rooms) as params from ${FACTS}
      where f.rooms > 0 and f.total_area / f.rooms > ${LIMIT("'area.per-room'")}`,
  },
  'rooms-crowded': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('area', f.total_area, 'rooms', f.rooms) as params from ${FACTS}
      where f.rooms < 1 or f.total_area / f.rooms < 6`,
  },
  'heated-over-total': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('heated', f.heated_area, 'area', f.total_area) as params from ${FACTS} where f.heated_area > f.total_area`,
  },
  'heated-missing': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('area', f.total_area) as params from ${FACTS} join registry.house h on h.id = a.house_id
      where h.heating = 'central' and f.heated_area = 0
        and not exists (select from registry.pub_equipment_v1 e where e.premises_id = a.premises_id and e.kind = 'heating' and e.value <> 'central'
          and e.valid @> ${TODAY})`,
  },
  'floor-above-house': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('floor', a.floor, 'floors', h.floors) as params from ${ACCOUNTS} a join registry.house h on h.id = a.house_id
      where a.floor > h.floors`,
  },
  'dwelling-type-unknown': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('type', f.dwelling_type) as params from ${FACTS}
      where f.dwelling_type not in ('privatised', 'state', 'cooperative', 'service', 'private', 'communal', 'dormitory')`,
  },
  'number-twice': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('flat', a.flat) as params from ${ACCOUNTS} a join (
        select house_id, number from registry.premises group by house_id, number having count(*) > 1) d on d.house_id = a.house_id and d.number = a.flat`,
  },
  'house-area': {
    severity: 'warns',
    sql: `select 'house/' || h.code as subject, null::int as account_id,
        jsonb_build_object('passport', h.flats_area, 'flats', s.area) as params
      from registry.house h join (select p.house_id, sum(f.total_area) as area, count(*) as flats from registry.premises p
        join registry.pub_premises_fact_v1 f on f.premises_id = p.id and f.valid @> ${TODAY} group by p.house_id) s on s.house_id = h.id
      where ${WHOLE} and s.flats >= h.flats and abs(s.area - h.flats_area) > h.flats_area * 0.02`,
  },
  'house-flats': {
    severity: 'informs',
    sql: `select 'house/' || h.code as subject, null::int as account_id, jsonb_build_object('passport', h.flats, 'flats', s.flats) as params
      from registry.house h join (select house_id, count(*) as flats from registry.premises where kind = 'flat' group by house_id) s on s.house_id = h.id
      where ${WHOLE} and s.flats > h.flats`,
  },
};
