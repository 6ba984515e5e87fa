import { LEGAL_QUEUE, type LegalCaseActivities, type LegalCaseCarry, type LegalCaseStep } from '@komplat/legal/contract/case-workflows';
import { activitiesOf, listenToCommands } from '@komplat/temporal/workflow';
import {
  ActivityFailure, allHandlersFinished, ApplicationFailure, condition, continueAsNew, patched, workflowInfo,
} from '@temporalio/workflow';
import { readCarry } from './carry.ts';
import { LegalCaseState } from './legal-case.state.ts';

const steps = activitiesOf<LegalCaseActivities>('legal', {
  taskQueue: LEGAL_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    nonRetryableErrorTypes: ['DomainError'],
  },
});

/** Never 0 and never for ever: a moved term, a contract or a day that was opened late is noticed at the latest after a day. */
const [SHORTEST_MS, LONGEST_MS] = [1_000, 86_400_000];
/** Looks of one run: a status of years begins a new run now and then, so its history stays short. */
const LOOKS = 120;
/** Begun 2026-11: a run says to the console which status it serves. A run of before goes on without. */
const SAYS_STAGE = 'legal.case/2026-11-stage';

/** One case, for years: its terms, the money that comes, the signals; a new run for every status. */
export async function legalCase(carried: unknown): Promise<void> {
  const carry = readCarry(carried);
  const state = new LegalCaseState(carry);
  listenToCommands(state, (command, { by, reason }) => steps.recordCaseCommand({ caseId: carry.caseId, command, by, reason }));
  for (let looks = 0; ; looks += 1) {
    await condition(() => state.mayLook);
    const next = await look(carry, state, looks);
    if (next === null) break;
    if (typeof next === 'object') {
      await condition(allHandlersFinished);
      await continueAsNew<typeof legalCase>(next);
    } else if (next > 0) {
      await condition(() => state.mayLook, Math.min(Math.max(next, SHORTEST_MS), LONGEST_MS));
      state.ring(); // rung by somebody or by the clock: look again, unless a pause holds it
    }
  }
  await condition(allHandlersFinished);
}

/** One look and one step: how long to wait, 0 = look again at once, null = the case is closed, a record = a new run. */
async function look(carry: LegalCaseCarry, state: LegalCaseState, looks: number): Promise<number | null | LegalCaseCarry> {
  state.beginLook();
  try {
    const situation = await steps.caseSituation(carry.caseId);
    const step = state.see(situation);
    if (state.hasMoved(situation)) {
      if (looks > 0 && step !== 'end') return state.carry();
      state.enter(situation.stage);
      if (patched(SAYS_STAGE)) await steps.beginCaseStage(carry.caseId);
    }
    if (step === 'end') return null;
    if (looks >= LOOKS || workflowInfo().continueAsNewSuggested) return state.carry();
    if (state.paused || step === 'wait') return Math.max(situation.waitMs, SHORTEST_MS);
    await act(step, carry.caseId);
    state.ring();
    return 0;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    await steps.markCaseFailed(carry.caseId, cause instanceof ApplicationFailure ? cause.message : 'legal.case.process-failed');
    return LONGEST_MS;
  }
}

function act(step: Exclude<LegalCaseStep, 'wait' | 'end'>, caseId: string): Promise<void> {
  if (step === 'receipts') return steps.takeCaseReceipts(caseId);
  if (step === 'contract') return steps.parkCaseForContract(caseId);
  return step === 'remind' ? steps.remindCase(caseId) : steps.escalateCase(caseId);
}
