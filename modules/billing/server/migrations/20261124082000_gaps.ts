import { Migration } from '@mikro-orm/migrations';

const TABLE = `
-- What stands behind a volume that is not simply "reading minus reading". A row is written only then; no row = the meter was read.
-- ahead: volume charged beyond what the meters have shown up to the end of the month; the next readings give it back.
create table billing.accrual_basis (
  period date not null check (extract(day from period) = 1),
  account_id int not null,
  service_id smallint not null,
  supply_id int not null,
  provider_id smallint not null,
  basis text not null check (basis in ('average', 'norm', 'true-up', 'house-meter')),
  months smallint not null default 0,
  average_total numeric(16,3) null,
  average_span smallint null,
  norm_id int null,
  known numeric(16,6) not null,
  ahead_before numeric(16,6) not null,
  charged numeric(16,6) not null,
  ahead numeric(16,6) not null,
  house_own numeric(16,6) null,
  house_needs numeric(16,6) null,
  primary key (account_id, service_id, period, supply_id),
  check (ahead = ahead_before + charged - known)
);
comment on table billing.accrual_basis is 'append-only';
create trigger accrual_basis_guard_insert after insert on billing.accrual_basis
  referencing new table as new_rows for each statement execute function platform.guard_lanes();
create trigger accrual_basis_fixed before update or delete or truncate on billing.accrual_basis
  for each statement execute function platform.refuse_change();
create view billing.pub_accrual_basis_v1 as select * from billing.accrual_basis;

create function billing.months_between(p_from date, p_to date) returns int language sql immutable as $$
  select ((extract(year from p_to) - extract(year from p_from)) * 12 + extract(month from p_to) - extract(month from p_from))::int
$$;
`;

const GAPS = `
-- The average month before the gap: all meters of the dwelling, over the months of the window that readings cover (law.md 1.3).
create function billing.accrue_averages(p_period date, p_window int) returns void language plpgsql as $$
  begin
    update k_gap g set months = x.months
    from (select r.premises_id, r.service_id,
        max(billing.months_between(coalesce(l.period, (date_trunc('month', m.installed_on) - interval '1 month')::date), p_period)) as months
      from k_read r join metering.pub_meter_v1 m on m.meter_id = r.meter_id
      cross join lateral (select max(o.period) as period from metering.pub_reading_v1 o
        where o.meter_id = r.meter_id and o.period < p_period) l
      where r.now_id is null group by r.premises_id, r.service_id) x
    where g.unread and x.premises_id = g.premises_id and x.service_id = g.service_id;
    update k_gap g set total = x.total, span = x.span
    from (
      with step as (
        select k.premises_id, k.service_id, r.period, m.digits,
          r.value - coalesce(lag(r.value) over w, m.initial_value) as used,
          coalesce(lag(r.period) over w, (date_trunc('month', m.installed_on) - interval '1 month')::date) as since
        from (select distinct premises_id, service_id from k_gap where unread) k
        join metering.pub_meter_v1 m on m.premises_id = k.premises_id and m.service_id = k.service_id
        join metering.pub_reading_v1 r on r.meter_id = m.meter_id and r.period < p_period
        window w as (partition by m.meter_id order by r.period)
      ), final as (select premises_id, service_id, max(period) as period from step group by premises_id, service_id)
      select s.premises_id, s.service_id, sum(s.used + case when s.used < 0 then 10::numeric ^ s.digits else 0 end) as total,
        greatest(billing.months_between(min(s.since), max(f.period)), 1) as span
      from step s join final f on f.premises_id = s.premises_id and f.service_id = s.service_id
        and s.period > f.period - make_interval(months => p_window)
      group by s.premises_id, s.service_id) x
    where g.unread and x.premises_id = g.premises_id and x.service_id = g.service_id;
  end $$;

-- A whole number of months of the rule in force for all services.
create function billing.metering_rule(p_code text, p_period date) returns int language sql stable as $$
  select r.value::int from metering.pub_rule_v1 r where r.code = p_code and r.service_code is null and r.valid @> p_period
$$;

-- Signed acts of distribution: what an unmetered flat used, and everybody's share of house needs.
create function billing.accrue_house_parts(p_period date) returns void language plpgsql as $$
  begin
    insert into k_gap (supply_id, account_id, service_id, provider_id, premises_id, equipment, d_from, d_to, scale, target, unread, basis,
        months, known, ahead_before, charged)
      select k.supply_id, k.account_id, k.service_id, k.provider_id, k.premises_id, k.equipment, k.d_from, k.d_to,
        k.scale, k.target, false, 'house-meter', 0, v.volume, 0, v.volume
      from k_acc k join metering.pub_house_part_v1 h on h.period = p_period and h.premises_id = k.premises_id and h.service_id = k.service_id
      cross join lateral (select case when k.method = 'meter' and k.reason is null then k.num else 0 end as volume) v
      where k.method in ('meter', 'norm')
        and (k.method = 'meter' and k.reason is null or h.own is not null and coalesce(k.reason, '') in ('', 'no-meter', 'no-norm'))
      on conflict do nothing;
    update k_gap g set house_own = case when k.method = 'norm' or k.reason = 'no-meter' then h.own end, house_needs = h.needs
    from k_acc k, metering.pub_house_part_v1 h
    where k.supply_id = g.supply_id and h.period = p_period and h.premises_id = g.premises_id and h.service_id = g.service_id;
    update k_acc k set num = g.charged + coalesce(g.house_own, 0) + g.house_needs, reason = null, norm_id = g.norm_id,
      gross = round((g.charged + coalesce(g.house_own, 0) + g.house_needs) * k.price * 100)::bigint
    from k_gap g where g.supply_id = k.supply_id and g.house_needs is not null and g.charged is not null;
  end $$;
`;

/** Charges without a reading: average, norm, true-up; parts of the house meter. */
export class BillingGaps extends Migration {
  up(): void {
    this.addSql(TABLE);
    this.addSql(GAPS);
  }
}
