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

const AMOUNTS = `
-- Norms that change inside the month.
create function billing.accrue_norms(p_days int) returns void language plpgsql as $$
  begin
    update k_acc k set num = round(x.value_days / p_days, k.scale), norm_id = x.norm_id,
      gross = round(round(x.value_days / p_days, k.scale) * k.price * 100)::bigint,
      reason = case when x.value_days is null then 'no-norm' end
    from (select b.supply_id, f.value_days, f.norm_id from (select c.* from k_acc c
        where c.method = 'norm' and c.norm_id is null and c.reason is null) b
      cross join lateral billing.norm_parts(b.premises_id, b.service_id, b.equipment, b.d_from, b.d_to) f) x
    where x.supply_id = k.supply_id;
  end $$;

-- Water drained is water that came: the quantities of the linked services of the same account.
create function billing.accrue_linked() returns void language plpgsql as $$
  begin
    update k_acc k set num = q.num, gross = round(q.num * k.price * 100)::bigint,
      reason = case when k.reason is not null then k.reason when q.failed then 'linked-failed' when q.num is null then 'no-linked-supply' end
    from (
      select t.supply_id, sum(l.num) as num, coalesce(bool_or(l.reason is not null), false) as failed
      from k_acc t left join k_acc l on l.method in ('meter', 'norm') and l.account_id = t.account_id and l.service_id = any (t.linked_services)
      where t.method = 'linked' and t.target group by t.supply_id) q
    where k.supply_id = q.supply_id and k.target;
  end $$;

-- Tariffs that change inside the month, or have tiers.
create function billing.accrue_prices() returns void language plpgsql as $$
  begin
    update k_acc k set gross = x.gross_kop, tariff_id = x.tariff_id
    from (select b.supply_id, f.gross_kop, f.tariff_id from k_acc b
      cross join lateral billing.price_parts(b.service_id, b.provider_id, b.variant, b.d_from, b.d_to, b.num, b.den,
        case when b.den = 1 then b.scale::int end) f
      where b.target and b.tariff_id is null and b.reason is null) x
    where x.supply_id = k.supply_id and k.target;
  end $$;
`;

/** Items of the month are new; where one stands already (an act of the same month), the batch adds to them. */
const ITEMS = `insert into billing.open_item as i (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
        select d.account_id, p_period, d.service_id, p_provider, v_due + d.due_day, d.amount, d.amount - coalesce(u.used, 0)
        from k_debt d left join (select account_id, service_id, sum(used)::bigint as used from k_used group by account_id, service_id) u
          on u.account_id = d.account_id and u.service_id = d.service_id
        where d.amount > coalesce(u.used, 0) order by d.account_id, d.service_id`;

const WRITE = `
-- New items of the month: waiting credits are applied first, so that what is paid is never written.
create function billing.accrue_items(p_period date, p_provider smallint, p_from int, p_to int, p_single boolean) returns void
  language plpgsql as $$
  declare v_due date := (p_period + interval '1 month')::date - 1;
  begin
    if p_single then
      insert into k_debt select k.account_id, k.service_id, k.due_day, k.gross from k_acc k where k.target and k.gross > 0
        and not exists (select from k_fail f where f.account_id = k.account_id and f.service_id = k.service_id);
    else
      insert into k_debt select k.account_id, k.service_id, min(k.due_day), sum(k.gross)::bigint from k_acc k
        where k.target and not exists (select from k_fail f where f.account_id = k.account_id and f.service_id = k.service_id)
        group by k.account_id, k.service_id having sum(k.gross) > 0;
    end if;
    insert into k_used
      select a.place, a.account_id, a.service_id, a.credit_period, a.credit_id, a.amount_kop,
        least(a.upto, d.amount)::bigint - (a.upto - a.amount_kop)::bigint
      from (select x.ctid as place, x.account_id, x.service_id, x.credit_period, x.credit_id, x.amount_kop,
          sum(x.amount_kop) over (partition by x.account_id, x.service_id order by x.credit_period, x.credit_id
            rows unbounded preceding) as upto
        from billing.advance x where x.provider_id = p_provider and x.account_id between p_from and p_to and x.amount_kop > 0) a
      join k_debt d on d.account_id = a.account_id and d.service_id = a.service_id and a.upto - a.amount_kop < d.amount;
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select p_period, account_id, service_id, p_provider, p_period, credit_period, credit_id, used
      from k_used order by account_id, service_id, credit_period, credit_id;
    delete from billing.advance a using k_used n where a.ctid = n.place and n.used = n.credit;
    update billing.advance a set amount_kop = a.amount_kop - n.used from k_used n where a.ctid = n.place and n.used < n.credit;
    begin
      ${ITEMS};
    exception when unique_violation then
      ${ITEMS}
      on conflict (account_id, debt_month, service_id, provider_id) do update
        set due_kop = i.due_kop + excluded.due_kop, outstanding_kop = i.outstanding_kop + excluded.outstanding_kop;
    end;
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
`;

/** Creates the mass accrual of a batch of accounts. */
export class BillingAccrual extends Migration {
  up(): void {
    this.addSql(PRICE);
    this.addSql(AMOUNTS);
    this.addSql(WRITE);
  }
}
