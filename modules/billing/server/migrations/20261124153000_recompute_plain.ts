import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- Work tables of the ordinary months: made once a session, empty after every transaction.
create function billing.recompute_plain_tables() returns void language plpgsql as $$
  begin
    if to_regclass('pg_temp.r_slow') is null then
      create temp table r_slow (account_id int, month date) on commit delete rows;
      create temp table r_month (month date, next date, days int, before date) on commit delete rows;
      create temp table r_sup (supply_id int, account_id int, premises_id int, service_id smallint, provider_id smallint,
        method text collate "C", kind int, first date, until date) on commit delete rows;
      create temp table r_kind (kind int, service_id smallint, provider_id smallint, method text collate "C", variant text collate "C",
        equipment text collate "C") on commit delete rows;
      create temp table r_price (kind int, method text collate "C", month date, next date, days int, scale int, linked smallint[],
        season text, price numeric, norm_per text, norm numeric) on commit delete rows;
      create temp table r_meter (meter_id int, premises_id int, service_id smallint, digits smallint, installed_on date, removed_on date,
        alone boolean) on commit delete rows;
      create temp table r_volume (premises_id int, service_id smallint, month date, used numeric) on commit delete rows;
      create temp table r_person (premises_id int, month date, person_days int) on commit delete rows;
      create temp table r_area (premises_id int, month date, total numeric, heated numeric) on commit delete rows;
      create temp table r_relief (account_id int, service_id smallint, provider_id smallint, month date, kop bigint) on commit delete rows;
      create temp table r_plain (account_id int, service_id smallint, provider_id smallint, month date, num numeric, kop bigint, failed text)
        on commit delete rows;
    else
      truncate r_slow, r_month, r_sup, r_kind, r_price, r_meter, r_volume, r_person, r_area, r_relief, r_plain;
    end if;
  end $$;
`;

const FACTS = `
-- Supplies of the scope, and what a unit costs in every month: a price, or the reason why the month is not ordinary (price is null).
create function billing.recompute_prices(p_from date, p_to date) returns void language plpgsql as $$
  declare v_all daterange := daterange(p_from, (p_to + interval '1 month')::date); v_seasons boolean;
  begin
    insert into r_month select m::date, (m + interval '1 month')::date, (m + interval '1 month')::date - m::date, (m - interval '1 month')::date
      from generate_series(p_from::timestamp, p_to::timestamp, interval '1 month') m;
    insert into r_kind
      select row_number() over ()::int, q.* from (select distinct s.service_id, s.provider_id, s.method, s.variant, s.equipment
        from r_scope c join tariffs.pub_supply_v1 s on s.account_id = c.account_id where s.valid && v_all) q;
    insert into r_sup
      select s.supply_id, s.account_id, a.premises_id, s.service_id, s.provider_id, s.method, k.kind,
        coalesce(lower(s.valid), '-infinity'), coalesce(upper(s.valid), 'infinity')
      from r_scope c join tariffs.pub_supply_v1 s on s.account_id = c.account_id
      join registry.pub_account_key_v1 a on a.account_id = c.account_id
      join r_kind k on k.service_id = s.service_id and k.provider_id = s.provider_id and k.method = s.method and k.variant = s.variant
        and coalesce(k.equipment, '') = coalesce(s.equipment, '') collate "C"
      where s.valid && v_all;
    select exists (select from tariffs.pub_parameter_v1 where code = 'heating-season') into v_seasons;
    insert into r_price
      select k.kind, k.method, m.month, m.next, m.days, v.quantity_scale, v.linked_services,
        case when not v_seasons or k.variant not like '%season%' then 'on' when h.valid is null then 'off'
          when h.valid @> daterange(m.month, m.next) then 'on' else 'part' end, t.price, n.per, n.value
      from r_kind k cross join r_month m
      join tariffs.pub_service_v1 v on v.id = k.service_id
      left join lateral (select p.valid from tariffs.pub_parameter_v1 p where p.code = 'heating-season'
        and p.valid && daterange(m.month, m.next) order by p.valid limit 1) h on true
      left join lateral (select min(t.price) as price from tariffs.pub_tariff_v1 t where t.service_id = k.service_id
        and t.provider_id = k.provider_id and t.variant collate "C" = k.variant and t.valid && daterange(m.month, m.next)
        having count(*) = 1 and bool_and(t.tier_to is null and t.tier_from = 0 and t.valid @> daterange(m.month, m.next))) t on true
      left join lateral (select min(n.per) as per, min(n.value) as value from tariffs.pub_norm_v1 n where k.method = 'norm'
        and n.purpose = 'charge' and n.service_id = k.service_id and n.equipment collate "C" = k.equipment and n.valid && daterange(m.month, m.next)
        having count(*) = 1 and bool_and(n.valid @> daterange(m.month, m.next))) n on true;
  end $$;

