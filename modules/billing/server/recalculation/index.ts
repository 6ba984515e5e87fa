import { entitlementChanged } from '@komplat/benefits/contract';
import { qualityActApproved } from '@komplat/metering/contract';
import type { ApprovalActionDef, EventHandlerDef } from '@komplat/plugin-api';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { PostCorrection, ReverseCorrection } from './correction.approval.ts';
import { POST_CORRECTION, REVERSE_CORRECTION } from './correction.service.ts';
import { ACCOUNT_MERGED, MoveBalance } from './move-balance.ts';
import { RecalculateByAct } from './recalculate-by-act.ts';
import { SettleAwards } from './settle-awards.ts';

export { RecalculationHttpModule, RecalculationModule } from './recalculation.module.ts';

/** What recalculation adds to the plugin of billing. */
export const recalculationPart = {
  handles: [
    { event: ACCOUNT_MERGED, handler: MoveBalance },
    { event: entitlementChanged.type, handler: SettleAwards },
    { event: qualityActApproved.type, handler: RecalculateByAct },
  ] satisfies EventHandlerDef[],
  approvalActions: [
    { id: POST_CORRECTION, title: 'billing.approval.post-correction', permission: P.correctionApprove.id, provider: PostCorrection },
    { id: REVERSE_CORRECTION, title: 'billing.approval.reverse-correction', permission: P.correctionApprove.id, provider: ReverseCorrection },
  ] satisfies ApprovalActionDef[],
} as const;
