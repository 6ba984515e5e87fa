import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- What a correction document changed in the volume that is charged ahead of the meters: it stands in place of the basis of its month.
create table billing.correction_basis (
  id bigint not null generated always as identity primary key,
  correction_id uuid not null,
  account_id int not null,
  service_id smallint not null,
  period date not null check (extract(day from period) = 1),
  ahead numeric(16,6) not null,
  ahead_before numeric(16,6) not null
);
comment on table billing.correction_basis is 'append-only';
create index correction_basis_account on billing.correction_basis (account_id, service_id, period);
create index correction_basis_document on billing.correction_basis (correction_id);

-- Charged ahead at the end of a month, as the books and later corrections say; the highest place is the last word.
create view billing.basis_known as
  select account_id, service_id, period, ahead, supply_id::bigint as place from billing.accrual_basis
  union all select account_id, service_id, period, ahead, id + 4294967296 from billing.correction_basis;

-- Work tables of a recalculation; empty after every transaction.
create function billing.recompute_tables() returns void language plpgsql as $$
  begin
    if to_regclass('pg_temp.r_scope') is null then
      begin
        set temp_buffers = '64MB'; -- only before the first temporary table of a session; else the work tables go through files
      exception when invalid_parameter_value then
        null;
      end;
      create temp table r_scope (account_id int primary key) on commit delete rows;
      create temp table r_range (low int, high int, accounts int) on commit delete rows;
      create temp table r_lane (month date, provider_id smallint, accrued boolean, primary key (month, provider_id)) on commit delete rows;
      create temp table r_now (account_id int, service_id smallint, provider_id smallint, month date, kop bigint, failed text)
        on commit delete rows;
      create temp table k_basis (account_id int, service_id smallint, period date, ahead numeric, supply_id int) on commit delete rows;
    else
      truncate r_scope, r_range, r_lane, r_now, k_basis;
    end if;
  end $$;
`;

// What the mass accrual writes beside its lines is not written by a recalculation: the functions of \`gaps\` and \`presence\`, with that
// one difference. Whoever changes one of them afterwards keeps the look at billing.recompute_from().
const BASIS = `
-- The first month of the recalculation that is running in this session, if one is: its volumes do not go into the books.
create function billing.recompute_from() returns date language sql stable as
  $$ select nullif(current_setting('komplat.recompute_from', true), '')::date $$;

-- Charged ahead before a month. A recalculation goes on from what it found itself for the months before.
create function billing.basis_before(p_period date, p_low int, p_high int)
  returns table(account_id int, service_id smallint, ahead numeric) language plpgsql stable as $$
  declare v_from date := billing.recompute_from();
  begin
    if v_from is null then
      return query select distinct on (e.account_id, e.service_id) e.account_id, e.service_id, e.ahead from billing.basis_known e
        where e.account_id between p_low and p_high and e.period < p_period
        order by e.account_id, e.service_id, e.period desc, e.place desc;
    else
      return query select distinct on (e.account_id, e.service_id) e.account_id, e.service_id, e.ahead from (
          select b.account_id, b.service_id, b.period, b.ahead, b.place from billing.basis_known b
            where b.account_id between p_low and p_high and b.period < v_from
          union all select k.account_id, k.service_id, k.period, k.ahead, k.supply_id from k_basis k where k.period < p_period) e
        order by e.account_id, e.service_id, e.period desc, e.place desc;
    end if;
  end $$;

-- Accounts whose meters were not read, and those that were charged beyond their meters before: the few that need more than two readings.
create or replace function billing.accrue_gap_rows(p_period date) returns void language plpgsql as $$
  begin
    create temp table if not exists k_gap (supply_id int primary key, account_id int, service_id smallint, provider_id smallint,
      premises_id int, equipment text collate "C", d_from date, d_to date, scale smallint, target boolean, unread boolean, basis text,
      months int, total numeric, span int, value_days numeric, norm_id int, known numeric, ahead_before numeric, charged numeric,
      house_own numeric, house_needs numeric) on commit delete rows;
    delete from k_gap;
    insert into k_gap (supply_id, account_id, service_id, provider_id, premises_id, equipment, d_from, d_to, scale, target, unread,
        months, known, ahead_before)
      select distinct on (k.supply_id) k.supply_id, k.account_id, k.service_id, k.provider_id, k.premises_id, k.equipment, k.d_from, k.d_to,
        k.scale, k.target, k.reason is not null, 0, coalesce(round(m.used, k.scale), 0), coalesce(p.ahead, 0)
      from k_acc k join k_meter m on m.premises_id = k.premises_id and m.service_id = k.service_id
      left join billing.basis_before(p_period, (select min(account_id) from k_supply), (select max(account_id) from k_supply)) p
        on p.account_id = k.account_id and p.service_id = k.service_id
      where k.method = 'meter' and (k.reason = 'no-reading' or k.reason is null and p.ahead <> 0)
      order by k.supply_id, k.target desc;
  end $$;

