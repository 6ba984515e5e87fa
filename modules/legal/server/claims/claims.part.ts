import { batchPosted, paymentReceived } from '@komplat/payments/contract';
import { accountMerged } from '@komplat/registry/contract';
import { claimRunOrdered } from '../../contract/claim-events.ts';
import { COURT_CLAIM } from '../../contract/claim-workflows.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { LegalClaims } from '../migrations/20261125100000_claims.ts';
import { LegalCourtAreas } from '../migrations/20261125200000_court_areas.ts';
import { ClaimChecker } from './claim-checker.ts';
import { ClaimCourse } from './claim-course.ts';
import { APPROVE_CLAIMS, ClaimDesk } from './claim-desk.ts';
import { ApproveClaims, DebtTouchesClaims, StartClaimRun } from './claim-events.handlers.ts';
import { ClaimFees } from './claim-fees.ts';
import { ClaimFilings } from './claim-filing.ts';
import { ClaimFreezer } from './claim-freezer.ts';
import { ClaimPacker } from './claim-packer.ts';
import { ClaimPlanner } from './claim-planner.ts';
import { ClaimRules } from './claim-rules.ts';
import { ClaimRunsQueue } from './claim-runs.queue.ts';
import { ClaimViews } from './claim-views.ts';
import { ClaimActivitiesImpl } from './claim.activities.ts';
import { ClaimsController } from './claims.controller.ts';
import { CreditorsDemo } from './creditors.demo.ts';
import { claimEntities } from './entities.ts';

const PROVIDERS = [
  ClaimRules, ClaimPlanner, ClaimChecker, ClaimFreezer, ClaimPacker, ClaimCourse, ClaimDesk, ClaimFilings, ClaimFees, ClaimViews, ClaimRunsQueue, StartClaimRun,
  DebtTouchesClaims, ApproveClaims, CreditorsDemo,
];

/** What preparing claims adds to the module. */
export const claimsPart = {
  entities: claimEntities,
  migrations: [
    { name: 'legal/20261125100000_claims', class: LegalClaims },
    { name: 'legal/20261125200000_court_areas', class: LegalCourtAreas },
  ],
  readsViews: [
    'registry.pub_account_v1', 'registry.pub_account_lineage_v1', 'registry.pub_address_v1', 'registry.pub_finding_v1', 'registry.pub_holder_v1',
    'registry.pub_ownership_v1', 'registry.pub_person_v1', 'registry.pub_premises_fact_v1', 'registry.pub_residence_v1',
    'registry.pub_supply_contract_v1', 'tariffs.pub_provider_v1', 'tariffs.pub_service_v1', 'tariffs.pub_supply_v1', 'tariffs.pub_tariff_v1',
    'billing.pub_allocation_v1', 'billing.pub_ledger_v1', 'billing.pub_open_item_v1', 'billing.pub_period_balance_v1', 'billing.pub_posting_v1',
    'payments.pub_payment_v1', 'payments.pub_import_row_v1', 'debt.pub_claimable_v1', 'debt.pub_hold_v1', 'debt.pub_inflation_index_v1',
    'debt.pub_account_moratorium_v1', 'debt.pub_account_territory_v1',
  ],
  events: {
    publishes: [claimRunOrdered],
    handles: [
      { event: claimRunOrdered.type, handler: StartClaimRun },
      { event: paymentReceived.type, handler: DebtTouchesClaims },
      { event: batchPosted.type, handler: DebtTouchesClaims },
      { event: accountMerged.type, handler: DebtTouchesClaims },
    ],
  },
  workflows: [{ type: COURT_CLAIM, life: 'short', versioning: 'PINNED' }],
  activities: [{ provider: ClaimActivitiesImpl }],
  approvalActions: [{ id: APPROVE_CLAIMS, title: 'legal.approval.claims', permission: P.claimApprove.id, provider: ApproveClaims }],
  homeQueues: [
    { id: 'legal.claim-runs', title: 'legal.home.claim-runs', permission: P.claimPrepare.id, href: '/legal/claims', urgent: false, provider: ClaimRunsQueue },
  ],
  demoData: [{ id: 'legal.creditors', provider: CreditorsDemo }],
  providers: PROVIDERS,
  exports: PROVIDERS,
  controllers: [ClaimsController],
  activityProviders: [ClaimActivitiesImpl],
} as const;
