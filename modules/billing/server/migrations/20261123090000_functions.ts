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

-- Provider of a named service: the one named, else the one that supplies it (or supplied it last), else the creditor.
create function billing.named_provider(p_account int, p_service smallint, p_provider smallint) returns smallint
  language sql stable as $$
  select provider_id from (
    select s.provider_id, 1 as place, upper(s.valid) as until from tariffs.pub_supply_v1 s
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

/** One plan for the preview and for the posting: rows of items that it covers, then rows of advances. */
const PLAN = `
create function billing.plan_credit(p_account int, p_amount bigint, p_named jsonb)
  returns table(debt_month date, service_id smallint, provider_id smallint, outstanding_kop bigint,
    covered_kop bigint, advance_kop bigint) language plpgsql stable as $$
  declare
    months date[]; services smallint[]; providers smallint[]; outstanding bigint[]; rest bigint[];
    adv_services smallint[] := '{}'; adv_providers smallint[] := '{}'; adv_amounts bigint[] := '{}';
    unnamed bigint := p_amount; remaining bigint; part bigint; line record; items int; target smallint;
  begin
    select array_agg(i.debt_month order by i.debt_month, v.pay_order, i.provider_id),
        array_agg(i.service_id order by i.debt_month, v.pay_order, i.provider_id),
        array_agg(i.provider_id order by i.debt_month, v.pay_order, i.provider_id),
        array_agg(i.outstanding_kop order by i.debt_month, v.pay_order, i.provider_id)
      into months, services, providers, outstanding
      from billing.open_item i join tariffs.pub_service_v1 v on v.id = i.service_id
      where i.account_id = p_account and i.outstanding_kop > 0;
    items := coalesce(array_length(months, 1), 0);
    rest := outstanding;
    if p_named is not null then
      for line in select * from billing.named_lines(p_named) order by ord loop
        target := billing.named_provider(p_account, line.service_id, line.provider_id);
        continue when target is null;
        remaining := line.amount_kop;
        unnamed := unnamed - remaining;
        for k in 1..items loop
          exit when remaining = 0;
          if services[k] = line.service_id and (line.provider_id is null or providers[k] = line.provider_id) then
            part := least(remaining, rest[k]);
            rest[k] := rest[k] - part;
            remaining := remaining - part;
          end if;
        end loop;
        if remaining > 0 then
          adv_services := adv_services || line.service_id;
          adv_providers := adv_providers || target;
          adv_amounts := adv_amounts || remaining;
        end if;
      end loop;
      if unnamed < 0 then
        raise exception 'named lines exceed the sum' using errcode = 'KP012';
      end if;
    end if;
    for k in 1..items loop
      exit when unnamed = 0;
      part := least(unnamed, rest[k]);
      rest[k] := rest[k] - part;
      unnamed := unnamed - part;
    end loop;
    return query select q.m, q.s, q.p, q.o, q.o - q.r, 0::bigint
      from unnest(months, services, providers, outstanding, rest) with ordinality q(m, s, p, o, r, n)
      where q.o > q.r order by q.n;
    return query select null::date, q.s, q.p, null::bigint, 0::bigint, sum(q.a)::bigint from (
        select * from unnest(adv_services, adv_providers, adv_amounts) n(s, p, a)
        union all
        select d.service_id, d.provider_id, d.amount_kop from billing.split_advance(p_account, unnamed) d where unnamed > 0
      ) q group by q.s, q.p order by 2, 3;
  end $$;

create function billing.preview_payment(p_account int, p_amount bigint, p_named jsonb)
  returns table(debt_month date, service_id smallint, provider_id smallint, outstanding_kop bigint,
    covered_kop bigint, advance_kop bigint) language sql stable as
  $$ select * from billing.plan_credit(p_account, p_amount, p_named) $$;
`;

/** One credit to one account. Everything it changes is one statement; the answer says where every kopeck went. */
const POST = `
create function billing.post_credit(p_document_kind text, p_document_id text, p_account int, p_amount bigint, p_nominal date,
    p_effective date, p_by text, p_named jsonb, p_kind smallint) returns jsonb language plpgsql as $$
  declare v_posting bigint; v_nominal date := date_trunc('month', p_nominal)::date; v_answer jsonb;
  begin
    if p_amount <= 0 then
      raise exception 'a credit of % kopecks' , p_amount using errcode = 'KP012';
    end if;
    insert into billing.account_state as a (account_id, version) values (p_account, 1)
      on conflict (account_id) do update set version = a.version + 1, changed_at = now();
    insert into billing.posting (document_kind, document_id, effective_on, booked_by)
      values (p_document_kind, p_document_id, p_effective, p_by) returning id into v_posting;
    with plan as materialized (
      select p.*, v.code as service, v.pay_order, r.code as provider from billing.plan_credit(p_account, p_amount, p_named) p
      join tariffs.pub_service_v1 v on v.id = p.service_id join tariffs.pub_provider_v1 r on r.id = p.provider_id
    ), lane as materialized (
      select q.provider_id, platform.open_lane(v_nominal, q.provider_id) as period
      from (select distinct p.provider_id from plan p order by 1) q
    ), line as materialized (
      select t.service_id, t.provider_id, l.period, nextval('platform.mass_id') as id, t.amount, t.advance, t.service, t.provider, t.pay_order
      from (select p.service_id, p.provider_id, p.service, p.provider, p.pay_order, sum(p.covered_kop + p.advance_kop)::bigint as amount,
          sum(p.advance_kop)::bigint as advance
        from plan p group by p.service_id, p.provider_id, p.service, p.provider, p.pay_order) t
      join lane l on l.provider_id = t.provider_id
    ), entry as (
      insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select l.period, l.id, v_posting, p_account, l.service_id, l.provider_id, p_kind, v_nominal, -l.amount from line l
    ), allocated as (
      insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select l.period, p_account, p.service_id, p.provider_id, p.debt_month, l.period, l.id, p.covered_kop
      from plan p join line l using (service_id, provider_id) where p.covered_kop > 0
    ), settled as (
      delete from billing.open_item i using plan p where i.account_id = p_account and i.debt_month = p.debt_month
        and i.service_id = p.service_id and i.provider_id = p.provider_id and p.covered_kop = p.outstanding_kop
    ), reduced as (
      update billing.open_item i set outstanding_kop = i.outstanding_kop - p.covered_kop from plan p
      where i.account_id = p_account and i.debt_month = p.debt_month and i.service_id = p.service_id
        and i.provider_id = p.provider_id and p.covered_kop > 0 and p.covered_kop < p.outstanding_kop
    ), ahead as (
      insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select p_account, l.service_id, l.provider_id, l.period, l.id, l.advance from line l where l.advance > 0
    )
    select jsonb_build_object('posting', v_posting,
      'due', (select jsonb_agg(jsonb_build_object('provider_id', d.provider_id, 'kop', d.kop) order by d.provider_id)
        from (select l.provider_id, sum(l.amount)::bigint as kop from line l group by l.provider_id) d),
      'allocations', coalesce((select jsonb_agg(jsonb_build_object('month', to_char(p.debt_month, 'YYYY-MM'), 'service', p.service,
          'provider', p.provider, 'amount', (p.covered_kop::numeric / 100)::numeric(18,2)::text)
          order by p.debt_month, p.pay_order, p.provider) from plan p where p.covered_kop > 0), '[]'),
      'advances', coalesce((select jsonb_agg(jsonb_build_object('service', l.service, 'provider', l.provider,
          'amount', (l.advance::numeric / 100)::numeric(18,2)::text) order by l.pay_order, l.provider)
        from line l where l.advance > 0), '[]')) into v_answer;
    return v_answer;
  end $$;

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
    this.addSql(PLAN);
    this.addSql(POST);
  }
}
