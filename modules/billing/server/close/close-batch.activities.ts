import type { CloseBatchActivities, LaneRef, MonthCloseInput, VerificationResult } from '@komplat/billing/contract/close-workflows';
import { DomainError } from '@komplat/kernel';
import { CLOSE_DATABASE, type Database, type Tx } from '@komplat/server';
import { activity, beating } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { BATCH_ACCOUNTS } from './accrual-plan.ts';
import { firstDay, laneCounts, laneEvent, lockedLaneState, lockedRow, moveLane, writeLane } from './lane-store.ts';
import { runTrial } from './trial.ts';
import { SECOND_CALCULATION, type SecondCalculation, verify } from './verification.ts';

interface BatchRow {
  readonly from_account: number;
  readonly to_account: number;
  readonly accrued_at: Date | null;
  readonly rolled_at: Date | null;
}
interface BatchResult {
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly amount_kop: bigint;
}

const HEARTBEAT_MS = 1_000;

/** Mass work of the close; a batch is one transaction, and its row says whether it has happened. */
@Injectable()
export class CloseBatchActivitiesImpl implements CloseBatchActivities {
  constructor(
    @Inject(CLOSE_DATABASE) private readonly database: Database,
    @Inject(SECOND_CALCULATION) private readonly second: SecondCalculation,
    @Inject(BATCH_ACCOUNTS) private readonly batchAccounts: number,
  ) {}

  async accrueBatch(lane: LaneRef, batch: number): Promise<void> {
    await this._run(async (tx) => {
      const row = await lockedBatch(tx, lane, batch);
      if (row.accrued_at) return;
      const { started_by: by } = await laneRow(tx, lane);
      const [result] = await tx.query<BatchResult>('select * from billing.accrue_batch($1, $2::smallint, $3::int, $4::int, $5)', [
        firstDay(lane),
        lane.providerId,
        row.from_account,
        row.to_account,
        by,
      ]);
      await storeResult(tx, lane, batch, row, result);
    });
    await this._progress(lane);
  }

  async rollBatch(lane: LaneRef, batch: number): Promise<void> {
    await this._run(async (tx) => {
      const row = await lockedBatch(tx, lane, batch);
      if (row.rolled_at) return;
      const range = [firstDay(lane), lane.providerId, row.from_account, row.to_account];
      await tx.query('select billing.roll_batch($1, $2::smallint, $3::int, $4::int)', range);
      await tx.query(
        `update billing.close_batch set rolled_at = now(), digest_sums = billing.digest_sums($1, $2::smallint, $4, $5), advance_kop = (
           select coalesce(sum(a.amount_kop), 0) from billing.allocation a where a.account_id between $4 and $5
             and a.period = $1 and a.provider_id = $2 and a.debt_month = $1 and a.credit_period <= $1)
           - billing.relief_covered($1, $2::smallint, $4, $5)
         where period = $1 and provider_id = $2 and batch_no = $3`,
        [firstDay(lane), lane.providerId, batch, row.from_account, row.to_account],
      );
    });
  }

  async verifyLane(lane: LaneRef): Promise<VerificationResult> {
    const { checked, differences } = await this._run((tx) => verify(tx, lane, this.second));
    const ok = differences === 0;
    await this._run((tx) =>
      writeLane(tx, lane, {
        phase: ok ? 'release' : 'verification',
        state: ok ? 'running' : 'failed',
        message: { key: `billing.close.message.${ok ? 'verified' : 'differences'}`, params: { checked, differences } },
      }),
    );
    return { differences };
  }

  /** The failed accounts once more, one by one; what stands already is not touched. */
  async retryLane(lane: LaneRef): Promise<void> {
    await this._run(async (tx) => {
      const { started_by: by } = await laneRow(tx, lane);
      if ((await lockedLaneState(tx, lane)) === 'verified') await moveLane(tx, lane, 'verified', 'closing');
      const failed = await tx.query<{ account_id: number }>(
        `select distinct account_id from billing.close_exception where period = $1 and provider_id = $2
           and outcome = 'failed' and resolved_at is null order by account_id`,
        [firstDay(lane), lane.providerId],
      );
      for (const { account_id: account } of failed) {
        await tx.query('select * from billing.accrue_batch($1, $2::smallint, $3::int, $3::int, $4)', [
          firstDay(lane),
          lane.providerId,
          account,
          by,
        ]);
      }
      await refreshBatches(tx, lane, failed.map((row) => row.account_id));
      const { failed: left } = await laneCounts(tx, lane);
      await laneEvent(tx, lane, 'repeated', { repeated: failed.length, left });
    });
    await this._progress(lane);
  }

