import type { ListDef } from '@komplat/server';
import type { CaseGroup } from '../../contract/case.schema.ts';
import type { CaseStatus } from '../../contract/case-words.ts';
import { CASE_STATUSES, CLOSED_STATUSES, PARKED_STATUSES } from '../../contract/case-words.ts';

const between = (first: CaseStatus, last: CaseStatus): readonly CaseStatus[] => {
  const closed: readonly string[] = CLOSED_STATUSES;
  return CASE_STATUSES.slice(CASE_STATUSES.indexOf(first), CASE_STATUSES.indexOf(last) + 1).filter((status) => !closed.includes(status));
};
/** Statuses of each group of the course. */
export const GROUPS: Readonly<Record<CaseGroup, readonly CaseStatus[]>> = {
  pretension: between('draft', 'pack-prepared'),
  court: between('order-filed', 'in-force'),
  execution: between('exec-doc-received', 're-presented'),
  parked: PARKED_STATUSES,
  closed: CLOSED_STATUSES,
};

/** A case with whom, where, its most urgent term and its money. */
export const CASE_FROM = `select c.id, c.number, c.status, c.kind, a.number as account, h.full_name as holder, p.code as provider, p.short_name as "providerName",
    t.name as court, c.court_number as "courtNumber", to_char(c.filed_on, 'YYYY-MM-DD') as "filedOn", to_char(k.due_on, 'YYYY-MM-DD') as "dueOn",
    k.task, (k.due_on - platform.today())::int as "daysLeft", coalesce(k.escalated, false) as escalated, m.claimed, m.outstanding,
    c.filed_on, coalesce(k.due_on, '9999-12-31'::date) as due, c.account_id, c.provider_id, c.closed_on
  from legal.case_file c
  join registry.pub_account_v1 a on a.account_id = c.account_id
  join registry.pub_holder_v1 h on h.account_id = c.account_id
  join tariffs.pub_provider_v1 p on p.id = c.provider_id
  left join legal.court t on t.code = c.court_code and t.valid @> coalesce(c.filed_on, c.opened_on)
  left join lateral (select d.due_on, d.task, bool_or(d.escalated_on is not null) over () as escalated from legal.case_task d
    where d.case_id = c.id and d.done_on is null order by d.due_on, d.id limit 1) k on true
  cross join lateral (select coalesce(sum(q.claimed_kop), 0)::bigint as claimed, coalesce(sum(q.outstanding_kop), 0)::bigint as outstanding
    from legal.case_part q where q.case_id = c.id) m`;

/** $1 words, $2 statuses, $3 provider, $4 only overdue, $5 providers of the reader (null: all). */
export const CASES: ListDef = {
  sql: `${CASE_FROM}
    where ($1::text is null or c.number ilike '%' || $1 || '%' or c.court_number ilike '%' || $1 || '%' or c.executor_number = $1
        or a.number like replace($1, ' ', '') || '%' or h.full_name ilike $1 || '%')
      and ($2::text[] is null or c.status = any($2)) and ($3::text is null or p.code = $3) and (not $4::boolean or k.due_on < platform.today())
      and ($5::text[] is null or p.code = any($5))`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    number: { column: 'number', type: 'text' },
    account: { column: 'account', type: 'text' },
    status: { column: 'status', type: 'text' },
    provider: { column: 'provider', type: 'text' },
    filed: { column: 'filed_on', type: 'date' },
    due: { column: 'due', type: 'date' },
    claimed: { column: 'claimed', type: 'int8' },
    outstanding: { column: 'outstanding', type: 'int8' },
  },
  first: 'due',
  sums: { claimed: 'claimed', outstanding: 'outstanding' },
};
