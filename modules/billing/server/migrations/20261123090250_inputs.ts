import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- Room for the work tables of a session, before its first one: with less they go through files.
create function billing.work_memory() returns void language plpgsql as $$
  begin
    set temp_buffers = '64MB';
  exception when invalid_parameter_value then
    null; -- the session has used a temporary table already
  end $$;

-- Work tables of the accrual: made once a session, empty after every transaction, so that a small lane pays for no catalogue.
create function billing.accrue_tables() returns void language plpgsql as $$
  begin
    if to_regclass('pg_temp.k_supply') is null then
      perform billing.work_memory();
      create temp table k_line (account_id int, service_id smallint, version smallint, quantity numeric, tariff_id int, net_kop bigint)
        on commit delete rows;
      create temp table k_supply (supply_id int, account_id int, service_id smallint, provider_id smallint, method text collate "C",
        variant text collate "C", equipment text collate "C", due_day smallint, premises_id int, d_from date, d_to date, target boolean,
        version smallint, off_season boolean) on commit delete rows;
      create temp table k_read (meter_id int, premises_id int, service_id smallint, digits smallint, now_id bigint, now_value numeric,
        before_id bigint, before_value numeric) on commit delete rows;
      create temp table k_meter (premises_id int, service_id smallint, meters int, readings int, used numeric, before_id bigint,
        now_id bigint) on commit delete rows;
      create temp table k_person (premises_id int, d_from date, d_to date, person_days int, persons smallint) on commit delete rows;
      create temp table k_area (premises_id int, d_from date, d_to date, total_days numeric, heated_days numeric, total_area numeric,
        heated_area numeric) on commit delete rows;
      create temp table k_norm (service_id smallint, equipment text collate "C", norm_id int, value numeric, per text collate "C")
        on commit delete rows;
      create temp table k_price (service_id smallint, variant text collate "C", tariff_id int, price numeric) on commit delete rows;
      create temp table k_acc (supply_id int, account_id int, service_id smallint, provider_id smallint, method text collate "C",
        variant text collate "C", equipment text collate "C", due_day smallint, premises_id int, d_from date, d_to date, target boolean,
        version smallint, scale smallint, linked_services smallint[], before_id bigint, now_id bigint, persons smallint, person_days int,
        area numeric, norm_id int, tariff_id int, price numeric, num numeric, den int, reason text collate "C", gross bigint)
        on commit delete rows;
      create temp table k_fail (account_id int, service_id smallint, failed text collate "C", reason text collate "C") on commit delete rows;
      create temp table k_debt (account_id int, service_id smallint, due_day smallint, amount bigint) on commit delete rows;
      create temp table k_used (place tid, account_id int, service_id smallint, credit_period date, credit_id bigint, credit bigint,
        used bigint) on commit delete rows;
    elsif exists (select from k_supply) or exists (select from k_line) then
      truncate k_line, k_supply, k_read, k_meter, k_person, k_area, k_norm, k_price, k_acc, k_fail, k_debt, k_used;
    end if;
  end $$;
`;

const INPUTS = `
-- What is accrued already: read by the key, never by a scan of the year, whatever the statistics say.
create function billing.accrue_lines(p_period date, p_provider smallint, p_from int, p_to int) returns void
  language plpgsql set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
  begin
    perform billing.accrue_tables();
    insert into k_line
      select x.account_id, x.service_id, x.version, x.quantity, x.tariff_id, x.net_kop from billing.accrual x
      where x.account_id between p_from and p_to and x.period = p_period and x.provider_id = p_provider;
  end $$;

