import { Migration } from '@mikro-orm/migrations';

/** Prices where a tariff changes inside the month or has tiers: exact fractions over one denominator, rounded once. */
const PRICE = `
create function billing.price_parts(p_service smallint, p_provider smallint, p_variant text, p_from date, p_to date,
    p_quantity numeric, p_denominator numeric, p_scale int, out gross_kop bigint, out tariff_id int)
  language plpgsql stable as $$
  declare cut date[]; total int := p_to - p_from; part_days int; q numeric; rest numeric := p_quantity; share numeric; sum_num numeric := 0;
    tier record; priced boolean;
  begin
    select array_agg(distinct d order by d) into cut from (
      select p_from as d union select p_to
      union select lower(t.valid) from tariffs.pub_tariff_v1 t where t.service_id = p_service and t.provider_id = p_provider
        and t.variant = p_variant and lower(t.valid) > p_from and lower(t.valid) < p_to
      union select upper(t.valid) from tariffs.pub_tariff_v1 t where t.service_id = p_service and t.provider_id = p_provider
        and t.variant = p_variant and upper(t.valid) > p_from and upper(t.valid) < p_to) c;
    for k in 1..array_length(cut, 1) - 1 loop
      part_days := cut[k + 1] - cut[k];
      -- q: quantity of the part times (total * denominator)
      if p_scale is null then
        q := p_quantity * part_days;
      else
        share := case when k = array_length(cut, 1) - 1 then rest else round(p_quantity * part_days / total, p_scale) end;
        rest := rest - share;
        q := share * total;
      end if;
      priced := false;
      for tier in select t.id, t.price, t.tier_mode, t.tier_from * part_days * p_denominator as low,
          t.tier_to * part_days * p_denominator as high
        from tariffs.pub_tariff_v1 t where t.service_id = p_service and t.provider_id = p_provider and t.variant = p_variant
          and t.valid @> cut[k] order by t.tier
      loop
        if tier.tier_mode = 'whole' then
          continue when (q > tier.high) or (q <= tier.low and tier.low > 0);
          sum_num := sum_num + q * tier.price;
          tariff_id := tier.id;
        elsif q > tier.low or not priced then
          sum_num := sum_num + greatest(least(q, coalesce(tier.high, q)) - tier.low, 0) * tier.price;
          tariff_id := tier.id;
        end if;
        priced := true;
      end loop;
      if not priced then
        gross_kop := null;
        tariff_id := null;
        return;
      end if;
    end loop;
    gross_kop := round(sum_num * 100 / (total * p_denominator))::bigint;
  end $$;

-- Norm by days where norms change inside the month: value times person-days (or days), and the last norm.
create function billing.norm_parts(p_premises int, p_service smallint, p_equipment text, p_from date, p_to date,
    out value_days numeric, out norm_id int) language plpgsql stable as $$
  declare norm record; covered int := 0; v_days int;
  begin
    value_days := 0;
    for norm in select n.id, n.value, n.per, greatest(lower(n.valid), p_from) as a, least(coalesce(upper(n.valid), p_to), p_to) as b
      from tariffs.pub_norm_v1 n where n.purpose = 'charge' and n.service_id = p_service and n.equipment = p_equipment
        and n.valid && daterange(p_from, p_to) order by lower(n.valid)
    loop
      v_days := norm.b - norm.a;
      covered := covered + v_days;
      if norm.per = 'person' then
        select coalesce(sum(least(coalesce(upper(r.valid), norm.b), norm.b) - greatest(coalesce(lower(r.valid), norm.a), norm.a)), 0)
          into v_days from registry.pub_residence_v1 r
          where r.premises_id = p_premises and r.kind <> 'owner' and r.valid && daterange(norm.a, norm.b);
      end if;
      value_days := value_days + norm.value * v_days;
      norm_id := norm.id;
    end loop;
    if covered < p_to - p_from then
      value_days := null;
    end if;
  end $$;
`;

