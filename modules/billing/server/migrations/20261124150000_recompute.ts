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
      perform billing.work_memory();
      create temp table r_scope (account_id int primary key) on commit delete rows;
      create temp table r_lane (month date, provider_id smallint, accrued boolean, primary key (month, provider_id)) on commit delete rows;
      create temp table k_basis (account_id int, service_id smallint, period date, ahead numeric, supply_id int) on commit delete rows;
    else
      truncate r_scope, r_lane, k_basis;
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
  declare v_low int; v_high int;
  begin
    select min(k.account_id), max(k.account_id) into v_low, v_high from k_acc k where k.method = 'meter';
    create temp table if not exists k_gap (supply_id int primary key, account_id int, service_id smallint, provider_id smallint,
      premises_id int, equipment text collate "C", d_from date, d_to date, scale smallint, target boolean, unread boolean, basis text,
      months int, total numeric, span int, value_days numeric, norm_id int, known numeric, ahead_before numeric, charged numeric,
      house_own numeric, house_needs numeric) on commit delete rows;
    delete from k_gap;
    insert into k_gap (supply_id, account_id, service_id, provider_id, premises_id, equipment, d_from, d_to, scale, target, unread,
        months, known, ahead_before)
      select k.supply_id, k.account_id, k.service_id, k.provider_id, k.premises_id, k.equipment, k.d_from, k.d_to,
        k.scale, k.target, k.reason is not null, 0, coalesce(round(m.used, k.scale), 0), coalesce(p.ahead, 0)
      from k_acc k join k_meter m on m.premises_id = k.premises_id and m.service_id = k.service_id
      left join billing.basis_before(p_period, v_low, v_high) p on p.account_id = k.account_id and p.service_id = k.service_id
      where k.method = 'meter' and (k.reason = 'no-reading' or k.reason is null and p.ahead <> 0);
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

/** What a recalculation keeps for itself where the mass accrual writes into the books. */
export class BillingRecompute extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(BASIS);
  }
}
