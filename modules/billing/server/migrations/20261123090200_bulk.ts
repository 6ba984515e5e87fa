import { Migration } from '@mikro-orm/migrations';

/** Plans for the values of this batch, by hash over its work tables, by key into the large ones; a small sample is enough for that. */
const PLANNING = `set plan_cache_mode = force_custom_plan set enable_mergejoin = off set random_page_cost = 1.1
  set default_statistics_target = 4`;

/**
 * Rows of one account keep their order. Neighbours of one class form a run; a run is one set-based step, because credits
 * of a run never compete for an item except within their group (whole account, service, or service and provider).
 */
const PREPARE = `
create function billing.bulk_prepare() returns int language plpgsql as $$
  declare v_bad int; v_runs int; v_today date := platform.today();
  begin
    drop table if exists bulk_named, bulk_credit, bulk_item, bulk_part, bulk_rest, bulk_line, bulk_weight, bulk_seek, credit_out;
    insert into billing.account_state as s (account_id, version)
      select distinct c.account_id, 1 from credit_in c order by 1
      on conflict (account_id) do update set version = s.version + 1, changed_at = now();
    select c.account_id into v_bad from (select distinct account_id from credit_in) c
      where not exists (select from tariffs.pub_supply_v1 s where s.account_id = c.account_id) limit 1;
    if found then
      raise exception 'account % has no supply', v_bad using errcode = 'KP010';
    end if;
    create temp table bulk_named on commit drop as
      select distinct on (n.account_id, n.service_id, n.provider_id) n.account_id, n.service_id as named_service,
        n.provider_id as named_provider, c.provider_id as target
      from (select account_id, service_id, provider_id from credit_in where service_id is not null group by 1, 2, 3) n
      cross join lateral (
        select s.provider_id, case when lower(s.valid) > v_today then 3 else 1 end as place, upper(s.valid) as until
          from tariffs.pub_supply_v1 s where s.account_id = n.account_id and s.service_id = n.service_id
        union all
        select i.provider_id, 2, null from billing.open_item i where i.account_id = n.account_id and i.service_id = n.service_id) c
      where n.provider_id is null or c.provider_id = n.provider_id
      order by n.account_id, n.service_id, n.provider_id, c.place, c.until desc nulls first, c.provider_id;
    create temp table bulk_credit on commit drop as
      select q.*, coalesce(sum(case when q.class = q.before then 0 else 1 end)
          over (partition by q.account_id order by q.ord rows unbounded preceding), 1)::int as run
      from (
        select c.ord, c.account_id, c.amount_kop, date_trunc('month', c.nominal)::date as nominal, c.effective,
          coalesce(c.document_kind, 'payment') as document_kind, coalesce(c.document_id, c.payment_id::text) as document_id,
          n.service_id, n.provider_id, n.target,
          case when n.service_id is null then 0 when n.provider_id is null then 1 else 2 end as class,
          lag(case when n.service_id is null then 0 when n.provider_id is null then 1 else 2 end)
            over (partition by c.account_id order by c.ord) as before,
          nextval('platform.mass_id') as posting_id
        from (select * from credit_in order by account_id, ord) c
        left join bulk_named t on t.account_id = c.account_id and t.named_service = c.service_id
          and t.named_provider is not distinct from c.provider_id
        cross join lateral (select case when t.target is not null then c.service_id end as service_id,
          case when t.target is not null then c.provider_id end as provider_id, t.target) n) q;
    create temp table bulk_item on commit drop as
      select i.ctid as place, i.account_id, i.debt_month, i.service_id, i.provider_id, v.pay_order, i.outstanding_kop as was,
        i.outstanding_kop as rest
      from (select account_id from credit_in group by account_id order by account_id) c
      join billing.open_item i on i.account_id = c.account_id join tariffs.pub_service_v1 v on v.id = i.service_id
      where i.outstanding_kop > 0;
    create temp table bulk_part (ord int, place tid, account_id int, debt_month date, service_id smallint, provider_id smallint,
      amount bigint) on commit drop;
    analyze bulk_credit (ord, account_id, service_id, provider_id, run);
    analyze bulk_item (account_id, debt_month, service_id, provider_id);
    select coalesce(max(run), 0) into v_runs from bulk_credit;
    return v_runs;
  end $$;

create function billing.bulk_run(p_run int, p_last boolean) returns void language plpgsql as $$
  begin
    insert into bulk_part
      with credit as (
        select c.ord, c.account_id, coalesce(c.service_id, -1::smallint) as service_id, coalesce(c.provider_id, -1::smallint) as provider_id,
          c.amount_kop, (sum(c.amount_kop) over w)::bigint as upto
        from bulk_credit c where c.run = p_run
        window w as (partition by c.account_id, c.service_id, c.provider_id order by c.ord rows unbounded preceding)
      ), item as (
        select g.service_id as group_service, g.provider_id as group_provider, i.place, i.account_id, i.debt_month, i.service_id,
          i.provider_id, i.rest,
          (sum(i.rest) over (partition by i.account_id, g.service_id, g.provider_id order by i.debt_month, i.pay_order, i.provider_id
            rows unbounded preceding))::bigint as upto
        from (select c.account_id, coalesce(c.service_id, -1::smallint) as service_id, coalesce(c.provider_id, -1::smallint) as provider_id
          from bulk_credit c where c.run = p_run group by 1, 2, 3) g
        join bulk_item i on i.account_id = g.account_id and i.rest > 0
          and (g.service_id = -1 or i.service_id = g.service_id) and (g.provider_id = -1 or i.provider_id = g.provider_id)
      )
      select c.ord, i.place, c.account_id, i.debt_month, i.service_id, i.provider_id,
        least(c.upto, i.upto) - greatest(c.upto - c.amount_kop, i.upto - i.rest)
      from credit c join item i on i.account_id = c.account_id and i.group_service = c.service_id and i.group_provider = c.provider_id
        and i.upto - i.rest < c.upto and c.upto - c.amount_kop < i.upto;
    if not p_last then
      update bulk_item i set rest = i.was - p.amount
        from (select p.place, sum(p.amount)::bigint as amount from bulk_part p
          where p.account_id in (select c.account_id from bulk_credit c where c.run > p_run) group by p.place) p
        where i.place = p.place and i.rest <> i.was - p.amount;
    end if;
  end $$;
`;

