import type { ImportActivities, ImportCommand, StatementImportInput } from '@komplat/payments/contract/workflows';
import { PAYMENTS_QUEUE } from '@komplat/payments/contract/workflows';
import { activitiesOf, doorbell, pause, refusal, resume, retryFailed, stop } from '@komplat/temporal/workflow';
import type { PauseCommand, ProcessCommand } from '@komplat/temporal/workflow';
import { ActivityFailure, allHandlersFinished, ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
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
  listen(importId, state);
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
  const next = state.see(await steps.importSituation(importId));
  if (state.paused) return true;
  if (next === 'stage') await steps.stageImport(importId);
  else if (next === 'post') await steps.postImportBatch(importId);
  else if (next === 'roll-back') await steps.rollBackImportBatch(importId);
  return next !== 'end';
}

function listen(importId: string, state: ImportState): void {
  const record = (command: ImportCommand, { by, reason }: ProcessCommand): Promise<void> =>
    steps.recordImportCommand({ importId, command, by, reason });
  const allow = (code: string | null): void => {
    if (code) throw refusal(code);
  };
  setHandler(doorbell, () => state.ring());
  const onPause = async (request: PauseCommand): Promise<void> => {
    state.pause();
    await record('pause', request);
  };
  const onResume = async (request: ProcessCommand): Promise<void> => {
    await record('resume', request);
    state.resume();
  };
  const onStop = async (request: ProcessCommand): Promise<void> => {
    await record('stop', request);
    state.stop();
  };
  const onRetry = async (request: ProcessCommand): Promise<void> => {
    await record('retry-failed', request);
    state.ring();
  };
  setHandler(pause, onPause, { validator: (_request: PauseCommand) => allow(state.mayPause()) });
  setHandler(resume, onResume, { validator: (_request: ProcessCommand) => allow(state.mayResume()) });
  setHandler(stop, onStop, { validator: (_request: ProcessCommand) => allow(state.mayStop()) });
  setHandler(retryFailed, onRetry, { validator: (_request: ProcessCommand) => allow(state.mayRetry()) });
}
