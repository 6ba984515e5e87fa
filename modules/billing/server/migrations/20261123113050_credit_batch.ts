import { Migration } from '@mikro-orm/migrations';

const CREDIT_BATCH = `
-- Posts the credits of different accounts in one statement; each names its kopecks as billing.credit does. Accounts are locked in order.
create function billing.credit_batch(p_document_kind text, p_documents text[], p_accounts int[], p_amounts bigint[], p_effective date[],
    p_by text[], p_kind smallint)
  returns table(ord int, posting_id bigint, due_providers smallint[], due_kop bigint[], allocations jsonb, advances jsonb)
  language plpgsql set plan_cache_mode = force_generic_plan as $$
  begin
    insert into billing.account_state as a (account_id, version) select q.account_id, 1 from unnest(p_accounts) q(account_id) order by 1
      on conflict (account_id) do update set version = a.version + 1, changed_at = now();
    return query
    with doc as materialized (
      select d.place::int as ord, d.document_id, d.account_id, d.amount, date_trunc('month', d.effective_on)::date as nominal, d.effective_on,
        d.booked_by, nextval('platform.mass_id') as posting_id
      from unnest(p_documents, p_accounts, p_amounts, p_effective, p_by)
        with ordinality d(document_id, account_id, amount, effective_on, booked_by, place)
    ), item as (
      select d.ord, i.ctid as place, i.account_id, i.debt_month, i.service_id, i.provider_id, i.outstanding_kop, s.pay_order, s.code as service,
        r.code as provider, d.amount - (sum(i.outstanding_kop) over w)::bigint + i.outstanding_kop as rest
      from doc d join billing.open_item i on i.account_id = d.account_id and i.outstanding_kop > 0
      join tariffs.pub_service_v1 s on s.id = i.service_id join tariffs.pub_provider_v1 r on r.id = i.provider_id
      window w as (partition by d.ord order by i.debt_month, s.pay_order, i.provider_id rows unbounded preceding)
    ), part as materialized (
      select i.*, least(i.rest, i.outstanding_kop) as covered from item i where i.rest > 0
    ), ahead as materialized (
      select q.ord, a.service_id, a.provider_id, a.amount_kop
      from (select d.ord, d.account_id, d.amount - coalesce(c.covered, 0)::bigint as rest from doc d
        left join (select p.ord, sum(p.covered) as covered from part p group by p.ord) c on c.ord = d.ord) q
      cross join lateral billing.split_advance(q.account_id, q.rest) a where q.rest > 0
    ), share as materialized (
      select p.ord, p.service_id, p.provider_id, p.covered as amount, 0::bigint as advance from part p
      union all select a.ord, a.service_id, a.provider_id, a.amount_kop, a.amount_kop from ahead a
    ), lane as materialized (
      select q.nominal, q.provider_id, platform.open_lane(q.nominal, q.provider_id) as period
      from (select distinct d.nominal, s.provider_id from share s join doc d on d.ord = s.ord order by 2, 1) q
    ), line as materialized (
      select t.ord, t.posting_id, t.account_id, t.nominal, t.service_id, t.provider_id, t.amount, t.advance, l.period,
        nextval('platform.mass_id') as id
      from (select s.ord, d.posting_id, d.account_id, d.nominal, s.service_id, s.provider_id, sum(s.amount)::bigint as amount,
          sum(s.advance)::bigint as advance
        from share s join doc d on d.ord = s.ord group by s.ord, d.posting_id, d.account_id, d.nominal, s.service_id, s.provider_id) t
      join lane l on l.provider_id = t.provider_id and l.nominal = t.nominal
    ), posted as (
      insert into billing.posting (id, document_kind, document_id, effective_on, booked_by)
      select d.posting_id, p_document_kind, d.document_id, d.effective_on, d.booked_by from doc d
    ), entry as (
      insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select l.period, l.id, l.posting_id, l.account_id, l.service_id, l.provider_id, p_kind, l.nominal, -l.amount from line l
    ), allocated as (
      insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select l.period, p.account_id, p.service_id, p.provider_id, p.debt_month, l.period, l.id, p.covered
      from part p join line l on l.ord = p.ord and l.service_id = p.service_id and l.provider_id = p.provider_id
    ), settled as (
      delete from billing.open_item i
      where i.ctid = any (array(select p.place from part p where p.covered = p.outstanding_kop))
    ), reduced as (
      update billing.open_item i set outstanding_kop = i.outstanding_kop - p.covered from part p
      where i.ctid = p.place and p.covered < p.outstanding_kop
    ), advanced as (
      insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select l.account_id, l.service_id, l.provider_id, l.period, l.id, l.advance from line l where l.advance > 0
    )
    select d.ord, d.posting_id, u.providers, u.kop, coalesce(c.parts, '[]'), coalesce(v.parts, '[]') from doc d
    join (select q.ord, array_agg(q.provider_id) as providers, array_agg(q.kop) as kop
      from (select l.ord, l.provider_id, sum(l.amount)::bigint as kop from line l group by l.ord, l.provider_id) q group by q.ord) u
      on u.ord = d.ord
    left join (select p.ord, jsonb_agg(jsonb_build_object('month', to_char(p.debt_month, 'YYYY-MM'), 'service', p.service,
        'provider', p.provider, 'amount', billing.kop_text(p.covered)) order by p.debt_month, p.pay_order, p.provider_id) as parts
      from part p group by p.ord) c on c.ord = d.ord
    left join (select a.ord, jsonb_agg(jsonb_build_object('service', s.code, 'provider', r.code, 'amount', billing.kop_text(a.amount_kop))
        order by s.pay_order, r.code) as parts
      from ahead a join tariffs.pub_service_v1 s on s.id = a.service_id join tariffs.pub_provider_v1 r on r.id = a.provider_id
      group by a.ord) v on v.ord = d.ord;
  end $$;
`;

/** Credits of different accounts in one statement: what a statement costs by itself is paid once. */
export class BillingCreditBatch extends Migration {
  up(): void {
    this.addSql(CREDIT_BATCH);
  }
}
