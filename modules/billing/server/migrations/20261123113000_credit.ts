import { Migration } from '@mikro-orm/migrations';

const HELPERS = `
-- Hryvnias of a sum in kopecks with its sign, as documents write them.
create function billing.kop_text(p_kop bigint) returns text language sql immutable parallel safe
  return case when p_kop < 0 then '-' else '' end || (abs(p_kop) / 100)::text || '.' || lpad((abs(p_kop) % 100)::text, 2, '0');
`;

const PLAN = `
-- One plan for the preview and for the posting: items up to the last one that the sum reaches, oldest first, with the part of each
-- that it covers; then what remains as advances. Places are the rows of the items: the holder of the account's lock may use them.
create function billing.plan_parts(p_account int, p_amount bigint, p_named jsonb, out months date[], out services smallint[],
    out providers smallint[], out outstanding bigint[], out covered bigint[], out service_codes text[], out provider_codes text[],
    out places tid[], out adv_services smallint[], out adv_providers smallint[], out adv_amounts bigint[]) language plpgsql stable as $$
  declare items int; unnamed bigint := p_amount; remaining bigint; part bigint; line record; target smallint; reached int := 0;
  begin
    select array_agg(i.debt_month), array_agg(i.service_id), array_agg(i.provider_id), array_agg(i.outstanding_kop), array_agg(i.service),
        array_agg(i.provider), array_agg(i.place)
      into months, services, providers, outstanding, service_codes, provider_codes, places
      from (select i.debt_month, i.service_id, i.provider_id, i.outstanding_kop, s.code as service, r.code as provider, i.ctid as place
        from billing.open_item i join tariffs.pub_service_v1 s on s.id = i.service_id join tariffs.pub_provider_v1 r on r.id = i.provider_id
        where i.account_id = p_account and i.outstanding_kop > 0 order by i.debt_month, s.pay_order, i.provider_id) i;
    items := coalesce(array_length(months, 1), 0);
    covered := array_fill(0::bigint, array[items]);
    if p_named is not null then
      for line in select * from billing.named_lines(p_named) order by ord loop
        target := billing.named_provider(p_account, line.service_id, line.provider_id);
        continue when target is null;
        remaining := line.amount_kop;
        unnamed := unnamed - remaining;
        for k in 1..items loop
          exit when remaining = 0;
          if services[k] = line.service_id and (line.provider_id is null or providers[k] = line.provider_id) then
            part := least(remaining, outstanding[k] - covered[k]);
            covered[k] := covered[k] + part;
            remaining := remaining - part;
            reached := greatest(reached, k);
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
      part := least(unnamed, outstanding[k] - covered[k]);
      covered[k] := covered[k] + part;
      unnamed := unnamed - part;
      reached := greatest(reached, k);
    end loop;
    months := months[1:reached];
    services := services[1:reached];
    providers := providers[1:reached];
    covered := covered[1:reached];
    if unnamed > 0 then
      for line in select * from billing.split_advance(p_account, unnamed) loop
        adv_services := adv_services || line.service_id;
        adv_providers := adv_providers || line.provider_id;
        adv_amounts := adv_amounts || line.amount_kop;
      end loop;
    end if;
  end $$;

create or replace function billing.plan_credit(p_account int, p_amount bigint, p_named jsonb)
  returns table(debt_month date, service_id smallint, provider_id smallint, outstanding_kop bigint,
    covered_kop bigint, advance_kop bigint) language plpgsql stable as $$
  declare p record;
  begin
    select * into p from billing.plan_parts(p_account, p_amount, p_named);
    return query select q.m, q.s, q.r, p.outstanding[q.n], q.c, 0::bigint
      from unnest(p.months, p.services, p.providers, p.covered) with ordinality q(m, s, r, c, n) where q.c > 0 order by q.n;
    return query select null::date, q.s, q.r, null::bigint, 0::bigint, sum(q.a)::bigint
      from unnest(p.adv_services, p.adv_providers, p.adv_amounts) q(s, r, a) group by q.s, q.r order by 2, 3;
  end $$;

create or replace function billing.preview_payment(p_account int, p_amount bigint, p_named jsonb)
  returns table(debt_month date, service_id smallint, provider_id smallint, outstanding_kop bigint,
    covered_kop bigint, advance_kop bigint) language sql stable as
  $$ select * from billing.plan_credit(p_account, p_amount, p_named) $$;
`;

