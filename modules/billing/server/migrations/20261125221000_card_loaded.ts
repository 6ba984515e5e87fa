import { Migration } from '@mikro-orm/migrations';

/**
 * Payments of the old system have no line in the ledger: their money is in the balances of the loaded months. They stand in a list of
 * their own beside the payments of the page, which is otherwise what it was.
 */
const LOADED = `
do $do$
declare
  v_was constant text := $q$'allocations', ($q$;
  v_loaded constant text := $q$'loaded', (select json_agg(json_build_array(m.payment_id::text, m.paid_on, m.booked_at,
          m.channel_name, m.amount_kop, m.import_id, m.import_line) order by m.paid_on desc, m.payment_id desc)
        from payments.pub_payment_v1 m where m.account_id = v_account and m.paid_on >= v_from and m.paid_on < v_to
          and m.source = 'history' and m.posting_id is nullTHEN),
      $q$;
  v_page record;
  v_source text;
begin
  for v_page in select * from (values ('billing.card_page', ''),
      ('billing.card_page_at', ' and m.paid_on <= p_as_of and (p_known is null or m.booked_at < p_known)')) v(name, then_) loop
    v_source := pg_get_functiondef(v_page.name::regproc);
    if length(v_source) - length(replace(v_source, v_was, '')) <> length(v_was) then
      raise exception '% has not one list of allocations', v_page.name;
    end if;
    execute replace(v_source, v_was, replace(v_loaded, 'THEN', v_page.then_) || v_was);
  end loop;
end $do$;
`;

/** Shows loaded payments on the card, now and as of a day. */
export class BillingCardLoaded extends Migration {
  up(): void {
    this.addSql(LOADED);
  }
}