-- Volumes, presence and areas of all dwellings and months of the scope.
create function billing.recompute_measures(p_from date, p_to date) returns void language plpgsql as $$
  declare v_next date := (p_to + interval '1 month')::date; v_before date := (p_from - interval '1 month')::date;
  begin
    insert into r_meter
      select m.meter_id, m.premises_id, m.service_id, m.digits, m.installed_on, m.removed_on,
        count(*) over (partition by m.premises_id, m.service_id) = 1 and m.installed_on < (p_from + interval '1 month')::date and m.removed_on is null
      from (select distinct premises_id, service_id from r_sup where method = 'meter') k
      join metering.pub_meter_v1 m on m.premises_id = k.premises_id and m.service_id = k.service_id
      where m.installed_on < v_next and (m.removed_on is null or m.removed_on >= p_from);
    analyze r_meter;
    -- the only meter of a dwelling: its own difference
    insert into r_volume
      select q.premises_id, q.service_id, q.period, case when q.value < q.before then q.value - q.before + 10::numeric ^ q.digits else q.value - q.before end
      from (select m.premises_id, m.service_id, m.digits, r.period, r.value, lag(r.value) over w as before, lag(r.period) over w as since
        from r_meter m join metering.pub_reading_v1 r on r.meter_id = m.meter_id
        where m.alone and r.period between v_before and p_to window w as (partition by r.meter_id order by r.period)) q
      where q.period >= p_from and q.since > q.period - 32;
    -- several meters, or one that came or went: all of them must have been read
    insert into r_volume
      select m.premises_id, m.service_id, x.month,
        case when bool_and(c.value is not null and b.value is not null)
          then sum(c.value - b.value + case when c.value < b.value then 10::numeric ^ m.digits else 0 end) end
      from r_meter m join r_month x on m.installed_on < x.next and (m.removed_on is null or m.removed_on >= x.month)
      left join metering.pub_reading_v1 c on c.meter_id = m.meter_id and c.period = x.month
      left join metering.pub_reading_v1 b on b.meter_id = m.meter_id and b.period = x.before
      where not m.alone group by m.premises_id, m.service_id, x.month;
    insert into r_person
      select k.premises_id, x.month, sum(least(coalesce(upper(r.valid), x.next), x.next) - greatest(coalesce(lower(r.valid), x.month), x.month))::int
      from (select distinct premises_id from r_sup where method in ('norm', 'per-person')) k
      join registry.pub_residence_v1 r on r.premises_id = k.premises_id and r.kind <> 'owner' and r.valid && daterange(p_from, v_next)
      join r_month x on coalesce(lower(r.valid), '-infinity') < x.next and coalesce(upper(r.valid), 'infinity') > x.month
      group by k.premises_id, x.month;
    insert into r_area
      select k.premises_id, x.month, f.total_area, f.heated_area
      from (select distinct premises_id from r_sup where method in ('area', 'heated-area')) k
      join registry.pub_premises_fact_v1 f on f.premises_id = k.premises_id and f.valid && daterange(p_from, v_next)
      join r_month x on coalesce(lower(f.valid), '-infinity') <= x.month and coalesce(upper(f.valid), 'infinity') >= x.next;
  end $$;

