import { LEGAL_QUEUE, type LegalCaseActivities, type LegalCaseStep } from '@komplat/legal/contract/case-workflows';
import { activitiesOf, listenToCommands } from '@komplat/temporal/workflow';
import { ActivityFailure, allHandlersFinished, ApplicationFailure, condition, continueAsNew } from '@temporalio/workflow';
import { LegalCaseState } from '../src/legal-case.state.ts';

/*
 * The first version of the process, kept as it ran: its carried record has no stage, and it says nothing of stages to the console. Only
 * tests run it: cases begun under it have to go on under the version of today.
 */
const steps = activitiesOf<LegalCaseActivities>('legal', {
  taskQueue: LEGAL_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute', nonRetryableErrorTypes: ['DomainError'] },
});
const [SHORTEST_MS, LONGEST_MS, LOOKS] = [1_000, 86_400_000, 120];

export interface CarryV1 {
  readonly v: 1;
  readonly caseId: string;
  readonly startedBy: string;
}

export async function legalCase({ v, caseId, startedBy }: CarryV1): Promise<void> {
  const state = new LegalCaseState({ v: 2, caseId, startedBy, stage: null, runs: 0 });
  listenToCommands(state, (command, { by, reason }) => steps.recordCaseCommand({ caseId, command, by, reason }));
  for (let looks = 0; ; looks += 1) {
    await condition(() => state.mayLook);
    const next = await look(caseId, state, looks);
    if (next === null) break;
    if (next === 'new-run') {
      await condition(allHandlersFinished);
      await continueAsNew<typeof legalCase>({ v, caseId, startedBy });
    } else if (next > 0) {
      await condition(() => state.mayLook, Math.min(Math.max(next, SHORTEST_MS), LONGEST_MS));
      state.ring();
    }
  }
  await condition(allHandlersFinished);
}

async function look(caseId: string, state: LegalCaseState, looks: number): Promise<number | null | 'new-run'> {
  state.beginLook();
  try {
    const situation = await steps.caseSituation(caseId);
    const step = state.see(situation);
    if (state.hasMoved(situation)) {
      if (looks > 0 && step !== 'end') return 'new-run';
      state.enter(situation.stage);
    }
    if (step === 'end') return null;
    if (looks >= LOOKS) return 'new-run';
    if (state.paused || step === 'wait') return Math.max(situation.waitMs, SHORTEST_MS);
    await act(step, caseId);
    state.ring();
    return 0;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    await steps.markCaseFailed(caseId, cause instanceof ApplicationFailure ? cause.message : 'legal.case.process-failed');
    return LONGEST_MS;
  }
}

function act(step: Exclude<LegalCaseStep, 'wait' | 'end'>, caseId: string): Promise<void> {
  if (step === 'receipts') return steps.takeCaseReceipts(caseId);
  if (step === 'contract') return steps.parkCaseForContract(caseId);
  return step === 'remind' ? steps.remindCase(caseId) : steps.escalateCase(caseId);
}