-- What a volume without a plain reading stands on, for the trace and for the months after it.
create or replace function billing.accrue_basis_store(p_period date) returns void language plpgsql as $$
  begin
    if billing.recompute_from() is not null then
      -- a volume that another service only needs (drained water) is remembered once, with its own service
      insert into k_basis
        select g.account_id, g.service_id, p_period, g.ahead_before + g.charged - g.known, g.supply_id from k_gap g
        where g.charged is not null and (g.target or not exists (select from k_basis b where b.account_id = g.account_id
            and b.service_id = g.service_id and b.period = p_period))
          and not exists (select from k_fail f where f.account_id = g.account_id and f.service_id = g.service_id);
      return;
    end if;
    insert into billing.accrual_basis (period, account_id, service_id, supply_id, provider_id, basis, months, average_total, average_span,
        norm_id, known, ahead_before, charged, ahead, house_own, house_needs)
      select p_period, g.account_id, g.service_id, g.supply_id, g.provider_id, g.basis, g.months,
        case when g.basis = 'average' then g.total end, case when g.basis = 'average' then g.span end, g.norm_id, g.known, g.ahead_before,
        g.charged, g.ahead_before + g.charged - g.known, g.house_own, g.house_needs
      from k_gap g where g.target and g.charged is not null
        and not exists (select from k_fail f where f.account_id = g.account_id and f.service_id = g.service_id)
      order by g.account_id, g.service_id, g.supply_id;
  end $$;

-- What acts of quality took off a charge; a recalculation only looks.
create or replace function billing.accrue_reduction_store(p_period date) returns void language plpgsql as $$
  begin
    if billing.recompute_from() is null then
      insert into billing.accrual_reduction (period, account_id, service_id, supply_id, provider_id, full_kop, amount_kop, acts)
        select p_period, l.account_id, l.service_id, l.supply_id, l.provider_id, l.full_kop, l.amount_kop, l.acts from k_less l
        where not exists (select from k_fail f where f.account_id = l.account_id and f.service_id = l.service_id) order by 2, 3, 4;
    end if;
    delete from k_less;
  end $$;
`;

const RUN = `
-- The scope as ranges of accounts without large holes, and the lanes that its supplies and its books name.
create function billing.recompute_scope(p_accounts int[], p_from date, p_to date, p_services smallint[]) returns void
  language plpgsql as $$
  begin
    perform billing.recompute_tables();
    insert into r_scope select distinct a from unnest(p_accounts) a where a is not null order by 1;
    insert into r_range
      select min(account_id), max(account_id), count(*)::int from (
        select account_id, sum(hole) over (order by account_id) as part from (
          select account_id, case when account_id - lag(account_id) over (order by account_id) > 50 then 1 else 0 end as hole
          from r_scope) h) p
      group by part order by 1;
    analyze r_scope;
    insert into r_lane
      select l.period, l.provider_id, l.state not in ('open', 'closing') from platform.period_lane l
      where l.period between p_from and p_to and l.provider_id in (
        select s.provider_id from tariffs.pub_supply_v1 s join r_scope c on c.account_id = s.account_id
          where s.valid && daterange(p_from, (p_to + interval '1 month')::date)
            and (p_services is null or s.service_id = any (p_services)));
    insert into r_lane
      select distinct a.period, a.provider_id, true from billing.accrual a join r_scope c on c.account_id = a.account_id
      join platform.period_lane l on l.period = a.period and l.provider_id = a.provider_id and l.state not in ('open', 'closing')
      where a.period between p_from and p_to and (p_services is null or a.service_id = any (p_services))
      on conflict do nothing;
  end $$;

