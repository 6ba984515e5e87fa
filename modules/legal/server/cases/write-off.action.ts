import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CaseActOrder } from '../../contract/case.schema.ts';
import { CaseActs } from './case-acts.service.ts';
import { caseRow } from './case-store.ts';

const Payload = z.object({ caseId: z.uuid(), order: CaseActOrder });

/** A second person agreed: the rest of the case leaves the debt. */
@Injectable()
export class WriteOffCase implements ApprovalAction {
  constructor(@Inject(CaseActs) private readonly acts: CaseActs) {}

  async approved(payload: unknown, { tx, requestedBy }: ApprovalContext): Promise<void> {
    const { caseId, order } = Payload.parse(payload);
    await this.acts.carryOut(tx, await caseRow(tx, caseId, 'for update of c'), order, { by: requestedBy, approved: true });
  }
}
