import { Migration } from '@mikro-orm/migrations';

const OPENINGS = `
-- Debts from before the book, all rows of the temporary table opening_in(account_id int, service_id smallint, provider_id smallint,
-- debt_month date, amount_kop bigint) in one set-based step: one posting an account, one line a month and service. What is owed
-- stays in its month. An account that already holds money ahead is refused: its debts go through billing.post_entry.
create function billing.post_openings(p_month date, p_by text, p_document_kind text) returns int language plpgsql as $$
  declare v_rows int;
  begin
    if exists (select from opening_in where amount_kop <= 0) then
      raise exception 'an opening debt is positive' using errcode = 'KP011';
    end if;
    if exists (select from opening_in o join billing.advance a using (account_id, service_id, provider_id) where a.amount_kop > 0) then
      raise exception 'an account with money ahead has no opening debts' using errcode = 'KP011';
    end if;
    insert into billing.account_state as s (account_id, version)
      select distinct account_id, 1 from opening_in order by 1
      on conflict (account_id) do update set version = s.version + 1, changed_at = now();
    drop table if exists opening_lane, opening_posting;
    create temp table opening_lane on commit drop as
      select p.provider_id, platform.open_lane(date_trunc('month', p_month)::date, p.provider_id) as period
      from (select distinct provider_id from opening_in) p;
    create temp table opening_posting on commit drop as
      select a.account_id, nextval('platform.mass_id') as id from (select distinct account_id from opening_in order by 1) a;
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by)
      select id, p_document_kind, 'opening/' || account_id, p_month, p_by from opening_posting order by id;
    insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select l.period, p.id, o.account_id, o.service_id, o.provider_id, 14, o.debt_month, o.amount_kop
      from opening_in o join opening_lane l using (provider_id) join opening_posting p using (account_id)
      order by o.account_id, o.debt_month, o.service_id, o.provider_id;
    get diagnostics v_rows = row_count;
    insert into billing.open_item as i (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
      select o.account_id, o.debt_month, o.service_id, o.provider_id,
        (o.debt_month + interval '1 month')::date + coalesce(s.due_day, 20) - 1, o.kop, o.kop
      from (select account_id, debt_month, service_id, provider_id, sum(amount_kop)::bigint as kop from opening_in
        group by account_id, debt_month, service_id, provider_id) o
      left join (select distinct on (account_id, service_id, provider_id) account_id, service_id, provider_id, due_day
        from tariffs.pub_supply_v1 where account_id in (select account_id from opening_in)
        order by account_id, service_id, provider_id, lower(valid) desc) s using (account_id, service_id, provider_id)
      order by o.account_id, o.debt_month, o.service_id, o.provider_id
    on conflict (account_id, debt_month, service_id, provider_id)
      do update set outstanding_kop = i.outstanding_kop + excluded.outstanding_kop, due_kop = i.due_kop + excluded.due_kop;
    return v_rows;
  end $$;
`;

/** Creates the set-based posting of debts from before the book. */
export class BillingOpenings extends Migration {
  up(): void {
    this.addSql(OPENINGS);
  }
}
