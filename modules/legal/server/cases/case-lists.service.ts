import { conflict, DomainError, Money, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, sha256, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseListHeads, CaseListRef, CaseListUpload, CaseListView } from '../../contract/case-list.schema.ts';
import type { CaseActOrder } from '../../contract/case.schema.ts';
import type { CaseAct, CasePaper } from '../../contract/case-words.ts';
import { CASE_RULES, type ListCells, type ListLine, readListLine } from '../../domain/index.ts';
import { CaseActs } from './case-acts.service.ts';
import { readListFile } from './case-list-file.ts';
import { CaseReceipts } from './case-receipts.service.ts';
import { refuseForeign, seenProviders } from './case-scope.ts';
import { type CaseRow, caseRow, type CaseTx, partsOf } from './case-store.ts';

interface Outcome {
  readonly caseId: string | null;
  readonly act: string | null;
  readonly outcome: 'ready' | 'problem' | 'done' | 'failed';
  readonly code: string | null;
  readonly params: Readonly<Record<string, string>>;
}
interface StoredRow {
  readonly line: number;
  readonly cells: ListCells;
}
const FIRST_LINE = 2;

/** Lists of courts and executors: a preview that tries every row and keeps nothing, then the same rows taken, each with its outcome. */
@Injectable()
export class CaseLists {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseActs) private readonly acts: CaseActs,
    @Inject(CaseReceipts) private readonly receipts: CaseReceipts,
  ) {}

  /** The same bytes are one list. Refuses what `readListFile` refuses. */
  async upload(bytes: Buffer, { kind, name }: CaseListUpload, actor: Actor): Promise<CaseListRef> {
    const hash = sha256(bytes);
    const [known] = await this.database.query<{ id: string }>('select id from legal.case_list where sha256 = $1', [hash]);
    if (known) return { id: known.id, repeated: true };
    const rows = (await readListFile(bytes, name, kind)).map((cells, at) => ({ line: at + FIRST_LINE, cells }));
    const outcomes: Outcome[] = [];
    for (const row of rows) outcomes.push(await this.attempt(row, kind, actor));
    const id = uuid7();
    await this.database.transaction(async (tx) => {
      await tx.query(`insert into legal.case_list (id, kind, file_name, sha256, state, rows, uploaded_by) values ($1, $2, $3, $4, 'preview', $5, $6)`, [
        id, kind, name, hash, rows.length, actor.login,
      ]);
      await tx.query(INSERT_ROWS, [id, JSON.stringify(rows.map((row, at) => ({ ...row, ...outcomes[at] })))]);
      await audit(tx, { actor, action: 'legal.case-list.upload', subject: `case-list/${id}`, after: { kind, name, rows: rows.length } });
    });
    return { id, repeated: false };
  }

  /** Takes the rows that are ready, each by itself: one that fails stops no other. A list is taken or dropped once. */
  async order(id: string, act: 'take' | 'drop', actor: Actor): Promise<void> {
    const { kind } = await this.database.transaction(async (tx) => {
      const [list] = await tx.query<{ kind: 'court' | 'executor'; state: string }>('select kind, state from legal.case_list where id = $1 for update', [id]);
      if (!list) throw notFound('legal.list.unknown', { id });
      if (list.state !== 'preview') throw conflict('legal.list.taken', { id });
      await tx.query('update legal.case_list set state = $2, taken_by = $3, taken_at = now() where id = $1', [id, act === 'take' ? 'taken' : 'dropped', actor.login]);
      await audit(tx, { actor, action: `legal.case-list.${act}`, subject: `case-list/${id}` });
      return list;
    });
    if (act === 'drop') return;
    const rows = await this.database.query<StoredRow>(`select line, cells from legal.case_list_row where list_id = $1 and outcome = 'ready' order by line`, [id]);
    for (const row of rows) await this.take(id, row, kind, actor);
  }

  /** The newest lists; a reader of one creditor sees those that name its cases. */
  async heads(actor: Actor): Promise<CaseListHeads> {
    return { items: await this.database.query<CaseListHeads['items'][number]>(`${HEAD} where ${OF_READER} order by l.uploaded_at desc limit 50`, [seenProviders(actor)]) };
  }

  async view(id: string, actor: Actor): Promise<CaseListView> {
    const [head] = await this.database.query<CaseListHeads['items'][number]>(`${HEAD} where l.id = $1`, [id]);
    if (!head) throw notFound('legal.list.unknown', { id });
    const rows = await this.database.query<CaseListView['rows'][number]>(ROWS, [id, seenProviders(actor)]);
    return { ...head, rows };
  }

  /** A row on trial: all that it would do, and nothing kept. */
  private async attempt(row: StoredRow, kind: 'court' | 'executor', actor: Actor): Promise<Outcome> {
    try {
      return await this.database.dryRun(async (tx) => ({ ...(await this.carryOut(tx, row, kind, actor)), outcome: 'ready' }));
    } catch (error) {
      return refusedBy(error, 'problem');
    }
  }

  private async take(id: string, row: StoredRow, kind: 'court' | 'executor', actor: Actor): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await this.database.transaction(async (tx) => {
        const done: Outcome = { ...(await this.carryOut(tx, row, kind, actor)), outcome: 'done' };
        await write(tx, id, row.line, done);
        return done;
      });
    } catch (error) {
      outcome = refusedBy(error, 'failed');
      await write(this.database, id, row.line, outcome);
    }
    if (outcome.act === 'receipt' && outcome.caseId) await this.receipts.take(outcome.caseId);
  }

  private async carryOut(tx: CaseTx, { cells }: StoredRow, kind: 'court' | 'executor', actor: Actor): Promise<Omit<Outcome, 'outcome'>> {
    const read = readListLine(kind, cells);
    if ('problem' in read) throw new DomainError(read.problem.code, read.problem.params);
    const { line } = read;
    const row = await findCase(tx, line);
    refuseForeign(row, actor);
    if (line.act === 'receipt') await this.receipts.told(tx, row, { on: line.on, amount: line.sum ?? '0', reference: line.document }, actor.login);
    else await this.acts.carryOut(tx, row, await orderOf(tx, row, line, line.act), { by: actor.login });
    return { caseId: row.id, act: line.act, code: null, params: {} };
  }
}

