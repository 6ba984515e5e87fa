import { Migration } from '@mikro-orm/migrations';

/**
 * Netted relief of a month (law.md 2.3, 2.4): benefits by entitlement and subsidies by award stand in the books of the month as
 * entries of their own kinds, and wait as credits, so that the new items of the month take them up like any credit.
 */
const RELIEF = `
-- True when relief of the month lowers bills; monetised relief is paid to the person and never comes here.
create function billing.has_relief(p_period date) returns boolean language sql stable as $$
  select exists (select from benefits.pub_entitlement_v1 e where e.regime = 'netted'
      and e.valid && daterange(p_period, (p_period + interval '1 month')::date))
    or exists (select from benefits.pub_award_v1 w where w.regime = 'netted' and w.period = p_period)
$$;

-- Benefits of the charges of the work tables, each by the days for which the right was in force; together never above the charge.
create function billing.relief_benefits(p_period date) returns table(account_id int, service_id smallint, kop bigint)
  language plpgsql stable as $$
  #variable_conflict use_column
  begin
  return query with charge as (
    select k.* from k_acc k where k.target and k.gross > 0
      and not exists (select from k_fail f where f.account_id = k.account_id and f.service_id = k.service_id)
  ), piece as (
    select c.supply_id, c.account_id, c.service_id, c.num, c.den, c.scale, c.price, c.gross, c.d_to - c.d_from as active,
      least(upper(e.valid), c.d_to) - greatest(lower(e.valid), c.d_from) as days, e.percent, e.covered, e.norm, e.norm_addition,
      greatest(e.covered, (select count(*) from registry.pub_residence_v1 r where r.premises_id = c.premises_id and r.kind <> 'owner'
        and r.valid @> greatest(lower(e.valid), c.d_from))) as persons
    from charge c join benefits.pub_entitlement_v1 e on e.account_id = c.account_id and e.service_id = c.service_id
      and e.regime = 'netted' and e.valid && daterange(c.d_from, c.d_to)
  ), share as (
    -- fractions of whole products, divided once: a half of a kopeck must be a half
    select p.*, case when p.norm is null or ofcharge.num * month.days <= limited.num * ofcharge.den then ofcharge.num else limited.num end as v_num,
      case when p.norm is null or ofcharge.num * month.days <= limited.num * ofcharge.den then ofcharge.den else month.days end as v_den
    from piece p
    cross join lateral (select p.num * p.covered * p.days as num, p.den::numeric * p.persons * p.active as den) ofcharge
    cross join lateral (select (p.norm * p.covered + p.norm_addition) * p.days as num) limited
    cross join (select ((p_period + interval '1 month')::date - p_period)::numeric as days) month
  ), priced as (
    select s.supply_id, s.account_id, s.service_id, s.gross,
      round(v.num * coalesce(s.price, s.gross * s.den::numeric) * s.percent
        / (v.den * case when s.price is null then 100 * nullif(s.num, 0) else 1 end)) as kop
    from share s cross join lateral (
      select case when s.den = 1 then round(s.v_num / s.v_den, s.scale) else s.v_num end as num,
        case when s.den = 1 then 1 else s.v_den end as den) v
  )
  select q.account_id, q.service_id, sum(q.kop)::bigint from (
    select supply_id, account_id, service_id, least(sum(kop), min(gross)) as kop from priced group by supply_id, account_id, service_id) q
  group by q.account_id, q.service_id having sum(q.kop) > 0;
  end $$;

-- Follows the stored accruals of the batch: entries of relief, and the credits that they are.
create function billing.accrue_relief(p_period date, p_provider smallint, p_posting bigint) returns void language plpgsql as $$
  begin
    if not billing.has_relief(p_period) then
      return;
    end if;
    with relief as (
      select b.account_id, b.service_id, 3::smallint as kind, b.kop from billing.relief_benefits(p_period) b
      union all
      select w.account_id, w.service_id, 4::smallint, sum(w.amount_kop)::bigint
      from (select distinct k.account_id, k.service_id from k_acc k where k.target) c
      join benefits.pub_award_v1 w on w.account_id = c.account_id and w.service_id = c.service_id and w.period = p_period
      where w.regime = 'netted' and not exists (select from billing.ledger_entry e where e.account_id = c.account_id
        and e.period = p_period and e.service_id = c.service_id and e.kind = 4 and e.for_period = p_period)
      group by w.account_id, w.service_id having sum(w.amount_kop) > 0
    ), entry as (
      insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select p_period, p_posting, account_id, service_id, p_provider, kind, p_period, -kop from relief order by account_id, service_id, kind
      returning account_id, service_id, period, id, -amount_kop as kop
    )
    insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select account_id, service_id, p_provider, period, id, kop from entry order by account_id, service_id, id;
  end $$;

-- What relief of the month covered at once in a range of accounts: it is not money that somebody paid ahead.
create function billing.relief_covered(p_period date, p_provider smallint, p_from int, p_to int) returns bigint language plpgsql stable as $$
  begin
    if not billing.has_relief(p_period) then
      return 0;
    end if;
    return (select coalesce(sum(a.amount_kop), 0) from billing.ledger_entry e
      join billing.allocation a on a.account_id = e.account_id and a.credit_period = e.period and a.credit_id = e.id
        and a.period = p_period and a.debt_month = p_period
      where e.period = p_period and e.provider_id = p_provider and e.account_id between p_from and p_to and e.kind in (3, 4));
  end $$;
`;

/** Creates the netting of benefits and subsidies. */
export class BillingRelief extends Migration {
  up(): void {
    this.addSql(RELIEF);
  }
}
