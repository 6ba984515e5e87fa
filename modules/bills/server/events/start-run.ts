import type { EventHandler } from '@komplat/plugin-api';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { runOrdered } from '../../contract/events.ts';
import { BILL_DELIVERY, billDeliveryId, BILLS_QUEUE } from '../../contract/workflows.ts';
import { deliveryInput } from '../services/runs.service.ts';

/** A planned run gets its process, and one that goes on is rung; a repeat is harmless. */
@Injectable()
export class StartRun implements EventHandler {
  constructor(@Inject(ProcessClient) private readonly processes: ProcessClient) {}

  async handle(event: { readonly payload: unknown }): Promise<void> {
    const { runId, startedBy } = runOrdered.schema.parse(event.payload);
    await this.processes.ringOrStart(BILL_DELIVERY, billDeliveryId(runId), BILLS_QUEUE, [deliveryInput(runId, startedBy)], startedBy);
  }
}
