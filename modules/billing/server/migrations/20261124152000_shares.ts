import { Migration } from '@mikro-orm/migrations';

const SHARES = `
-- Supplies by meter that follow each other inside the month (another variant, another provider): one volume, divided by their days,
-- cut at cumulated days so that the parts sum to the whole whoever is charged first.
create function billing.accrue_shares(p_month daterange) returns void language plpgsql as $$
  begin
    update k_acc k set num = x.upto - x.before, gross = round((x.upto - x.before) * k.price * 100)::bigint
    from (select c.supply_id, round(c.num * (o.earlier + (c.d_to - c.d_from)) / o.total, c.scale) as upto, round(c.num * o.earlier / o.total, c.scale) as before
      from (select a.* from k_acc a where a.method = 'meter' and a.reason is null
        and (a.d_from > lower(p_month) or a.d_to < upper(p_month))) c
      cross join lateral (select sum(q.days)::numeric as total, coalesce(sum(q.days) filter (where q.first < c.d_from), 0)::numeric as earlier
        from (select greatest(lower(s.valid), lower(p_month)) as first,
            least(upper(s.valid), upper(p_month)) - greatest(lower(s.valid), lower(p_month)) as days
          from tariffs.pub_supply_v1 s where s.account_id = c.account_id and s.service_id = c.service_id and s.method = 'meter'
            and s.valid && p_month) q) o
      where o.total > c.d_to - c.d_from) x
    where x.supply_id = k.supply_id;
  end $$;

-- A volume that readings correct is told once: by the last supply of the month, which goes on from what the others charged ahead.
create function billing.accrue_gap_shares() returns void language plpgsql as $$
  begin
    update k_gap g set known = 0, charged = case g.basis when 'true-up' then 0 else g.charged end
    from tariffs.pub_supply_v1 s
    where s.account_id = g.account_id and s.service_id = g.service_id and s.method = 'meter' and lower(s.valid) >= g.d_to
      and lower(s.valid) < (date_trunc('month', g.d_from) + interval '1 month')::date;
    update k_gap g set ahead_before = g.ahead_before + o.charged
    from (select l.supply_id, sum(f.charged) as charged from k_gap l join k_gap f on f.account_id = l.account_id and f.service_id = l.service_id
      and f.d_to <= l.d_from and f.charged > 0 group by l.supply_id) o where o.supply_id = g.supply_id;
  end $$;

-- Volumes without a reading: the average for some months, then the norm; a reading takes back what was charged ahead of it.
create or replace function billing.accrue_gaps(p_period date) returns void language plpgsql as $$
  declare v_days int := (p_period + interval '1 month')::date - p_period;
  begin
    perform billing.accrue_gap_rows(p_period);
    if exists (select from k_gap where unread) then
      perform billing.accrue_averages(p_period, billing.metering_rule('average-window', p_period));
      update k_gap g set value_days = x.value_days, norm_id = x.norm_id
      from (select k.supply_id, n.value_days, n.norm_id from k_gap k
        cross join lateral billing.norm_parts(k.premises_id, k.service_id, k.equipment, k.d_from, k.d_to) n where k.unread) x
      where x.supply_id = g.supply_id;
    end if;
    update k_gap g set basis = case when not g.unread then 'true-up'
        when g.total is not null and (g.months <= billing.metering_rule('average-limit', p_period) or g.value_days is null) then 'average'
        when g.value_days is not null then 'norm' end;
    update k_gap g set norm_id = case when g.basis = 'norm' then g.norm_id end,
      charged = case g.basis when 'true-up' then greatest(g.known - g.ahead_before, 0)
        when 'average' then round(g.total * (g.d_to - g.d_from) / (g.span * v_days), g.scale)
        when 'norm' then round(g.value_days / v_days, g.scale) end;
    if exists (select from k_gap where d_to < (p_period + interval '1 month')::date) then
      perform billing.accrue_gap_shares();
    end if;
    update k_acc k set num = g.charged, gross = round(g.charged * k.price * 100)::bigint, norm_id = g.norm_id, reason = null
    from k_gap g where g.supply_id = k.supply_id and g.charged is not null;
  end $$;
`;

