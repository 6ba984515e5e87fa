import { closeRungPayload } from '@komplat/billing/contract/close';
import type { EventDef, EventHandler } from '@komplat/plugin-api';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';

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
