import { conflict } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { publish } from '@komplat/server';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { qualityActApproved } from '../../contract/events.ts';

export const APPROVE_ABSENCE = 'metering.approve-absence';
export const APPROVE_QUALITY_ACT = 'metering.approve-quality-act';
export const presencePayload = z.object({ id: z.string() });

const CONCERNED = `
  select q.id, q.act_number as act, q.act_date::text as "actDate", v.code as service, q.first_day::text as "from", q.last_day::text as "to",
    array_agg(distinct a.number order by a.number) as accounts
  from metering.quality_act q join tariffs.pub_service_v1 v on v.id = q.service_id
  join registry.pub_account_v1 a on a.house_id = q.house_id and (q.premises_ids is null or a.premises_id = any (q.premises_ids))
  join tariffs.pub_supply_v1 s on s.account_id = a.account_id and s.service_id = q.service_id and s.valid && daterange(q.first_day, q.last_day, '[]')
  where q.id = $1 group by q.id, v.code`;

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

/** A second person agrees with an act of quality or non-delivery: billing recalculates the closed months of everyone concerned. */
@Injectable()
export class ApproveQualityAct implements ApprovalAction {
  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    await decide('quality_act', 'approved', payload, context);
    const [act] = await context.tx.query<z.infer<typeof qualityActApproved.schema>>(CONCERNED, [presencePayload.parse(payload).id]);
    if (act) await publish(context.tx, qualityActApproved, `quality-act/${act.id}`, act);
  }
  rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    return decide('quality_act', 'rejected', payload, context);
  }
}
