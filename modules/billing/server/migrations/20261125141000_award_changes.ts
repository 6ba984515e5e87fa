import { Migration } from '@mikro-orm/migrations';

const SETTLE = `
-- Netted subsidies of months that were charged already: what the awards say now (a return, a late award) against what stands in the
-- books of the month. The difference is posted in the open month: a return is a debit, a late award a credit. Asked again it finds
-- nothing. Answers how many entries were made.
create function billing.settle_awards(p_accounts int[], p_by text, p_document_id text) returns int language plpgsql as $$
  declare part record; v_posted int := 0;
  begin
    perform billing.lock_account(a) from (select distinct a from unnest(p_accounts) a order by 1) q;
    for part in
      select w.account_id, w.service_id, charge.provider_id, w.period, greatest(w.kop, 0) as awarded, coalesce(book.kop, 0) as booked, w.document
      from (select w.account_id, w.service_id, w.period, sum(w.amount_kop)::bigint as kop,
          (array_agg(w.document order by w.award_id desc))[1] as document from benefits.pub_award_v1 w
        where w.account_id = any (p_accounts) and w.regime = 'netted' group by w.account_id, w.service_id, w.period) w
      join lateral (select a.provider_id from billing.accrual a where a.account_id = w.account_id and a.service_id = w.service_id
        and a.period = w.period order by a.version desc limit 1) charge on true
      left join lateral (select -sum(e.amount_kop)::bigint as kop from billing.ledger_entry e where e.account_id = w.account_id
        and e.service_id = w.service_id and e.kind = 4 and e.for_period = w.period and e.period >= w.period) book on true
      where greatest(w.kop, 0) <> coalesce(book.kop, 0)
      order by w.account_id, w.period, w.service_id
    loop
      perform billing.post_entry(part.account_id, part.service_id, part.provider_id, 4::smallint, part.booked - part.awarded,
        platform.current_period(), part.period, platform.today(), p_by, 'award-change', p_document_id, 'billing.note.subsidy-changed',
        jsonb_build_object('month', to_char(part.period, 'YYYY-MM'), 'document', part.document, 'before', billing.kop_text(part.booked),
          'after', billing.kop_text(part.awarded)));
      v_posted := v_posted + 1;
    end loop;
    return v_posted;
  end $$;
`;

/** Returns of netted subsidies and late awards reach the books. */
export class BillingAwardChanges extends Migration {
  up(): void {
    this.addSql(SETTLE);
  }
}
