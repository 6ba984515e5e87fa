import { definePlugin } from '@komplat/plugin-api';
import { qualityActApproved } from '../contract/events.ts';
import { METERING_PERMISSIONS } from '../contract/permissions.ts';
import { distributeCalculator } from './calculators/distribute.calculator.ts';
import { MeteringCoreModule, MeteringHttpModule } from './core.module.ts';
import { MeteringDemo } from './demo/metering.demo.ts';
import { MeteringInit } from './migrations/20261123080300_init.ts';
import { MeteringRules } from './migrations/20261124081000_rules.ts';
import { MeteringHouse } from './migrations/20261124081500_house.ts';
import { MeteringLife } from './migrations/20261124083000_life.ts';
import { MeteringHouseReadings } from './migrations/20261124084000_house_readings.ts';
import { MeteringAbsence } from './migrations/20261124084500_absence.ts';
import {
  APPROVE_ABSENCE,
  APPROVE_QUALITY_ACT,
  ApproveAbsence,
  ApproveQualityAct,
} from './services/presence-approvals.ts';
import { SIGN_DISTRIBUTION, SignDistribution } from './services/distributions.ts';
import { houseChecks } from './checks/house-checks.ts';
import { MeteringRuleChanges } from './migrations/20261124153000_rule_changes.ts';
import { CHANGE_RULE, ChangeRule } from './services/rules.ts';
import { meteringEntities } from './entities.ts';

export const meteringPlugin = definePlugin({
  id: 'metering',
  dbSchema: 'metering',
  dependsOn: ['registry', 'tariffs'],
  nest: { core: MeteringCoreModule, http: MeteringHttpModule },
  entities: meteringEntities,
  migrations: [
    { name: 'metering/20261123080300_init', class: MeteringInit },
    { name: 'metering/20261124081000_rules', class: MeteringRules },
    { name: 'metering/20261124081500_house', class: MeteringHouse },
    { name: 'metering/20261124083000_life', class: MeteringLife },
    { name: 'metering/20261124084000_house_readings', class: MeteringHouseReadings },
    { name: 'metering/20261124084500_absence', class: MeteringAbsence },
    { name: 'metering/20261124153000_rule_changes', class: MeteringRuleChanges },
  ],
  publishedViews: [
    'metering.pub_meter_v1',
    'metering.pub_reading_v1',
    'metering.pub_rule_v1',
    'metering.pub_house_meter_v1',
    'metering.pub_distribution_v1',
    'metering.pub_house_part_v1',
    'metering.pub_absence_v1',
    'metering.pub_quality_act_v1',
  ],
  readsViews: [
    'registry.pub_account_v1',
    'registry.pub_address_v1',
    'registry.pub_premises_fact_v1',
    'registry.pub_residence_v1',
    'tariffs.pub_supply_v1',
    'tariffs.pub_service_v1',
    'tariffs.pub_provider_v1',
    'tariffs.pub_norm_v1',
    'billing.pub_accrual_v1',
  ],
  events: { publishes: [qualityActApproved], handles: [] },
  dataChecks: houseChecks,
  approvalActions: [
    {
      id: CHANGE_RULE,
      title: 'metering.approval.rule',
      permission: METERING_PERMISSIONS.approve.id,
      provider: ChangeRule,
    },
    {
      id: SIGN_DISTRIBUTION,
      title: 'metering.approval.distribution',
      permission: METERING_PERMISSIONS.approve.id,
      provider: SignDistribution,
    },
    {
      id: APPROVE_ABSENCE,
      title: 'metering.approval.absence',
      permission: METERING_PERMISSIONS.approve.id,
      provider: ApproveAbsence,
    },
    {
      id: APPROVE_QUALITY_ACT,
      title: 'metering.approval.quality-act',
      permission: METERING_PERMISSIONS.approve.id,
      provider: ApproveQualityAct,
    },
  ],
  calculators: [distributeCalculator],
  pageParts: [
    { id: 'metering.meters', page: 'account-card', view: 'readings', read: 'metering/accounts/:subject/meters' },
    { id: 'metering.readings', page: 'account-card', view: 'readings', read: 'metering/accounts/:subject/readings' },
    { id: 'metering.absences', page: 'account-card', view: 'persons', read: 'metering/accounts/:subject/absences' },
  ],
  demoData: [{ id: 'metering.demo', provider: MeteringDemo }],
  permissions: Object.values(METERING_PERMISSIONS),
});
