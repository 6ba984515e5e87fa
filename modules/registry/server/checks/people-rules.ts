import { ACCOUNTS, HIT, LIMIT, type SqlRule, TODAY } from './check-set.ts';

const LIVES = `join registry.residence r on r.premises_id = a.premises_id and upper_inf(r.known) and r.kind <> 'owner'`;
const NOW = `${LIVES} and r.valid @> ${TODAY}`;
const PERSON = 'join registry.person q on q.id = r.person_id';
const HOLDER = `${ACCOUNTS} a join registry.person q on q.id = a.holder_id`;
const OWNS = `join registry.ownership o on o.premises_id = a.premises_id and upper_inf(o.known) and o.valid @> ${TODAY}`;
const ADULT = `(${TODAY} - interval '18 years')::date`;

/** Rules over residents and holders. */
export const PEOPLE_RULES: Readonly<Record<string, SqlRule>> = {
  'residents-many': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${ACCOUNTS} a ${NOW} group by a.id, a.number
      having count(*) > ${LIMIT("'residents.flat'")}`,
  },
  'residents-dense': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('count', count(*), 'area', f.total_area) as params from ${ACCOUNTS} a ${NOW}
      join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and f.valid @> ${TODAY}
      group by a.id, a.number, f.total_area having f.total_area / count(*) < 4`,
  },
  'nobody-registered': {
    severity: 'informs',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a where not exists (select from registry.residence r
      where r.premises_id = a.premises_id and upper_inf(r.known) and r.kind = 'registered' and r.valid @> ${TODAY})`,
  },
  'minors-only': {
    severity: 'warns',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a ${NOW} and r.kind = 'registered' ${PERSON} group by a.id, a.number
      having bool_and(q.birth_date is not null and q.birth_date > ${ADULT})`,
  },
  'two-places': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('places', count(distinct r2.premises_id) + 1) as params from ${ACCOUNTS} a ${LIVES} and r.kind = 'registered'
      join registry.residence r2 on r2.person_id = r.person_id and r2.premises_id <> r.premises_id and r2.kind = 'registered'
        and upper_inf(r2.known) and r2.valid && r.valid group by a.id, a.number`,
  },
  'resident-twice': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('count', max(s.count)) as params from ${ACCOUNTS} a join (
        select r.premises_id, count(*) as count from registry.residence r ${PERSON}
        where upper_inf(r.known) and r.kind <> 'owner' and r.valid @> ${TODAY} and q.birth_date is not null
        group by r.premises_id, q.birth_date, lower(q.surname), lower(q.given_name), lower(q.patronymic) having count(*) > 1) s
      on s.premises_id = a.premises_id group by a.id, a.number`,
  },
  'resident-dead': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${ACCOUNTS} a ${LIVES} ${PERSON}
      where q.died_on is not null and (upper_inf(r.valid) or upper(r.valid) - 1 > q.died_on) group by a.id, a.number`,
  },
  'resident-before-birth': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${ACCOUNTS} a ${LIVES} ${PERSON}
      where q.birth_date > lower(r.valid) group by a.id, a.number`,
  },
  'resident-old': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('born', min(q.birth_date)) as params from ${ACCOUNTS} a ${NOW} ${PERSON}
      where q.birth_date < (${TODAY} - make_interval(years => ${LIMIT("'age.person'")}::int))::date group by a.id, a.number`,
  },
  'birth-date-missing': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${ACCOUNTS} a ${NOW} ${PERSON} where q.birth_date is null group by a.id, a.number`,
  },
  'birth-date-ahead': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${ACCOUNTS} a ${LIVES} ${PERSON}
      where q.birth_date > ${TODAY} group by a.id, a.number`,
  },
  'temporary-ended': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${ACCOUNTS} a ${NOW}
      where r.kind = 'temporary' and upper_inf(r.valid) and lower(r.valid) < (${TODAY} - interval '5 years')::date group by a.id, a.number`,
  },
  'holder-dead': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('day', q.died_on) as params from ${HOLDER} where q.died_on <= ${TODAY}`,
  },
  'holder-minor': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('born', q.birth_date) as params from ${HOLDER} where q.birth_date > ${ADULT}`,
  },
  'holder-elsewhere': {
    severity: 'informs',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a
      where not exists (select from registry.residence r where r.premises_id = a.premises_id and r.person_id = a.holder_id and upper_inf(r.known) and r.valid @> ${TODAY})
        and not exists (select from registry.ownership o where o.premises_id = a.premises_id and o.person_id = a.holder_id and upper_inf(o.known) and o.valid @> ${TODAY})
        and exists (select from registry.residence r where r.premises_id = a.premises_id and upper_inf(r.known) and r.valid @> ${TODAY})`,
  },
  'holder-differs': {
    severity: 'blocks',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a left join registry.pub_account_holder_v1 h on h.account_id = a.id and h.valid @> ${TODAY}
      where a.opened_on <= ${TODAY} and h.person_id is distinct from a.holder_id`,
  },
  'tax-number-wrong': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('flaw', min(q.tax_number_flaw)) as params from ${ACCOUNTS} a
      join (select premises_id, person_id from registry.residence where upper_inf(known)
        union select a2.premises_id, a2.holder_id from registry.account a2) r on r.premises_id = a.premises_id
      ${PERSON} and q.tax_number_flaw is not null group by a.id, a.number`,
  },
  'tax-number-shared': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('count', s.count) as params from ${HOLDER} join (
        select tax_number_hash, count(*) as count from registry.person where tax_number_hash is not null group by tax_number_hash having count(*) > 1) s
      on s.tax_number_hash = q.tax_number_hash`,
  },
  'tax-number-missing': {
    severity: 'informs',
    sql: `select ${HIT}, '{}'::jsonb as params from ${HOLDER} where q.tax_number_hash is null and not q.no_tax_number and q.died_on is null`,
  },
  'holder-unreachable': {
    severity: 'informs',
    sql: `select ${HIT}, '{}'::jsonb as params from ${HOLDER} where q.phone_hash is null and q.email_hash is null`,
  },
  'holder-twice': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('count', s.count) as params from ${HOLDER} join (
        select birth_date, lower(surname) as surname, lower(given_name) as given_name, lower(patronymic) as patronymic, count(*) as count
        from registry.person where birth_date is not null group by 1, 2, 3, 4 having count(*) > 1) s
      on s.birth_date = q.birth_date and s.surname = lower(q.surname) and s.given_name = lower(q.given_name) and s.patronymic = lower(q.patronymic)`,
  },
  'shares-over': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('sum', round(sum(o.share_num::numeric / o.share_den), 4)) as params from ${ACCOUNTS} a ${OWNS}
      group by a.id, a.number having round(sum(o.share_num::numeric / o.share_den), 9) > 1`,
  },
  'shares-below': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('sum', round(sum(o.share_num::numeric / o.share_den), 4)) as params from ${ACCOUNTS} a ${OWNS}
      group by a.id, a.number having round(sum(o.share_num::numeric / o.share_den), 9) < 1`,
  },
  'owner-dead': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${ACCOUNTS} a ${OWNS}
      join registry.person q on q.id = o.person_id and q.died_on <= ${TODAY} group by a.id, a.number`,
  },
  'owner-minor-only': {
    severity: 'warns',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a ${OWNS} join registry.person q on q.id = o.person_id
      group by a.id, a.number having bool_and(q.birth_date > ${ADULT})`,
  },
  'owner-of-state': {
    severity: 'warns',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a
      join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and f.valid @> ${TODAY} and f.dwelling_type in ('state', 'service')
      where exists (select from registry.ownership o where o.premises_id = a.premises_id and upper_inf(o.known) and o.valid @> ${TODAY})`,
  },
};
