import { Migration } from '@mikro-orm/migrations';

/**
 * What accounts are entitled to, by service and days, set-based. Days of a right = days of the holding, of the covered person, of both
 * residences, of the version of the category and, where the category is income tested, of the proved income (law.md 2.1). Of several
 * holders in one dwelling each person stands under one, the highest percent (mark: needs a lawyer); the family addition goes once, to
 * the first of them with a norm. Months of a subsidy on the same service are taken out (law.md 2.4) unless the family chose the
 * benefit. Null accounts = the whole city.
 */
const REFRESH = `
create function benefits.refresh_entitlement(p_accounts int[]) returns int language plpgsql set enable_mergejoin = off as $$
declare v_rows int;
begin
  delete from benefits.entitlement where p_accounts is null or account_id = any(p_accounts);

  create temporary table if not exists benefit_fact (account_id int, premises_id int, holding_id uuid, category text, percent numeric,
    norm_rule text, services text[], person_id uuid, valid daterange) on commit drop;
  truncate benefit_fact;
  insert into benefit_fact
  select * from (
    select h.account_id, a.premises_id, h.holding_id, h.category, v.percent, v.norm_rule, v.services, c.person_id,
      h.valid * c.valid * rh.valid * rc.valid * v.valid
        * case when v.income_rule = 'tested' then coalesce(h.income_proved, 'empty') else '(,)' end as valid
    from benefits.holding h
    join registry.pub_account_v1 a on a.account_id = h.account_id
    join benefits.category v on v.code = h.category and upper_inf(v.known) and v.valid && h.valid
    join benefits.covered_person c on c.holding_id = h.holding_id and upper_inf(c.known) and c.valid && h.valid
      and (v.coverage = 'family' or c.person_id = h.person_id)
    join registry.pub_residence_v1 rh on rh.premises_id = a.premises_id and rh.person_id = h.person_id and rh.kind <> 'owner'
    join registry.pub_residence_v1 rc on rc.premises_id = a.premises_id and rc.person_id = c.person_id and rc.kind <> 'owner'
    where upper_inf(h.known) and (p_accounts is null or h.account_id = any(p_accounts))) q
  where not isempty(valid);
  analyze benefit_fact;

  insert into benefits.entitlement (account_id, service_id, holding_id, category, percent, covered, norm, norm_addition, norm_code, regime,
    mark, valid)
  with service as (
    select id, code, kind in ('housing', 'communal') as of_law from tariffs.pub_service_v1
  ), supplied as (
    select s.account_id, s.service_id, v.code as service_code, v.of_law, coalesce(e.norm_equipment, d.norm_equipment) as norm_equipment,
      unnest(range_agg(s.valid)) as valid
    from tariffs.pub_supply_v1 s
    join (select distinct account_id from benefit_fact) f on f.account_id = s.account_id
    join service v on v.id = s.service_id
    left join benefits.norm_match e on e.service_code = v.code
      and (e.supply_equipment = s.equipment or e.supply_equipment is null and e.supply_variant = s.variant)
    left join benefits.norm_match d on d.service_code = v.code and d.supply_equipment is null and d.supply_variant is null
    group by 1, 2, 3, 4, 5
  ), fact as (
    select f.account_id, s.id as service_id, f.holding_id, f.category, f.percent, f.norm_rule, f.person_id, f.valid
    from benefit_fact f
    join service s on case when f.services is null then s.of_law else s.code = any(f.services) end
    where exists (select from supplied u where u.account_id = f.account_id and u.service_id = s.id)
  ), bound as (
    select account_id, service_id, lower(valid) as day from fact union select account_id, service_id, upper(valid) from fact
  ), segment as (
    select * from (
      select account_id, service_id, day, daterange(day, lead(day) over (partition by account_id, service_id order by day nulls last)) as days
      from bound) b
    where day is not null
  ), placed as (
    select distinct on (f.account_id, f.service_id, s.days, f.person_id)
      f.account_id, f.service_id, s.days, f.person_id, f.holding_id, f.category, f.percent, f.norm_rule
    from segment s join fact f on f.account_id = s.account_id and f.service_id = s.service_id and f.valid @> s.days
    order by f.account_id, f.service_id, s.days, f.person_id, f.percent desc, f.norm_rule, f.holding_id
  ), held as (
    select account_id, service_id, days, holding_id, category, percent, norm_rule, count(*)::int as covered,
      row_number() over (partition by account_id, service_id, days, norm_rule order by percent desc, holding_id) = 1 as leads,
      count(*) over (partition by account_id, service_id, days) > 1 as several
    from placed group by 1, 2, 3, 4, 5, 6, 7
  ), normed as (
    select h.*, u.norm_equipment, n.value, n.next_person, n.family_addition, n.max_value, n.code as norm_code, n.mark,
      h.days * u.valid * coalesce(n.valid, '(,)') as valid
    from held h
    join supplied u on u.account_id = h.account_id and u.service_id = h.service_id and u.valid && h.days
    left join benefits.social_norm n on h.norm_rule = 'within-norm' and n.service_code = u.service_code and n.equipment = u.norm_equipment
      and n.purpose in ('benefit', 'both') and n.valid && h.days
  ), subsidised as (
    select account_id, service_id, range_agg(daterange(period, (period + interval '1 month')::date)) as months
    from (
      select w.account_id, w.service_id, m.period from benefits.award w join benefits.month m on w.months @> m.period
      where w.account_id in (select account_id from benefit_fact)
        and not exists (select from benefits.family_choice k
          where k.account_id = w.account_id and upper_inf(k.known) and k.choice = 'benefit' and k.valid @> m.period)
      group by 1, 2, 3 having sum(w.amount_kop) > 0) q
    group by 1, 2
  )
  select n.account_id, n.service_id, n.holding_id, n.category, n.percent, n.covered,
    case when n.next_person is null then n.value else n.next_person end,
    case when not n.leads then 0
      when n.next_person is null then coalesce(n.family_addition, 0)
      else least(n.value - n.next_person, n.max_value - n.next_person * n.covered) end,
    n.norm_code, r.regime,
    case when n.several then 'needs a lawyer' else coalesce(n.mark, 'confirmed') end,
    piece
  from normed n
  join benefits.regime r on r.kind = 'benefit' and r.valid && n.valid
  left join subsidised w on w.account_id = n.account_id and w.service_id = n.service_id
  cross join lateral unnest(datemultirange(n.valid * r.valid) - coalesce(w.months, '{}'::datemultirange)) as piece
  where not isempty(n.valid * r.valid);
  get diagnostics v_rows = row_count;
  return v_rows;
end $$;
`;

export class BenefitsEntitlement extends Migration {
  up(): void {
    this.addSql(REFRESH);
  }
}
