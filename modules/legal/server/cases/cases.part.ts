import { CASES } from '../services/ports.ts';
import { LegalCases } from '../migrations/20261125120000_cases.ts';
import { CaseActivitiesImpl } from './case.activities.ts';
import { CaseActs, WRITE_OFF } from './case-acts.service.ts';
import { CaseLedgerLaw, CaseMoneyCheck, CaseMoneyLaw } from './case-laws.ts';
import { CaseLists } from './case-lists.service.ts';
import { CaseMoney } from './case-money.ts';
import { CaseOpenings } from './case-opening.service.ts';
import { CasePapers } from './case-papers.service.ts';
import { CaseReceipts } from './case-receipts.service.ts';
import { CaseAccountMerged, CaseDebtorDied, RingCases, StartCase } from './case-signals.ts';
import { CaseTasks } from './case-tasks.service.ts';
import { CaseTerms } from './case-terms.ts';
import { CaseTermsQueue } from './case-terms.queue.ts';
import { CaseViews } from './case-views.service.ts';
import { CaseRegistersController } from './case-registers.controller.ts';
import { CasesController } from './cases.controller.ts';
import { CaseRegisters } from './registers.service.ts';
import { caseEntities } from './entities.ts';
import { WriteOffCase } from './write-off.action.ts';
import { caseChanged, caseOpened } from '../../contract/case-events.ts';
import { LEGAL_CASE } from '../../contract/case-workflows.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';

const HANDLERS = [StartCase, RingCases, CaseAccountMerged, CaseDebtorDied];
const PROVIDERS = [
  CaseTerms, CaseTermsQueue, CaseMoney, CaseActs, CaseOpenings, CaseReceipts, CaseTasks, CasePapers, CaseViews, CaseLists, CaseRegisters, WriteOffCase, CaseMoneyLaw, CaseLedgerLaw, CaseMoneyCheck, ...HANDLERS,
];

/** What cases add to the module. */
export const casesPart = {
  entities: caseEntities,
  migrations: [{ name: 'legal/20261125120000_cases', class: LegalCases }],
  publishedViews: ['legal.pub_case_v1', 'legal.pub_case_part_v1'],
  readsViews: [
    'registry.pub_account_v1', 'registry.pub_address_v1', 'registry.pub_holder_v1', 'registry.pub_person_v1', 'tariffs.pub_provider_v1',
    'tariffs.pub_service_v1', 'billing.pub_open_item_v1', 'billing.pub_ledger_v1', 'billing.pub_posting_v1', 'billing.pub_allocation_v1',
    'payments.pub_payment_v1', 'debt.pub_hold_v1',
  ],
  events: {
    publishes: [caseOpened, caseChanged],
    handles: [
      { event: caseOpened.type, handler: StartCase },
      { event: caseChanged.type, handler: StartCase },
      { event: 'payments.received', handler: RingCases },
      { event: 'registry.account-merged', handler: CaseAccountMerged },
      { event: 'registry.account-changed', handler: CaseDebtorDied },
    ],
  },
  workflows: [{ type: LEGAL_CASE, life: 'entity', versioning: 'AUTO_UPGRADE' }],
  activities: [{ provider: CaseActivitiesImpl }],
  approvalActions: [{ id: WRITE_OFF, title: 'legal.approval.write-off', permission: P.caseWriteOff.id, provider: WriteOffCase }],
  laws: [
    { id: 'legal.case-money', code: 'L13', title: 'legal.law.case-money', provider: CaseMoneyLaw },
    { id: 'legal.case-ledger', code: 'L14', title: 'legal.law.case-ledger', provider: CaseLedgerLaw },
  ],
  pageParts: [{ id: 'legal.account-cases', page: 'account-card', view: 'debt', read: 'legal/accounts/:subject/cases' }],
  homeQueues: [
    { id: 'legal.case-terms', title: 'legal.home.case-terms', permission: P.caseAct.id, href: '/legal/cases', urgent: true, provider: CaseTermsQueue },
  ],
  dataChecks: [
    { id: 'legal.case-money-check', title: 'legal.check.case-money', severity: 'warns', ownerPermission: P.caseAct.id, provider: CaseMoneyCheck },
  ],
  providers: [...PROVIDERS, { provide: CASES, useExisting: CaseOpenings }],
  exports: [...PROVIDERS, CASES],
  controllers: [CasesController, CaseRegistersController],
  activityProviders: [CaseActivitiesImpl],
} as const;
