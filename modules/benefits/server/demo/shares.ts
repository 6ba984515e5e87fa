/** Shares of the demonstration city (city/profiles.md 9), as tables of the transaction, and what is drawn from them. */

/** A UUID of version 8 (RFC 9562) that a text always gives. */
const uuidOf = (text: string): string => `overlay(overlay(md5(${text}) placing '8' from 13) placing '8' from 17)::uuid`;

/** The city's own programme stands beside the laws. */
export const CITY_CATEGORY = `
insert into benefits.category (code, name, percent, norm_rule, income_rule, coverage, law, article, decision, mark, note, valid, known, reason,
  recorded_by)
select 'MIS', 'Почесний громадянин міста (міська програма)', 50, 'no-norm', 'not-tested', 'holder',
  'рішення Яворопільської міської ради від 21.12.2006 № 4-9/V', '2', 'рішення Яворопільської міської ради від 21.12.2006 № 4-9/V',
  'general knowledge', 'local programme, invented', '[2007-01-01,)', tstzrange('2007-01-01', null), 'каталог пільг', 'city'
where not exists (select from benefits.category where code = 'MIS')`;

export const SHARE_TABLES = `
create temporary table benefit_share (year int, share numeric) on commit drop;
insert into benefit_share values (1997, .34), (2002, .36), (2006, .41), (2010, .38), (2014, .33), (2016, .24), (2020, .15), (2022, .12), (2026, .15);
create temporary table benefit_group (era int, up_to numeric, codes text[]) on commit drop;
insert into benefit_group values
  (2006, .38, '{DV}'), (2006, .67, '{UV,IV2,SZV,IV1,IV3}'), (2006, .72, '{UBD}'), (2006, .79, '{CH1,CH2,CHW}'), (2006, .92, '{VVS,MIL,VOVS}'),
  (2006, 1, '{REP,SEL,OZT}'),
  (2026, .01, '{DV}'), (2026, .18, '{SZATO,IV2,IV3,UV}'), (2026, .67, '{UBD}'), (2026, .73, '{CH1,CH2}'), (2026, .89, '{BD}'),
  (2026, .98, '{VVS,MIL,VOVS}'), (2026, 1, '{MIS,DBST}');
create temporary table subsidy_share (year int, share numeric, mean_kop int) on commit drop;
insert into subsidy_share values (1997, .14, 2500), (2000, .19, 4000), (2005, .07, 6500), (2010, .08, 11000), (2014, .09, 18000), (2015, .24, 60000),
  (2016, .34, 105000), (2017, .42, 105000), (2018, .27, 53000), (2019, .24, 70000), (2020, .19, 90000), (2021, .17, 100000), (2022, .15, 115000),
  (2023, .14, 130000), (2024, .12, 145000), (2025, .11, 152000), (2026, .11, 160000);
create or replace function pg_temp.draw(seed text, what text, account int) returns numeric language sql immutable as $$
  select ('x' || substr(md5(seed || '/' || what || '/' || account), 1, 8))::bit(32)::bigint / 4294967296.0 $$;
create temporary table share_year on commit drop as
  select y as year, coalesce(a.share + (b.share - a.share) * (y - a.year) / (b.year - a.year), a.share) as share
  from generate_series(1997, 2026) y
  join lateral (select * from benefit_share where year <= y order by year desc limit 1) a on true
  left join lateral (select * from benefit_share where year > y order by year limit 1) b on true`;

/**
 * An account holds a benefit in the years whose share is above its draw: from the first of them on, until the next year that is below.
 * The right belongs to the account's holder, while registered there. $1 seed, $2 first day of the history, $3 today.
 */
export const HOLDINGS = `
insert into benefits.holding (holding_id, account_id, person_id, category, document, document_date, income_per_person_kop, income_proved, valid,
  known, reason, recorded_by)
select ${uuidOf(`$1 || '/holding/' || q.account_id || '/' || q.first`)}, q.account_id, q.person_id, q.category,
  'ПС № ' || lpad((q.account_id * 7919 % 1000000)::text, 6, '0'), q.first, case when q.tested then 300000 end,
  case when q.tested then daterange(greatest(q.first, '2015-07-01'), null) end, daterange(q.first, q.ends),
  tstzrange((q.first + time '06:00') at time zone 'UTC', null), 'перенесення даних', 'city'
from (
  select s.account_id, s.person_id, s.ends, c.category, greatest(s.first, c.since) as first,
    exists (select from benefits.category v where v.code = c.category and v.income_rule = 'tested') as tested
  from (
    select d.account_id, d.person_id, greatest(make_date(d.first_year, 1, 1), d.lives) as first,
      (select make_date(min(e.year), 1, 1) from share_year e where e.year > d.first_year and e.share <= d.draw) as ends,
      d.draw, d.kind, d.pick
    from (
      select a.account_id, h.person_id, greatest(lower(r.valid), (n.birth_date + interval '18 years')::date) as lives, a.draw,
        pg_temp.draw($1, 'benefit-kind', a.account_id) as kind, pg_temp.draw($1, 'benefit-pick', a.account_id) as pick, y.first_year
      from (select account_id, premises_id, pg_temp.draw($1, 'benefit', account_id) as draw from registry.pub_account_v1 offset 0) a
      join registry.pub_holder_v1 h on h.account_id = a.account_id
      join registry.pub_person_v1 n on n.person_id = h.person_id
      join lateral (select valid from registry.pub_residence_v1 r
        where r.premises_id = a.premises_id and r.person_id = h.person_id and r.kind <> 'owner' order by valid desc limit 1) r on true
      cross join lateral (
        select year as first_year from (
          select y.year, y.share > a.draw as has, lag(y.share > a.draw, 1, false) over (order by y.year) as had from share_year y) w
        where w.has and not w.had) y
      where a.draw < .41) d
  ) s
  cross join lateral (
    select codes[1 + floor(s.pick * cardinality(codes))::int] as category from benefit_group g
    where g.era = case when s.ends is null then 2026 else 2006 end and g.up_to >= s.kind order by g.up_to limit 1) k
  cross join lateral (
    select k.category, min(lower(v.valid)) as since from benefits.category v where v.code = k.category and upper_inf(v.known)) c
) q
where q.first < $3::date and (q.ends is null or q.ends > greatest(q.first, $2::date))`;

