import { definePlugin } from '@komplat/plugin-api';
import { LEGAL_PERMISSIONS } from '../contract/permissions.ts';
import { courtFeeCalculator } from './calculators/court-fee.calculator.ts';
import { LegalCoreModule } from './core.module.ts';
import { LegalDemo } from './demo/legal.demo.ts';
import { legalEntities } from './entities.ts';
import { LegalFees } from './migrations/20261124090400_fees.ts';

export const legalPlugin = definePlugin({
  id: 'legal',
  dbSchema: 'legal',
  dependsOn: ['registry', 'tariffs', 'billing', 'payments', 'debt'],
  nest: { core: LegalCoreModule },
  entities: legalEntities,
  migrations: [{ name: 'legal/20261124090400_fees', class: LegalFees }],
  publishedViews: ['legal.pub_subsistence_minimum_v1', 'legal.pub_court_v1'],
  calculators: [courtFeeCalculator],
  demoData: [{ id: 'legal.demo', provider: LegalDemo }],
  permissions: Object.values(LEGAL_PERMISSIONS),
});