const CREDIT = `
-- Posts one credit: posting, a line of the ledger per service, allocations, open items, advances. The answer names every kopeck.
create function billing.credit(p_document_kind text, p_document_id text, p_account int, p_amount bigint, p_nominal date,
    p_effective date, p_by text, p_named jsonb, p_kind smallint, out posting bigint, out due_providers smallint[], out due_kop bigint[],
    out allocations jsonb, out advances jsonb) language plpgsql as $$
  declare
    v_nominal date := date_trunc('month', p_nominal)::date; plan record; lanes date[]; items int; at int; lane int; changed int;
    services smallint[]; providers smallint[]; parts bigint[]; line_of int[] := '{}'; keys int[] := '{}'; paid tid[] := '{}'; partly tid[] := '{}';
    partly_kop bigint[] := '{}'; l_services smallint[] := '{}'; l_providers smallint[] := '{}'; l_amounts bigint[] := '{}';
    l_ahead bigint[] := '{}'; l_ids bigint[] := '{}'; l_periods date[] := '{}';
  begin
    if p_amount <= 0 then
      raise exception 'a credit of % kopecks' , p_amount using errcode = 'KP012';
    end if;
    insert into billing.account_state as a (account_id, version) values (p_account, 1)
      on conflict (account_id) do update set version = a.version + 1, changed_at = now();
    posting := nextval('platform.mass_id');
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by)
      values (posting, p_document_kind, p_document_id, p_effective, p_by);
    plan := billing.plan_parts(p_account, p_amount, p_named);
    services := plan.services || plan.adv_services;
    providers := plan.providers || plan.adv_providers;
    parts := plan.covered || plan.adv_amounts;
    items := coalesce(array_length(plan.services, 1), 0);
    select array_agg(q.provider_id), array_agg(platform.open_lane(v_nominal, q.provider_id)) into due_providers, lanes
      from (select distinct p.provider_id from unnest(providers, parts) p(provider_id, part) where p.part > 0 order by 1) q;
    due_kop := array_fill(0::bigint, array[array_length(lanes, 1)]);
    for k in 1..array_length(services, 1) loop
      if parts[k] = 0 then
        line_of := line_of || null::int;
        continue;
      end if;
      at := array_position(keys, services[k] * 65536 + providers[k]);
      lane := array_position(due_providers, providers[k]);
      if at is null then
        keys := keys || (services[k] * 65536 + providers[k]);
        at := array_length(keys, 1);
        l_services := l_services || services[k];
        l_providers := l_providers || providers[k];
        l_amounts := l_amounts || 0::bigint;
        l_ahead := l_ahead || 0::bigint;
        l_ids := l_ids || nextval('platform.mass_id');
        l_periods := l_periods || lanes[lane];
      end if;
      l_amounts[at] := l_amounts[at] + parts[k];
      due_kop[lane] := due_kop[lane] + parts[k];
      if k > items then
        l_ahead[at] := l_ahead[at] + parts[k];
      else
        line_of := line_of || at;
        if parts[k] = plan.outstanding[k] then
          paid := paid || plan.places[k];
        else
          partly := partly || plan.places[k];
          partly_kop := partly_kop || parts[k];
        end if;
      end if;
    end loop;
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select l.period, l.id, posting, p_account, l.service_id, l.provider_id, p_kind, v_nominal, -l.amount
      from unnest(l_periods, l_ids, l_services, l_providers, l_amounts) l(period, id, service_id, provider_id, amount);
    if items > 0 then
      insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
        select l_periods[i.line], p_account, i.service_id, i.provider_id, i.debt_month, l_periods[i.line], l_ids[i.line], i.part
        from unnest(plan.months, plan.services, plan.providers, plan.covered, line_of) i(debt_month, service_id, provider_id, part, line)
        where i.part > 0;
      delete from billing.open_item where ctid = any (array(select unnest(paid)));
      get diagnostics changed = row_count;
      for k in 1..coalesce(array_length(partly, 1), 0) loop
        update billing.open_item set outstanding_kop = outstanding_kop - partly_kop[k] where ctid = partly[k];
        changed := changed + 1;
      end loop;
      select jsonb_agg(jsonb_build_object('month', to_char(i.debt_month, 'YYYY-MM'), 'service', plan.service_codes[i.place],
          'provider', plan.provider_codes[i.place], 'amount', billing.kop_text(i.part)) order by i.place)
        into allocations from unnest(plan.months, plan.covered) with ordinality i(debt_month, part, place) where i.part > 0;
    end if;
    if array_length(services, 1) > items then
      insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
        select p_account, l.service_id, l.provider_id, l.period, l.id, l.ahead
        from unnest(l_periods, l_ids, l_services, l_providers, l_ahead) l(period, id, service_id, provider_id, ahead) where l.ahead > 0;
      select jsonb_agg(jsonb_build_object('service', s.code, 'provider', r.code, 'amount', billing.kop_text(l.ahead)) order by s.pay_order, r.code)
        into advances from unnest(l_services, l_providers, l_ahead) l(service_id, provider_id, ahead)
        join tariffs.pub_service_v1 s on s.id = l.service_id join tariffs.pub_provider_v1 r on r.id = l.provider_id where l.ahead > 0;
    end if;
    allocations := coalesce(allocations, '[]');
    advances := coalesce(advances, '[]');
  end $$;

create or replace function billing.post_credit(p_document_kind text, p_document_id text, p_account int, p_amount bigint, p_nominal date,
    p_effective date, p_by text, p_named jsonb, p_kind smallint) returns jsonb language sql as $$
  select jsonb_build_object('posting', c.posting, 'allocations', c.allocations, 'advances', c.advances, 'due',
    (select jsonb_agg(jsonb_build_object('provider_id', d.provider_id, 'kop', d.kop)) from unnest(c.due_providers, c.due_kop) d(provider_id, kop)))
  from billing.credit(p_document_kind, p_document_id, p_account, p_amount, p_nominal, p_effective, p_by, p_named, p_kind) c
$$;
`;

/** One credit in few cheap statements: a plan of arrays, rows of items by their place, no answer before it is asked for. */
export class BillingCredit extends Migration {
  up(): void {
    this.addSql(HELPERS);
    this.addSql(PLAN);
    this.addSql(CREDIT);
  }
}
