import type { ClaimActivities, ClaimStep, CourtClaimInput } from '@komplat/legal/contract/claim-workflows';
import { LEGAL_QUEUE } from '@komplat/legal/contract/claim-workflows';
import { activitiesOf, listenToCommands } from '@komplat/temporal/workflow';
import { ActivityFailure, allHandlersFinished, ApplicationFailure, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { ClaimState } from './claim-state.ts';

const steps = activitiesOf<ClaimActivities>('legal', {
  startToCloseTimeout: '2 hours',
  taskQueue: LEGAL_QUEUE,
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '10 seconds',
    nonRetryableErrorTypes: ['DomainError'],
  },
});

/** Nobody acts for so long: the process ends, the run stays as it is; the next decision starts it again. */
const PATIENCE = '60 days';
type Work = Exclude<ClaimStep, 'wait' | 'end'>;
const WORK: Readonly<Record<Work, (runId: string) => Promise<void>>> = {
  plan: (runId) => steps.planClaims(runId),
  refresh: (runId) => steps.refreshClaims(runId),
  check: (runId) => steps.checkClaims(runId),
  freeze: (runId) => steps.freezeClaims(runId),
  pack: (runId) => steps.packClaims(runId),
  sign: (runId) => steps.signClaims(runId),
};

/** One run of preparing claims: from the selection to the last filed paper. */
export async function courtClaim(input: CourtClaimInput): Promise<void> {
  const { runId } = input;
  const state = new ClaimState();
  listenToCommands(state, (command, { by, reason }) => steps.recordClaimCommand({ runId, command, by, reason }));
  for (;;) {
    if (!(await condition(() => state.mayLook, PATIENCE))) break;
    if (state.stopping) break;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof courtClaim>(input); // whatever is known stands in the database
    }
    if (!(await look(runId, state))) break;
  }
  await condition(allHandlersFinished);
}

/** One step; false = nothing more is to be done. */
async function look(runId: string, state: ClaimState): Promise<boolean> {
  state.beginLook();
  try {
    const next = state.see(await steps.claimSituation(runId));
    if (state.paused || next === 'wait') return true;
    if (next === 'end') return false;
    await WORK[next](runId);
    state.ring();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    await steps.markClaimFailed(runId, cause instanceof ApplicationFailure ? cause.message : 'legal.claim.failed');
    state.hold();
  }
  return true;
}
