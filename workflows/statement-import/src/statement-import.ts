import type { ImportActivities, StatementImportInput } from '@komplat/payments/contract/workflows';
import { PAYMENTS_QUEUE } from '@komplat/payments/contract/workflows';
import { activitiesOf, listenToCommands } from '@komplat/temporal/workflow';
import { ActivityFailure, allHandlersFinished, ApplicationFailure, condition } from '@temporalio/workflow';
import { ImportState } from './import-state.ts';

const steps = activitiesOf<ImportActivities>('payments', {
  taskQueue: PAYMENTS_QUEUE,
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '10 seconds',
    nonRetryableErrorTypes: ['DomainError'],
  },
});

/** Nobody decides for a month: the process ends, the file stays as it is; the next decision starts it again. */
const PATIENCE = '30 days';

/** One file from the upload to its posting, or to its roll back. */
export async function statementImport({ importId }: StatementImportInput): Promise<void> {
  const state = new ImportState();
  listenToCommands(state, (command, { by, reason }) => steps.recordImportCommand({ importId, command, by, reason }));
  for (;;) {
    if (!(await condition(() => state.mayLook, PATIENCE))) break;
    if (state.stopping) break;
    try {
      if (!(await step(importId, state))) break;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      const { cause } = error;
      await steps.markImportFailed(
        importId,
        cause instanceof ApplicationFailure ? cause.message : 'payments.import.failed',
      );
      state.hold();
    }
  }
  await condition(allHandlersFinished);
}

/** One step; false = nothing more is to be done. */
async function step(importId: string, state: ImportState): Promise<boolean> {
  state.beginLook();
  const next = state.see(await steps.importSituation(importId));
  if (state.paused || next === 'wait') return true;
  if (next === 'end') return false;
  if (next === 'stage') await steps.stageImport(importId);
  else if (next === 'post') await steps.postImportBatch(importId);
  else await steps.rollBackImportBatch(importId);
  state.ring();
  return true;
}
