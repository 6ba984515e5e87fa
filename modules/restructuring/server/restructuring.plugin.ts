import { definePlugin } from '@komplat/plugin-api';
import { scheduleCalculator } from './calculators/schedule.calculator.ts';
import { RestructuringCoreModule } from './core.module.ts';
import { restructuringEntities } from './entities.ts';
import { RestructuringRules } from './migrations/20261125160000_rules.ts';

export const restructuringPlugin = definePlugin({
  id: 'restructuring',
  dbSchema: 'restructuring',
  dependsOn: [],
  nest: { core: RestructuringCoreModule },
  entities: restructuringEntities,
  migrations: [{ name: 'restructuring/20261125160000_rules', class: RestructuringRules }],
  permissions: [],
  calculators: [scheduleCalculator],
});
