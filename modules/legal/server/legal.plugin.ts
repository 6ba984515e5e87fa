import { definePlugin } from '@komplat/plugin-api';
import { LEGAL_QUEUE } from '../contract/claim-workflows.ts';
import { LEGAL_PERMISSIONS } from '../contract/permissions.ts';
import { courtFeeCalculator } from './calculators/court-fee.calculator.ts';
import { casesPart } from './cases/cases.part.ts';
import { claimsPart } from './claims/claims.part.ts';
import { LegalActivitiesModule, LegalCoreModule, LegalHttpModule } from './core.module.ts';
import { CaseDemo } from './demo/case.demo.ts';
import { KeysDemo } from './demo/keys.demo.ts';
import { LegalDemo } from './demo/legal.demo.ts';
import { legalEntities } from './entities.ts';
import { LegalFees } from './migrations/20261124090400_fees.ts';
import { packsPart } from './packs/packs.part.ts';

export const legalPlugin = definePlugin({
  id: 'legal',
  dbSchema: 'legal',
  dependsOn: ['registry', 'tariffs', 'billing', 'payments', 'debt'],
  nest: { core: LegalCoreModule, http: LegalHttpModule, activities: LegalActivitiesModule },
  entities: [...legalEntities, ...packsPart.entities, ...casesPart.entities, ...claimsPart.entities],
  migrations: [{ name: 'legal/20261124090400_fees', class: LegalFees }, ...packsPart.migrations, ...casesPart.migrations, ...claimsPart.migrations],
  publishedViews: ['legal.pub_subsistence_minimum_v1', 'legal.pub_court_v1', ...casesPart.publishedViews],
  readsViews: [...new Set([...packsPart.readsViews, ...casesPart.readsViews, ...claimsPart.readsViews])],
  approvalActions: [...packsPart.approvalActions, ...casesPart.approvalActions, ...claimsPart.approvalActions],
  laws: casesPart.laws,
  dataChecks: casesPart.dataChecks,
  pageParts: casesPart.pageParts,
  homeQueues: [...casesPart.homeQueues, ...claimsPart.homeQueues],
  events: {
    publishes: [...casesPart.events.publishes, ...claimsPart.events.publishes],
    handles: [...casesPart.events.handles, ...claimsPart.events.handles],
  },
  temporal: {
    taskQueue: LEGAL_QUEUE,
    workflows: [...casesPart.workflows, ...claimsPart.workflows],
    activities: [...casesPart.activities, ...claimsPart.activities],
  },
  calculators: [courtFeeCalculator],
  demoData: [{ id: 'legal.demo', provider: LegalDemo }, { id: 'legal.case-demo', provider: CaseDemo }, { id: 'legal.keys', provider: KeysDemo }, ...claimsPart.demoData],
  permissions: Object.values(LEGAL_PERMISSIONS),
});
