import type {
  CloseActivities,
  CloseBatchActivities,
  CloseLaneInput,
  CloseLaneResult,
  LaneRef,
} from '@komplat/billing/contract/close-workflows';
import { BILLING_QUEUE, CLOSE_QUEUE } from '@komplat/billing/contract/close-workflows';
import { activitiesOf, listenToCommands } from '@komplat/temporal/workflow';
import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';
import { LaneState } from './lane-state.ts';

const RETRY: ActivityOptions['retry'] = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '10 seconds',
  nonRetryableErrorTypes: ['DomainError'],
};

export const close = activitiesOf<CloseActivities>('billing', {
  taskQueue: BILLING_QUEUE,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: RETRY,
});
/** A killed worker is noticed by the missing heartbeat, not by the whole time of a batch. */
export const batches = activitiesOf<CloseBatchActivities>('billing', {
  taskQueue: CLOSE_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '5 seconds',
  retry: RETRY,
});

/** One provider in one month, from the feed to the lock. */
export async function closeLane(input: CloseLaneInput): Promise<CloseLaneResult> {
  const lane: LaneRef = { period: input.period, providerId: input.providerId, provider: input.provider };
  const state = new LaneState();
  listenToCommands(state, (command, { by, reason }) => close.recordCommand({ lane, command, by, reason }), {
    period: lane.period,
    provider: lane.provider,
  });
  state.open(await close.openLane(input));
  while (!state.ended) {
    await condition(() => state.runnable);
    if (state.stopping) return end(lane);
    if (!state.mayLook) {
      await condition(() => state.mayLook || state.paused, state.nextWaitMs());
      if (!state.paused && !state.stopping && workflowInfo().continueAsNewSuggested) return renew(input);
      state.ringUnlessPaused();
      continue;
    }
    await attempt(lane, state, input.backwards);
  }
  await condition(allHandlersFinished);
  return { outcome: 'locked' };
}

async function end(lane: LaneRef): Promise<CloseLaneResult> {
  await close.markLane(lane, 'stopped', 'billing.close.message.stopped');
  await condition(allHandlersFinished);
  return { outcome: 'stopped' };
}

/** All that matters is in the database: the next run reads it again. */
async function renew(input: CloseLaneInput): Promise<CloseLaneResult> {
  await condition(allHandlersFinished);
  return continueAsNew<typeof closeLane>(input);
}

/** A rule that refuses does not end the lane: it is shown, and a person retries or stops. */
async function attempt(lane: LaneRef, state: LaneState, backwards: boolean): Promise<void> {
  try {
    await step(lane, state, backwards);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    await close.markLane(lane, 'failed', cause instanceof ApplicationFailure ? cause.message : 'billing.close.failed');
    state.batches = null;
    state.wait();
  }
}

async function step(lane: LaneRef, state: LaneState, backwards: boolean): Promise<void> {
  if (state.takeRepeat()) {
    await batches.retryLane(lane);
    state.repeated();
  }
  switch (state.phase) {
    case 'feed':
      return pass(state, (await close.checkFeed(lane)).ready, 'gates');
    case 'gates':
      return pass(state, (await close.measureGates(lane)).red === 0, 'accrual');
    case 'accrual':
      return accrue(lane, state, backwards);
    case 'verification':
      return verify(lane, state);
    case 'release':
      return pass(state, (await close.releaseLane(lane)).released, 'settlement');
    default:
      await close.lockLane(lane);
      return state.advance('locked');
  }
}

function pass(state: LaneState, ok: boolean, next: LaneState['phase']): void {
  if (ok) state.advance(next);
  else state.wait();
}

/** One batch a step, so that a pause is heard between two batches. */
async function accrue(lane: LaneRef, state: LaneState, backwards: boolean): Promise<void> {
  if (!state.batches) state.plan((await close.planAccrual(lane)).open, backwards);
  const batch = state.batches?.[0];
  if (batch === undefined) return pass(state, (await close.checkAccrual(lane)).withinThreshold, 'verification');
  await batches.accrueBatch(lane, batch);
  state.batches?.shift();
}

/** Balances first: what the second calculation and the digest look at is what will be locked. */
async function verify(lane: LaneRef, state: LaneState): Promise<void> {
  if (!state.batches) state.plan((await close.planBalances(lane)).open, false);
  const batch = state.batches?.[0];
  if (batch === undefined) return pass(state, (await batches.verifyLane(lane)).differences === 0, 'release');
  await batches.rollBatch(lane, batch);
  state.batches?.shift();
}
