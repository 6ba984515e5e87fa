import { definePlugin } from '@komplat/plugin-api';
import { accountClosed, accountMerged, accountOpened, accountSplit } from '@komplat/registry/contract';
import { TARIFFS_PERMISSIONS } from '../contract/permissions.ts';
import { chargeCalculator } from './calculators/charge.calculator.ts';
import { TariffsCoreModule, TariffsHttpModule } from './core.module.ts';
import { TariffsDemo } from './demo/tariffs.demo.ts';
import { TariffsInit } from './migrations/20261123080200_init.ts';
import { TariffsVersions } from './migrations/20261125150100_versions.ts';
import { TariffsSuccession } from './migrations/20261125152000_succession.ts';
import { TariffsSuccessionUndo } from './migrations/20261125212500_succession_undo.ts';
import { SUCCEED, SucceedProvider, UNDO_SUCCESSION, UndoSuccession } from './services/successions.ts';
import { SuppliesFollow } from './services/supplies-follow.ts';
import { CHANGE_VERSION, ChangeVersion } from './services/versions.ts';
import { tariffsEntities } from './entities.ts';

export const tariffsPlugin = definePlugin({
  id: 'tariffs',
  dbSchema: 'tariffs',
  dependsOn: ['registry'],
  nest: { core: TariffsCoreModule, http: TariffsHttpModule },
  entities: tariffsEntities,
  migrations: [
    { name: 'tariffs/20261123080200_init', class: TariffsInit },
    { name: 'tariffs/20261125150100_versions', class: TariffsVersions },
    { name: 'tariffs/20261125152000_succession', class: TariffsSuccession },
    { name: 'tariffs/20261125212500_succession_undo', class: TariffsSuccessionUndo },
  ],
  publishedViews: [
    'tariffs.pub_service_v1',
    'tariffs.pub_provider_v1',
    'tariffs.pub_tariff_v1',
    'tariffs.pub_norm_v1',
    'tariffs.pub_parameter_v1',
    'tariffs.pub_supply_v1',
  ],
  readsViews: ['billing.pub_accrual_v1', 'billing.pub_provider_transfer_v1', 'registry.pub_account_v1', 'registry.pub_address_v1', 'registry.pub_premises_fact_v1'],
  demoData: [{ id: 'tariffs.demo', provider: TariffsDemo }],
  calculators: [chargeCalculator],
  events: {
    publishes: [],
    handles: [accountClosed, accountOpened, accountMerged, accountSplit].map(({ type }) => ({ event: type, handler: SuppliesFollow })),
  },
  approvalActions: [
    {
      id: CHANGE_VERSION,
      title: 'tariffs.approval.version',
      permission: TARIFFS_PERMISSIONS.approve.id,
      provider: ChangeVersion,
    },
    {
      id: SUCCEED,
      title: 'tariffs.approval.succession',
      permission: TARIFFS_PERMISSIONS.approve.id,
      provider: SucceedProvider,
    },
    {
      id: UNDO_SUCCESSION,
      title: 'tariffs.approval.succession-undo',
      permission: TARIFFS_PERMISSIONS.approve.id,
      provider: UndoSuccession,
    },
  ],
  permissions: Object.values(TARIFFS_PERMISSIONS),
});
