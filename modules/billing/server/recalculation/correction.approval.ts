import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CorrectionService } from './correction.service.ts';

const undonePayload = z.object({ id: z.uuid(), number: z.string(), reason: z.string() });
const payloadOf = z.object({ id: z.uuid(), number: z.string(), digest: z.string() });

/** A second person agrees with a correction: exactly what was shown is posted; when a fact changed meanwhile, nothing is. */
@Injectable()
export class PostCorrection implements ApprovalAction {
  constructor(@Inject(CorrectionService) private readonly corrections: CorrectionService) {}

  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    await this.corrections.book(context.tx, payloadOf.parse(payload), context.requestedBy, context.decidedBy);
  }

  async rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    const { id } = payloadOf.parse(payload);
    await context.tx.query("update billing.correction set state = 'refused', posted_by = null where id = $1 and state = 'waiting'", [id]);
  }
}

/** A second person agrees with undoing a correction above the limit; refused, it stays posted. */
@Injectable()
export class ReverseCorrection implements ApprovalAction {
  constructor(@Inject(CorrectionService) private readonly corrections: CorrectionService) {}

  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    const { reason, ...row } = undonePayload.parse(payload);
    await this.corrections.undo(context.tx, row, context.requestedBy, reason);
  }
}
