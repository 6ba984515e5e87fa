import { closeRungPayload } from '@komplat/billing/contract/close';
import { BILLING_QUEUE, MONTH_CLOSE, monthCloseId } from '@komplat/billing/contract/close-workflows';
import type { EventDef, EventHandler } from '@komplat/plugin-api';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';

/** A decision about a lane stands in the database. */
export const closeRung: EventDef<z.infer<typeof closeRungPayload>> = {
  type: 'billing.close-rung',
  version: 1,
  schema: closeRungPayload,
};

/** Rings the process of the lane. When none runs there is nothing to do: the next one reads the database. */
@Injectable()
export class RingLane implements EventHandler {
  constructor(@Inject(ProcessClient) private readonly processes: ProcessClient) {}

  async handle(event: { readonly payload: unknown }): Promise<void> {
    const { workflowId } = closeRungPayload.parse(event.payload);
    await this.processes.ring(workflowId);
  }
}

/** A close that was accepted while its process could not be started. */
const closeAskedPayload = z.object({
  v: z.literal(1),
  period: z.string(),
  providers: z.array(z.string()).optional(),
  startedBy: z.string(),
});
export const closeAsked: EventDef<z.infer<typeof closeAskedPayload>> = {
  type: 'billing.close-asked',
  version: 1,
  schema: closeAskedPayload,
};

/** Starts the month as soon as processes can be started; one that runs already looks for new lanes. */
@Injectable()
export class StartMonth implements EventHandler {
  constructor(@Inject(ProcessClient) private readonly processes: ProcessClient) {}

  async handle(event: { readonly payload: unknown }): Promise<void> {
    const input = closeAskedPayload.parse(event.payload);
    const id = monthCloseId(input.period);
    const answer = await this.processes.start(MONTH_CLOSE, id, BILLING_QUEUE, [input], { startedBy: input.startedBy });
    if (answer === 'running') await this.processes.ring(id);
  }
}
