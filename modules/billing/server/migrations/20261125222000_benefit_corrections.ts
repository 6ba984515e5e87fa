import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create index ledger_entry_benefit on billing.ledger_entry (account_id, for_period) where kind = 3;
`;

/** Charge and benefit may change by the same sum (a benefit of 100 %): nobody owes more, but the form of benefits is another one. */
const LINES = `
do $do$
declare
  v_source text := pg_get_functiondef('billing.recompute_lines'::regproc);
  v_place record;
begin
  for v_place in select * from (values
    ('bool_or(e.loaded) as loaded from (', 'bool_or(e.loaded) as loaded, coalesce(sum(e.kop) filter (where e.benefit), 0)::bigint as benefit from ('),
    ('a.gross_kop as kop, false as loaded', 'a.gross_kop as kop, false as loaded, false as benefit'),
    ('e.amount_kop, e.kind = 1', 'e.amount_kop, e.kind = 1, e.kind = 3'),
    ('coalesce(n.kop, 0) - coalesce(r.kop, 0) as now', 'coalesce(n.kop, 0) - coalesce(r.kop, 0) as now, coalesce(r.kop, 0) as relief'),
    ('coalesce(m.kop, 0) <> x.now)', 'coalesce(m.kop, 0) <> x.now
          or coalesce(m.benefit, 0) <> -x.relief and not coalesce(m.loaded, false))')) v(was, is_) loop
    if length(v_source) - length(replace(v_source, v_place.was, '')) <> length(v_place.was) then
      raise exception 'billing.recompute_lines has not one place of %', v_place.was;
    end if;
    v_source := replace(v_source, v_place.was, v_place.is_);
  end loop;
  execute v_source;
end $do$;
`;

const POST = `
-- What relief of the month itself covered at once in a range of accounts: it is not money that somebody paid ahead.
create or replace function billing.relief_covered(p_period date, p_provider smallint, p_from int, p_to int) returns bigint language plpgsql stable as $$
  begin
    if not billing.has_relief(p_period) then
      return 0;
    end if;
    return (select coalesce(sum(a.amount_kop), 0) from billing.ledger_entry e
      join billing.allocation a on a.account_id = e.account_id and a.credit_period = e.period and a.credit_id = e.id
        and a.period = p_period and a.debt_month = p_period
      where e.period = p_period and e.for_period = p_period and e.provider_id = p_provider and e.account_id between p_from and p_to
        and e.kind in (3, 4));
  end $$;

-- Entries of the lines of r_line in the open month of each provider: one posting a line, because each has its own sentence. What the
-- benefit of the month changed by (r_relief against the books) is an entry of its kind: form 2-benefit of the open month tells it.
create or replace function billing.post_correction_lines(p_id uuid, p_by text) returns void language plpgsql as $$
  declare v_document billing.correction := (select c from billing.correction c where c.id = p_id); v_today date := platform.today();
  begin
    drop table if exists r_post, r_entry, settle_in;
    create temp table r_post on commit drop as
      with line as materialized (select * from r_line where failed is null),
      known as (
        select e.account_id, e.service_id, e.provider_id, e.for_period as month, sum(e.amount_kop)::bigint as kop
        from billing.ledger_entry e where e.kind = 3 and e.account_id in (select account_id from line)
          and e.for_period between v_document.from_month and v_document.to_month
        group by e.account_id, e.service_id, e.provider_id, e.for_period)
      select q.*, nextval('platform.mass_id') as posting_id from (
      select l.account_id, l.service_id, l.provider_id, l.month, l.before_kop, l.after_kop, l.difference_kop, p.period,
        -coalesce(r.kop, 0) - coalesce(k.kop, 0) as benefit_kop
      from line l
      join (select d.provider_id, platform.open_lane(platform.current_period(), d.provider_id) as period
        from (select distinct provider_id from line order by 1) d) p on p.provider_id = l.provider_id
      left join (select account_id, service_id, provider_id, month, sum(kop)::bigint as kop from r_relief group by 1, 2, 3, 4) r
        on r.account_id = l.account_id and r.service_id = l.service_id and r.provider_id = l.provider_id and r.month = l.month
      left join known k on k.account_id = l.account_id and k.service_id = l.service_id and k.provider_id = l.provider_id and k.month = l.month
      where l.difference_kop <> 0 or coalesce(r.kop, 0) <> -coalesce(k.kop, 0)
      order by l.account_id, l.month, l.service_id, l.provider_id) q;
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by, note_key, note_params)
      select e.posting_id, 'correction', p_id::text, v_today, p_by, 'billing.note.recalculation',
        jsonb_build_object('month', to_char(e.month, 'YYYY-MM'), 'm', extract(month from e.month)::int::text, 'year', to_char(e.month, 'YYYY'),
          'reason', v_document.reason, 'decision', v_document.decision, 'document', v_document.number,
          'before', billing.kop_text(e.before_kop), 'after', billing.kop_text(e.after_kop),
          'difference', billing.kop_text(e.difference_kop))
      from r_post e order by e.posting_id;
    create temp table r_entry on commit drop as
      select l.*, v.kind, v.kop, nextval('platform.mass_id') as entry_id from (select * from r_post order by posting_id) l
      cross join lateral (values (2, l.difference_kop - l.benefit_kop), (3, l.benefit_kop)) v(kind, kop) where v.kop <> 0;
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select e.period, e.entry_id, e.posting_id, e.account_id, e.service_id, e.provider_id, e.kind, e.month, e.kop
      from r_entry e order by e.account_id, e.period, e.entry_id;
    perform billing.add_to_item(d.account_id, d.service_id, d.provider_id, d.period, d.kop)
      from (select e.account_id, e.service_id, e.provider_id, e.period, sum(e.kop)::bigint as kop from r_entry e
        where e.kop > 0 group by 1, 2, 3, 4 order by 1, 2, 3) d;
    insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select e.account_id, e.service_id, e.provider_id, e.period, e.entry_id, -e.kop from r_entry e
      where e.kop < 0 order by e.account_id, e.service_id, e.provider_id, e.entry_id;
    create temp table settle_in on commit drop as
      select distinct e.account_id, e.service_id, e.provider_id, e.period from r_entry e;
    analyze settle_in;
    perform billing.settle_many();
    update billing.correction c set state = 'posted', posted_by = p_by, posted_at = now(), posted_period = (select min(period) from r_post)
      where c.id = p_id;
  end $$;
`;

/** A recalculation posts what it changed in a benefit as a benefit. */
export class BillingBenefitCorrections extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(LINES);
    this.addSql(POST);
  }
}
