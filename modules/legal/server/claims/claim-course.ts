import { audit, Database, Progress } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ClaimOutcome } from '../../contract/claim.schema.ts';
import { type ClaimCommand, type ClaimSituation, type ClaimStep, courtClaimId } from '../../contract/claim-workflows.ts';
import { ClaimChecker } from './claim-checker.ts';
import { ClaimFreezer } from './claim-freezer.ts';
import { ClaimPacker } from './claim-packer.ts';
import { ClaimPlanner } from './claim-planner.ts';
import { type ClaimPhase, type ClaimRunRow, runOf, writeClaimProgress } from './claim-run.ts';

/** What an outcome waits for, the first one that is there is done next. */
const WORK: readonly (readonly [ClaimOutcome, ClaimStep, ClaimPhase])[] = [
  ['stale', 'refresh', 'plan'],
  ['planned', 'check', 'check'],
  ['checked', 'freeze', 'freeze'],
  ['frozen', 'pack', 'pack'],
  ['approved', 'sign', 'sign'],
];
/** What people are waited for, and the phase that the console shows. */
const PEOPLE: readonly (readonly [ClaimOutcome, ClaimPhase])[] = [
  ['packed', 'review'],
  ['blocked', 'review'],
  ['failed', 'review'],
  ['submitted', 'sign'],
  ['signed', 'file'],
];
type Counts = ReadonlyMap<ClaimOutcome, number>;

/** The course of a run: what is next, and the doing of it. Everything is read from the database. */
@Injectable()
export class ClaimCourse {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimPlanner) private readonly planner: ClaimPlanner,
    @Inject(ClaimChecker) private readonly checker: ClaimChecker,
    @Inject(ClaimFreezer) private readonly freezer: ClaimFreezer,
    @Inject(ClaimPacker) private readonly packer: ClaimPacker,
  ) {}

  async situation(runId: string): Promise<ClaimSituation> {
    const run = await runOf(this.database, runId);
    const [progress] = await this.database.query<{ state: string }>('select state from platform.process_progress where workflow_id = $1', [
      courtClaimId(runId),
    ]);
    const paused = progress?.state === 'paused';
    if (run.state === 'planning') return { step: 'plan', paused };
    if (run.state === 'stopped') return { step: 'end', paused };
    return { step: await this.next(run), paused };
  }

  /** One step, or one batch of it. */
  async work(runId: string, step: Exclude<ClaimStep, 'wait' | 'end'>): Promise<void> {
    switch (step) {
      case 'plan':
        return this.planner.plan(runId);
      case 'refresh':
        return this.planner.refresh(runId);
      case 'check':
        return this.checker.check(runId);
      case 'freeze':
        return this.freezer.freeze(runId);
      case 'pack':
        return this.packer.pack(runId);
      case 'sign':
        return this.packer.sign(runId);
    }
  }

  async command({ runId, command, by, reason }: { runId: string; command: ClaimCommand; by: string; reason: string }): Promise<void> {
    const workflowId = courtClaimId(runId);
    await this.database.transaction(async (tx) => {
      const run = await runOf(tx, runId, 'for update');
      if (command === 'pause') await Progress.pause(tx, workflowId, by, reason);
      else
        await tx.query(
          `update platform.process_progress set state = 'running', pause_reason = null, paused_by = null, updated_at = now() where workflow_id = $1`,
          [workflowId],
        );
      if (command === 'stop') {
        await tx.query(`update legal.claim_run set state = 'stopped', version = version + 1 where id = $1`, [runId]);
        await writeClaimProgress(tx, run, { phase: 'done', state: 'stopped', message: 'legal.claim.message.stopped' });
      }
      if (command === 'retry-failed') {
        await tx.query(
          `update legal.claim_item set outcome = 'stale', reason_code = 'recheck', reason_params = null, changed_by = $2, changed_at = now()
           where run_id = $1 and outcome = 'failed'`,
          [runId, by],
        );
      }
      await Progress.event(tx, workflowId, `legal.claim.event.${command}`, {}, { actor: by, reason });
      await audit(tx, { actor: { login: by }, action: `legal.claim.${command}`, subject: `claim-run/${run.number}`, reason });
    });
  }

  async failed(runId: string, code: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const run = await runOf(tx, runId);
      await writeClaimProgress(tx, run, { phase: 'check', state: 'failed', message: `error.${code}` });
      await Progress.event(tx, courtClaimId(runId), `error.${code}`);
    });
  }

  /** The first outcome that is worked on by itself; otherwise people are waited for, or everything is done. */
  private async next(run: ClaimRunRow): Promise<ClaimStep> {
    const rows = await this.database.query<{ outcome: ClaimOutcome; count: number }>(
      'select outcome, count(*)::int as count from legal.claim_item where run_id = $1 group by 1',
      [run.id],
    );
    const counts: Counts = new Map(rows.map(({ outcome, count }) => [outcome, count]));
    const work = WORK.find(([outcome]) => counts.has(outcome));
    const people = PEOPLE.find(([outcome]) => counts.has(outcome));
    const count = (outcome: ClaimOutcome): number => counts.get(outcome) ?? 0;
    const params = { packed: count('packed'), blocked: count('blocked') + count('failed'), submitted: count('submitted'), signed: count('signed'), filed: count('filed') };
    await this.database.transaction(async (tx) => {
      if (work) await writeClaimProgress(tx, run, { phase: work[2], state: 'running', message: `legal.claim.message.${work[1]}`, params: { left: count(work[0]) } });
      else if (people) await writeClaimProgress(tx, run, { phase: people[1], state: 'waiting', message: 'legal.claim.message.waiting', params });
      else await writeClaimProgress(tx, run, { phase: 'done', state: 'done', message: 'legal.claim.message.done', params });
      const state = work ? 'preparing' : people ? 'waiting' : 'done';
      if (run.state !== state) await tx.query(`update legal.claim_run set state = $2, version = version + 1 where id = $1 and state <> 'stopped'`, [run.id, state]);
    });
    return work?.[1] ?? (people ? 'wait' : 'end');
  }
}
