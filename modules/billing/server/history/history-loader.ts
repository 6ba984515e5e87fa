import { conflict, DomainError, Money } from '@komplat/kernel';
import { type Actor, audit, CLOSE_DATABASE, Database, sideBySide, withoutTimeLimit } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { FactFiles } from './fact-files.ts';
import { historyFile, type HistoryFileRow } from './history-file.ts';
import { HistoryStage } from './history-stage.ts';

const BATCH_ROWS = 100_000;
const KEPT_ERRORS = 1_000;
export type Note = (message: string) => void;
const silent: Note = () => undefined;

interface Refusal {
  readonly code: string;
  readonly period: string;
  readonly provider: string;
  readonly what: string | null;
  readonly stated: bigint | null;
  readonly found: bigint | null;
}
const REFUSALS = `
  select r.code, to_char(r.period, 'YYYY-MM') as period, p.code as provider, r.what, r.stated, r.found
  from billing.history_refusals($1) r left join tariffs.pub_provider_v1 p on p.id = r.provider_id
  order by r.period, p.code, r.code, r.what limit 200`;

/** Checks a file of old months and loads it: restartable at every point, the file once, its months locked in the end. */
@Injectable()
export class HistoryLoader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOSE_DATABASE) private readonly closing: Database,
    @Inject(HistoryStage) private readonly stage: HistoryStage,
    @Inject(FactFiles) private readonly facts: FactFiles,
  ) {}

  /** Reads the whole file, follows every balance to its next month, compares totals. Posts nothing. */
  async check(id: string, actor: Actor, note: Note = silent): Promise<HistoryFileRow> {
    const file = await historyFile(this.database, id);
    if (file.state === 'loading' || file.state === 'loaded') return file;
    if (file.state === 'cancelled') throw conflict('billing.history.wrong-state', { state: file.state });
    if (file.kind !== 'balances') return this.facts.check(file, actor);
    await this.database.query('update billing.history_slot set file_id = null where file_id = $1', [id]);
    await this.stage.fill(file, (rows) => note(`${rows}`));
    await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      await tx.query('select billing.history_plan($1, $2)', [id, BATCH_ROWS]);
    });
    let wrong = (await historyFile(this.database, id)).wrong_count ?? 0;
    await sideBySide(await this.batches(id), async ({ from, to }) => {
      const found = await this.database.transaction(async (tx) => {
        await withoutTimeLimit(tx);
        await tx.query(`set local work_mem = '128MB'`);
        const [row] = await tx.query<{ wrong: number }>('select billing.history_check_batch($1, $2, $3, $4) as wrong', [
          id, from, to, KEPT_ERRORS,
        ]);
        return row?.wrong ?? 0;
      });
      wrong += found;
    });
    await this.database.transaction(async (tx) => {
      const refusals = await tx.query<Refusal>(REFUSALS, [id]);
      await this.keepRefusals(tx, id, refusals);
      const state = wrong > 0 || refusals.length > 0 ? 'wrong' : 'checked';
      await tx.query('update billing.history_file set state = $2, wrong_count = $3 where id = $1', [id, state, wrong]);
      await audit(tx, { actor, action: 'billing.history.check', subject: `history/${id}`, after: { state, wrong, refusals: refusals.length } });
    });
    return historyFile(this.database, id);
  }

  /** Loads a checked file, or goes on with one that stopped in the middle, and locks its months. */
  async load(id: string, withoutControl: string | undefined, actor: Actor, note: Note = silent): Promise<HistoryFileRow> {
    await this.start(id, withoutControl, actor);
    const file = await historyFile(this.database, id);
    if (file.kind !== 'balances' && file.state !== 'loaded') return this.facts.load(file, actor);
    if (file.state === 'loaded') return file;
    await this.stage.fill(file, (rows) => note(`${rows}`));
    let rows = 0;
    await sideBySide(await this.batches(id), async ({ no, done }) => {
      if (done) return;
      const loaded = await this.database.transaction(async (tx) => {
        await withoutTimeLimit(tx);
        const [row] = await tx.query<{ rows: number }>('select billing.history_load_batch($1, $2) as rows', [id, no]);
        return row?.rows ?? 0;
      });
      rows += loaded;
      note(`${rows}`);
    });
    await this.lockMonths(id, actor);
    return this.finish(id, actor);
  }

  private async start(id: string, withoutControl: string | undefined, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const file = await historyFile(tx, id, 'for update');
      if (file.state === 'loading' || file.state === 'loaded') return;
      if (file.state === 'wrong') throw await this.firstProblem(id);
      if (file.state !== 'checked') throw conflict('billing.history.wrong-state', { state: file.state });
      if (file.control_name === null && withoutControl === undefined) throw conflict('billing.history.no-control', {});
      // what was true at the check may not be any more
      const [refusal] = await tx.query<Refusal>(REFUSALS, [id]);
      if (refusal) throw refused(refusal);
      if (file.kind === 'balances') await tx.query('select billing.history_open($1, $2)', [id, actor.login]);
      await tx.query(`update billing.history_file set state = 'loading', loaded_by = $2, no_control_reason = $3 where id = $1`, [
        id, actor.login, withoutControl ?? null,
      ]);
      await audit(tx, {
        actor, action: 'billing.history.load', subject: `history/${id}`, after: { hash: file.file_hash, rows: file.row_count },
        ...(withoutControl === undefined ? {} : { reason: withoutControl }),
      });
    });
  }

  private async lockMonths(id: string, actor: Actor): Promise<void> {
    const lanes = await this.closing.query<{ period: string; provider_id: number }>(
      'select period::text as period, provider_id from billing.history_total where file_id = $1 order by period, provider_id', [id],
    );
    await sideBySide(lanes, async ({ period, provider_id: provider }) => {
      await this.closing.transaction(async (tx) => {
        await withoutTimeLimit(tx);
        await tx.query('select billing.history_lock($1, $2, $3::smallint, $4)', [id, period, provider, actor.login]);
      }).catch((error: unknown) => {
        throw differs(error) ? conflict('billing.history.lane-differs', { detail: error.message }) : error;
      });
    });
  }

  private async finish(id: string, actor: Actor): Promise<HistoryFileRow> {
    await this.database.transaction(async (tx) => {
      await tx.query(`update billing.history_file set state = 'loaded', loaded_at = now() where id = $1`, [id]);
      await tx.query('update billing.history_slot set file_id = null where file_id = $1', [id]);
      await audit(tx, { actor, action: 'billing.history.loaded', subject: `history/${id}` });
    });
    return historyFile(this.database, id);
  }

  private batches(id: string): Promise<{ no: number; from: number; to: number; done: boolean }[]> {
    return this.database.query(
      `select batch_no as no, from_account as from, to_account as to, done_at is not null as done
       from billing.history_batch where file_id = $1 order by batch_no`, [id],
    );
  }

  private async keepRefusals(tx: Pick<Database, 'query'>, id: string, refusals: readonly Refusal[]): Promise<void> {
    const rows = refusals.map((refusal, index) => ({ line: -2_000_000_000 + index, code: refusal.code, params: paramsOf(refusal) }));
    await tx.query(
      `insert into billing.history_error (file_id, line, code, params)
       select $1, e.line, e.code, e.params from jsonb_to_recordset($2) as e(line int, code text, params jsonb)`,
      [id, JSON.stringify(rows)],
    );
  }

  private async firstProblem(id: string): Promise<DomainError> {
    const [row] = await this.database.query<{ line: number; code: string; params: Record<string, string> }>(
      'select line, code, params from billing.history_error where file_id = $1 order by line limit 1', [id],
    );
    return conflict(`billing.history.${row?.code ?? 'wrong'}`, { line: row?.line ?? 0, ...problemParams(row?.params ?? {}) });
  }
}

const differs = (error: unknown): error is Error => error instanceof Error && 'code' in error && error.code === 'KP013';

const refused = (refusal: Refusal): DomainError => conflict(`billing.history.${refusal.code}`, problemParams(paramsOf(refusal)));

function paramsOf({ period, provider, what, stated, found }: Refusal): Record<string, string> {
  const params = { month: period, provider, ...(what === null ? {} : { what }) };
  return stated === null || found === null ? params : { ...params, stated: stated.toString(), found: found.toString() };
}

/** Amounts of a kept problem in hryvnias, with their difference. */
export function problemParams(params: Readonly<Record<string, string | null>>): Record<string, string> {
  const { stated, found, ...rest } = params;
  const kept = Object.fromEntries(Object.entries(rest).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
  if (stated === null || stated === undefined) return kept;
  if (found === null || found === undefined) return { ...kept, stated: Money.ofKop(BigInt(stated)).toString() };
  if (params['what'] === 'rows') return { ...kept, stated, found, difference: (BigInt(found) - BigInt(stated)).toString() };
  const money = (kop: bigint): string => Money.ofKop(kop).toString();
  return { ...kept, stated: money(BigInt(stated)), found: money(BigInt(found)), difference: money(BigInt(found) - BigInt(stated)) };
}