-- Supplies of the batch that have no accrual yet, and the others whose quantities they need (linked services); each stands once.
create function billing.accrue_inputs(p_period date, p_provider smallint, p_from int, p_to int) returns void
  language plpgsql as $$
  declare v_next date := (p_period + interval '1 month')::date; v_season daterange; v_seasons boolean; v_later boolean; v_linked boolean;
  begin
    select exists (select from tariffs.pub_parameter_v1 where code = 'heating-season') into v_seasons;
    insert into k_supply
      select s.supply_id, s.account_id, s.service_id, s.provider_id, s.method, s.variant, s.equipment, s.due_day, a.premises_id,
        greatest(lower(s.valid), p_period), least(upper(s.valid), v_next), true, 1, false
      from tariffs.pub_supply_v1 s join registry.pub_account_key_v1 a on a.account_id = s.account_id
      where s.provider_id = p_provider and s.account_id between p_from and p_to and a.account_id between p_from and p_to
        and s.valid && daterange(p_period, v_next);
    if exists (select from k_line) then
      delete from k_supply s using k_line x where x.account_id = s.account_id and x.service_id = s.service_id;
    end if;
    if v_seasons then
      select p.valid into v_season from tariffs.pub_parameter_v1 p where p.code = 'heating-season'
        and p.valid && daterange(p_period, v_next) order by p.valid limit 1;
      update k_supply set d_from = greatest(d_from, lower(v_season)), d_to = least(d_to, upper(v_season)),
        off_season = v_season is null or not daterange(d_from, d_to) && v_season
      where variant like '%season%' and (v_season is null or not v_season @> daterange(d_from, d_to));
    end if;
    select coalesce(bool_or(d_from > p_period), false), coalesce(bool_or(method = 'linked'), false) into v_later, v_linked from k_supply;
    if v_later then
      update k_supply k set version = v.place from (
        select supply_id, row_number() over (partition by account_id, service_id order by d_from) as place from k_supply) v
        where v.supply_id = k.supply_id and v.place > 1;
    end if;
    if v_linked then
      insert into k_supply
        select s.supply_id, s.account_id, s.service_id, s.provider_id, s.method, s.variant, s.equipment, s.due_day, k.premises_id,
          greatest(lower(s.valid), p_period), least(upper(s.valid), v_next), false, 1, false
        from (select distinct t.account_id, t.premises_id, unnest(v.linked_services) as service_id
          from k_supply t join tariffs.pub_service_v1 v on v.id = t.service_id where t.method = 'linked') k
        join (select * from tariffs.pub_supply_v1 q where q.account_id between p_from and p_to and q.method in ('meter', 'norm')
          and q.valid && daterange(p_period, v_next) offset 0) s on s.account_id = k.account_id and s.service_id = k.service_id
        where not exists (select from k_supply t where t.supply_id = s.supply_id);
    end if;
  end $$;

-- Meters with their readings; the search for an older reading is only for meters that were not read a month ago.
create function billing.accrue_meters(p_period date) returns void language plpgsql as $$
  declare v_next date := (p_period + interval '1 month')::date; v_before date := (p_period - interval '1 month')::date;
  begin
    insert into k_read
      select m.meter_id, m.premises_id, m.service_id, m.digits, c.reading_id, c.value, a.reading_id, coalesce(a.value, m.initial_value)
      from (select premises_id, service_id from k_supply where method = 'meter' group by premises_id, service_id) k
      join metering.pub_meter_v1 m on m.premises_id = k.premises_id and m.service_id = k.service_id
        and m.installed_on < v_next and (m.removed_on is null or m.removed_on >= p_period)
      left join metering.pub_reading_v1 c on c.meter_id = m.meter_id and c.period = p_period
      left join metering.pub_reading_v1 a on a.meter_id = m.meter_id and a.period = v_before;
    if exists (select from k_read where before_id is null) then
      update k_read k set before_id = b.reading_id, before_value = b.value
      from (select n.meter_id, o.reading_id, o.value from (select distinct meter_id from k_read where before_id is null) n
        cross join lateral (select r.reading_id, r.value from metering.pub_reading_v1 r
          where r.meter_id = n.meter_id and r.period < v_before order by r.period desc limit 1) o) b
      where b.meter_id = k.meter_id;
    end if;
    insert into k_meter
      select premises_id, service_id, count(*)::int, count(now_id)::int,
        sum(now_value - before_value + case when now_value < before_value then 10::numeric ^ digits else 0 end),
        case when count(*) = 1 then min(before_id) end, case when count(*) = 1 then min(now_id) end
      from k_read group by premises_id, service_id;
  end $$;

