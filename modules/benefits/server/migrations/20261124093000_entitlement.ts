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
  perform benefits.entitlement_tables();

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

  insert into benefit_supply
  select s.account_id, s.service_id, v.code, v.kind in ('housing', 'communal'), coalesce(e.norm_equipment, d.norm_equipment),
    unnest(range_agg(s.valid))
  from tariffs.pub_supply_v1 s
  join (select distinct account_id from benefit_fact) f on f.account_id = s.account_id
  join tariffs.pub_service_v1 v on v.id = s.service_id
  left join benefits.norm_match e on e.service_code = v.code
    and (e.supply_equipment = s.equipment or e.supply_equipment is null and e.supply_variant = s.variant)
  left join benefits.norm_match d on d.service_code = v.code and d.supply_equipment is null and d.supply_variant is null
  group by 1, 2, 3, 4, 5;
  analyze benefit_supply;

  insert into benefit_held
  with fact as (
    select f.account_id, s.service_id, f.holding_id, f.category, f.percent, f.norm_rule, f.person_id, f.valid
    from benefit_fact f
    join (select distinct account_id, service_id, service_code, of_law from benefit_supply) s on s.account_id = f.account_id
      and case when f.services is null then s.of_law else s.service_code = any(f.services) end
  ), bound as (
    select account_id, service_id, lower(valid) as day from fact union select account_id, service_id, upper(valid) from fact
  ), segment as (
    select account_id, service_id, day, daterange(day, lead(day) over (partition by account_id, service_id order by day nulls last)) as days
    from bound
  ), placed as (
    select distinct on (f.account_id, f.service_id, s.days, f.person_id)
      f.account_id, f.service_id, s.days, f.person_id, f.holding_id, f.category, f.percent, f.norm_rule
    from segment s join fact f on f.account_id = s.account_id and f.service_id = s.service_id and f.valid @> s.days
    where s.day is not null
    order by f.account_id, f.service_id, s.days, f.person_id, f.percent desc, f.norm_rule, f.holding_id
  )
  select account_id, service_id, days, holding_id, category, percent, norm_rule, count(*)::int,
    row_number() over (partition by account_id, service_id, days, norm_rule order by percent desc, holding_id) = 1,
    count(*) over (partition by account_id, service_id, days) > 1
  from placed group by 1, 2, 3, 4, 5, 6, 7;
  analyze benefit_held;

  insert into benefit_months
  select account_id, service_id, range_agg(daterange(period, (period + interval '1 month')::date))
  from (
    select w.account_id, w.service_id, m.period from benefits.award w join benefits.month m on w.months @> m.period
    where w.account_id in (select account_id from benefit_fact)
      and not exists (select from benefits.family_choice k
        where k.account_id = w.account_id and upper_inf(k.known) and k.choice = 'benefit' and k.valid @> m.period)
    group by 1, 2, 3 having sum(w.amount_kop) > 0) q
  group by 1, 2;
  analyze benefit_months;

  insert into benefits.entitlement (account_id, service_id, holding_id, category, percent, covered, norm, norm_addition, norm_code, regime,
    mark, valid)
  select n.account_id, n.service_id, n.holding_id, n.category, n.percent, n.covered,
    case when n.next_person is null then n.value else n.next_person end,
    case when not n.leads then 0
      when n.next_person is null then coalesce(n.family_addition, 0)
      else least(n.value - n.next_person, n.max_value - n.next_person * n.covered) end,
    n.norm_code, r.regime,
    case when n.several then 'needs a lawyer' else coalesce(n.mark, 'confirmed') end,
    piece
  from (
    select h.*, w.months, o.value, o.next_person, o.family_addition, o.max_value, o.code as norm_code, o.mark,
      h.days * u.valid * coalesce(o.valid, '(,)') as valid
    from benefit_held h
    join benefit_supply u on u.account_id = h.account_id and u.service_id = h.service_id and u.valid && h.days
    left join benefit_months w on w.account_id = h.account_id and w.service_id = h.service_id
    left join benefits.social_norm o on h.norm_rule = 'within-norm' and o.service_code = u.service_code and o.equipment = u.norm_equipment
      and o.purpose in ('benefit', 'both') and o.valid && h.days) n
  join benefits.regime r on r.kind = 'benefit' and r.valid && n.valid
  cross join lateral unnest(datemultirange(n.valid * r.valid) - coalesce(n.months, '{}'::datemultirange)) as piece
  where not isempty(n.valid * r.valid);
  get diagnostics v_rows = row_count;
  return v_rows;
end $$;
`;

/** Steps between: each is analysed, so that one account goes by index and the city by hash. */
const TABLES = `
create function benefits.entitlement_tables() returns void language plpgsql as $$
begin
  if to_regclass('pg_temp.benefit_fact') is not null then
    truncate benefit_fact, benefit_supply, benefit_held, benefit_months;
    return;
  end if;
  create temporary table benefit_fact (account_id int, premises_id int, holding_id uuid, category text, percent numeric, norm_rule text,
    services text[], person_id uuid, valid daterange) on commit drop;
  create temporary table benefit_supply (account_id int, service_id smallint, service_code text, of_law boolean, norm_equipment text,
    valid daterange) on commit drop;
  create temporary table benefit_held (account_id int, service_id smallint, days daterange, holding_id uuid, category text, percent numeric,
    norm_rule text, covered int, leads boolean, several boolean) on commit drop;
  create temporary table benefit_months (account_id int, service_id smallint, months datemultirange, primary key (account_id, service_id))
    on commit drop;
end $$;
`;

export class BenefitsEntitlement extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(REFRESH);
  }
}