const INPUTS = `
-- What is accrued already: read by the key, never by a scan of the year, whatever the statistics say.
create function billing.accrue_lines(p_period date, p_provider smallint, p_from int, p_to int) returns void
  language plpgsql set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
  begin
    drop table if exists k_line;
    create temp table k_line on commit drop as
      select x.account_id, x.service_id, x.version, x.quantity, x.tariff_id, x.net_kop from billing.accrual x
      where x.account_id between p_from and p_to and x.period = p_period and x.provider_id = p_provider;
    if exists (select from k_line) then
      analyze k_line;
    end if;
  end $$;

-- Supplies of the batch that have no accrual yet, and the supplies whose quantities they need (linked services).
create function billing.accrue_inputs(p_period date, p_provider smallint, p_from int, p_to int) returns void
  language plpgsql as $$
  declare v_next date := (p_period + interval '1 month')::date; v_season daterange; v_seasons boolean;
  begin
    drop table if exists k_supply, k_meter, k_person, k_area, k_price, k_norm, k_acc, k_new, k_fail;
    select exists (select from tariffs.pub_parameter_v1 where code = 'heating-season') into v_seasons;
    select p.valid into v_season from tariffs.pub_parameter_v1 p where p.code = 'heating-season'
      and p.valid && daterange(p_period, v_next) order by p.valid limit 1;
    create temp table k_supply on commit drop as
      select s.supply_id, s.account_id, s.service_id, s.provider_id, s.method, s.variant, s.equipment, s.due_day, a.premises_id,
        greatest(coalesce(lower(s.valid), p_period), p_period) as d_from,
        least(coalesce(upper(s.valid), v_next), v_next) as d_to, true as target, 1::smallint as version, false as off_season
      from tariffs.pub_supply_v1 s join registry.pub_account_v1 a on a.account_id = s.account_id
      where s.provider_id = p_provider and s.account_id between p_from and p_to and s.valid && daterange(p_period, v_next)
        and not exists (select from k_line x where x.account_id = s.account_id and x.service_id = s.service_id);
    if v_seasons then
      update k_supply set d_from = greatest(d_from, lower(v_season)), d_to = least(d_to, coalesce(upper(v_season), d_to)),
        off_season = v_season is null or not daterange(d_from, d_to) && v_season
      where variant like '%season%';
    end if;
    if exists (select from k_supply where d_from > p_period) then
      update k_supply k set version = v.place from (
        select supply_id, row_number() over (partition by account_id, service_id order by d_from) as place from k_supply) v
        where v.supply_id = k.supply_id and v.place > 1;
    end if;
    if exists (select from k_supply where method = 'linked') then
      insert into k_supply
        select s.supply_id, s.account_id, s.service_id, s.provider_id, s.method, s.variant, s.equipment, s.due_day, k.premises_id,
          greatest(coalesce(lower(s.valid), p_period), p_period), least(coalesce(upper(s.valid), v_next), v_next), false, 1, false
        from (select distinct t.account_id, t.premises_id, unnest(v.linked_services) as service_id
          from k_supply t join tariffs.pub_service_v1 v on v.id = t.service_id where t.method = 'linked') k
        join tariffs.pub_supply_v1 s on s.account_id = k.account_id and s.service_id = k.service_id
        where s.valid && daterange(p_period, v_next) and s.method in ('meter', 'norm');
    end if;
    analyze k_supply;
  end $$;

create function billing.accrue_facts(p_period date) returns void language plpgsql as $$
  declare v_next date := (p_period + interval '1 month')::date; v_before date := (p_period - interval '1 month')::date;
  begin
    create temp table k_meter on commit drop as
      select q.premises_id, q.service_id, count(*)::int as meters, count(q.now_id)::int as readings, sum(q.used) as used,
        case when count(*) = 1 then min(q.before_id) end as before_id, case when count(*) = 1 then min(q.now_id) end as now_id
      from (
        select m.premises_id, m.service_id, c.reading_id as now_id, coalesce(a.reading_id, b.reading_id) as before_id,
          c.value - coalesce(a.value, b.value, m.initial_value)
            + case when c.value < coalesce(a.value, b.value, m.initial_value) then 10::numeric ^ m.digits else 0 end as used
        from (select distinct premises_id, service_id from k_supply where method = 'meter') k
        join metering.pub_meter_v1 m on m.premises_id = k.premises_id and m.service_id = k.service_id
          and m.installed_on < v_next and (m.removed_on is null or m.removed_on >= p_period)
        left join metering.pub_reading_v1 c on c.meter_id = m.meter_id and c.period = p_period
        left join metering.pub_reading_v1 a on a.meter_id = m.meter_id and a.period = v_before
        left join lateral (select r.reading_id, r.value from metering.pub_reading_v1 r
          where a.reading_id is null and r.meter_id = m.meter_id and r.period < v_before order by r.period desc limit 1) b on true) q
      group by q.premises_id, q.service_id;
    create temp table k_person on commit drop as
      select k.premises_id, k.d_from, k.d_to,
        coalesce(sum(least(coalesce(upper(r.valid), k.d_to), k.d_to) - greatest(coalesce(lower(r.valid), k.d_from), k.d_from))
          filter (where r.person_id is not null), 0)::int as person_days, count(distinct r.person_id)::smallint as persons
      from (select distinct premises_id, d_from, d_to from k_supply where method in ('norm', 'per-person') and not off_season) k
      left join registry.pub_residence_v1 r on r.premises_id = k.premises_id and r.kind <> 'owner' and r.valid && daterange(k.d_from, k.d_to)
      group by k.premises_id, k.d_from, k.d_to;
    create temp table k_area on commit drop as
      select q.premises_id, q.d_from, q.d_to, sum(q.total_area * q.days) as total_days, sum(q.heated_area * q.days) as heated_days,
        (array_agg(q.total_area order by q.a desc))[1] as total_area, (array_agg(q.heated_area order by q.a desc))[1] as heated_area
      from (select k.premises_id, k.d_from, k.d_to, f.total_area, f.heated_area, greatest(coalesce(lower(f.valid), k.d_from), k.d_from) as a,
          least(coalesce(upper(f.valid), k.d_to), k.d_to) - greatest(coalesce(lower(f.valid), k.d_from), k.d_from) as days
        from (select distinct premises_id, d_from, d_to from k_supply where method in ('area', 'heated-area') and not off_season) k
        join registry.pub_premises_fact_v1 f on f.premises_id = k.premises_id and f.valid && daterange(k.d_from, k.d_to)) q
      group by q.premises_id, q.d_from, q.d_to having sum(q.days) = q.d_to - q.d_from;
    create temp table k_norm on commit drop as
      select k.service_id, k.equipment, min(n.id) as norm_id, min(n.value) as value, min(n.per) as per
      from (select distinct service_id, equipment from k_supply where method = 'norm') k
      join tariffs.pub_norm_v1 n on n.purpose = 'charge' and n.service_id = k.service_id and n.equipment = k.equipment
        and n.valid && daterange(p_period, v_next)
      group by k.service_id, k.equipment having count(*) = 1 and bool_and(n.valid @> daterange(p_period, v_next));
    create temp table k_price on commit drop as
      select k.service_id, k.provider_id, k.variant, min(t.id) as tariff_id, min(t.price) as price
      from (select distinct service_id, provider_id, variant from k_supply where target) k
      join tariffs.pub_tariff_v1 t on t.service_id = k.service_id and t.provider_id = k.provider_id and t.variant = k.variant
        and t.valid && daterange(p_period, v_next)
      group by k.service_id, k.provider_id, k.variant
      having count(*) = 1 and bool_and(t.tier_to is null and t.tier_from = 0 and t.valid @> daterange(p_period, v_next));
    analyze k_meter; analyze k_person; analyze k_area; analyze k_norm; analyze k_price;
  end $$;
`;

