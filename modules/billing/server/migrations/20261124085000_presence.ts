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
`;

/** Creates what absences and acts of quality do to a charge. */
export class BillingPresence extends Migration {
  up(): void {
    this.addSql(TABLE);
    this.addSql(PRESENT);
    this.addSql(REDUCTIONS);
  }
}
