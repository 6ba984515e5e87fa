import { definePlugin } from '@komplat/plugin-api';
import { feeCalculator } from './calculators/fee.calculator.ts';
import { PassportOfficeCoreModule } from './core.module.ts';
import { passportOfficeEntities } from './entities.ts';
import { PassportOfficeFees } from './migrations/20261125160100_fees.ts';

export const passportOfficePlugin = definePlugin({
  id: 'passport-office',
  dbSchema: 'passport_office',
  dependsOn: ['legal'],
  nest: { core: PassportOfficeCoreModule },
  entities: passportOfficeEntities,
  migrations: [{ name: 'passport-office/20261125160100_fees', class: PassportOfficeFees }],
  readsViews: ['legal.pub_subsistence_minimum_v1'],
  permissions: [],
  calculators: [feeCalculator],
});
