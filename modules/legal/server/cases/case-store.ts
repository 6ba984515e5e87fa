import { notFound } from '@komplat/kernel';
import type { Tx } from '@komplat/server';
import type { CaseStatus, ClaimPart } from '../../contract/case-words.ts';
import type { CaseFacts } from '../../domain/index.ts';

/** What a case needs of a transaction: also the one of an approval. */
export type CaseTx = Pick<Tx, 'query'>;
type Sql = CaseTx;

/** A case as it stands in its table; days are ISO text. */
export interface CaseRow {
  readonly id: string;
  readonly number: string;
  readonly accountId: number;
  readonly providerId: number;
  readonly kind: 'order' | 'claim' | null;
  readonly status: CaseStatus;
  readonly statusBefore: CaseStatus | null;
  readonly statusOn: string;
  readonly debtors: readonly string[];
  readonly courtCode: string | null;
  readonly courtNumber: string | null;
  readonly filedOn: string | null;
  readonly servedOn: string | null;
  readonly answerUntil: string | null;
  readonly orderServedOn: string | null;
  readonly forceOn: string | null;
  readonly appealUntil: string | null;
  readonly presentUntil: string | null;
  readonly hearingOn: string | null;
  readonly executorKind: 'state' | 'private' | null;
  readonly executorName: string | null;
  readonly executorNumber: string | null;
  readonly packId: string | null;
  readonly awardsPosted: boolean;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly openedBy: string;
  readonly workflowId: string;
  readonly version: number;
  readonly account: string;
  readonly provider: string;
}
const day = (column: string): string => `to_char(c.${column}, 'YYYY-MM-DD') as "${column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}"`;
const DAYS = [
  'status_on', 'filed_on', 'served_on', 'answer_until', 'order_served_on', 'force_on', 'appeal_until', 'present_until', 'hearing_on',
  'opened_on', 'closed_on',
];
const CASE = `select c.id, c.number, c.account_id as "accountId", c.provider_id::int as "providerId", c.kind, c.status, c.status_before as "statusBefore",
    c.debtors, c.court_code as "courtCode", c.court_number as "courtNumber", c.executor_kind as "executorKind", c.executor_name as "executorName",
    c.executor_number as "executorNumber", c.pack_id as "packId", c.awards_posted as "awardsPosted", c.opened_by as "openedBy",
    c.workflow_id as "workflowId", c.version, a.number as account, p.code as provider, ${DAYS.map(day).join(', ')}
  from legal.case_file c join registry.pub_account_v1 a on a.account_id = c.account_id join tariffs.pub_provider_v1 p on p.id = c.provider_id`;

/** One case, or `legal.case.unknown`; `lock` = `for update of c` for who changes it. */
export async function caseRow(sql: Sql, id: string, lock = ''): Promise<CaseRow> {
  const [row] = await sql.query<CaseRow>(`${CASE} where c.id = $1 ${lock}`, [id]);
  if (!row) throw notFound('legal.case.unknown', { id });
  return row;
}

/** Open cases of an account, of one creditor when it is named; locked. */
export function openCases(sql: Sql, accountId: number, providerId?: number): Promise<CaseRow[]> {
  return sql.query<CaseRow>(
    `${CASE} where c.account_id = $1 and ($2::int is null or c.provider_id = $2) and c.closed_on is null order by c.number for update of c`,
    [accountId, providerId ?? null],
  );
}

export interface PartRow {
  readonly no: number;
  readonly part: ClaimPart;
  readonly serviceId: number | null;
  readonly service: string | null;
  readonly serviceName: string | null;
  /** First day of the month. */
  readonly period: string | null;
  readonly claimed: bigint;
  readonly awarded: bigint | null;
  readonly refused: bigint | null;
  readonly recovered: bigint;
  readonly writtenOff: bigint;
  readonly outstanding: bigint;
}
export function partsOf(sql: Sql, caseId: string): Promise<PartRow[]> {
  return sql.query<PartRow>(
    `select q.no::int as no, q.part, q.service_id::int as "serviceId", s.code as service, s.name as "serviceName", to_char(q.period, 'YYYY-MM-DD') as period,
       q.claimed_kop as claimed, q.awarded_kop as awarded, q.refused_kop as refused, q.recovered_kop as recovered,
       q.written_off_kop as "writtenOff", q.outstanding_kop as outstanding
     from legal.case_part q left join tariffs.pub_service_v1 s on s.id = q.service_id where q.case_id = $1 order by q.no`,
    [caseId],
  );
}
export const outstandingOf = (parts: readonly Pick<PartRow, 'outstanding'>[]): bigint =>
  parts.reduce((sum, { outstanding }) => sum + outstanding, 0n);

export const factsOf = (row: CaseRow, today: string, outstandingKop: bigint): CaseFacts => ({
  status: row.status,
  statusBefore: row.statusBefore,
  lastOn: row.statusOn,
  today,
  servedOn: row.servedOn,
  answerUntil: row.answerUntil,
  orderServedOn: row.orderServedOn,
  forceOn: row.forceOn,
  appealUntil: row.appealUntil,
  presentUntil: row.presentUntil,
  outstandingKop,
});

/** Columns of a case that an act may set, as they are called in SQL. */
export type CaseChange = Readonly<Partial<Record<
  | 'account_id' | 'kind' | 'status' | 'status_before' | 'status_on' | 'debtors' | 'court_code' | 'court_number' | 'filed_on' | 'served_on' | 'answer_until' | 'order_served_on'
  | 'force_on' | 'appeal_until' | 'present_until' | 'hearing_on' | 'executor_kind' | 'executor_name' | 'executor_number' | 'pack_id' | 'claim_item_id'
  | 'awards_posted' | 'closed_on', string | number | boolean | null>>>;

export async function changeCase(sql: Sql, id: string, change: CaseChange): Promise<void> {
  const names = Object.keys(change);
  const sets = names.map((name, at) => `${name} = $${at + 2}`).join(', ');
  await sql.query(`update legal.case_file set ${sets}, version = version + 1 where id = $1`, [id, ...Object.values(change)]);
}

export interface CaseEventRow {
  readonly act: string;
  readonly on: string;
  readonly status: CaseStatus;
  readonly details?: Readonly<Record<string, string>>;
  readonly reason?: string | undefined;
  readonly by: string;
}
/** Writes what happened; answers its number in the case. */
export async function addEvent(sql: Sql, caseId: string, event: CaseEventRow): Promise<number> {
  const [row] = await sql.query<{ seq: number }>(
    `insert into legal.case_event (case_id, seq, act, happened_on, status, details, reason, made_by)
     select $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7 from legal.case_event where case_id = $1 returning seq`,
    [caseId, event.act, event.on, event.status, JSON.stringify(event.details ?? {}), event.reason ?? null, event.by],
  );
  return row?.seq ?? 0;
}

/** The operating day; law and terms count it, never a clock. */
export async function operatingDay(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ day: string | null }>(`select to_char(platform.today(), 'YYYY-MM-DD') as day`);
  if (!row?.day) throw notFound('legal.no-operating-day');
  return row.day;
}
