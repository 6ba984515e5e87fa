import type { BillDeliveryActivities, BillDeliveryInput, BillPdfActivities } from '@komplat/bills/contract/workflows';
import { BILLS_QUEUE, PDF_QUEUE } from '@komplat/bills/contract/workflows';
import { activitiesOf, listenToCommands } from '@komplat/temporal/workflow';
import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  type RetryPolicy,
} from '@temporalio/workflow';
import { DeliveryState } from './delivery-state.ts';

const retry: RetryPolicy = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '10 seconds',
  nonRetryableErrorTypes: ['DomainError'],
};
const steps = activitiesOf<BillDeliveryActivities>('bills', {
  taskQueue: BILLS_QUEUE,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});
const printer = activitiesOf<BillPdfActivities>('bills', {
  taskQueue: PDF_QUEUE,
  startToCloseTimeout: '20 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { ...retry, maximumAttempts: 20 },
});
/** Nobody goes on for a month: the process ends, the run stays as it is. */
const PATIENCE = '30 days';

/** A mass run from its first PDF to its last. */
export async function delivery(input: BillDeliveryInput): Promise<void> {
  const { runId } = input;
  const state = new DeliveryState();
  listenToCommands(state, (command, { by, reason }) => steps.recordDeliveryCommand({ runId, command, by, reason }));
  for (;;) {
    if (!(await condition(() => state.mayLook, PATIENCE))) break;
    if (state.stopping) break;
    try {
      const jobs = state.see(await steps.deliverySituation(runId));
      await Promise.all(jobs.map((job) => printer.printBillJob(runId, job)));
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      const { cause } = error;
      await steps.haltDelivery(runId, cause instanceof ApplicationFailure ? cause.message : 'documents.pdf.failed');
      state.hold();
    }
    if (state.isOver) break;
    if (state.isLong) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof delivery>(input);
    }
  }
  await condition(allHandlersFinished);
}