create function billing.accrue_facts(p_period date) returns void language plpgsql as $$
  declare v_next date := (p_period + interval '1 month')::date; v_month daterange := daterange(p_period, v_next);
    v_areas int; v_meters boolean; v_persons boolean; v_area boolean;
  begin
    select coalesce(bool_or(method = 'meter'), false), coalesce(bool_or(method in ('norm', 'per-person')), false),
      coalesce(bool_or(method in ('area', 'heated-area')), false) into v_meters, v_persons, v_area from k_supply where not off_season;
    if v_meters then
      perform billing.accrue_meters(p_period);
    end if;
    if v_persons then
      insert into k_person
        select premises_id, d_from, d_to, coalesce(sum(days), 0)::int, count(person_id)::smallint
        from (select k.premises_id, k.d_from, k.d_to, r.person_id,
            sum(case when r.valid is null then 0 when r.valid @> k.span then k.d_to - k.d_from
              else least(upper(r.valid), k.d_to) - greatest(lower(r.valid), k.d_from) end) as days
          from (select premises_id, d_from, d_to, daterange(d_from, d_to) as span from k_supply
            where method in ('norm', 'per-person') and not off_season group by premises_id, d_from, d_to) k
          left join registry.pub_residence_v1 r on r.premises_id = k.premises_id and r.kind <> 'owner' and r.valid && k.span
          group by k.premises_id, k.d_from, k.d_to, r.person_id) q
        group by premises_id, d_from, d_to;
    end if;
    if v_area then
      insert into k_area
        select k.premises_id, k.d_from, k.d_to, f.total_area * (k.d_to - k.d_from), f.heated_area * (k.d_to - k.d_from), f.total_area, f.heated_area
        from (select premises_id, d_from, d_to, daterange(d_from, d_to) as span from k_supply
          where method in ('area', 'heated-area') and not off_season group by premises_id, d_from, d_to) k
        join registry.pub_premises_fact_v1 f on f.premises_id = k.premises_id and f.valid @> k.span;
      get diagnostics v_areas = row_count;
      if v_areas < (select count(*) from (select from k_supply where method in ('area', 'heated-area') and not off_season
          group by premises_id, d_from, d_to) n) then
        perform billing.accrue_area_parts();
      end if;
    end if;
    insert into k_norm
      select k.service_id, k.equipment, min(n.id), min(n.value), min(n.per)
      from (select service_id, equipment from k_supply where method = 'norm' group by service_id, equipment) k
      join tariffs.pub_norm_v1 n on n.purpose = 'charge' and n.service_id = k.service_id and n.equipment collate "C" = k.equipment
        and n.valid && v_month
      group by k.service_id, k.equipment having count(*) = 1 and bool_and(n.valid @> v_month);
    insert into k_price
      select k.service_id, k.variant, min(t.id), min(t.price)
      from (select service_id, provider_id, variant from k_supply where target group by service_id, provider_id, variant) k
      join tariffs.pub_tariff_v1 t on t.service_id = k.service_id and t.provider_id = k.provider_id and t.variant collate "C" = k.variant
        and t.valid && v_month
      group by k.service_id, k.variant
      having count(*) = 1 and bool_and(t.tier_to is null and t.tier_from = 0 and t.valid @> v_month);
  end $$;

-- Areas that change inside the month: by days, and only where all days are known.
create function billing.accrue_area_parts() returns void language plpgsql as $$
  begin
    insert into k_area
      select q.premises_id, q.d_from, q.d_to, sum(q.total_area * q.days), sum(q.heated_area * q.days),
        (array_agg(q.total_area order by q.a desc))[1], (array_agg(q.heated_area order by q.a desc))[1]
      from (select k.premises_id, k.d_from, k.d_to, f.total_area, f.heated_area, greatest(lower(f.valid), k.d_from) as a,
          least(upper(f.valid), k.d_to) - greatest(lower(f.valid), k.d_from) as days
        from (select premises_id, d_from, d_to from k_supply where method in ('area', 'heated-area') and not off_season
          group by premises_id, d_from, d_to) k
        join registry.pub_premises_fact_v1 f on f.premises_id = k.premises_id and f.valid && daterange(k.d_from, k.d_to)
        where not exists (select from k_area x where x.premises_id = k.premises_id and x.d_from = k.d_from and x.d_to = k.d_to)) q
      group by q.premises_id, q.d_from, q.d_to having sum(q.days) = q.d_to - q.d_from;
  end $$;
`;

/** Creates what the mass accrual reads before it charges. */
export class BillingInputs extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(INPUTS);
  }
}
