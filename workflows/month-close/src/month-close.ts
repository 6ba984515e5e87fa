import type {
  CloseLaneInput,
  CloseLaneResult,
  LaneRef,
  MonthCloseInput,
  MonthCloseResult,
} from '@komplat/billing/contract/close-workflows';
import { BILLING_QUEUE, CLOSE_LANE, closeLaneId } from '@komplat/billing/contract/close-workflows';
import { doorbell } from '@komplat/temporal/workflow';
import { condition, executeChild, setHandler } from '@temporalio/workflow';
import { batches, close } from './close-lane.ts';
import { MonthState } from './month-state.ts';

/** Closes a month: one child a provider; the lanes do not wait for each other. */
export async function monthClose(input: MonthCloseInput): Promise<MonthCloseResult> {
  if (input.dryRun) return trial(input);
  const state = new MonthState();
  setHandler(doorbell, () => state.ring());
  while (!state.done) {
    if (state.takeRing()) {
      for (const { lane, backwards } of state.missing(await close.planClose(input))) {
        void runLane(input, lane, backwards, state);
      }
    }
    await condition(() => state.done || state.rung);
  }
  const result = state.result();
  await close.finishClose(input, result);
  return result;
}

async function runLane(input: MonthCloseInput, lane: LaneRef, backwards: boolean, state: MonthState): Promise<void> {
  const childInput: CloseLaneInput = { v: 1, ...lane, startedBy: input.startedBy, backwards };
  try {
    const { outcome } = await executeChild<(given: CloseLaneInput) => Promise<CloseLaneResult>>(CLOSE_LANE, {
      workflowId: closeLaneId(lane.period, lane.provider),
      taskQueue: BILLING_QUEUE,
      workflowTaskTimeout: '5 seconds',
      args: [childInput],
    });
    state.ended(lane.provider, outcome);
  } catch {
    state.ended(lane.provider, 'stopped');
  }
}

/** The same calculation with nothing kept: lane after lane, so that it never holds the accounts of two. */
async function trial(input: MonthCloseInput): Promise<MonthCloseResult> {
  for (const lane of await close.planClose(input)) await batches.trialLane(input, lane);
  const result: MonthCloseResult = { outcome: 'trial', locked: 0, stopped: 0 };
  await close.finishClose(input, result);
  return result;
}