-- Accounts and months that are not ordinary: they go through the functions of the mass accrual. What is charged ahead of a meter is
-- carried on, so the months after a gap are not ordinary either.
create function billing.recompute_unusual(p_from date, p_to date) returns void language plpgsql as $$
  declare v_all daterange := daterange(p_from, (p_to + interval '1 month')::date);
  begin
    insert into r_slow
      select s.account_id, x.month from r_sup s join r_month x on s.first < x.next and s.until > x.month
        where (s.first > x.month or s.until < x.next) and (s.first > p_from or s.until < upper(v_all))
      union select s.account_id, t.month from r_price t join r_sup s on s.kind = t.kind and s.first < t.next and s.until > t.month where t.price is null and t.season <> 'off' or t.season = 'part'
      union select s.account_id, x.month from r_sup s join metering.pub_absence_v1 a on a.premises_id = s.premises_id and a.valid && v_all
        join r_month x on a.valid && daterange(x.month, x.next)
      union select s.account_id, x.month from r_sup s join metering.pub_quality_act_v1 a on a.premises_id = s.premises_id and a.valid && v_all
        join r_month x on a.valid && daterange(x.month, x.next)
      union select s.account_id, x.month from r_sup s join benefits.pub_entitlement_v1 e on e.account_id = s.account_id
          and e.service_id = s.service_id and e.regime = 'netted' and e.valid && v_all
        join r_month x on e.valid && daterange(x.month, x.next)
      union select s.account_id, h.period from r_sup s join metering.pub_house_part_v1 h on h.premises_id = s.premises_id
        where h.period between p_from and p_to
      union select g.account_id, x.month from (
          select s.account_id, min(p.month) as month from r_sup s join r_plain p on p.account_id = s.account_id and p.service_id = s.service_id
            where p.kop is null and s.method = 'meter' group by s.account_id
          union all select b.account_id, p_from from billing.basis_known b join r_scope c on c.account_id = b.account_id) g
        join r_month x on x.month >= g.month
      union select p.account_id, p.month from r_plain p where p.kop is null;
  end $$;
`;

const PLAIN = `
-- Ordinary months, all at once: the formulas of billing.accrue_amounts where a supply, its price, norm, area and readings hold for the
-- whole month. kop is null where something is missing. A month out of season is charged nothing.
create function billing.recompute_plain(p_services smallint[]) returns void language plpgsql as $$
  begin
    insert into r_plain
      select q.account_id, q.service_id, q.provider_id, q.month, q.num, round(q.num * q.price * 100)::bigint from (
        select s.account_id, s.service_id, s.provider_id, t.month, t.price,
          case when scale(v.used) <= t.scale then v.used else round(v.used, t.scale) end as num
      from r_price t join r_sup s on s.kind = t.kind and s.first <= t.month and s.until >= t.next
      left join r_volume v on v.premises_id = s.premises_id and v.service_id = s.service_id and v.month = t.month
      where t.method = 'meter' and t.season = 'on' and t.price is not null) q;
    insert into r_plain
      select q.account_id, q.service_id, q.provider_id, q.month, q.num, round(q.num * q.price * 100)::bigint from (
        select s.account_id, s.service_id, s.provider_id, t.month, t.price,
          case when t.norm_per <> 'person' then round(t.norm, t.scale)
            when p.person_days % t.days = 0 then round(t.norm * (p.person_days / t.days), t.scale)
            when p.person_days is null then round(t.norm * 0, t.scale) else round(t.norm * p.person_days / t.days, t.scale) end as num
        from r_price t join r_sup s on s.kind = t.kind and s.first <= t.month and s.until >= t.next
        left join r_person p on p.premises_id = s.premises_id and p.month = t.month
        where t.method = 'norm' and t.season = 'on' and t.price is not null) q;
    insert into r_plain
      select s.account_id, s.service_id, s.provider_id, t.month, null, round(l.num * t.price * 100)::bigint
      from r_price t join r_sup s on s.kind = t.kind and s.first <= t.month and s.until >= t.next
      left join (select o.supply_id, p.month, sum(p.num) as num
        from (select s.supply_id, s.account_id, s.linked from (select distinct x.supply_id, x.account_id, t.linked from r_sup x
          join r_price t on t.kind = x.kind where x.method = 'linked') s) o
        join r_plain p on p.account_id = o.account_id and p.service_id = any (o.linked) and p.num is not null group by o.supply_id, p.month) l
        on l.supply_id = s.supply_id and l.month = t.month
      where t.method = 'linked' and t.season = 'on' and t.price is not null and (p_services is null or s.service_id = any (p_services));
    insert into r_plain
      select s.account_id, s.service_id, s.provider_id, t.month, null,
        case when s.method = 'area' then round(a.total * t.price * 100) else round(a.heated * t.price * 100) end::bigint
      from r_price t join r_sup s on s.kind = t.kind and s.first <= t.month and s.until >= t.next
      left join r_area a on a.premises_id = s.premises_id and a.month = t.month
      where t.method in ('area', 'heated-area') and t.season = 'on' and t.price is not null
        and (p_services is null or s.service_id = any (p_services));
    insert into r_plain
      select s.account_id, s.service_id, s.provider_id, t.month, null,
        case when s.method = 'fixed' then round(t.price * 100) else round(coalesce(p.person_days, 0) * t.price * 100 / t.days) end::bigint
      from r_price t join r_sup s on s.kind = t.kind and s.first <= t.month and s.until >= t.next
      left join r_person p on s.method = 'per-person' and p.premises_id = s.premises_id and p.month = t.month
      where t.method in ('fixed', 'per-person') and t.season = 'on' and t.price is not null
        and (p_services is null or s.service_id = any (p_services));
  end $$;