-- One lane and one range of accounts by the functions of the mass accrual: the same rules, nothing written into the books.
create function billing.recompute_batch(p_month date, p_provider smallint, p_low int, p_high int, p_all boolean, p_services smallint[])
  returns void language plpgsql as $$
  begin
    perform billing.accrue_tables();
    perform billing.accrue_inputs(p_month, p_provider, p_low, p_high);
    if not p_all then
      delete from k_supply k where not exists (select from r_scope s where s.account_id = k.account_id);
    end if;
    if p_services is not null then
      delete from k_supply k where k.target and k.service_id <> all (p_services);
    end if;
    perform billing.accrue_facts(p_month);
    perform billing.accrue_amounts(p_month);
    insert into r_now
      select k.account_id, k.service_id, p_provider, p_month,
        case when bool_or(f.account_id is not null) then 0 else sum(k.gross) end, min(f.failed)
      from k_acc k left join k_fail f on f.account_id = k.account_id and f.service_id = k.service_id
      where k.target group by k.account_id, k.service_id;
  end $$;

-- Computes all months of a scope with the facts of today into r_now. Months go up, because volumes charged ahead are carried on.
create function billing.recompute_run(p_accounts int[], p_from date, p_to date, p_services smallint[], p_open boolean) returns void
  language plpgsql set plan_cache_mode = force_custom_plan set enable_mergejoin = off set random_page_cost = 1.1 as $$
  declare lane record;
  begin
    perform billing.recompute_scope(p_accounts, p_from, p_to, p_services);
    perform set_config('komplat.recompute_from', p_from::text, true);
    for lane in select l.month, l.provider_id, r.low, r.high, r.accounts = r.high - r.low + 1 as whole
      from r_lane l cross join r_range r where l.accrued or p_open order by l.month, l.provider_id, r.low
    loop
      perform billing.recompute_batch(lane.month, lane.provider_id, lane.low, lane.high, lane.whole, p_services);
    end loop;
    perform billing.accrue_tables();
    perform set_config('komplat.recompute_from', '', true);
  end $$;
`;

const LINES = `
-- What the calculation says now against what stands in the books for the month: accruals, and all corrections of that month.
-- p_open: also months that are not accrued yet (before_kop is null there), and lines without a difference.
create function billing.recompute_lines(p_accounts int[], p_from date, p_to date, p_services smallint[] default null,
    p_open boolean default false)
  returns table(account_id int, service_id smallint, provider_id smallint, month date, before_kop bigint, after_kop bigint, failed text)
  language plpgsql as $$
  begin
    if p_from > p_to or extract(day from p_from) <> 1 or extract(day from p_to) <> 1 then
      raise exception 'months of a recalculation go from % to %', p_from, p_to using errcode = 'KP011';
    end if;
    perform billing.recompute_run(p_accounts, p_from, p_to, p_services, p_open);
    return query
      with book as (
        select b.account_id, b.service_id, b.provider_id, b.month, sum(b.kop)::bigint as kop from (
          select a.account_id, a.service_id, a.provider_id, a.period as month, a.gross_kop as kop
            from billing.accrual a join r_scope c on c.account_id = a.account_id where a.period between p_from and p_to
          union all
          select e.account_id, e.service_id, e.provider_id, e.for_period, e.amount_kop
            from billing.ledger_entry e join r_scope c on c.account_id = e.account_id
            where e.period >= p_from and e.for_period between p_from and p_to and e.kind in (1, 2)) b
        where p_services is null or b.service_id = any (p_services)
        group by b.account_id, b.service_id, b.provider_id, b.month)
      select q.account_id, q.service_id, q.provider_id, q.month, q.was, q.now, q.failed from (
        select coalesce(n.account_id, b.account_id) as account_id, coalesce(n.service_id, b.service_id) as service_id,
          coalesce(n.provider_id, b.provider_id) as provider_id, coalesce(n.month, b.month) as month, n.failed,
          case when l.accrued then coalesce(b.kop, 0) end as was, coalesce(n.kop, 0) as now
        from r_now n full join book b on b.account_id = n.account_id and b.month = n.month and b.service_id = n.service_id
          and b.provider_id = n.provider_id
        join r_lane l on l.month = coalesce(n.month, b.month) and l.provider_id = coalesce(n.provider_id, b.provider_id)) q
      where p_open or q.failed is not null or q.was <> q.now;
  end $$;
`;

/** Computes what past months would be charged with the facts of today, beside what the books say; nothing is written. */
export class BillingRecompute extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(BASIS);
    this.addSql(RUN);
    this.addSql(LINES);
  }
}