/** The act that a row means, with its paper; an award that is less than the claim is divided by a person. */
async function orderOf(tx: CaseTx, row: CaseRow, line: ListLine, act: CaseAct): Promise<Omit<CaseActOrder, 'version'>> {
  const papers = papersOf(act).map((paper) => ({ paper, number: line.document, on: line.on }));
  const claimed = (await partsOf(tx, row.id)).reduce((sum, part) => sum + part.claimed, 0n);
  const sum = line.sum === null ? null : Money.parse(line.sum).kop;
  if (sum !== null && sum < claimed) throw new DomainError('legal.list.sum-differs', { sum: line.sum ?? '', claimed: Money.ofKop(claimed).toString() });
  if (sum !== null && sum > claimed) {
    throw new DomainError('legal.case.awarded-more', { no: '1', awarded: line.sum ?? '', claimed: Money.ofKop(claimed).toString() });
  }
  return {
    act,
    on: line.on,
    papers,
    reason: `перелік, документ ${line.document}`,
    ...(sum === null ? {} : { awarded: 'all' as const }),
    ...(line.courtNumber ? { courtNumber: line.courtNumber } : {}),
    ...(line.hearingOn ? { hearingOn: line.hearingOn } : {}),
    ...(line.executor ? { executor: line.executor } : {}),
  };
}
const papersOf = (act: CaseAct): readonly CasePaper[] => CASE_RULES.find((rule) => rule.act === act)?.papers ?? [];

/** By our number, the court's or the executor's: one case, or a named refusal. */
async function findCase(tx: CaseTx, { number }: ListLine): Promise<CaseRow> {
  const found = await tx.query<{ id: string }>(
    'select id from legal.case_file where number = $1 or court_number = $1 or executor_number = $1 order by closed_on is not null limit 2',
    [number],
  );
  if (!found[0]) throw new DomainError('legal.list.case-unknown', { number });
  if (found.length > 1) throw new DomainError('legal.list.case-several', { number });
  return caseRow(tx, found[0].id, 'for update of c');
}

function refusedBy(error: unknown, outcome: 'problem' | 'failed'): Outcome {
  if (!(error instanceof DomainError) || error.status === 503) throw error;
  const params = Object.fromEntries(Object.entries(error.params).map(([name, value]) => [name, String(value)]));
  return { caseId: null, act: null, outcome, code: error.code, params };
}

async function write(tx: CaseTx, id: string, line: number, { caseId, act, outcome, code, params }: Outcome): Promise<void> {
  await tx.query(
    `update legal.case_list_row set outcome = $3, code = $4, params = $5, case_id = coalesce($6, case_id), act = coalesce($7, act)
     where list_id = $1 and line = $2 and outcome = 'ready'`,
    [id, line, outcome, code, JSON.stringify(params), caseId, act],
  );
}

const INSERT_ROWS = `insert into legal.case_list_row (list_id, line, cells, case_id, act, outcome, code, params)
  select $1, line, cells, "caseId", act, outcome, code, params
  from jsonb_to_recordset($2::jsonb) r(line int, cells jsonb, "caseId" uuid, act text, outcome text, code text, params jsonb)`;
const HEAD = `select l.id, l.kind, l.file_name as "fileName", l.state, l.uploaded_by as by, to_char(l.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
    (select coalesce(jsonb_object_agg(outcome, n), '{}') from (select outcome, count(*) as n from legal.case_list_row where list_id = l.id group by 1) q) as counts
  from legal.case_list l`;
const OF_READER = `($1::text[] is null or exists (select from legal.case_list_row r join legal.case_file c on c.id = r.case_id
  join tariffs.pub_provider_v1 p on p.id = c.provider_id where r.list_id = l.id and p.code = any($1)))`;
const ROWS = `select r.line, r.cells, r.case_id as "caseId", c.number, r.act, r.outcome,
    case when r.code is not null then jsonb_build_object('code', r.code, 'params', r.params) end as why
  from legal.case_list_row r left join legal.case_file c on c.id = r.case_id left join tariffs.pub_provider_v1 p on p.id = c.provider_id
  where r.list_id = $1 and ($2::text[] is null or p.code = any($2)) order by r.line`;
