import type { LaneCommandRecord } from '@komplat/billing/contract/close-workflows';
import { closeLaneId } from '@komplat/billing/contract/close-workflows';
import { audit, Progress, type Tx } from '@komplat/server';
import { firstDay, laneEvent, lockedRow, writeLane } from './lane-store.ts';

/** What a person ordered, beside the lane, in its timeline and in the audit. Repeated by a retry it changes nothing. */
export async function recordLaneCommand(tx: Tx, { lane, command, by, reason }: LaneCommandRecord): Promise<void> {
  const { phase, state } = await lockedRow(tx, lane);
  const key = [firstDay(lane), lane.providerId];
  if (command === 'pause' && state !== 'paused') {
    await writeLane(tx, lane, { phase, state: 'paused', message: { key: 'billing.close.message.paused', params: { by } } });
    await tx.query('update billing.close_lane set pause_reason = $3, paused_by = $4 where period = $1 and provider_id = $2', [
      ...key,
      reason,
      by,
    ]);
    await Progress.pause(tx, closeLaneId(lane.period, lane.provider), by, reason);
  }
  if (command === 'resume') {
    await tx.query(
      `update billing.close_lane set state = 'running', pause_reason = null, paused_by = null
       where period = $1 and provider_id = $2 and state = 'paused'`,
      key,
    );
    await writeLane(tx, lane, { phase, state: 'running', message: { key: 'billing.close.message.running' } });
  }
  await laneEvent(tx, lane, command, {}, { actor: by, reason });
  await audit(tx, {
    actor: { login: by },
    action: `billing.close.${command}`,
    subject: `close/${lane.period}/${lane.provider}`,
    reason,
  });
}
