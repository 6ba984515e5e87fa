import { BILLING_QUEUE, CLOSE_LANE, CLOSE_QUEUE, MONTH_CLOSE } from '@komplat/billing/contract/close-workflows';
import type { ApprovalActionDef, CloseGateDef, EventDef, EventHandlerDef, TemporalContribution } from '@komplat/plugin-api';
import { CloseBatchActivitiesImpl } from './close-batch.activities.ts';
import { CloseActivitiesImpl } from './close.activities.ts';
import { GATE_EXCEPTION, PassGate, RELEASE_LANE, ReleaseLane } from './close.approvals.ts';
import { closeCommands } from './close.commands.ts';
import { closeAsked, closeRung, RingLane, StartMonth } from './close.events.ts';
import { BILLING_PERMISSIONS as P } from '@komplat/billing/contract';
import { FAILED_ACCOUNTS_GATE, FailedAccountsGate, PREVIOUS_MONTH_GATE, PreviousMonthGate } from './gates.ts';

export { CloseActivitiesModule, CloseHttpModule, CloseModule } from './close.module.ts';
export { SECOND_CALCULATION, type RecomputedLine, type SecondCalculation } from './verification.ts';

/** What the month close adds to the plugin of billing. */
export const closePart = {
  events: {
    publishes: [closeRung, closeAsked] satisfies EventDef[],
    handles: [
      { event: closeRung.type, handler: RingLane },
      { event: closeAsked.type, handler: StartMonth },
    ] satisfies EventHandlerDef[],
  },
  temporal: {
    taskQueue: BILLING_QUEUE,
    workflows: [
      { type: MONTH_CLOSE, life: 'short', versioning: 'PINNED' },
      { type: CLOSE_LANE, life: 'short', versioning: 'PINNED' },
    ],
    activities: [{ provider: CloseActivitiesImpl }, { provider: CloseBatchActivitiesImpl, taskQueue: CLOSE_QUEUE }],
  } satisfies TemporalContribution,
  closeGates: [
    {
      id: PREVIOUS_MONTH_GATE, title: 'billing.gate.previous-month', phase: 'closing', ownerPermission: P.closeRun.id,
      provider: PreviousMonthGate,
    },
    {
      id: FAILED_ACCOUNTS_GATE, title: 'billing.gate.failed-accounts', phase: 'release', ownerPermission: P.closeRun.id,
      provider: FailedAccountsGate,
    },
  ] satisfies CloseGateDef[],
  approvalActions: [
    { id: RELEASE_LANE, title: 'billing.approval.release-lane', permission: P.closeRelease.id, provider: ReleaseLane },
    { id: GATE_EXCEPTION, title: 'billing.approval.gate-exception', permission: P.closeRelease.id, provider: PassGate },
  ] satisfies ApprovalActionDef[],
  commands: closeCommands,
} as const;