const AMOUNTS = `
-- Quantities as a fraction: areas, persons and fixed fees over the days of the month, volumes rounded to their scale.
create or replace function billing.accrue_amounts(p_period date) returns void language plpgsql as $$
  declare v_days int := (p_period + interval '1 month')::date - p_period; v_fails boolean; v_norms boolean; v_linked boolean; v_prices boolean;
    v_gaps boolean; v_metered boolean; v_shared boolean; v_house boolean := false; v_month daterange := daterange(p_period, (p_period + interval '1 month')::date);
  begin
    insert into k_acc
      select q.*, case when q.den = 1 then round(q.num * q.price * 100) else round(q.num * q.price * 100 / q.den) end::bigint
      from (
        select k.supply_id, k.account_id, k.service_id, k.provider_id, k.method, k.variant, k.equipment, k.due_day, k.premises_id, k.d_from, k.d_to,
          k.target, k.version, v.quantity_scale, case when k.method = 'linked' then v.linked_services end, m.before_id, m.now_id,
          p.persons, p.person_days,
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
            when k.method in ('area', 'heated-area') and a.premises_id is null then 'no-area' end
        from k_supply k join tariffs.pub_service_v1 v on v.id = k.service_id
        left join k_meter m on k.method = 'meter' and m.premises_id = k.premises_id and m.service_id = k.service_id
        left join k_person p on k.method in ('norm', 'per-person') and p.premises_id = k.premises_id and p.d_from = k.d_from and p.d_to = k.d_to
        left join k_area a on k.method in ('area', 'heated-area') and a.premises_id = k.premises_id and a.d_from = k.d_from and a.d_to = k.d_to
        left join k_norm n on k.method = 'norm' and n.service_id = k.service_id and n.equipment = k.equipment
        left join k_price r on k.target and r.service_id = k.service_id and r.variant = k.variant) q;
    select coalesce(bool_or(method = 'norm' and norm_id is null and reason is null), false), coalesce(bool_or(method = 'linked'), false),
        coalesce(bool_or(reason = 'no-reading'), false), coalesce(bool_or(method in ('meter', 'norm')), false),
        coalesce(bool_or(method = 'meter' and (d_from > p_period or d_to < upper(v_month))), false)
      into v_norms, v_linked, v_gaps, v_metered, v_shared from k_acc;
    if v_norms then
      perform billing.accrue_norms(v_days);
    end if;
    if exists (select from metering.pub_absence_v1 where valid && v_month) then
      perform billing.accrue_absences(v_days);
    end if;
    if v_metered then
      if v_shared then
        perform billing.accrue_shares(v_month);
      end if;
      v_gaps := v_gaps or exists (select from billing.accrual_basis);
      v_house := exists (select from metering.pub_house_part_v1 where period = p_period);
      if v_gaps or v_house then
        perform billing.accrue_gaps(p_period);
      end if;
      if v_house then
        perform billing.accrue_house_parts(p_period);
      end if;
    end if;
    if v_linked then
      perform billing.accrue_linked();
    end if;
    select coalesce(bool_or(tariff_id is null and reason is null), false), coalesce(bool_or(reason is not null or gross is null), false)
      into v_prices, v_fails from k_acc where target;
    if v_prices then
      perform billing.accrue_prices();
    end if;
    if exists (select from metering.pub_quality_act_v1 where valid && v_month) then
      perform billing.accrue_reductions(v_month);
    end if;
    if v_fails then
      insert into k_fail
        select account_id, service_id, min(coalesce(reason, 'no-tariff')) filter (where reason is distinct from 'out-of-season'), min(reason)
        from k_acc where target and (reason is not null or gross is null) group by account_id, service_id;
    end if;
    if v_metered and (v_gaps or v_house) then
      perform billing.accrue_basis_store(p_period);
    end if;
    if to_regclass('pg_temp.k_less') is not null then
      perform billing.accrue_reduction_store(p_period);
    end if;
  end $$;
`;

/** One metered volume over several supplies of a month; the amounts of a batch with everything that a volume can stand on. */
export class BillingShares extends Migration {
  up(): void {
    this.addSql(SHARES);
    this.addSql(AMOUNTS);
  }
}