`;

const RUN = `
-- One lane and one range of accounts by the functions of the mass accrual: the same rules, nothing written into the books.
create function billing.recompute_batch(p_month date, p_provider smallint, p_low int, p_high int, p_all boolean, p_services smallint[])
  returns void language plpgsql as $$
  begin
    perform billing.accrue_tables();
    perform billing.accrue_inputs(p_month, p_provider, p_low, p_high);
    if not p_all then
      delete from k_supply k where not exists (select from r_slow s where s.account_id = k.account_id and s.month = p_month);
    end if;
    if p_services is not null then
      -- what is not asked for may still be needed by a linked service that is
      if exists (select from k_supply where method = 'linked' and service_id = any (p_services)) then
        update k_supply set target = false where service_id <> all (p_services) and method in ('meter', 'norm');
      end if;
      delete from k_supply k where k.target and k.service_id <> all (p_services);
    end if;
    perform billing.accrue_facts(p_month);
    perform billing.accrue_amounts(p_month);
    insert into r_plain
      select k.account_id, k.service_id, p_provider, p_month, null,
        case when bool_or(f.account_id is not null) then 0 else sum(k.gross) end, min(f.failed)
      from k_acc k left join k_fail f on f.account_id = k.account_id and f.service_id = k.service_id
      where k.target group by k.account_id, k.service_id;
    if billing.has_relief(p_month) then
      insert into r_relief select b.account_id, b.service_id, p_provider, p_month, b.kop from billing.relief_benefits(p_month) b;
    end if;
  end $$;

-- The months that are not ordinary, lane by lane through the functions of the mass accrual: up the months, because volumes charged
-- ahead are carried on.
create function billing.recompute_slow(p_from date, p_services smallint[], p_open boolean) returns void language plpgsql
  set plan_cache_mode = force_custom_plan as $$
  declare lane record;
  begin
    perform set_config('komplat.recompute_from', p_from::text, true);
    for lane in
      select q.month, q.provider_id, min(q.account_id) as low, max(q.account_id) as high,
        count(*) = max(q.account_id) - min(q.account_id) + 1 as whole
      from (select h.*, sum(h.hole) over (partition by h.month, h.provider_id order by h.account_id) as part from (
          select d.*, case when d.account_id - lag(d.account_id) over (partition by d.month, d.provider_id order by d.account_id) > 50
            then 1 else 0 end as hole
          from (select distinct w.month, s.provider_id, w.account_id from r_slow w join r_sup s on s.account_id = w.account_id
            and s.first < (w.month + interval '1 month')::date and s.until > w.month
            join r_lane l on l.month = w.month and l.provider_id = s.provider_id and (l.accrued or p_open)) d) h) q
      group by q.month, q.provider_id, q.part order by q.month, q.provider_id, low
    loop
      perform billing.recompute_batch(lane.month, lane.provider_id, lane.low, lane.high, lane.whole, p_services);
    end loop;
    perform billing.accrue_tables();
    perform set_config('komplat.recompute_from', '', true);
  end $$;

-- The accounts of a recalculation and the lanes of its months.
create function billing.recompute_scope(p_accounts int[], p_from date, p_to date, p_services smallint[]) returns void
  language plpgsql as $$
  begin
    perform billing.recompute_tables();
    insert into r_scope select distinct a from unnest(p_accounts) a where a is not null order by 1;
    analyze r_scope;
    insert into r_lane select l.period, l.provider_id, l.state not in ('open', 'closing') from platform.period_lane l
      where l.period between p_from and p_to;
    analyze r_lane;
  end $$;

-- Computes all months of a scope with the facts of today into r_plain.
create function billing.recompute_run(p_accounts int[], p_from date, p_to date, p_services smallint[], p_open boolean) returns void
  language plpgsql set plan_cache_mode = force_custom_plan set enable_mergejoin = off set random_page_cost = 1.1 set work_mem = '64MB' as $$
  begin
    perform billing.recompute_scope(p_accounts, p_from, p_to, p_services);
    perform billing.recompute_plain_tables();
    perform billing.recompute_prices(p_from, p_to);
    analyze r_sup;
    analyze r_price;
    perform billing.recompute_measures(p_from, p_to);
    analyze r_volume;
    analyze r_person;
    analyze r_area;
    perform billing.recompute_plain(p_services);
    perform billing.recompute_unusual(p_from, p_to);
    if exists (select from r_slow) then
      analyze r_slow;
      delete from r_plain p using r_slow s where s.account_id = p.account_id and s.month = p.month;
      perform billing.recompute_slow(p_from, p_services, p_open);
    end if;
  end $$;