const LINES = `
-- Weights of the advances of all accounts that have a remainder: by the last charged months together, the rest one by one.
create function billing.bulk_weights() returns void language plpgsql as $$
  declare v_month date;
  begin
    create temp table bulk_weight (account_id int, service_id smallint, provider_id smallint, weight bigint) on commit drop;
    create temp table bulk_seek on commit drop as
      select account_id from bulk_rest where service_id is null group by account_id;
    analyze bulk_seek;
    for v_month in select (m + make_interval(months => -k))::date
      from (select coalesce((select max(l.period) from platform.period_lane l where l.state <> 'open'), max(nominal)) as m
        from bulk_credit) x, generate_series(0, 4) k order by 1 desc
    loop
      insert into bulk_weight select s.account_id, a.service_id, a.provider_id, sum(a.net_kop)::bigint
        from bulk_seek s join billing.accrual a on a.account_id = s.account_id and a.period = v_month and a.net_kop > 0 group by 1, 2, 3;
      delete from bulk_seek s using bulk_weight w where w.account_id = s.account_id;
    end loop;
    if exists (select from billing.accrual a where a.period < v_month) then
      insert into bulk_weight select s.account_id, w.service_id, w.provider_id, w.weight::bigint
        from bulk_seek s cross join lateral billing.advance_weights(s.account_id) w;
    else
      insert into bulk_weight select distinct on (s.account_id) s.account_id, p.service_id, p.provider_id, 1
        from bulk_seek s join tariffs.pub_supply_v1 p on p.account_id = s.account_id join tariffs.pub_service_v1 v on v.id = p.service_id
        order by s.account_id, upper(p.valid) desc nulls first, v.pay_order, p.provider_id;
    end if;
    analyze bulk_weight;
  end $$;

create function billing.bulk_lines() returns void language plpgsql as $$
  begin
    create temp table bulk_rest on commit drop as
      select c.ord, c.account_id, c.service_id, c.target, c.amount_kop - coalesce(p.amount, 0)::bigint as amount
      from bulk_credit c left join (select ord, sum(amount)::bigint as amount from bulk_part group by ord) p on p.ord = c.ord
      where c.amount_kop > coalesce(p.amount, 0);
    analyze bulk_part;
    analyze bulk_rest;
    create temp table credit_out (ord int, posting_id bigint, provider_id smallint, amount_kop bigint) on commit drop;
    perform billing.bulk_weights();
    create temp table bulk_line on commit drop as
      with spread as (
        select q.ord, q.service_id, q.provider_id, q.part + case when q.place = 1 then q.amount - q.parts else 0 end as part
        from (
          select l.ord, l.amount, l.service_id, l.provider_id, l.part, row_number() over w as place,
            (sum(l.part) over (w rows between unbounded preceding and unbounded following))::bigint as parts
          from (
            select r.ord, r.amount, w.service_id, w.provider_id, w.weight, case when r.amount < 2000000000 and t.total < 4000000000
              then r.amount * w.weight / t.total else div(r.amount::numeric * w.weight, t.total)::bigint end as part
            from bulk_rest r join (select account_id, sum(weight)::bigint as total from bulk_weight group by account_id) t
              on t.account_id = r.account_id join bulk_weight w on w.account_id = r.account_id where r.service_id is null) l
          window w as (partition by l.ord order by l.weight desc, l.service_id, l.provider_id)) q
      ), piece as (
        select ord, service_id, provider_id, amount, 0::bigint as advance from bulk_part
        union all
        select ord, service_id, target, amount, amount from bulk_rest where service_id is not null
        union all
        select ord, service_id, provider_id, part, part from spread where part > 0
      )
      select c.account_id, c.ord, c.nominal, q.service_id, q.provider_id, q.amount, q.advance, m.period, nextval('platform.mass_id') as id
      from (select ord, service_id, provider_id, sum(amount)::bigint as amount, sum(advance)::bigint as advance
        from piece group by ord, service_id, provider_id) q join bulk_credit c on c.ord = q.ord
      join (select n.nominal, p.id as provider_id, platform.open_lane(n.nominal, p.id) as period
        from (select distinct nominal from bulk_credit) n cross join lateral (
          select distinct provider_id as id from piece order by 1) p) m on m.nominal = c.nominal and m.provider_id = q.provider_id;
    analyze bulk_line;
  end $$;
`;

