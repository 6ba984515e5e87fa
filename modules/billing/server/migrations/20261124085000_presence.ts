import { Migration } from '@mikro-orm/migrations';

const TABLE = `
-- What acts of quality and non-delivery took off a charge: the charge itself is already less by it.
create table billing.accrual_reduction (
  period date not null check (extract(day from period) = 1),
  account_id int not null,
  service_id smallint not null,
  supply_id int not null,
  provider_id smallint not null,
  full_kop bigint not null,
  amount_kop bigint not null check (amount_kop >= 0 and amount_kop <= full_kop),
  acts text not null,
  primary key (account_id, service_id, period, supply_id)
);
comment on table billing.accrual_reduction is 'append-only';
create trigger accrual_reduction_guard_insert after insert on billing.accrual_reduction
  referencing new table as new_rows for each statement execute function platform.guard_lanes();
create trigger accrual_reduction_fixed before update or delete or truncate on billing.accrual_reduction
  for each statement execute function platform.refuse_change();
create view billing.pub_accrual_reduction_v1 as select * from billing.accrual_reduction;
`;

const PRESENT = `
-- Days of presence of everybody of a dwelling for a service: residence less approved absence (law.md 1.5).
create function billing.present_days(p_premises int, p_service smallint, p_from date, p_to date) returns int language sql stable as $$
  select coalesce(sum(upper(u.days) - lower(u.days)), 0)::int
  from registry.pub_residence_v1 r
  cross join lateral unnest(datemultirange(r.valid * daterange(p_from, p_to)) - coalesce((select range_agg(x.valid) from metering.pub_absence_v1 x
    where x.premises_id = p_premises and x.service_id = p_service and (x.person_id is null or x.person_id = r.person_id)), '{}'::datemultirange)) u (days)
  where r.premises_id = p_premises and r.kind <> 'owner' and r.valid && daterange(p_from, p_to)
$$;

-- Norm by days: value times days of presence (or days), and the last norm; absences are taken off.
create or replace function billing.norm_parts(p_premises int, p_service smallint, p_equipment text, p_from date, p_to date,
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
        v_days := billing.present_days(p_premises, p_service, norm.a, norm.b);
      end if;
      value_days := value_days + norm.value * v_days;
      norm_id := norm.id;
    end loop;
    if covered < p_to - p_from then
      value_days := null;
    end if;
  end $$;

-- Accounts with an approved absence: norms and charges by person are counted anew.
create function billing.accrue_absences(p_days int) returns void language plpgsql as $$
  begin
    update k_acc k set person_days = x.days,
      num = case k.method when 'norm' then round(x.value_days / p_days, k.scale) else x.days end,
      gross = case k.method when 'norm' then round(round(x.value_days / p_days, k.scale) * k.price * 100)
        else round(x.days * k.price * 100 / p_days) end::bigint
    from (select b.supply_id, billing.present_days(b.premises_id, b.service_id, b.d_from, b.d_to) as days, n.value_days
      from (select distinct on (c.supply_id) c.* from k_acc c join metering.pub_absence_v1 a on a.premises_id = c.premises_id
          and a.service_id = c.service_id and a.valid && daterange(c.d_from, c.d_to)
        where c.method in ('norm', 'per-person') and c.reason is null order by c.supply_id) b
      left join lateral billing.norm_parts(b.premises_id, b.service_id, b.equipment, b.d_from, b.d_to) n on b.method = 'norm') x
    where x.supply_id = k.supply_id;
  end $$;
`;

const REDUCTIONS = `
-- Acts take a share of the charge: non-delivery its days (a meter shows by itself what did not come), poor quality its percent a day.
create function billing.accrue_reductions(p_month daterange) returns void language plpgsql as $$
  begin
    create temp table if not exists k_less (supply_id int primary key, account_id int, service_id smallint, provider_id smallint, full_kop bigint,
      amount_kop bigint, acts text) on commit delete rows;
    delete from k_less;
    insert into k_less
      select k.supply_id, k.account_id, k.service_id, k.provider_id, k.gross,
        round(k.gross * least(sum(q.days * case q.kind when 'non-delivery' then 100 else q.percent * (k.d_to - k.d_from) end), 100 * (k.d_to - k.d_from))
          / (100 * (k.d_to - k.d_from)))::bigint,
        string_agg(q.act_number, ', ' order by q.act_number)
      from (select c.*, a.kind, a.percent, a.act_number, least(upper(a.valid), c.d_to) - greatest(lower(a.valid), c.d_from) as days
        from k_acc c join metering.pub_quality_act_v1 a on a.premises_id = c.premises_id and a.service_id = c.service_id
          and a.valid && p_month and a.valid && daterange(c.d_from, c.d_to)
        where c.target and c.reason is null and c.gross > 0 and (c.method <> 'meter' or a.kind = 'quality')) q
      join k_acc k on k.supply_id = q.supply_id and k.target
      group by k.supply_id, k.account_id, k.service_id, k.provider_id, k.gross, k.d_from, k.d_to;
    update k_acc k set gross = l.full_kop - l.amount_kop from k_less l where l.supply_id = k.supply_id and k.target;
  end $$;

create function billing.accrue_reduction_store(p_period date) returns void language plpgsql as $$
  begin
    insert into billing.accrual_reduction (period, account_id, service_id, supply_id, provider_id, full_kop, amount_kop, acts)
      select p_period, l.account_id, l.service_id, l.supply_id, l.provider_id, l.full_kop, l.amount_kop, l.acts from k_less l
      where not exists (select from k_fail f where f.account_id = l.account_id and f.service_id = l.service_id) order by 2, 3, 4;
    delete from k_less;
  end $$;
`;

const AMOUNTS = `
-- Quantities as a fraction: areas, persons and fixed fees over the days of the month, volumes rounded to their scale.
create or replace function billing.accrue_amounts(p_period date) returns void language plpgsql as $$
  declare v_days int := (p_period + interval '1 month')::date - p_period; v_fails boolean; v_norms boolean; v_linked boolean; v_prices boolean;
    v_gaps boolean; v_metered boolean; v_house boolean := false; v_month daterange := daterange(p_period, (p_period + interval '1 month')::date);
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
        coalesce(bool_or(reason = 'no-reading'), false), coalesce(bool_or(method in ('meter', 'norm')), false)
      into v_norms, v_linked, v_gaps, v_metered from k_acc;
    if v_norms then
      perform billing.accrue_norms(v_days);
    end if;
    if exists (select from metering.pub_absence_v1 where valid && v_month) then
      perform billing.accrue_absences(v_days);
    end if;
    if v_metered then
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

/** Absences and acts of quality in the mass accrual; what an ordinary month needs stays one look into small tables. */
export class BillingPresence extends Migration {
  up(): void {
    this.addSql(TABLE);
    this.addSql(PRESENT);
    this.addSql(REDUCTIONS);
    this.addSql(AMOUNTS);
  }
}
