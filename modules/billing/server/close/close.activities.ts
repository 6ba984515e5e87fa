import type {
  AccrualCheck,
  AccrualPlan,
  BalancePlan,
  CloseActivities,
  CloseLaneInput,
  GateCheck,
  LaneCommandRecord,
  LaneRef,
  LaneSnapshot,
  MonthCloseInput,
  MonthCloseResult,
  ReleaseCheck,
} from '@komplat/billing/contract/close-workflows';
import { CLOSE_DATABASE, type Database, type Tx } from '@komplat/server';
import { activity } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { BATCH_ACCOUNTS, planAccrualBatches } from './accrual-plan.ts';
import { Gates } from './gates.ts';
import { recordLaneCommand } from './lane-commands.ts';
import {
  firstDay,
  laneCounts,
  laneEvent,
  type LaneMessage,
  lockedLaneState,
  lockedRow,
  moveLane,
  unsignedFailures,
  writeLane,
} from './lane-store.ts';
import { finishMonth, planMonth } from './month-store.ts';
import { lanePaid, laneTotals, lockWithEvidence, storeTotals } from './settlement.ts';

/** More failed accounts than this share, and more than this many: something is wrong with the whole lane. */
const FAILED_SHARE = 0.02;
const FAILED_COUNT = 50;

const message = (key: string, params: LaneMessage['params'] = {}): LaneMessage => ({
  key: `billing.close.message.${key}`,
  params,
});

/** Short steps of the close, under the login of the close. Each looks at the database first: it may run twice. */
@Injectable()
export class CloseActivitiesImpl implements CloseActivities {
  constructor(
    @Inject(CLOSE_DATABASE) private readonly database: Database,
    @Inject(Gates) private readonly gates: Gates,
    @Inject(BATCH_ACCOUNTS) private readonly batchAccounts: number,
  ) {}

  async planClose(input: MonthCloseInput): Promise<readonly LaneRef[]> {
    return this._run((tx) => planMonth(tx, input));
  }

  async openLane(input: CloseLaneInput): Promise<LaneSnapshot> {
    return this._run(async (tx) => {
      await tx.query('select platform.ensure_lanes($1::date, $1::date, array[$2::smallint])', [firstDay(input), input.providerId]);
      await tx.query(
        `insert into billing.close_lane (period, provider_id, workflow_id, phase, state, started_by)
         values ($1, $2, $3, 'feed', 'running', $4) on conflict do nothing`,
        [firstDay(input), input.providerId, `billing.close-lane/${input.period}/${input.provider}`, input.startedBy],
      );
      const row = await lockedRow(tx, input);
      const books = await lockedLaneState(tx, input);
      const phase = books === 'locked' ? 'locked' : row.phase;
      const paused = row.state === 'paused';
      await writeLane(tx, input, { phase, state: 'running', message: message(paused ? 'paused' : 'running') });
      await laneEvent(tx, input, 'opened', { phase }, { actor: input.startedBy });
      return { phase, paused };
    });
  }

  /** Own feeds of providers come with the exchange of files; readings are a gate of metering. */
  async checkFeed(lane: LaneRef): Promise<{ readonly ready: boolean }> {
    return this._run(async (tx) => {
      await lockedRow(tx, lane);
      await writeLane(tx, lane, { phase: 'gates', state: 'running', message: message('gates') });
      return { ready: true };
    });
  }

  async measureGates(lane: LaneRef): Promise<GateCheck> {
    const results = await activity(() => this.gates.measure('closing', lane));
    return this._run(async (tx) => {
      await lockedRow(tx, lane);
      const red = await this.gates.store(tx, lane, results);
      const state = red === 0 ? 'running' : 'waiting';
      await writeLane(tx, lane, { phase: 'gates', state, message: message(red === 0 ? 'gates-green' : 'gates-red', { red }) });
      return { red };
    });
  }

  /** From here on ordinary work goes to the next month: whoever writes into the lane just now is waited for. */
  async planAccrual(lane: LaneRef): Promise<AccrualPlan> {
    return this._run(async (tx) => {
      await lockedRow(tx, lane);
      if ((await lockedLaneState(tx, lane)) === 'open') {
        await moveLane(tx, lane, 'open', 'closing');
        await laneEvent(tx, lane, 'closing');
        await storeTotals(tx, lane, { paid: await lanePaid(tx, firstDay(lane), lane.providerId) });
      }
      const plan = await planAccrualBatches(tx, lane, this.batchAccounts);
      const counts = await laneCounts(tx, lane);
      await writeLane(tx, lane, { phase: 'accrual', state: 'running', message: message('accrual', { ...counts }) });
      return plan;
    });
  }

