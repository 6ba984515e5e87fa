import { Injectable } from '@nestjs/common';
import {
  ACCOUNT_FIELD, historyDigest, type HistoryFacts, type HistoryField, type HistorySource, type HistorySql, type HistoryWritten,
} from '../../contract/history-facts.ts';

const NAME = (field: string): string => `lower(regexp_replace(trim(f.${field}), '[''’ʼ\`]', '’', 'g'))`;
/** A person of a dwelling is known by the names, and by the day of birth where both have it. */
const SAME_PERSON = `lower(p.surname) = ${NAME('surname')} and lower(p.given_name) = ${NAME('given_name')} and lower(p.patronymic) = ${NAME('patronymic')}
  and (p.birth_date is null or f.birth_date is null or p.birth_date = f.birth_date)`;
const SPAN = 'daterange(f.from_day, f.until_day, \'[]\')';
const KIND = `case lower(coalesce(f.kind, '')) when '' then 'registered' when 'постійна' then 'registered' when 'постійно' then 'registered'
  when 'registered' then 'registered' when 'тимчасова' then 'temporary' when 'тимчасово' then 'temporary' when 'temporary' then 'temporary' end`;
const SEX = `case when lower(f.sex) in ('m', 'ч', 'чол', 'чоловіча') or (f.sex is null and f.patronymic ~* '[иі]ч$') then 'm'
  when lower(f.sex) in ('f', 'ж', 'жін', 'жіноча') or (f.sex is null and f.patronymic ~* '(вна|чна)$') then 'f' end`;
const ROWS = `history_fact f join registry.account a on a.id = f.account`;

const PROBLEMS = `
select f.line, 'resident-days' as code, jsonb_build_object('from', f.from_day, 'until', f.until_day) as params from history_fact f
  where f.until_day < f.from_day or f.from_day < f.birth_date or f.from_day > platform.today() or f.birth_date > platform.today()
union all
select f.line, 'resident-kind', jsonb_build_object('value', f.kind) from history_fact f where ${KIND} is null
union all
select f.line, 'resident-sex', '{}' from history_fact f where ${SEX} is null
union all
select q.line, 'resident-repeated', jsonb_build_object('first', q.other) from (
  select g.line, f.line as other from history_fact f join history_fact g on g.account = f.account and g.line > f.line
    and ${['surname', 'given_name', 'patronymic'].map((name) => `lower(g.${name}) = lower(f.${name})`).join(' and ')}
    and (g.birth_date is null or f.birth_date is null or g.birth_date = f.birth_date)
  where f.until_day >= f.from_day is not false and g.until_day >= g.from_day is not false
    and ${SPAN} && daterange(g.from_day, g.until_day, '[]')) q
union all
select f.line, 'resident-known', jsonb_build_object('from', lower(r.valid), 'until', upper(r.valid) - 1) from ${ROWS}
  join registry.residence r on r.premises_id = a.premises_id and upper_inf(r.known)
  join registry.person p on p.id = r.person_id and ${SAME_PERSON}
  where f.until_day >= f.from_day is not false and r.valid && ${SPAN}
union all
select f.line, 'resident-calculated', jsonb_build_object('month', to_char(min(c.period), 'YYYY-MM')) from history_fact f
  join billing.pub_accrual_v1 c on c.account_id = f.account and c.period >= date_trunc('month', f.from_day)
    and (f.until_day is null or c.period <= f.until_day) group by f.line`;

/** Persons that the dwelling does not know yet: one for the same names and day of birth, however many rows speak of it. */
const PERSONS = `
create temp table history_person on commit drop as
  with named as (
    select f.line, a.premises_id, trim(f.surname) as surname, trim(f.given_name) as given_name, trim(f.patronymic) as patronymic, ${SEX} as sex, f.birth_date,
      (select p.id from registry.residence r join registry.person p on p.id = r.person_id
       where r.premises_id = a.premises_id and upper_inf(r.known) and ${SAME_PERSON} order by p.birth_date nulls last, p.id limit 1) as known_id
    from ${ROWS}
  ), fresh as materialized (
    select premises_id, lower(surname) as surname, lower(given_name) as given_name, lower(patronymic) as patronymic, max(birth_date) as birth_date,
      gen_random_uuid() as id from named where known_id is null
    group by premises_id, lower(surname), lower(given_name), lower(patronymic)
  )
  select n.*, coalesce(n.known_id, w.id) as person_id, w.birth_date as born from named n
  left join fresh w on n.known_id is null and w.premises_id = n.premises_id and w.surname = lower(n.surname)
    and w.given_name = lower(n.given_name) and w.patronymic = lower(n.patronymic)`;

const WRITE = `
with reason as (select 'завантажено зі старої системи: ' || $1::text || ', рядок ' as words),
written as (
  insert into registry.residence (premises_id, person_id, kind, valid, reason, document, recorded_by)
    select h.premises_id, h.person_id, ${KIND}, ${SPAN}, (select words from reason) || f.line, $2 || '/' || f.line, $3
    from history_fact f join history_person h on h.line = f.line
  returning premises_id, person_id, kind, valid, reason, document
), told as (
  insert into registry.field_change (actor, account_id, premises_id, person_id, field, subject, after, valid_from, valid_to, reason, document)
    select $3, f.account, h.premises_id, h.person_id, 'residence', h.surname || ' ' || h.given_name || ' ' || h.patronymic, ${KIND}, f.from_day,
      f.until_day, (select words from reason) || f.line, $2 || '/' || f.line
    from history_fact f join history_person h on h.line = f.line
)
${historyDigest('w.document || w.person_id || w.kind || w.valid', 'w.document', 'w.premises_id / 1000')}`;

const FIELDS: readonly HistoryField[] = [
  ACCOUNT_FIELD,
  { name: 'surname', type: 'text', columns: /^(surname|fam|prizv|прізвище)$/iu },
  { name: 'given_name', type: 'text', columns: /^(given_?name|name|imya|ім.?я)$/iu },
  { name: 'patronymic', type: 'text', columns: /^(patronymic|otch|po_?bat|по.?батькові)$/iu },
  { name: 'birth_date', type: 'day', optional: true, columns: /^(birth_?date|born|dat_?nar|дата народження)$/iu },
  { name: 'sex', type: 'text', optional: true, columns: /^(sex|stat|стать)$/iu },
  { name: 'kind', type: 'text', optional: true, columns: /^(kind|vyd|вид|вид реєстрації)$/iu },
  { name: 'from_day', type: 'day', columns: /^(from|from_?day|dat_?z|з|дата реєстрації)$/iu },
  { name: 'until_day', type: 'day', optional: true, columns: /^(until|until_?day|to|dat_?po|по|дата зняття)$/iu },
];

/** Residents of the old system: residences with the row of the file as their document; months that we charged are not touched. */
@Injectable()
export class ResidentHistory implements HistoryFacts {
  readonly fields = FIELDS;
  readonly personal = true;
  readonly month = `date_trunc('month', f.from_day)::date`;
  readonly sum = '0';
  readonly problems = PROBLEMS;

  async load(tx: HistorySql, { id, name, by }: HistorySource): Promise<HistoryWritten> {
    await tx.query(PERSONS);
    await tx.query(
      `insert into registry.person (id, surname, given_name, patronymic, sex, birth_date)
       select distinct on (person_id) person_id, surname, given_name, patronymic, sex, born from history_person where known_id is null order by person_id, line`,
    );
    const [written] = await tx.query<HistoryWritten>(WRITE, [name, `history/${id}`, by]);
    return written ?? { rows: 0, digest: '' };
  }
}
