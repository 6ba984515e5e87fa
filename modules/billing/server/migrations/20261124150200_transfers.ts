import { Migration } from '@mikro-orm/migrations';

const MOVE = `
-- Moves all that an account owes or holds ahead to the account that it goes on as: month by month, service by service, as transfers
-- (kind 10) of one document. The sum over both accounts stays what it was. A repeated document moves nothing. Answers what was moved.
create function billing.move_balance(p_from int, p_into int, p_on date, p_by text, p_document_id text) returns bigint language plpgsql as $$
  declare part record; v_moved bigint := 0; v_month date := platform.current_period(); v_params jsonb;
  begin
    if p_from = p_into then
      raise exception 'a balance cannot move to its own account' using errcode = 'KP011';
    end if;
    perform billing.lock_account(least(p_from, p_into));
    perform billing.lock_account(greatest(p_from, p_into));
    if exists (select from billing.posting p where p.document_id = p_document_id and p.document_kind = 'account-merge') then
      return 0;
    end if;
    select jsonb_build_object('from', (select number from registry.pub_account_v1 where account_id = p_from),
      'into', (select number from registry.pub_account_v1 where account_id = p_into), 'on', to_char(p_on, 'YYYY-MM-DD')) into v_params;
    for part in
      select service_id, provider_id, debt_month as month, outstanding_kop as kop from billing.open_item
        where account_id = p_from and outstanding_kop > 0
      union all
      select service_id, provider_id, v_month, -sum(amount_kop)::bigint from billing.advance
        where account_id = p_from and amount_kop > 0 group by service_id, provider_id
      order by month, service_id, provider_id
    loop
      perform billing.post_entry(p_from, part.service_id, part.provider_id, 10::smallint, -part.kop, v_month, part.month, p_on, p_by,
        'account-merge', p_document_id, 'billing.note.moved-away', v_params);
      perform billing.post_entry(p_into, part.service_id, part.provider_id, 10::smallint, part.kop, v_month, part.month, p_on, p_by,
        'account-merge', p_document_id, 'billing.note.moved-here', v_params);
      v_moved := v_moved + part.kop;
    end loop;
    return v_moved;
  end $$;
`;

/** Balances follow an account that was merged into another. */
export class BillingTransfers extends Migration {
  up(): void {
    this.addSql(MOVE);
  }
}
