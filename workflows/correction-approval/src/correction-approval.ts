import type {
  CorrectionActivities, CorrectionApprovalInput, CorrectionStep,
} from '@komplat/registry/contract/workflows';
import { REGISTRY_QUEUE } from '@komplat/registry/contract/workflows';
import { activitiesOf, listenToCommands } from '@komplat/temporal/workflow';
import { ActivityFailure, allHandlersFinished, ApplicationFailure, condition } from '@temporalio/workflow';
import { CorrectionState } from './correction-state.ts';

const steps = activitiesOf<CorrectionActivities>('registry', {
  taskQueue: REGISTRY_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    nonRetryableErrorTypes: ['DomainError'],
  },
});

/** Never 0 and never for ever: a moved term is noticed at the latest after a week. */
const [SHORTEST_MS, LONGEST_MS] = [1_000, 7 * 86_400_000];
/** More rounds than any proposal needs: a loop has an end. */
const ROUNDS = 500;

/** One proposed correction: from the proposal to the decision of the other side, or to the end of its terms. */
export async function correctionApproval({ proposalId }: CorrectionApprovalInput): Promise<void> {
  const state = new CorrectionState();
  listenToCommands(state, (command, { by, reason }) => steps.recordCorrectionCommand({ proposalId, command, by, reason }));
  for (let round = 0; round < ROUNDS && !state.stopping; round += 1) {
    await condition(() => state.mayLook);
    if (state.stopping) break;
    const waitMs = await look(proposalId, state);
    if (waitMs === null) break;
    if (waitMs > 0) {
      await condition(() => state.mayLook, Math.min(Math.max(waitMs, SHORTEST_MS), LONGEST_MS));
      state.ring(); // rung by somebody or by the clock: look again, unless a pause holds it
    }
  }
  await condition(allHandlersFinished);
}

/** One look and one step: how long to wait, 0 = look again at once, null = nothing more is to be done. */
async function look(proposalId: string, state: CorrectionState): Promise<number | null> {
  try {
    state.beginLook();
    const situation = await steps.correctionSituation(proposalId);
    const step = state.see(situation);
    if (step === 'end') return null;
    if (state.paused || step === 'wait') return Math.max(situation.waitMs, SHORTEST_MS);
    await act(step, proposalId);
    state.ring();
    return 0;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    await steps.markCorrectionFailed(proposalId, cause instanceof ApplicationFailure ? cause.message : 'registry.proposal.failed');
    return LONGEST_MS;
  }
}

function act(step: Exclude<CorrectionStep, 'wait' | 'end'>, proposalId: string): Promise<void> {
  if (step === 'remind') return steps.remindCorrection(proposalId);
  return step === 'escalate' ? steps.escalateCorrection(proposalId) : steps.expireCorrection(proposalId);
}