-- What the calculation says now against what stands in the books for the month: accruals, and all corrections of that month.
-- p_open: also months that are not accrued yet (before_kop is null there), and lines without a difference.
create function billing.recompute_lines(p_accounts int[], p_from date, p_to date, p_services smallint[] default null,
    p_open boolean default false)
  returns table(account_id int, service_id smallint, provider_id smallint, month date, before_kop bigint, after_kop bigint, failed text)
  language plpgsql set work_mem = '64MB' set plan_cache_mode = force_custom_plan as $$
  begin
    if p_from > p_to or extract(day from p_from) <> 1 or extract(day from p_to) <> 1 then
      raise exception 'months of a recalculation go from % to %', p_from, p_to using errcode = 'KP011';
    end if;
    perform billing.recompute_run(p_accounts, p_from, p_to, p_services, p_open);
    return query
      -- what is compared is the charge after the benefits that are netted in it: both the charge and the benefit may change
      -- a charge of the old system stands in the ledger itself (kind 1): its month is shown and never corrected by calculation, because
      -- what it recalculated then is not told by months
      with more as materialized (
        select e.account_id, e.service_id, e.provider_id, e.month, sum(e.kop)::bigint as kop, bool_or(e.loaded) as loaded from (
          select a.account_id, a.service_id, a.provider_id, a.period as month, a.gross_kop as kop, false as loaded
            from billing.accrual a join r_scope c on c.account_id = a.account_id where a.period between p_from and p_to and a.version > 1
          union all
          select e.account_id, e.service_id, e.provider_id, e.for_period, e.amount_kop, e.kind = 1
            from billing.ledger_entry e join r_scope c on c.account_id = e.account_id
            where e.period >= p_from and e.for_period between p_from and p_to and e.kind in (1, 2, 3)) e
        group by e.account_id, e.service_id, e.provider_id, e.month
      ), now as (
        select n.account_id, n.service_id, n.provider_id, n.month, n.kop, n.failed from r_plain n
        union all
        select m.account_id, m.service_id, m.provider_id, m.month, 0, null from more m
          where not exists (select from r_plain n where n.account_id = m.account_id and n.month = m.month and n.service_id = m.service_id
            and n.provider_id = m.provider_id)
      ), book as (
        select a.account_id, a.service_id, a.provider_id, a.period as month, a.gross_kop as kop
        from billing.accrual a join r_scope c on c.account_id = a.account_id where a.period between p_from and p_to and a.version = 1
      ), line as (
        select coalesce(n.account_id, b.account_id) as account_id, coalesce(n.service_id, b.service_id) as service_id,
          coalesce(n.provider_id, b.provider_id) as provider_id, coalesce(n.month, b.month) as month, coalesce(b.kop, 0) as was,
          coalesce(n.kop, 0) - coalesce(r.kop, 0) as now, n.failed
        from now n full join book b on b.account_id = n.account_id and b.month = n.month and b.service_id = n.service_id
          and b.provider_id = n.provider_id
        left join r_relief r on r.account_id = n.account_id and r.month = n.month and r.service_id = n.service_id
          and r.provider_id = n.provider_id)
      select x.account_id, x.service_id, x.provider_id, x.month, case when l.accrued then x.was + coalesce(m.kop, 0) end, x.now,
        case when m.loaded then 'loaded-month' else x.failed end
      from line x
      left join more m on m.account_id = x.account_id and m.month = x.month and m.service_id = x.service_id and m.provider_id = x.provider_id
      join r_lane l on l.month = x.month and l.provider_id = x.provider_id and (p_open or l.accrued)
      where (p_services is null or x.service_id = any (p_services))
        and (p_open or x.failed is not null or x.was + coalesce(m.kop, 0) <> x.now);
  end $$;
`;

/** A recalculation of ordinary months in a few statements over all of them; the others go on through the mass accrual. */
export class BillingRecomputePlain extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(FACTS);
    this.addSql(PLAIN);
    this.addSql(RUN);
  }
}
