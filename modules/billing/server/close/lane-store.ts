import type { ClosePhase, LaneRef } from '@komplat/billing/contract/close-workflows';
import { CLOSE_LANE, CLOSE_PHASES, closeLaneId, monthCloseId } from '@komplat/billing/contract/close-workflows';
import { DomainError, Period } from '@komplat/kernel';
import { Progress, type ProcessState, type Tx } from '@komplat/server';

export interface LaneRow {
  readonly phase: ClosePhase;
  readonly state: ProcessState;
  readonly released_by: string | null;
  readonly digest: string | null;
  readonly started_by: string;
  readonly verified_differences: number | null;
}
export type LaneState = 'open' | 'closing' | 'verified' | 'released' | 'locked';

export interface LaneMessage {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export const firstDay = (lane: LaneRef): string => Period.parse(lane.period).firstDay;

/** The lane's row of the close, locked for this transaction. */
export async function lockedRow(tx: Tx, lane: LaneRef): Promise<LaneRow> {
  const [row] = await tx.query<LaneRow>(
    `select phase, state, released_by, digest, started_by, verified_differences from billing.close_lane
     where period = $1 and provider_id = $2 for update`,
    [firstDay(lane), lane.providerId],
  );
  if (!row) throw new DomainError('billing.close.lane-not-started', { period: lane.period, provider: lane.provider }, 409);
  return row;
}

/** State of the month's books of the provider, locked: whoever writes lines there holds it too. */
export async function lockedLaneState(tx: Tx, lane: LaneRef): Promise<LaneState> {
  const [row] = await tx.query<{ state: LaneState }>(
    'select state from platform.period_lane where period = $1 and provider_id = $2 for update',
    [firstDay(lane), lane.providerId],
  );
  if (!row) throw new DomainError('billing.lane.unknown', { period: lane.period, provider: lane.provider }, 404);
  return row.state;
}

/** Moves the books one step; any other step is refused. The row must be locked. */
export async function moveLane(tx: Tx, lane: LaneRef, from: LaneState, to: LaneState, digest?: string): Promise<void> {
  const moved = await tx.query(
    `update platform.period_lane set state = $4, digest = coalesce($5, digest), changed_at = now()
     where period = $1 and provider_id = $2 and state = $3 returning state`,
    [firstDay(lane), lane.providerId, from, to, digest ?? null],
  );
  if (moved.length === 0) throw new DomainError('billing.lane.not-in-state', { provider: lane.provider, expected: from }, 409);
}

export interface LaneChange {
  readonly phase: ClosePhase;
  readonly state: ProcessState;
  readonly message: LaneMessage;
}

/** Where the lane stands, in its own row and in the list of processes. A pause stays a pause: only `resume` ends it. */
export async function writeLane(tx: Tx, lane: LaneRef, change: LaneChange): Promise<void> {
  const { phase, state, message } = change;
  const [row] = await tx.query<{ state: ProcessState; started_by: string }>(
    `update billing.close_lane set phase = $3, state = case when state = 'paused' then state else $4 end,
       message_key = $5, message_params = $6, updated_at = now()
     where period = $1 and provider_id = $2 returning state, started_by`,
    [firstDay(lane), lane.providerId, phase, state, message.key, JSON.stringify(message.params ?? {})],
  );
  if (row) await writeLaneProgress(tx, lane, { ...change, state: row.state }, row.started_by);
}

async function writeLaneProgress(tx: Tx, lane: LaneRef, change: LaneChange, startedBy: string): Promise<void> {
  await Progress.write(tx, {
    workflowId: closeLaneId(lane.period, lane.provider),
    module: 'billing',
    type: CLOSE_LANE,
    subject: `${lane.period} ${lane.provider}`,
    phase: change.phase,
    phaseNo: CLOSE_PHASES.indexOf(change.phase) + 1,
    phases: CLOSE_PHASES.length,
    state: change.state,
    messageKey: change.message.key,
    messageParams: change.message.params ?? {},
    parentId: monthCloseId(lane.period),
    provider: lane.provider,
    startedBy,
  });
}

/** One sentence in the timeline of the lane. */
export async function laneEvent(
  tx: Tx,
  lane: LaneRef,
  key: string,
  params: Readonly<Record<string, string | number>> = {},
  by?: { readonly actor: string; readonly reason?: string },
): Promise<void> {
  await Progress.event(tx, closeLaneId(lane.period, lane.provider), `billing.close.event.${key}`, params, by);
}

/** Accounts without an accrual that nobody has signed. */
export async function unsignedFailures(tx: Tx, lane: LaneRef): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from billing.close_exception where period = $1 and provider_id = $2
       and outcome = 'failed' and resolved_at is null and signed_by is null`,
    [firstDay(lane), lane.providerId],
  );
  return row?.count ?? 0;
}

export interface LaneCounts {
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
}
export async function laneCounts(tx: Tx, lane: LaneRef): Promise<LaneCounts> {
  const [row] = await tx.query<LaneCounts>(
    `select coalesce(sum(planned), 0)::int as planned, coalesce(sum(done_count), 0)::int as done,
       (select count(*) from billing.close_exception e where e.period = $1 and e.provider_id = $2 and e.outcome = 'failed'
         and e.resolved_at is null)::int as failed
     from billing.close_batch where period = $1 and provider_id = $2`,
    [firstDay(lane), lane.providerId],
  );
  return row ?? { planned: 0, done: 0, failed: 0 };
}
