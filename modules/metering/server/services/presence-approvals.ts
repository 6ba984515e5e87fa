import { conflict } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

export const APPROVE_ABSENCE = 'metering.approve-absence';
export const APPROVE_QUALITY_ACT = 'metering.approve-quality-act';
export const presencePayload = z.object({ id: z.string() });

async function decide(
  table: 'absence' | 'quality_act',
  state: string,
  payload: unknown,
  context: ApprovalContext,
): Promise<void> {
  const { id } = presencePayload.parse(payload);
  const decided = await context.tx.query(
    `update metering.${table} set state = $2, decided_by = $3, decided_at = now() where id = $1 and state = 'waiting' returning id`,
    [id, state, context.decidedBy],
  );
  if (decided.length === 0) throw conflict('metering.presence.decided', { id });
}

/** A second person agrees with an absence: from then on it lowers charges. */
@Injectable()
export class ApproveAbsence implements ApprovalAction {
  approved(payload: unknown, context: ApprovalContext): Promise<void> {
    return decide('absence', 'approved', payload, context);
  }
  rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    return decide('absence', 'rejected', payload, context);
  }
}

/** A second person agrees with an act of quality or non-delivery. */
@Injectable()
export class ApproveQualityAct implements ApprovalAction {
  approved(payload: unknown, context: ApprovalContext): Promise<void> {
    return decide('quality_act', 'approved', payload, context);
  }
  rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    return decide('quality_act', 'rejected', payload, context);
  }
}
