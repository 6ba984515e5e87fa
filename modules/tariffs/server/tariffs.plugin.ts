import { definePlugin } from '@komplat/plugin-api';
import { TARIFFS_PERMISSIONS } from '../contract/permissions.ts';
import { chargeCalculator } from './calculators/charge.calculator.ts';
import { TariffsCoreModule } from './core.module.ts';
import { TariffsDemo } from './demo/tariffs.demo.ts';
import { TariffsInit } from './migrations/20261123080200_init.ts';
import { tariffsEntities } from './entities.ts';

export const tariffsPlugin = definePlugin({
  id: 'tariffs',
  dbSchema: 'tariffs',
  dependsOn: ['registry'],
  nest: { core: TariffsCoreModule },
  entities: tariffsEntities,
  migrations: [{ name: 'tariffs/20261123080200_init', class: TariffsInit }],
  publishedViews: [
    'tariffs.pub_service_v1',
    'tariffs.pub_provider_v1',
    'tariffs.pub_tariff_v1',
    'tariffs.pub_norm_v1',
    'tariffs.pub_parameter_v1',
    'tariffs.pub_supply_v1',
  ],
  readsViews: ['registry.pub_account_v1', 'registry.pub_address_v1', 'registry.pub_premises_fact_v1'],
  demoData: [{ id: 'tariffs.demo', provider: TariffsDemo }],
  calculators: [chargeCalculator],
  permissions: Object.values(TARIFFS_PERMISSIONS),
});