const POST = `
-- Posts all rows of the temporary table credit_in; answers in the temporary table credit_out.
create function billing.post_payments(p_kind smallint, p_by text) returns void language plpgsql
  ${PLANNING} as $$
  declare v_runs int; v_run int;
  begin
    v_runs := billing.bulk_prepare();
    for v_run in 1..v_runs loop
      perform billing.bulk_run(v_run, v_run = v_runs);
    end loop;
    perform billing.bulk_lines();
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by)
      select posting_id, document_kind, document_id, effective, p_by from bulk_credit order by ord;
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select l.period, l.id, c.posting_id, l.account_id, l.service_id, l.provider_id, p_kind, l.nominal, -l.amount
      from bulk_line l join bulk_credit c on c.ord = l.ord order by l.account_id, l.period, l.id;
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select l.period, l.account_id, l.service_id, l.provider_id, p.debt_month, l.period, l.id, p.amount
      from bulk_part p join bulk_line l on l.ord = p.ord and l.service_id = p.service_id and l.provider_id = p.provider_id
      order by l.account_id, l.period, p.debt_month, p.service_id;
    create temp table bulk_paid on commit drop as
      select p.place, p.amount, p.amount = i.was as settled
      from (select place, sum(amount)::bigint as amount from bulk_part group by place) p join bulk_item i on i.place = p.place;
    delete from billing.open_item i using bulk_paid p where p.settled and i.ctid = p.place;
    update billing.open_item i set outstanding_kop = i.outstanding_kop - p.amount from bulk_paid p where not p.settled and i.ctid = p.place;
    insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select account_id, service_id, provider_id, period, id, advance from bulk_line where advance > 0
      order by account_id, service_id, provider_id, id;
    insert into credit_out select l.ord, c.posting_id, l.provider_id, sum(l.amount)::bigint
      from bulk_line l join bulk_credit c on c.ord = l.ord group by l.ord, c.posting_id, l.provider_id;
    drop table bulk_paid;
  end $$;
`;

/** Creates the set-based posting of many credits. */
export class BillingBulk extends Migration {
  up(): void {
    this.addSql(PREPARE);
    this.addSql(LINES);
    this.addSql(POST);
  }
}