  async checkAccrual(lane: LaneRef): Promise<AccrualCheck> {
    return this._run(async (tx) => {
      await lockedRow(tx, lane);
      const { planned, done, failed } = await laneCounts(tx, lane);
      const withinThreshold = failed <= Math.max(FAILED_COUNT, Math.floor(planned * FAILED_SHARE));
      const change = withinThreshold
        ? { phase: 'verification' as const, state: 'running' as const, message: message('verification', { planned, done, failed }) }
        : { phase: 'accrual' as const, state: 'failed' as const, message: message('too-many-failed', { planned, failed }) };
      await writeLane(tx, lane, change);
      await laneEvent(tx, lane, withinThreshold ? 'accrued' : 'halted', { planned, done, failed });
      return { withinThreshold };
    });
  }

  async planBalances(lane: LaneRef): Promise<BalancePlan> {
    return this._run(async (tx) => {
      const rows = await tx.query<{ batch_no: number }>(
        'select batch_no from billing.close_batch where period = $1 and provider_id = $2 and rolled_at is null order by batch_no',
        [firstDay(lane), lane.providerId],
      );
      return { open: rows.map((row) => row.batch_no) };
    });
  }

  /** The books stay closed for everyone from here on; a person proposes, another one releases. */
  async releaseLane(lane: LaneRef): Promise<ReleaseCheck> {
    const results = await activity(() => this.gates.measure('release', lane));
    return this._run(async (tx) => {
      const row = await lockedRow(tx, lane);
      const books = await lockedLaneState(tx, lane);
      if (books === 'closing') await this._verified(tx, lane);
      if (row.released_by) {
        if (books !== 'released') await moveLane(tx, lane, 'verified', 'released');
        await writeLane(tx, lane, { phase: 'settlement', state: 'running', message: message('settlement') });
        await laneEvent(tx, lane, 'released', {}, { actor: row.released_by });
        return { released: true };
      }
      const red = await this.gates.store(tx, lane, results);
      const failed = await unsignedFailures(tx, lane);
      const waiting = red === 0 ? message('awaiting-release') : message('release-gates-red', { red, failed });
      await writeLane(tx, lane, { phase: 'release', state: 'waiting', message: waiting });
      return { released: false };
    });
  }

  async lockLane(lane: LaneRef): Promise<void> {
    await this._run((tx) => lockWithEvidence(tx, lane));
  }

  async recordCommand(record: LaneCommandRecord): Promise<void> {
    await this._run((tx) => recordLaneCommand(tx, record));
  }

  async markLane(lane: LaneRef, state: 'stopped' | 'failed', code: string): Promise<void> {
    await this._run(async (tx) => {
      const { phase } = await lockedRow(tx, lane);
      if (state === 'stopped') await this._unpause(tx, lane);
      await writeLane(tx, lane, { phase, state, message: state === 'stopped' ? message('stopped') : message('refused', { code }) });
      await laneEvent(tx, lane, state, { code });
    });
  }

  async finishClose(input: MonthCloseInput, result: MonthCloseResult): Promise<void> {
    await this._run((tx) => finishMonth(tx, input, result));
  }

  private async _verified(tx: Tx, lane: LaneRef): Promise<void> {
    const [row] = await tx.query<{ digest: string }>('select billing.batches_digest($1, $2::smallint) as digest', [
      firstDay(lane),
      lane.providerId,
    ]);
    await tx.query('update billing.close_lane set digest = $3 where period = $1 and provider_id = $2', [
      firstDay(lane),
      lane.providerId,
      row?.digest ?? null,
    ]);
    await storeTotals(tx, lane, await laneTotals(tx, firstDay(lane), lane.providerId));
    await moveLane(tx, lane, 'closing', 'verified');
    await laneEvent(tx, lane, 'verified');
  }

  private async _unpause(tx: Tx, lane: LaneRef): Promise<void> {
    await tx.query(
      `update billing.close_lane set state = 'running', pause_reason = null, paused_by = null
       where period = $1 and provider_id = $2 and state = 'paused'`,
      [firstDay(lane), lane.providerId],
    );
  }

  private async _run<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
    return activity(() => this.database.transaction(work));
  }
}
