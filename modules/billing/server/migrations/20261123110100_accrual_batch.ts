import { Migration } from '@mikro-orm/migrations';

/** Plans of a batch: for its own values, by hash over work tables without statistics, by key into the large tables. */
const PLANNING = 'set plan_cache_mode = force_custom_plan set enable_mergejoin = off set random_page_cost = 1.1';

const BATCH = `
drop function if exists billing.accrue_batch(date, smallint, int, int, text);
drop function if exists billing.batch_result(date, smallint, int, int);
drop function if exists billing.accrue_store(date, bigint);

-- The result of a batch is read from what is stored: the same answer at the first run and at every other.
create function billing.batch_result(p_period date, p_provider smallint, p_from int, p_to int)
  returns table(planned int, done int, failed int, amount_kop bigint) language plpgsql as $$
  declare v_next date := (p_period + interval '1 month')::date;
  begin
    perform billing.accrue_lines(p_period, p_provider, p_from, p_to);
    return query select
      (select count(*) from (select distinct s.account_id, s.service_id from tariffs.pub_supply_v1 s where s.provider_id = p_provider
        and s.account_id between p_from and p_to and s.valid && daterange(p_period, v_next)) u)::int,
      (select count(*) from (select distinct l.account_id, l.service_id from k_line l) u)::int,
      (select count(*) from billing.close_exception e where e.period = p_period and e.provider_id = p_provider
        and e.account_id between p_from and p_to and e.outcome = 'failed' and e.resolved_at is null)::int,
      coalesce((select sum(l.net_kop) from k_line l), 0)::bigint;
  end $$;

-- Payments of these accounts wait until the batch is done, other lanes do not: they never touch the same debts and advances.
create function billing.accrue_lock(p_from int, p_to int) returns void language plpgsql set enable_seqscan = off as $$
  begin
    insert into billing.account_state (account_id)
      select distinct k.account_id from k_supply k where k.target
        and not exists (select from billing.account_state s where s.account_id = k.account_id) order by 1
      on conflict do nothing;
    perform from billing.account_state s where s.account_id between p_from and p_to order by s.account_id for share;
  end $$;

-- Writes the accruals of the work tables; counts what it wrote.
create function billing.accrue_store(p_period date, p_posting bigint) returns int language plpgsql as $$
  declare v_rows int;
  begin
    insert into billing.accrual (period, account_id, service_id, provider_id, version, posting_id, method, quantity, tariff_id, norm_id,
        persons, person_days, area, reading_from, reading_to, supply_id, gross_kop, net_kop)
      select p_period, k.account_id, k.service_id, k.provider_id, k.version, p_posting, k.method,
        case when k.den = 1 then k.num else k.num / k.den end, k.tariff_id,
        k.norm_id, k.persons, k.person_days, k.area, k.before_id, k.now_id, k.supply_id, k.gross, k.gross
      from k_acc k where k.target and not exists (select from k_fail f where f.account_id = k.account_id and f.service_id = k.service_id)
      order by k.account_id, k.service_id, k.version;
    get diagnostics v_rows = row_count;
    return v_rows;
  end $$;

create function billing.accrue_batch(p_period date, p_provider smallint, p_from int, p_to int, p_by text)
  returns table(planned int, done int, failed int, amount_kop bigint) language plpgsql
  ${PLANNING} as $$
  declare v_posting bigint; v_targets int; v_single boolean; v_fresh boolean; v_done int;
  begin
    perform billing.accrue_lines(p_period, p_provider, p_from, p_to);
    perform billing.accrue_inputs(p_period, p_provider, p_from, p_to);
    select count(*) filter (where target)::int, coalesce(bool_and(version = 1), true) into v_targets, v_single from k_supply;
    if v_targets = 0 then
      return query select * from billing.batch_result(p_period, p_provider, p_from, p_to);
      return;
    end if;
    v_fresh := v_single and not exists (select from k_line);
    perform billing.accrue_lock(p_from, p_to);
    perform billing.accrue_facts(p_period);
    perform billing.accrue_amounts(p_period);
    insert into billing.posting (document_kind, document_id, effective_on, booked_by)
      values ('close-batch', to_char(p_period, 'YYYY-MM') || '/' || p_provider || '/' || p_from || '-' || p_to,
        (p_period + interval '1 month')::date - 1, p_by) returning id into v_posting;
    v_done := billing.accrue_store(p_period, v_posting);
    perform billing.accrue_relief(p_period, p_provider, v_posting);
    perform billing.accrue_items(p_period, p_provider, p_from, p_to, v_single);
    perform billing.accrue_exceptions(p_period, p_provider, p_from, p_to);
    if v_fresh then
      return query select v_targets, v_done, (select count(*)::int from k_fail f where f.failed is not null),
        (select coalesce(sum(k.gross), 0)::bigint from k_acc k where k.target
          and not exists (select from k_fail f where f.account_id = k.account_id and f.service_id = k.service_id));
    else
      return query select * from billing.batch_result(p_period, p_provider, p_from, p_to);
    end if;
  end $$;
`;

/** Creates the mass accrual of a batch of accounts. */
export class BillingAccrualBatch extends Migration {
  up(): void {
    this.addSql(BATCH);
  }
}
