import { definePlugin } from '@komplat/plugin-api';
import { awardsPosted, entitlementChanged } from '../contract/events.ts';
import { BENEFITS_PERMISSIONS as P } from '../contract/permissions.ts';
import { benefitChecks } from './checks/benefit-checks.ts';
import { amountCalculator } from './calculators/amount.calculator.ts';
import { subsidyCalculator } from './calculators/subsidy.calculator.ts';
import { awardsCommand } from './commands/award.command.ts';
import { BenefitsCoreModule, BenefitsHttpModule } from './core.module.ts';
import { BenefitsDemo } from './demo/benefits.demo.ts';
import { benefitsEntities } from './entities.ts';
import { BenefitsCatalogue } from './migrations/20261124090000_catalogue.ts';
import { BenefitsNorms } from './migrations/20261124091000_norms.ts';
import { BenefitsHoldings } from './migrations/20261124092000_holdings.ts';
import { BenefitsEntitlement } from './migrations/20261124093000_entitlement.ts';
import { BenefitsNetted } from './migrations/20261124094500_netted.ts';
import { CATEGORY_CHANGE } from './services/catalogue.service.ts';
import { CategoryChangeAction } from './services/category-change.ts';
import { RULE_CHANGE, RuleChangeAction } from './services/rules.service.ts';
import { RefreshResidents } from './services/refresh-residents.ts';

export const benefitsPlugin = definePlugin({
  id: 'benefits',
  dbSchema: 'benefits',
  dependsOn: ['registry', 'tariffs'],
  nest: { core: BenefitsCoreModule, http: BenefitsHttpModule },
  entities: benefitsEntities,
  migrations: [
    { name: 'benefits/20261124090000_catalogue', class: BenefitsCatalogue },
    { name: 'benefits/20261124091000_norms', class: BenefitsNorms },
    { name: 'benefits/20261124092000_holdings', class: BenefitsHoldings },
    { name: 'benefits/20261124093000_entitlement', class: BenefitsEntitlement },
    { name: 'benefits/20261124094500_netted', class: BenefitsNetted },
  ],
  publishedViews: [
    'benefits.pub_category_v1',
    'benefits.pub_entitlement_v1',
    'benefits.pub_award_v1',
    'benefits.pub_holding_v1',
  ],
  readsViews: [
    'registry.pub_account_v1',
    'registry.pub_address_v1',
    'registry.pub_alias_v1',
    'registry.pub_holder_v1',
    'registry.pub_person_v1',
    'registry.pub_residence_v1',
    'tariffs.pub_service_v1',
    'tariffs.pub_supply_v1',
  ],
  permissions: Object.values(P),
  events: {
    publishes: [entitlementChanged, awardsPosted],
    handles: [{ event: 'registry.account-changed', handler: RefreshResidents }],
  },
  approvalActions: [
    {
      id: CATEGORY_CHANGE,
      title: 'benefits.approval.category-change',
      permission: P.catalogueApprove.id,
      provider: CategoryChangeAction,
    },
    { id: RULE_CHANGE, title: 'benefits.approval.rule-change', permission: P.catalogueApprove.id, provider: RuleChangeAction },
  ],
  calculators: [amountCalculator, subsidyCalculator],
  commands: [awardsCommand],
  dataChecks: benefitChecks,
  pageParts: [
    { id: 'benefits.account', page: 'account-card', view: 'benefits', read: 'benefits/accounts/:subject', takes: ['asOf', 'knownAt'] },
  ],
  demoData: [{ id: 'benefits.demo', provider: BenefitsDemo }],
});
