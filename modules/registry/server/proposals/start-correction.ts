import type { EventHandler } from '@komplat/plugin-api';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { proposalMade } from '../../contract/events.ts';
import { CORRECTION_APPROVAL, type CorrectionApprovalInput, correctionApprovalId, REGISTRY_QUEUE } from '../../contract/workflows.ts';

/** A proposal gets its process, and a decision rings it; a repeat is harmless. */
@Injectable()
export class StartCorrection implements EventHandler {
  constructor(@Inject(ProcessClient) private readonly processes: ProcessClient) {}

  async handle(event: { readonly payload: unknown }): Promise<void> {
    const { proposalId, startedBy } = proposalMade.schema.parse(event.payload);
    const input: CorrectionApprovalInput = { v: 1, proposalId, startedBy };
    await this.processes.ringOrStart(CORRECTION_APPROVAL, correctionApprovalId(proposalId), REGISTRY_QUEUE, [input], startedBy);
  }
}
