import type { ListDef } from '@komplat/server';
import type { ClaimItemsQuery } from '../../contract/claim.schema.ts';

const TOTAL = '(i.principal_kop + i.inflation_kop + i.interest_kop + i.penalty_kop)';
const COUNTED = `i.kind <> 'none' and i.outcome not in ('skipped', 'excluded')`;

/** $1 creditors of the reader or null, $2 one run or null. */
export const RUNS = `
  select r.id, r.ordinal, r.number, r.title, r.as_of, r.state, r.version, r.reason, r.created_by, r.created_at, r.parameters,
    (select count(*) from legal.claim_run_account a where a.run_id = r.id)::int as accounts, coalesce(s.items, 0)::int as items, coalesce(s.filed, 0)::int as filed,
    coalesce(s.blocked, 0)::int as blocked, coalesce(s.total, 0)::bigint as total
  from legal.claim_run r left join lateral (
    select count(*) filter (where ${COUNTED}) as items, count(*) filter (where i.outcome = 'filed') as filed,
      count(*) filter (where i.outcome in ('blocked', 'failed')) as blocked, sum(${TOTAL}) filter (where ${COUNTED}) as total
    from legal.claim_item i where i.run_id = r.id) s on true
  where ($1::smallint[] is null or r.provider_ids <@ $1) and ($2::uuid is null or r.id = $2)`;
export const RUN_LIST: ListDef = {
  sql: RUNS,
  id: { column: 'id', type: 'uuid' },
  sorts: { number: { column: 'ordinal', type: 'int4' }, items: { column: 'items', type: 'int4' }, total: { column: 'total', type: 'int8' } },
  first: '-number',
};

export const OUTCOMES = `select i.outcome, count(*)::int as count, sum(${TOTAL})::bigint as total from legal.claim_item i where i.run_id = $1 group by 1 order by 1`;
export const CREDITORS = `
  select p.code as provider, p.short_name as "providerName", (count(*) filter (where i.kind = 'order'))::int as orders,
    (count(*) filter (where i.kind = 'claim'))::int as claims, sum(i.principal_kop)::bigint as principal, sum(i.inflation_kop)::bigint as inflation,
    sum(i.interest_kop)::bigint as interest, sum(i.penalty_kop)::bigint as penalty, coalesce(sum(i.fee_kop), 0)::bigint as fee
  from legal.claim_item i join tariffs.pub_provider_v1 p on p.id = i.provider_id where i.run_id = $1 and ${COUNTED} group by 1, 2 order by 1`;
/** Packs go to their courts together. */
export const COURT_GROUPS = `
  select i.court_code as court, c.name as "courtName", (count(*) filter (where i.kind = 'order'))::int as orders,
    (count(*) filter (where i.kind = 'claim'))::int as claims, sum(${TOTAL})::bigint as total, coalesce(sum(i.fee_kop), 0)::bigint as fee
  from legal.claim_item i left join legal.court c on c.code = i.court_code and c.valid @> platform.today()
  where i.run_id = $1 and ${COUNTED} group by 1, 2 order by 1 nulls first`;
export const FINDINGS = `
  select f.code, f.level, count(*)::int as count, (count(*) filter (where f.accepted_at is null))::int as open
  from legal.claim_finding f join legal.claim_item i on i.id = f.item_id
  where i.run_id = $1 and i.outcome not in ('skipped', 'excluded', 'filed') group by 1, 2 order by case f.level when 'block' then 1 when 'lawyer' then 2 else 3 end, 3 desc, 1`;

/** $1 run, $2 outcome, $3 provider, $4 kind, $5 finding, $6 court; each but the run may be null. */
export const ITEMS: ListDef = {
  sql: `
  select i.id, i.run_id, i.ordinal, r.number || '/' || i.ordinal as number, a.number as account, h.full_name as holder, x.address, p.code as provider, p.short_name as provider_name,
    i.court_code as court, c.name as court_name, i.court_by, i.court_place, i.kind, i.outcome,
    i.reason_code, i.reason_params, i.principal_kop, i.inflation_kop, i.interest_kop, i.penalty_kop, coalesce(i.fee_kop, 0)::bigint as fee_kop, ${TOTAL}::bigint as total_kop,
    i.pack_id, i.fee_paid_on, i.filed_on, i.case_number, i.snapshot_sha256, coalesce(m.months, 0)::int as months, m.oldest,
    array(select jsonb_build_object('code', f.code, 'level', f.level) from legal.claim_finding f
      where f.item_id = i.id and f.accepted_at is null group by f.code, f.level order by f.level, f.code) as findings
  from legal.claim_item i join legal.claim_run r on r.id = i.run_id join registry.pub_account_v1 a on a.account_id = i.account_id
  join registry.pub_holder_v1 h on h.account_id = i.account_id join registry.pub_address_v1 x on x.premises_id = a.premises_id
  left join tariffs.pub_provider_v1 p on p.id = i.provider_id
  left join legal.court c on c.code = i.court_code and c.valid @> platform.today()
  left join lateral (select count(distinct m.month) as months, min(m.month) as oldest from legal.claim_item_month m where m.item_id = i.id and m.part <> 'left') m on true
  where i.run_id = $1 and ($2::text is null or i.outcome = $2) and ($3::text is null or p.code = $3) and ($4::text is null or i.kind = $4)
    and ($5::text is null or exists (select from legal.claim_finding f where f.item_id = i.id and f.code = $5 and f.accepted_at is null))
    and ($6::text is null or i.court_code = $6)`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    number: { column: 'ordinal', type: 'int4' }, account: { column: 'account', type: 'text' }, total: { column: 'total_kop', type: 'int8' },
    months: { column: 'months', type: 'int4' }, oldest: { column: 'oldest', type: 'date' },
  },
  first: 'number',
  sums: { principal: 'principal_kop', inflation: 'inflation_kop', interest: 'interest_kop', penalty: 'penalty_kop', fee: 'fee_kop', total: 'total_kop' },
};

/** Parameters of the list of items. */
export const itemParams = (run: string, { outcome, provider, kind, finding, court }: Pick<ClaimItemsQuery, 'outcome' | 'provider' | 'kind' | 'finding' | 'court'>): unknown[] =>
  [run, outcome ?? null, provider ?? null, kind ?? null, finding ?? null, court ?? null];

/** $1 item, $2 day. */
export const ITEM_MONTHS = `
  select s.name as service, to_char(m.month, 'YYYY-MM') as month, m.due_on as "dueOn", m.limitation_ends_on as "limitationEndsOn",
    (m.limitation_ends_on - $2::date) as "daysLeft", m.charged_kop, m.covered_kop, m.debt_kop, m.part
  from legal.claim_item_month m join tariffs.pub_service_v1 s on s.id = m.service_id where m.item_id = $1 order by m.month, s.pay_order`;
export const ITEM_FINDINGS = `
  select f.code, f.subject, f.level, f.params, f.accepted_by as "acceptedBy", f.accepted_reason as "acceptedReason" from legal.claim_finding f
  where f.item_id = $1 order by case f.level when 'block' then 1 when 'lawyer' then 2 else 3 end, f.code, f.subject`;
export const ITEM_DEBTORS = `
  select d.person_id as "personId", p.full_name as name, d.role, case when d.share_num is not null then d.share_num || '/' || d.share_den end as share, d.minor
  from legal.claim_debtor d join registry.pub_person_v1 p on p.person_id = d.person_id where d.item_id = $1 order by d.minor, d.role, p.full_name`;
