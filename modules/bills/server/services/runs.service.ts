import type { Readable } from 'node:stream';
import { conflict, DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, canonicalJson, Database, Progress, publish, sha256, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { runOrdered } from '../../contract/events.ts';
import { type RunDetail, type RunList, RunRequest, type RunView } from '../../contract/run.schema.ts';
import { BILL_DELIVERY, type BillDeliveryInput, billDeliveryId, type DeliverySituation } from '../../contract/workflows.ts';
import { RunJobs } from './run-jobs.ts';
import { PLAN_ITEMS, RUN_FAILURES, RUN_JOBS, RUN_REASONS, RUNS } from './run-plan.sql.ts';

interface RunRow {
  readonly id: string;
  readonly kind: RunView['kind'];
  readonly period: string;
  readonly state: RunView['state'];
  readonly reason: string | null;
  readonly retry_of: string | null;
  readonly requested_by: string;
  readonly planned_at: Date;
  readonly finished_at: Date | null;
  readonly workflow_id: string;
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly not_started: number;
  readonly jobs: number;
  readonly jobs_done: number;
  readonly batches: number;
  readonly pages: number;
}
interface JobRow {
  readonly job_no: number;
  readonly batch_no: number;
  readonly postcode: string;
  readonly bills: number;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly pages: number | null;
  readonly error_code: string | null;
  readonly first: string;
  readonly last: string;
}
type Command = 'stop' | 'go-on';
/** Jobs that a worker is given at once, and the share of failed bills above which a run stops by itself. */
const [NEXT_JOBS, MOST_FAILED, FEWEST_FAILED] = [8, 0.05, 20];
const LISTED = 50;

/** Mass runs: planned as a whole, printed job by job, every bill with exactly one outcome. */
@Injectable()
export class RunsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RunJobs) private readonly jobs: RunJobs,
  ) {}

  async plan(request: RunRequest, actor: Actor): Promise<RunDetail> {
    const id = uuid7();
    this.jobs.checkReady(request.kind);
    await this.database.transaction(async (tx) => {
      await checkMonth(tx, request.month);
      await this.write(tx, { id, request, actor, retryOf: null, accounts: null });
      await audit(tx, { actor, action: 'bills.run.plan', subject: `bills-run/${id}`, after: request });
    });
    return this.detail(id);
  }

  /** What failed, again: a run of its own that names the first. */
  async retry(runId: string, reason: string, actor: Actor): Promise<RunDetail> {
    const id = uuid7();
    await this.database.transaction(async (tx) => {
      const [run] = await tx.query<{ params: unknown; state: string }>('select params, state from bills.run where id = $1 for update', [runId]);
      if (!run) throw notFound('bills.run.unknown');
      if (run.state === 'running' || run.state === 'planned') throw conflict('bills.run.state', { state: run.state });
      const failed = await tx.query<{ account_id: number }>(`select account_id from bills.run_item where run_id = $1 and outcome = 'failed'`, [runId]);
      if (failed.length === 0) throw conflict('bills.run.no-failed');
      await this.write(tx, { id, request: RunRequest.parse(run.params), actor, retryOf: runId, accounts: failed.map((row) => row.account_id) });
      await audit(tx, { actor, action: 'bills.run.retry', subject: `bills-run/${id}`, after: { retryOf: runId }, reason });
    });
    return this.detail(id);
  }

  private async write(tx: Tx, run: NewRun): Promise<void> {
    const { id, request, actor, retryOf, accounts } = run;
    const hash = sha256(canonicalJson({ ...request, accounts }));
    const [same] = await tx.query(`select 1 from bills.run where params_hash = $1 and state in ('planned', 'running')`, [hash]);
    if (same) throw conflict('bills.run.running', { month: request.month });
    await tx.query(
      `insert into bills.run (id, kind, period, params, params_hash, retry_of, state, workflow_id, requested_by)
       values ($1, $2, $3, $4, $5, $6, 'running', $7, $8)`,
      [id, request.kind, `${request.month}-01`, JSON.stringify(request), hash, retryOf, billDeliveryId(id), actor.login],
    );
    const { kind, month, district, house, account, jobSize, batchSize } = request;
    const params = [id, `${month}-01`, district ?? null, house ?? null, jobSize, batchSize, accounts, account ?? null];
    const [planned] = await tx.query<{ items: number; jobs: number }>(PLAN_ITEMS, params);
    if (!planned || planned.items === 0) throw new DomainError('bills.run.empty', { month });
    await this.progress(tx, { id, by: actor.login, state: 'running' }, 'bills.run.message.planned', { kind, bills: planned.items, jobs: planned.jobs });
    await publish(tx, runOrdered, `bills-run/${id}`, { runId: id, startedBy: actor.login });
  }

  async list(): Promise<RunList> {
    const rows = await this.database.query<RunRow>(`${RUNS} order by r.planned_at desc, r.id limit ${LISTED}`);
    return { items: rows.map(toView), next: null };
  }

  async detail(id: string): Promise<RunDetail> {
    const [row] = await this.database.query<RunRow>(`${RUNS} where r.id = $1`, [id]);
    if (!row) throw notFound('bills.run.unknown');
    const [jobs, reasons, failures] = await Promise.all([
      this.database.query<JobRow>(RUN_JOBS, [id]),
      this.database.query<RunDetail['reasons'][number]>(RUN_REASONS, [id]),
      this.database.query<RunDetail['failures'][number]>(RUN_FAILURES, [id]),
    ]);
    const jobList = jobs.map(({ job_no: job, batch_no: batch, error_code: error, ...rest }) => ({ ...rest, job, batch, error }));
    return { ...toView(row), jobList, reasons, failures };
  }

  /** Stop keeps what is left as not started; going on takes it up again. */
  async command(id: string, command: Command, reason: string, actor: Actor): Promise<RunDetail> {
    await this.database.transaction(async (tx) => {
      const [run] = await tx.query<{ state: string }>('select state from bills.run where id = $1 for update', [id]);
      if (!run) throw notFound('bills.run.unknown');
      const allowed = command === 'stop' ? ['running'] : ['stopped', 'halted'];
      if (!allowed.includes(run.state)) throw conflict('bills.run.state', { state: run.state });
      const state = command === 'stop' ? 'stopped' : 'running';
      await tx.query('update bills.run set state = $2, reason = $3, finished_at = null where id = $1', [id, state, reason]);
      if (command === 'go-on') {
        await tx.query(`update bills.run_job set state = 'waiting', error_code = null where run_id = $1 and state = 'failed'`, [id]);
        await tx.query(
          `update bills.run_item i set outcome = 'not_started', reason_code = null, finished_at = null from bills.run_job j
           where i.run_id = $1 and j.run_id = i.run_id and j.job_no = i.job_no and j.state = 'waiting' and i.outcome = 'failed'`,
          [id],
        );
        await publish(tx, runOrdered, `bills-run/${id}`, { runId: id, startedBy: actor.login });
      }
      await audit(tx, { actor, action: `bills.run.${command}`, subject: `bills-run/${id}`, before: run, after: { state }, reason });
      await Progress.event(tx, billDeliveryId(id), `bills.run.event.${command}`, {}, { actor: actor.login, reason });
    });
    return this.detail(id);
  }

  /** What the process does next; ends the run when nothing is left, halts it when too much failed. */
  async situation(id: string): Promise<DeliverySituation> {
    return this.database.transaction(async (tx) => {
      const [run] = await tx.query<Pick<RunRow, 'kind' | 'state' | 'requested_by'>>('select kind, state, requested_by from bills.run where id = $1 for update', [id]);
      if (!run || run.state !== 'running') return { jobs: [], ended: true, paused: false };
      const [counts] = await tx.query<{ planned: number; done: number; failed: number; skipped: number }>(
        `select count(*)::int as planned, (count(*) filter (where outcome = 'done'))::int as done,
           (count(*) filter (where outcome = 'failed'))::int as failed, (count(*) filter (where outcome = 'skipped'))::int as skipped
         from bills.run_item where run_id = $1`,
        [id],
      );
      const { planned = 0, done = 0, failed = 0, skipped = 0 } = counts ?? {};
      const isBad = failed >= FEWEST_FAILED && failed > planned * MOST_FAILED;
      const waiting = await tx.query<{ job_no: number }>(
        `select job_no from bills.run_job where run_id = $1 and state = 'waiting' order by job_no limit ${NEXT_JOBS}`,
        [id],
      );
      const state = isBad ? 'halted' : waiting.length === 0 ? 'done' : 'running';
      if (state !== 'running') await tx.query('update bills.run set state = $2, finished_at = now() where id = $1', [id, state]);
      const counted = { kind: run.kind, done, failed, skipped, planned };
      await this.progress(tx, { id, by: run.requested_by, state }, `bills.run.message.${state}`, counted);
      const [held] = await tx.query(`select 1 from platform.process_progress where workflow_id = $1 and state = 'paused'`, [billDeliveryId(id)]);
      return { jobs: state === 'running' ? waiting.map((row) => row.job_no) : [], ended: state !== 'running', paused: held !== undefined };
    });
  }

  file(id: string, job: number): Promise<Readable> {
    return this.jobs.file(id, job);
  }
  pages(id: string, account: string): Promise<Uint8Array> {
    return this.jobs.pages(id, account);
  }

  private async progress(
    tx: Tx,
    { id, by, state }: { readonly id: string; readonly by: string; readonly state: RunView['state'] },
    messageKey: string,
    messageParams: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const shown = { planned: 'running', running: 'running', halted: 'failed', stopped: 'stopped', done: 'done' } as const;
    const [held] = await tx.query(`select 1 from platform.process_progress where workflow_id = $1 and state = 'paused'`, [billDeliveryId(id)]);
    await Progress.write(tx, {
      workflowId: billDeliveryId(id),
      module: 'bills',
      type: BILL_DELIVERY,
      subject: id,
      phase: state === 'done' ? 'done' : 'print',
      phaseNo: state === 'done' ? 2 : 1,
      phases: 2,
      state: held && state === 'running' ? 'paused' : shown[state],
      messageKey,
      messageParams,
      startedBy: by,
    });
  }
}
interface NewRun {
  readonly id: string;
  readonly request: RunRequest;
  readonly actor: Actor;
  readonly retryOf: string | null;
  readonly accounts: readonly number[] | null;
}

export const deliveryInput = (runId: string, startedBy: string): BillDeliveryInput => ({ v: 1, runId, startedBy });

async function checkMonth(tx: Tx, month: string): Promise<void> {
  const [row] = await tx.query(`select 1 from platform.period_lane where period = $1 and state in ('released', 'locked') limit 1`, [`${month}-01`]);
  if (!row) throw new DomainError('bills.month.not-ready', { month });
}

const toView = (row: RunRow): RunView => ({
  id: row.id,
  kind: row.kind,
  month: row.period.slice(0, 7),
  state: row.state,
  reason: row.reason,
  retryOf: row.retry_of,
  requestedBy: row.requested_by,
  plannedAt: row.planned_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  workflowId: row.workflow_id,
  planned: row.planned,
  counts: { notStarted: row.not_started, done: row.done, failed: row.failed, skipped: row.skipped },
  jobs: row.jobs,
  jobsDone: row.jobs_done,
  batches: row.batches,
  pages: row.pages,
});
