import type { ListDef, SortColumn } from '@komplat/server';
import type { ColumnKind } from '@komplat/documents';
import type { Register } from '../../contract/case-list.schema.ts';

/** A register: all its rows, the columns that are shown, what is summed. Values are money in kopecks, days as text. */
export interface RegisterDef {
  readonly list: ListDef;
  readonly columns: Readonly<Record<string, ColumnKind>>;
}
const OF_READER = `($3::text is null or p.code = $3) and ($4::text[] is null or p.code = any($4))`;
const inDays = (column: string): string => `($1::date is null or ${column} >= $1) and ($2::date is null or ${column} <= $2)`;
const WHO = `c.id::text as case_id, c.number, a.number as account, h.full_name as holder, p.short_name as provider, t.name as court, c.court_number`;
const FROM = `legal.case_file c join registry.pub_account_v1 a on a.account_id = c.account_id join registry.pub_holder_v1 h on h.account_id = c.account_id
  join tariffs.pub_provider_v1 p on p.id = c.provider_id
  left join legal.court t on t.code = c.court_code and t.valid @> coalesce(c.filed_on, c.opened_on)
  cross join lateral (select coalesce(sum(q.claimed_kop), 0)::bigint as claimed, sum(q.awarded_kop)::bigint as awarded, sum(q.refused_kop)::bigint as refused,
    coalesce(sum(q.recovered_kop), 0)::bigint as recovered, coalesce(sum(q.outstanding_kop), 0)::bigint as outstanding from legal.case_part q where q.case_id = c.id) m`;
const TEXT = { type: 'text' } as const;
const PERSON = { number: 'text', account: 'text', holder: 'text', provider: 'text' } as const;
const COURT = { court: 'text', court_number: 'text' } as const;

/** Sorting by every column; money and days by themselves. */
function listOf(sql: string, columns: Readonly<Record<string, ColumnKind>>, first: string, sums: readonly string[]): RegisterDef {
  const typeOf = (kind: ColumnKind): SortColumn['type'] => (kind === 'money' ? 'int8' : kind === 'integer' ? 'int4' : 'text');
  const sorts = Object.fromEntries(Object.entries(columns).map(([column, kind]) => [camel(column), { column, type: typeOf(kind) }]));
  const named = Object.fromEntries(sums.map((column) => [camel(column), column]));
  return { list: { sql, id: { column: 'row_id', ...TEXT }, sorts, first, sums: named }, columns };
}
export const camel = (column: string): string => column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const dayText = (column: string, name: string): string => `to_char(${column}, 'YYYY-MM-DD') as ${name}`;

const ofEvents = (acts: readonly string[]): string => `select e.case_id || '/' || e.seq as row_id, ${WHO}, e.act, ${dayText('e.happened_on', 'happened_on')},
    m.claimed, m.awarded, m.refused from ${FROM} join legal.case_event e on e.case_id = c.id and e.act in (${acts.map((act) => `'${act}'`).join(', ')})
  where ${inDays('e.happened_on')} and ${OF_READER}`;

/** $1 first day, $2 last day, $3 provider, $4 providers of the reader (null: all). */
export const REGISTER_DEFS: Readonly<Record<Register, RegisterDef>> = {
  filed: listOf(
    `select c.id::text as row_id, ${WHO}, c.kind, ${dayText('c.filed_on', 'filed_on')}, m.claimed from ${FROM} where c.filed_on is not null and ${inDays('c.filed_on')} and ${OF_READER}`,
    { ...PERSON, ...COURT, kind: 'text', filed_on: 'day', claimed: 'money' }, '-filedOn', ['claimed'],
  ),
  issued: listOf(
    ofEvents(['issue-order', 'decide', 'decide-in-absence', 'decide-appeal']),
    { ...PERSON, ...COURT, act: 'text', happened_on: 'day', claimed: 'money', awarded: 'money', refused: 'money' }, '-happenedOn', ['claimed', 'awarded', 'refused'],
  ),
  contested: listOf(
    ofEvents(['cancel-order', 'appeal', 'review-default', 'refuse-order', 'leave-without-motion']),
    { ...PERSON, ...COURT, act: 'text', happened_on: 'day', claimed: 'money' }, '-happenedOn', ['claimed'],
  ),
  enforcement: listOf(
    `select c.id::text as row_id, ${WHO}, c.status, c.executor_name, c.executor_number, ${dayText('c.present_until', 'present_until')}, m.awarded, m.recovered,
       m.outstanding from ${FROM} where c.status in ('exec-doc-received', 'executor-state', 'executor-private', 'partially-paid', 'returned-to-creditor', 're-presented')
       and ${inDays('c.status_on')} and ${OF_READER}`,
    { ...PERSON, status: 'text', executor_name: 'text', executor_number: 'text', present_until: 'day', awarded: 'money', recovered: 'money', outstanding: 'money' },
    'presentUntil', ['awarded', 'recovered', 'outstanding'],
  ),
  hearings: listOf(
    `select c.id::text as row_id, ${WHO}, ${dayText('c.hearing_on', 'hearing_on')}, m.claimed from ${FROM} where c.status = 'hearing'
       and c.hearing_on >= coalesce($1::date, platform.today()) and c.hearing_on <= coalesce($2::date, platform.today() + 7) and ${OF_READER}`,
    { ...PERSON, ...COURT, hearing_on: 'day', claimed: 'money' }, 'hearingOn', ['claimed'],
  ),
  fees: listOf(
    `select f.id::text as row_id, ${WHO}, f.kind, ${dayText('f.paid_on', 'paid_on')}, f.state, f.amount_kop as amount from ${FROM} join legal.case_fee f on f.case_id = c.id
       where ${inDays('f.paid_on')} and ${OF_READER}`,
    { ...PERSON, kind: 'text', paid_on: 'day', state: 'text', amount: 'money' }, '-paidOn', ['amount'],
  ),
  effectiveness: listOf(
    `select p.code as row_id, null::text as case_id, p.short_name as provider, count(*)::int as cases, sum(m.claimed)::bigint as claimed,
       coalesce(sum(m.awarded), 0)::bigint as awarded, sum(m.recovered)::bigint as recovered, sum(m.outstanding)::bigint as outstanding,
       coalesce(round(100.0 * sum(m.recovered) / nullif(sum(coalesce(m.awarded, m.claimed)), 0), 1), 0)::text as rate, coalesce(sum(f.paid), 0)::bigint as cost,
       coalesce(round(1.0 * sum(f.paid) / nullif(sum(m.recovered), 0), 2), 0)::text as cost_per_hryvnia
     from ${FROM} left join lateral (select sum(amount_kop)::bigint as paid from legal.case_fee where case_id = c.id and state in ('paid', 'creditable', 'credited')) f on true
     where ${inDays('c.opened_on')} and ${OF_READER} group by p.code, p.short_name`,
    { provider: 'text', cases: 'integer', claimed: 'money', awarded: 'money', recovered: 'money', outstanding: 'money', rate: 'decimal', cost: 'money', cost_per_hryvnia: 'decimal' },
    'provider', ['claimed', 'awarded', 'recovered', 'outstanding', 'cost'],
  ),
};
