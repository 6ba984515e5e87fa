import { Migration } from '@mikro-orm/migrations';

const HELPERS = `
-- The month an entry's debt belongs to: the month of its books, but for kinds whose document names another one.
create function billing.debt_month(p_kind smallint, p_period date, p_for_period date) returns date
  language sql immutable parallel safe
  return case when p_kind in (10, 13, 14) then p_for_period else p_period end;

-- Takes the lock of an account and moves its version.
create function billing.lock_account(p_account int) returns void language sql as $$
  insert into billing.account_state (account_id, version) values (p_account, 1)
    on conflict (account_id) do update set version = billing.account_state.version + 1, changed_at = now();
$$;

-- Weights of an advance: the charges of the last month that has any; else the first supply by order of payment.
-- The recent months are asked for by one cached plan: planning over all years of a partitioned table costs more than the search.
create function billing.advance_weights(p_account int)
  returns table(service_id smallint, provider_id smallint, weight numeric) language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
  declare last_period date; recent date[];
  begin
    select array_agg((platform.current_period() + make_interval(months => n))::date) into recent from generate_series(-3, 2) n;
    return query select q.service_id, q.provider_id, q.net from (
        select a.service_id, a.provider_id, sum(a.net_kop) as net, rank() over (order by a.period desc) as place
        from billing.accrual a where a.account_id = p_account and a.period = any (recent) and a.net_kop > 0
        group by a.period, a.service_id, a.provider_id having sum(a.net_kop) > 0) q where q.place = 1;
    if found then
      return;
    end if;
    select max(a.period) into last_period from billing.accrual a where a.account_id = p_account and a.net_kop > 0;
    if last_period is not null then
      return query select a.service_id, a.provider_id, sum(a.net_kop) from billing.accrual a
        where a.account_id = p_account and a.period = last_period
        group by a.service_id, a.provider_id having sum(a.net_kop) > 0;
      return;
    end if;
    return query select s.service_id, s.provider_id, 1::numeric
      from tariffs.pub_supply_v1 s join tariffs.pub_service_v1 v on v.id = s.service_id
      where s.account_id = p_account
      order by upper(s.valid) desc nulls first, v.pay_order, s.provider_id limit 1;
    if not found then
      raise exception 'account % has no supply', p_account using errcode = 'KP010';
    end if;
  end $$;

-- Parts of a sum by weights: each rounded down, what remains goes to the largest weight, then the lowest service.
create function billing.split_advance(p_account int, p_amount bigint)
  returns table(service_id smallint, provider_id smallint, amount_kop bigint) language sql stable as $$
  select p.service_id, p.provider_id, p.part + case when p.place = 1 then p_amount - p.parts else 0 end
  from (
    select q.*, sum(q.part) over ()::bigint as parts from (
      select w.service_id, w.provider_id,
        div(p_amount::numeric * w.weight, sum(w.weight) over ())::bigint as part,
        row_number() over (order by w.weight desc, w.service_id, w.provider_id) as place
      from billing.advance_weights(p_account) w) q) p
  where p.part + case when p.place = 1 then p_amount - p.parts else 0 end > 0
$$;

-- Provider of a named service: the one named, else the one that supplies it (or supplied it last), else the creditor, else the one
-- that will supply it.
create function billing.named_provider(p_account int, p_service smallint, p_provider smallint) returns smallint
  language sql stable as $$
  select provider_id from (
    select s.provider_id, case when lower(s.valid) > platform.today() then 3 else 1 end as place, upper(s.valid) as until from tariffs.pub_supply_v1 s
      where s.account_id = p_account and s.service_id = p_service and (p_provider is null or s.provider_id = p_provider)
    union all
    select i.provider_id, 2, null from billing.open_item i
      where i.account_id = p_account and i.service_id = p_service and (p_provider is null or i.provider_id = p_provider)
  ) c order by c.place, c.until desc nulls first, c.provider_id limit 1
$$;

-- Named lines as the API or a register writes them: codes or ids, hryvnias or kopecks.
create function billing.named_lines(p_named jsonb)
  returns table(ord int, service_id smallint, provider_id smallint, amount_kop bigint) language sql stable as $$
  select n.ord::int, coalesce((n.line->>'service_id')::smallint, s.id), coalesce((n.line->>'provider_id')::smallint, p.id),
    coalesce((n.line->>'amount_kop')::bigint, ((n.line->>'amount')::numeric * 100)::bigint)
  from jsonb_array_elements(coalesce(p_named, '[]')) with ordinality n(line, ord)
  left join tariffs.pub_service_v1 s on s.code = n.line->>'service'
  left join tariffs.pub_provider_v1 p on p.code = n.line->>'provider'
$$;
`;

/** One payment of one account; the answer is its posting. */
const POST = `
create function billing.post_payment(p_payment_id bigint, p_account int, p_amount bigint, p_nominal date, p_effective date,
    p_by text, p_named jsonb, p_kind smallint default 5) returns bigint language plpgsql as $$
  begin
    return (billing.post_credit('payment', p_payment_id::text, p_account, p_amount, p_nominal, p_effective, p_by, p_named, p_kind)
      ->> 'posting')::bigint;
  end $$;
`;

/** Creates the functions that post credits one at a time. */
export class BillingFunctions extends Migration {
  up(): void {
    this.addSql(HELPERS);
    this.addSql(POST);
  }
}
