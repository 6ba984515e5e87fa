import { Migration } from '@mikro-orm/migrations';

const ROLL = `
-- Balances of a month: written where not all is zero; a batch that is rolled again is written anew.
create function billing.roll_batch(p_period date, p_provider smallint, p_from int, p_to int) returns int language plpgsql
  set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_mergejoin = off set enable_nestloop = off as $$
  declare v_rows int; v_before date := (p_period - interval '1 month')::date;
  begin
    delete from billing.period_balance b
      where b.period = p_period and b.provider_id = p_provider and b.account_id between p_from and p_to;
    insert into billing.period_balance
      select p_period, m.account_id, m.service_id, p_provider, m.opening, m.charged, m.recalculated, m.benefit, m.subsidy, m.paid, m.other,
        m.opening + m.charged + m.recalculated + m.benefit + m.subsidy + m.paid + m.other
      from (
        select account_id, service_id, coalesce(b.kop, 0) as opening, coalesce(a.kop, 0) + coalesce(e.charged, 0) as charged,
          coalesce(e.recalculated, 0) as recalculated, coalesce(e.benefit, 0) as benefit, coalesce(e.subsidy, 0) as subsidy,
          coalesce(e.paid, 0) as paid, coalesce(e.other, 0) as other
        from (
          select x.account_id, x.service_id, sum(x.net_kop)::bigint as kop from billing.accrual x
          where x.period = p_period and x.provider_id = p_provider and x.account_id between p_from and p_to group by x.account_id, x.service_id
        ) a full join (
          select x.account_id, x.service_id, x.closing_kop as kop from billing.period_balance x
          where x.period = v_before and x.provider_id = p_provider and x.account_id between p_from and p_to and x.closing_kop <> 0
        ) b using (account_id, service_id) full join (
          select x.account_id, x.service_id, (sum(x.amount_kop) filter (where k.turnover_column = 'charged'))::bigint as charged,
            (sum(x.amount_kop) filter (where k.turnover_column = 'recalculated'))::bigint as recalculated,
            (sum(x.amount_kop) filter (where k.turnover_column = 'benefit'))::bigint as benefit,
            (sum(x.amount_kop) filter (where k.turnover_column = 'subsidy'))::bigint as subsidy,
            (sum(x.amount_kop) filter (where k.turnover_column = 'paid'))::bigint as paid,
            (sum(x.amount_kop) filter (where k.turnover_column = 'other'))::bigint as other
          from billing.ledger_entry x join billing.entry_kind k on k.id = x.kind
          where x.period = p_period and x.provider_id = p_provider and x.account_id between p_from and p_to group by x.account_id, x.service_id
        ) e using (account_id, service_id)
      ) m
      where m.opening <> 0 or m.charged <> 0 or m.recalculated <> 0 or m.benefit <> 0 or m.subsidy <> 0 or m.paid <> 0 or m.other <> 0
      order by m.account_id, m.service_id;
    get diagnostics v_rows = row_count;
    return v_rows;
  end $$;
`;

/** Creates the balances of a month. */
export class BillingBalances extends Migration {
  up(): void {
    this.addSql(ROLL);
  }
}