  async trialLane(input: MonthCloseInput, lane: LaneRef): Promise<void> {
    await beating(HEARTBEAT_MS, () => activity(() => runTrial(this.database, input, lane, this.batchAccounts)));
  }

  private async _progress(lane: LaneRef): Promise<void> {
    await this._run(async (tx) => {
      const row = await lockedRow(tx, lane);
      const { planned, done, failed } = await laneCounts(tx, lane);
      const message = { key: 'billing.close.message.accrual', params: { planned, done, failed } };
      if (row.phase === 'accrual') await writeLane(tx, lane, { phase: 'accrual', state: 'running', message });
    });
  }

  private async _run<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
    return beating(HEARTBEAT_MS, () => activity(() => this.database.transaction(work)));
  }
}

async function laneRow(tx: Tx, lane: LaneRef): Promise<{ started_by: string }> {
  const [row] = await tx.query<{ started_by: string }>(
    'select started_by from billing.close_lane where period = $1 and provider_id = $2',
    [firstDay(lane), lane.providerId],
  );
  return row ?? { started_by: 'system:close' };
}

async function lockedBatch(tx: Tx, lane: LaneRef, batch: number): Promise<BatchRow> {
  const [row] = await tx.query<BatchRow>(
    `select from_account, to_account, accrued_at, rolled_at from billing.close_batch
     where period = $1 and provider_id = $2 and batch_no = $3 for update`,
    [firstDay(lane), lane.providerId, batch],
  );
  if (!row) throw new DomainError('billing.close.batch-unknown', { provider: lane.provider, batch }, 404);
  return row;
}

/** The outcome commits together with the effect. */
async function storeResult(tx: Tx, lane: LaneRef, batch: number, range: BatchRow, result: BatchResult | undefined): Promise<void> {
  const [stored] = await tx.query<{ replanned: boolean }>(
    `update billing.close_batch b set planned = $4, done_count = $5, amount_kop = $6, accrued_at = coalesce(b.accrued_at, now())
     from billing.close_batch old
     where b.period = $1 and b.provider_id = $2 and b.batch_no = $3
       and old.period = b.period and old.provider_id = b.provider_id and old.batch_no = b.batch_no
     returning old.planned <> $4 as replanned`,
    [firstDay(lane), lane.providerId, batch, result?.planned ?? 0, result?.done ?? 0, result?.amount_kop ?? 0n],
  );
  if (stored?.replanned) await laneEvent(tx, lane, 'replanned', { from: range.from_account, to: range.to_account });
}

/** Batches that hold a repeated account: counted again, and their balances are written again. */
async function refreshBatches(tx: Tx, lane: LaneRef, accounts: readonly number[]): Promise<void> {
  const rows = await tx.query<BatchRow & { batch_no: number }>(
    `select batch_no, from_account, to_account, accrued_at, rolled_at from billing.close_batch b
     where period = $1 and provider_id = $2 and accrued_at is not null
       and exists (select from unnest($3::int[]) a where a between b.from_account and b.to_account) order by batch_no for update`,
    [firstDay(lane), lane.providerId, accounts],
  );
  for (const row of rows) {
    const [result] = await tx.query<BatchResult>('select * from billing.batch_result($1, $2::smallint, $3::int, $4::int)', [
      firstDay(lane),
      lane.providerId,
      row.from_account,
      row.to_account,
    ]);
    await storeResult(tx, lane, row.batch_no, row, result);
    await tx.query('update billing.close_batch set rolled_at = null where period = $1 and provider_id = $2 and batch_no = $3', [
      firstDay(lane),
      lane.providerId,
      row.batch_no,
    ]);
  }
}