const AMOUNTS = `
-- Quantities as a fraction: areas, persons and fixed fees over the days of the month, volumes rounded to their scale.
create function billing.accrue_amounts(p_period date) returns void language plpgsql as $$
  declare v_days int := (p_period + interval '1 month')::date - p_period; v_fails boolean;
  begin
    create temp table k_acc on commit drop as
      select q.*, round(q.num * q.price * 100 / q.den)::bigint as gross from (
        select k.supply_id, k.account_id, k.service_id, k.provider_id, k.method, k.variant, k.equipment, k.due_day, k.premises_id, k.d_from, k.d_to,
          k.target, k.version, v.quantity_scale as scale, v.linked_services, m.before_id, m.now_id, p.persons, p.person_days,
          case k.method when 'area' then a.total_area when 'heated-area' then a.heated_area end as area, n.norm_id, r.tariff_id, r.price,
          case k.method
            when 'meter' then round(m.used, v.quantity_scale)
            when 'norm' then round(n.value * case n.per when 'person' then p.person_days else k.d_to - k.d_from end / v_days, v.quantity_scale)
            when 'area' then a.total_days when 'heated-area' then a.heated_days
            when 'per-person' then p.person_days when 'fixed' then k.d_to - k.d_from end as num,
          case when k.method in ('meter', 'norm', 'linked') then 1 else v_days end as den,
          case when k.off_season then 'out-of-season'
            when k.method = 'meter' and m.meters is null then 'no-meter'
            when k.method = 'meter' and m.readings < m.meters then 'no-reading'
            when k.method in ('area', 'heated-area') and a.premises_id is null then 'no-area' end as reason
        from k_supply k join tariffs.pub_service_v1 v on v.id = k.service_id
        left join k_meter m on k.method = 'meter' and m.premises_id = k.premises_id and m.service_id = k.service_id
        left join k_person p on k.method in ('norm', 'per-person') and p.premises_id = k.premises_id and p.d_from = k.d_from and p.d_to = k.d_to
        left join k_area a on k.method in ('area', 'heated-area') and a.premises_id = k.premises_id and a.d_from = k.d_from and a.d_to = k.d_to
        left join k_norm n on k.method = 'norm' and n.service_id = k.service_id and n.equipment = k.equipment
        left join k_price r on k.target and r.service_id = k.service_id and r.provider_id = k.provider_id and r.variant = k.variant) q;
    perform billing.accrue_norms(v_days);
    perform billing.accrue_linked();
    perform billing.accrue_prices();
    select exists (select from k_acc where target and (reason is not null or gross is null)) into v_fails;
    create temp table k_fail on commit drop as
      select account_id, service_id, min(coalesce(reason, 'no-tariff')) filter (where reason is distinct from 'out-of-season') as failed, min(reason) as reason
      from k_acc where v_fails and target and (reason is not null or gross is null) group by account_id, service_id;
    analyze k_acc; analyze k_fail;
  end $$;

-- Norms that change inside the month.
create function billing.accrue_norms(p_days int) returns void language plpgsql as $$
  begin
    if not exists (select from k_acc where method = 'norm' and norm_id is null and reason is null) then
      return;
    end if;
    update k_acc k set num = round(x.value_days / p_days, k.scale), norm_id = x.norm_id,
      gross = round(round(x.value_days / p_days, k.scale) * k.price * 100)::bigint,
      reason = case when x.value_days is null then 'no-norm' end
    from (select b.supply_id, f.value_days, f.norm_id from (select distinct on (c.supply_id) c.* from k_acc c
        where c.method = 'norm' and c.norm_id is null and c.reason is null order by c.supply_id) b
      cross join lateral billing.norm_parts(b.premises_id, b.service_id, b.equipment, b.d_from, b.d_to) f) x
    where x.supply_id = k.supply_id;
  end $$;

-- Water drained is water that came: the quantities of the linked services of the same account.
create function billing.accrue_linked() returns void language plpgsql as $$
  begin
    if not exists (select from k_acc where method = 'linked') then
      return;
    end if;
    update k_acc k set num = q.num, gross = round(q.num * k.price * 100)::bigint,
      reason = case when k.reason is not null then k.reason when q.failed then 'linked-failed' when q.num is null then 'no-linked-supply' end
    from (
      select t.supply_id, sum(l.num) as num, coalesce(bool_or(l.reason is not null), false) as failed
      from k_acc t left join (select distinct on (supply_id) supply_id, account_id, service_id, num, reason from k_acc
        where method in ('meter', 'norm') order by supply_id) l
        on l.account_id = t.account_id and l.service_id = any (t.linked_services)
      where t.method = 'linked' and t.target group by t.supply_id) q
    where k.supply_id = q.supply_id and k.target;
  end $$;

-- Tariffs that change inside the month, or have tiers.
create function billing.accrue_prices() returns void language plpgsql as $$
  begin
    if not exists (select from k_acc where target and tariff_id is null and reason is null) then
      return;
    end if;
    update k_acc k set gross = x.gross_kop, tariff_id = x.tariff_id
    from (select b.supply_id, f.gross_kop, f.tariff_id from k_acc b
      cross join lateral billing.price_parts(b.service_id, b.provider_id, b.variant, b.d_from, b.d_to, b.num, b.den,
        case when b.den = 1 then b.scale::int end) f
      where b.target and b.tariff_id is null and b.reason is null) x
    where x.supply_id = k.supply_id and k.target;
  end $$;
`;

