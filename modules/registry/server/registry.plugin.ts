import { definePlugin } from '@komplat/plugin-api';
import { accountChanged, accountClosed, accountMerged, accountOpened, accountRenumbered, accountSplit, proposalDecided, proposalMade } from '../contract/events.ts';
import { CORRECTION_APPROVAL, REGISTRY_QUEUE } from '../contract/workflows.ts';
import { REGISTRY_PERMISSIONS } from '../contract/permissions.ts';
import { codeAndNameCalculators } from './calculators/code-and-name.calculators.ts';
import { CheckOnChange } from './checks/check-on-change.ts';
import { checksCommand } from './checks/checks.command.ts';
import { BlockingFindingsGate } from './checks/findings.gate.ts';
import { registryChecks } from './checks/index.ts';
import { RegistryActivitiesModule, RegistryCoreModule, RegistryHttpModule } from './core.module.ts';
import { RegistryDemo } from './demo/registry.demo.ts';
import { RegistryInit } from './migrations/20261123080100_init.ts';
import { RegistryAccountKey } from './migrations/20261123080150_account_key.ts';
import { RegistryAccountId } from './migrations/20261123113100_account_id.ts';
import { RegistrySearch } from './migrations/20261123123000_search.ts';
import { RegistryFacts } from './migrations/20261124080000_facts.ts';
import { RegistryAccounts } from './migrations/20261124080100_accounts.ts';
import { RegistryFindings } from './migrations/20261124080200_findings.ts';
import { RegistryProposals } from './migrations/20261124080300_proposals.ts';
import { RegistryLimits } from './migrations/20261124080400_limits.ts';
import { RegistryPlaces } from './migrations/20261125151000_places.ts';
import { RegistryContacts } from './migrations/20261125213000_contacts.ts';
import { CorrectionActivitiesImpl } from './proposals/correction.activities.ts';
import { StartCorrection } from './proposals/start-correction.ts';
import { FindingsQueue } from './checks/findings.queue.ts';
import { AccountSearch } from './services/account-search.ts';
import { accountCardParts } from './services/card-parts.ts';
import { registryEntities } from './entities.ts';

export const registryPlugin = definePlugin({
  id: 'registry',
  dbSchema: 'registry',
  dependsOn: [],
  nest: { core: RegistryCoreModule, http: RegistryHttpModule, activities: RegistryActivitiesModule },
  entities: registryEntities,
  migrations: [
    { name: 'registry/20261123080100_init', class: RegistryInit },
    { name: 'registry/20261123080150_account_key', class: RegistryAccountKey },
    { name: 'registry/20261123113100_account_id', class: RegistryAccountId },
    { name: 'registry/20261123123000_search', class: RegistrySearch },
    { name: 'registry/20261124080000_facts', class: RegistryFacts },
    { name: 'registry/20261124080100_accounts', class: RegistryAccounts },
    { name: 'registry/20261124080200_findings', class: RegistryFindings },
    { name: 'registry/20261124080300_proposals', class: RegistryProposals },
    { name: 'registry/20261124080400_limits', class: RegistryLimits },
    { name: 'registry/20261125151000_places', class: RegistryPlaces },
    { name: 'registry/20261125213000_contacts', class: RegistryContacts },
  ],
  publishedViews: [
    'registry.pub_account_v1',
    'registry.pub_account_key_v1',
    'registry.pub_address_v1',
    'registry.pub_holder_v1',
    'registry.pub_premises_fact_v1',
    'registry.pub_residence_v1',
    'registry.pub_alias_v1',
    'registry.pub_equipment_v1',
    'registry.pub_ownership_v1',
    'registry.pub_account_holder_v1',
    'registry.pub_person_v1',
    'registry.pub_consent_v1',
    'registry.pub_account_lineage_v1',
    'registry.pub_supply_contract_v1',
    'registry.pub_finding_v1',
    'registry.pub_proposal_v1',
  ],
  readsViews: [
    'tariffs.pub_supply_v1', 'tariffs.pub_provider_v1', 'tariffs.pub_service_v1', 'tariffs.pub_tariff_v1', 'tariffs.pub_norm_v1',
    'tariffs.pub_parameter_v1', 'metering.pub_meter_v1', 'metering.pub_reading_v1', 'billing.pub_balance_v1', 'billing.pub_accrual_v1',
    'billing.pub_open_item_v1', 'billing.pub_advance_v1',
  ],
  permissions: Object.values(REGISTRY_PERMISSIONS),
  events: {
    publishes: [accountChanged, accountOpened, accountClosed, accountRenumbered, accountMerged, accountSplit, proposalMade, proposalDecided],
    handles: [
      ...[accountChanged, accountOpened, accountClosed, accountMerged, accountSplit].map(({ type }) => ({ event: type, handler: CheckOnChange })),
      ...[proposalMade, proposalDecided].map(({ type }) => ({ event: type, handler: StartCorrection })),
    ],
  },
  temporal: {
    taskQueue: REGISTRY_QUEUE,
    workflows: [{ type: CORRECTION_APPROVAL, life: 'short', versioning: 'PINNED' }],
    activities: [{ provider: CorrectionActivitiesImpl }],
  },
  dataChecks: registryChecks,
  closeGates: [
    {
      id: 'registry.blocking-findings', title: 'registry.gate.blocking-findings', phase: 'closing', ownerPermission: REGISTRY_PERMISSIONS.findingManage.id,
      provider: BlockingFindingsGate,
    },
  ],
  commands: [checksCommand],
  calculators: codeAndNameCalculators,
  pageParts: accountCardParts,
  demoData: [{ id: 'registry.demo', provider: RegistryDemo }],
  homeQueues: [
    {
      id: 'registry.findings', title: 'registry.home.findings', permission: REGISTRY_PERMISSIONS.findingManage.id,
      href: '/registry/findings?severity=blocks', urgent: false, provider: FindingsQueue,
    },
  ],
  searchSources: [
    { id: 'registry.accounts', title: 'registry.search.accounts', permission: REGISTRY_PERMISSIONS.accountRead.id, provider: AccountSearch },
  ],
});