/** What must occur: a person disabled by war with at least three others under the right. $1 seed, $2 today. */
export const FAMILY_OF_FOUR = `
insert into benefits.holding (holding_id, account_id, person_id, category, document, document_date, valid, known, reason, recorded_by)
select ${uuidOf(`$1 || '/holding/family/' || account_id`)}, account_id, holder_id, 'IV1', 'ПС № 000004', since, daterange(since, null),
  tstzrange((since + time '06:00') at time zone 'UTC', null), 'перенесення даних', 'city'
from (
  select a.account_id, a.holder_id, greatest(max(lower(r.valid)), '2016-01-01') as since
  from registry.pub_account_v1 a
  join registry.pub_residence_v1 r on r.premises_id = a.premises_id and r.kind <> 'owner' and upper_inf(r.valid)
  where not exists (select from benefits.holding h where h.account_id = a.account_id)
  group by 1, 2
  having count(*) >= 4 and bool_or(r.person_id = a.holder_id) and max(lower(r.valid)) < $2::date
  order by 1 limit 1) q`;

/** The holder, and of the others in the dwelling most where the right covers a family; children of war stand alone. $1 seed. */
export const COVERED = `
insert into benefits.covered_person (holding_id, person_id, relation, valid, known, reason, recorded_by)
select distinct on (h.holding_id, r.person_id) h.holding_id, r.person_id,
  case when r.person_id = h.person_id then 'holder' when h.category = 'BD' then 'child' else 'spouse' end, h.valid, h.known, h.reason, h.recorded_by
from benefits.holding h
join registry.pub_account_v1 a on a.account_id = h.account_id
join registry.pub_residence_v1 r on r.premises_id = a.premises_id and r.kind <> 'owner' and r.valid && h.valid
where r.person_id = h.person_id
  or (h.category in ('BD', 'IV1') or pg_temp.draw($1, 'covered/' || r.person_id, h.account_id) < .6)
    and exists (select from benefits.category v where v.code = h.category and v.coverage = 'family')
order by h.holding_id, r.person_id`;

/**
 * Subsidies by heating seasons (October to April) and summers, as social protection assigns them: the sum of the household is divided among
 * its services. $1 seed, $2 first day of the history, $3 first day after it.
 */
export const AWARDS = `
insert into benefits.award (account_id, service_id, months, amount_kop, kind, regime, document, reason, recorded_by, recorded_at)
select q.account_id, q.service_id, q.months, q.kop, 'award', r.regime, 'справа ' || q.account_id, 'перенесення даних', 'city',
  (lower(q.months) + time '06:00') at time zone 'UTC'
from (
  select d.account_id, u.service_id, d.months, round(d.kop * u.weight / sum(u.weight) over (partition by d.account_id, d.months))::bigint as kop
  from (
    select a.account_id, p.months, y.mean_kop * p.part * (.5 + pg_temp.draw($1, 'subsidy-sum/' || lower(p.months), a.account_id)) as kop
    from (select account_id, opened_on, closed_on, pg_temp.draw($1, 'subsidy', account_id) as draw from registry.pub_account_v1 offset 0) a
    cross join (
      select daterange(make_date(y, 10, 1), make_date(y + 1, 5, 1)) * daterange($2::date, $3::date) as months, y, 1.0 as part, 1.0 as chance
      from generate_series(1996, 2026) y
      union all
      select daterange(make_date(y, 5, 1), make_date(y, 10, 1)) * daterange($2::date, $3::date), y, .15, .6 from generate_series(1997, 2026) y) p
    join lateral (select share, mean_kop from subsidy_share s where s.year <= p.y order by s.year desc limit 1) y on true
    where not isempty(p.months) and a.opened_on <= lower(p.months) and (a.closed_on is null or a.closed_on >= upper(p.months))
      and a.draw < y.share * p.chance) d
  join (
    select distinct s.account_id, s.service_id, v.code, case v.code when 'HEAT' then 60 when 'MNT' then 15 when 'HW' then 10 when 'GAS' then 20 else 5 end as weight
    from tariffs.pub_supply_v1 s join tariffs.pub_service_v1 v on v.id = s.service_id
    where v.code in ('MNT', 'HEAT', 'HW', 'CW', 'SW', 'GAS') and s.valid && daterange($2::date, $3::date)) u on u.account_id = d.account_id
) q
join benefits.regime r on r.kind = 'subsidy' and r.valid @> lower(q.months)
where q.kop > 0`;

/** The first household that had a subsidy gives a month of it back. */
export const FIRST_RETURN = `
insert into benefits.award (account_id, service_id, months, amount_kop, kind, regime, document, reason, recorded_by)
select account_id, service_id, daterange(lower(months), (lower(months) + interval '1 month')::date), -amount_kop, 'return', regime,
  'повернення, ' || document, 'дохід родини змінився, субсидію за місяць повернуто', 'city'
from benefits.award where kind = 'award' order by account_id, service_id, lower(months) limit 1`;