const WRITE = `
-- New items of the month: waiting credits are applied first, so that what is paid is never written.
create function billing.accrue_items(p_period date, p_provider smallint, p_from int, p_to int) returns void language plpgsql as $$
  begin
    create temp table k_new on commit drop as
      with debt as (
        select k.account_id, k.service_id, min(k.due_day) as due_day, sum(k.gross)::bigint as amount
        from k_acc k where k.target and not exists (select from k_fail f where f.account_id = k.account_id and f.service_id = k.service_id)
        group by k.account_id, k.service_id having sum(k.gross) > 0
      ), credit as (
        select a.account_id, a.service_id, a.credit_period, a.credit_id, a.amount_kop,
          sum(a.amount_kop) over (partition by a.account_id, a.service_id order by a.credit_period, a.credit_id) as upto
        from billing.advance a where a.provider_id = p_provider and a.account_id between p_from and p_to and a.amount_kop > 0
      )
      select d.account_id, d.service_id, d.due_day, d.amount, c.credit_period, c.credit_id, c.amount_kop as credit,
        least(c.upto, d.amount)::bigint - (c.upto - c.amount_kop)::bigint as used
      from debt d left join credit c on c.account_id = d.account_id and c.service_id = d.service_id and c.upto - c.amount_kop < d.amount;
    analyze k_new;
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select p_period, account_id, service_id, p_provider, p_period, credit_period, credit_id, used
      from k_new where used > 0 order by account_id, service_id, credit_period, credit_id;
    delete from billing.advance a using k_new n where n.used = n.credit and a.account_id = n.account_id
      and a.service_id = n.service_id and a.provider_id = p_provider and a.credit_id = n.credit_id;
    update billing.advance a set amount_kop = a.amount_kop - n.used from k_new n where n.used < n.credit and a.account_id = n.account_id
      and a.service_id = n.service_id and a.provider_id = p_provider and a.credit_id = n.credit_id;
    insert into billing.open_item as i (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
      select account_id, p_period, service_id, p_provider, (p_period + interval '1 month')::date + due_day - 1, amount,
        amount - coalesce(sum(used), 0)
      from k_new group by account_id, service_id, due_day, amount having amount > coalesce(sum(used), 0)
      order by account_id, service_id
    on conflict (account_id, debt_month, service_id, provider_id) do update
      set due_kop = i.due_kop + excluded.due_kop, outstanding_kop = i.outstanding_kop + excluded.outstanding_kop;
  end $$;

create function billing.accrue_exceptions(p_period date, p_provider smallint, p_from int, p_to int) returns void
  language plpgsql as $$
  begin
  update billing.close_exception e set resolved_at = now()
    where e.period = p_period and e.provider_id = p_provider and e.account_id between p_from and p_to and e.resolved_at is null
      and not exists (select from k_fail f where f.account_id = e.account_id and f.service_id = e.service_id);
  insert into billing.close_exception as e (period, provider_id, account_id, service_id, outcome, reason_code)
    select p_period, p_provider, f.account_id, f.service_id, case when f.failed is null then 'skipped' else 'failed' end,
      coalesce(f.failed, f.reason) from k_fail f order by f.account_id, f.service_id
  on conflict (period, provider_id, account_id, service_id) do update
    set outcome = excluded.outcome, reason_code = excluded.reason_code, attempts = e.attempts + 1, resolved_at = null;
  end $$;

-- The result of a batch is read from what is stored: the same answer at the first run and at every other.
create function billing.batch_result(p_period date, p_provider smallint, p_from int, p_to int)
  returns table(planned int, done int, failed int, amount_kop bigint, digest text) language plpgsql as $$
  declare v_next date := (p_period + interval '1 month')::date;
  begin
    perform billing.accrue_lines(p_period, p_provider, p_from, p_to);
    return query select
      (select count(*) from (select distinct s.account_id, s.service_id from tariffs.pub_supply_v1 s where s.provider_id = p_provider
        and s.account_id between p_from and p_to and s.valid && daterange(p_period, v_next)) u)::int,
      (select count(*) from (select distinct l.account_id, l.service_id from k_line l) u)::int,
      (select count(*) from billing.close_exception e where e.period = p_period and e.provider_id = p_provider
        and e.account_id between p_from and p_to and e.outcome = 'failed' and e.resolved_at is null)::int,
      coalesce((select sum(l.net_kop) from k_line l), 0)::bigint,
      (select encode(sha256(convert_to(coalesce(string_agg(l.account_id || '|' || l.service_id || '|' || l.version || '|'
          || l.quantity || '|' || l.tariff_id || '|' || l.net_kop, e'\\n' order by l.account_id, l.service_id, l.version), ''), 'UTF8')), 'hex')
        from k_line l);
  end $$;

create function billing.accrue_batch(p_period date, p_provider smallint, p_from int, p_to int, p_by text)
  returns table(planned int, done int, failed int, amount_kop bigint, digest text) language plpgsql as $$
  declare v_posting bigint;
  begin
    perform billing.accrue_lines(p_period, p_provider, p_from, p_to);
    perform billing.accrue_inputs(p_period, p_provider, p_from, p_to);
    insert into billing.account_state as s (account_id, version)
      select distinct k.account_id, 1 from k_supply k where k.target order by 1
      on conflict (account_id) do update set version = s.version + 1, changed_at = now();
    if exists (select from k_supply where target) then
      perform billing.accrue_facts(p_period);
      perform billing.accrue_amounts(p_period);
      insert into billing.posting (document_kind, document_id, effective_on, booked_by)
        values ('close-batch', to_char(p_period, 'YYYY-MM') || '/' || p_provider || '/' || p_from || '-' || p_to,
          (p_period + interval '1 month')::date - 1, p_by) returning id into v_posting;
      insert into billing.accrual (period, account_id, service_id, provider_id, version, posting_id, method, quantity, tariff_id, norm_id,
          persons, person_days, area, reading_from, reading_to, supply_id, gross_kop, net_kop)
        select p_period, k.account_id, k.service_id, k.provider_id, k.version, v_posting, k.method, round(k.num / k.den, 6), k.tariff_id,
          k.norm_id, k.persons, k.person_days, k.area, k.before_id, k.now_id, k.supply_id, k.gross, k.gross
        from k_acc k where k.target and not exists (select from k_fail f where f.account_id = k.account_id and f.service_id = k.service_id)
        order by k.account_id, k.service_id, k.version;
      perform billing.accrue_items(p_period, p_provider, p_from, p_to);
      perform billing.accrue_exceptions(p_period, p_provider, p_from, p_to);
    end if;
    return query select * from billing.batch_result(p_period, p_provider, p_from, p_to);
  end $$;
`;

/** Creates the mass accrual of a batch of accounts. */
export class BillingAccrual extends Migration {
  up(): void {
    this.addSql(PRICE);
    this.addSql(INPUTS);
    this.addSql(AMOUNTS);
    this.addSql(WRITE);
  }
}
