import { closeLaneId } from '@komplat/billing/contract/close-workflows';
import { conflict } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { Progress, publish } from '@komplat/server';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { closeRung } from './close.events.ts';
import { FAILED_ACCOUNTS_GATE } from './gates.ts';

export const RELEASE_LANE = 'billing.release-lane';
export const GATE_EXCEPTION = 'billing.gate-exception';

const lane = { period: z.string(), providerId: z.number(), provider: z.string() };
export const releasePayload = z.object({ ...lane, digest: z.string() });
export const exceptionPayload = z.object({ ...lane, gate: z.string(), value: z.number() });

/** The manager's decision about a verified lane: exactly the digest that was proposed is released. */
@Injectable()
export class ReleaseLane implements ApprovalAction {
  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    const { period, providerId, provider, digest } = releasePayload.parse(payload);
    const released = await context.tx.query(
      `update billing.close_lane c set released_by = $4, released_at = now(), updated_at = now()
       from platform.period_lane l where c.period = $1 and c.provider_id = $2 and c.digest = $3 and c.phase = 'release'
         and l.period = c.period and l.provider_id = c.provider_id and l.state = 'verified' returning c.digest`,
      [`${period}-01`, providerId, digest, context.decidedBy],
    );
    if (released.length === 0) throw conflict('billing.close.changed-since-proposal', { period, provider });
    await decided(context, period, provider, 'release-approved');
  }

  async rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    const { period, providerId, provider } = releasePayload.parse(payload);
    await context.tx.query(
      'update billing.close_lane set proposed_by = null, proposed_at = null where period = $1 and provider_id = $2',
      [`${period}-01`, providerId],
    );
    await decided(context, period, provider, 'release-rejected');
  }
}

/** A second person lets a red gate pass; the evidence of the lane prints it. */
@Injectable()
export class PassGate implements ApprovalAction {
  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    const { period, providerId, provider, gate } = exceptionPayload.parse(payload);
    await context.tx.query(
      'update billing.close_gate set exception_approval = $4 where period = $1 and provider_id = $2 and gate_id = $3',
      [`${period}-01`, providerId, gate, context.approvalId],
    );
    if (gate === FAILED_ACCOUNTS_GATE) {
      await context.tx.query(
        `update billing.close_exception set signed_by = $3 where period = $1 and provider_id = $2 and outcome = 'failed'
           and resolved_at is null and signed_by is null`,
        [`${period}-01`, providerId, context.decidedBy],
      );
    }
    await decided(context, period, provider, 'exception-approved', gate);
  }

  async rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    const { period, provider, gate } = exceptionPayload.parse(payload);
    await decided(context, period, provider, 'exception-rejected', gate);
  }
}

async function decided(context: ApprovalContext, period: string, provider: string, key: string, gate?: string): Promise<void> {
  const workflowId = closeLaneId(period, provider);
  await Progress.event(context.tx, workflowId, `billing.close.event.${key}`, gate ? { gate } : {}, {
    actor: context.decidedBy,
    ...(context.reason ? { reason: context.reason } : {}),
  });
  await publish(context.tx, closeRung, workflowId, { workflowId });
}
