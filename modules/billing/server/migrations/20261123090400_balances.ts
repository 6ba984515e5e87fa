import { Migration } from '@mikro-orm/migrations';

const ROLL = `
-- Balances of a month: written where not all is zero; a batch that is rolled again is written anew.
create function billing.roll_batch(p_period date, p_provider smallint, p_from int, p_to int) returns int language plpgsql as $$
  declare v_rows int; v_before date := (p_period - interval '1 month')::date;
  begin
    drop table if exists k_roll;
    create temp table k_roll on commit drop as
      select a.account_id from registry.pub_account_v1 a where a.account_id between p_from and p_to order by 1;
    analyze k_roll;
    delete from billing.period_balance b
      where b.period = p_period and b.provider_id = p_provider and b.account_id between p_from and p_to;
    insert into billing.period_balance
      select p_period, m.account_id, m.service_id, p_provider, m.opening, m.charged, m.recalculated, m.benefit, m.subsidy, m.paid, m.other,
        m.opening + m.charged + m.recalculated + m.benefit + m.subsidy + m.paid + m.other
      from (
        select l.account_id, l.service_id, sum(l.opening)::bigint as opening, sum(l.charged)::bigint as charged,
          sum(l.recalculated)::bigint as recalculated, sum(l.benefit)::bigint as benefit, sum(l.subsidy)::bigint as subsidy,
          sum(l.paid)::bigint as paid, sum(l.other)::bigint as other
        from (
          select b.account_id, b.service_id, b.closing_kop as opening, 0::bigint as charged, 0::bigint as recalculated,
            0::bigint as benefit, 0::bigint as subsidy, 0::bigint as paid, 0::bigint as other
          from k_roll r cross join lateral (select * from billing.period_balance p where p.period = v_before
            and p.account_id = r.account_id and p.provider_id = p_provider and p.closing_kop <> 0) b
          union all
          select a.account_id, a.service_id, 0, a.net_kop, 0, 0, 0, 0, 0
          from k_roll r cross join lateral (select * from billing.accrual p where p.account_id = r.account_id
            and p.period = p_period and p.provider_id = p_provider) a
          union all
          select e.account_id, e.service_id, 0, case when k.turnover_column = 'charged' then e.amount_kop else 0 end,
            case when k.turnover_column = 'recalculated' then e.amount_kop else 0 end,
            case when k.turnover_column = 'benefit' then e.amount_kop else 0 end,
            case when k.turnover_column = 'subsidy' then e.amount_kop else 0 end,
            case when k.turnover_column = 'paid' then e.amount_kop else 0 end,
            case when k.turnover_column = 'other' then e.amount_kop else 0 end
          from k_roll r cross join lateral (select * from billing.ledger_entry p where p.account_id = r.account_id
            and p.period = p_period and p.provider_id = p_provider) e join billing.entry_kind k on k.id = e.kind
        ) l group by l.account_id, l.service_id
      ) m
      where m.opening <> 0 or m.charged <> 0 or m.recalculated <> 0 or m.benefit <> 0 or m.subsidy <> 0 or m.paid <> 0 or m.other <> 0
      order by m.account_id, m.service_id;
    get diagnostics v_rows = row_count;
    return v_rows;
  end $$;
`;

const DIGEST = `
-- Lines of the ledger in their order, then the balances: no ids, times, users or batches.
create function billing.lane_digest(p_period date, p_provider smallint) returns text language sql stable as $$
  with service as (select id, code from tariffs.pub_service_v1), tariff as (select id, code from tariffs.pub_tariff_v1),
  line as (
    select concat_ws('|', n.number, s.code, left(p_period::text, 7), 'accrual', a.net_kop, a.quantity, t.code) as line
    from billing.accrual a join registry.pub_account_v1 n on n.account_id = a.account_id
      join service s on s.id = a.service_id join tariff t on t.id = a.tariff_id
    where a.period = p_period and a.provider_id = p_provider
    union all
    select concat_ws('|', n.number, s.code, left(e.for_period::text, 7), k.code, e.amount_kop, '', '')
    from billing.ledger_entry e join billing.entry_kind k on k.id = e.kind join registry.pub_account_v1 n on n.account_id = e.account_id
      join service s on s.id = e.service_id
    where e.period = p_period and e.provider_id = p_provider
  ), balance as (
    select concat_ws('|', n.number, s.code, b.opening_kop, b.charged_kop, b.recalculated_kop, b.benefit_kop, b.subsidy_kop, b.paid_kop,
      b.other_kop, b.closing_kop) as line
    from billing.period_balance b join registry.pub_account_v1 n on n.account_id = b.account_id join service s on s.id = b.service_id
    where b.period = p_period and b.provider_id = p_provider
  )
  select encode(sha256(convert_to(
    coalesce((select string_agg(l.line, e'\\n' order by l.line collate "C") from line l), '') || e'\\n'
    || coalesce((select string_agg(b.line, e'\\n' order by b.line collate "C") from balance b), ''), 'UTF8')), 'hex')
$$;
`;

/** Creates the balances of a month and the digest of a lane. */
export class BillingBalances extends Migration {
  up(): void {
    this.addSql(ROLL);
    this.addSql(DIGEST);
  }
}
