import { definePlugin } from '@komplat/plugin-api';
import { DEBT_PERMISSIONS } from '../contract/permissions.ts';
import { debtCalculators } from './calculators/law.calculators.ts';
import { CHANGE_DUNNING, ChangeDunning } from './analysis/dunning-change.ts';
import { analysisEntities } from './analysis/entities.ts';
import { DebtCoreModule, DebtHttpModule } from './core.module.ts';
import { indexCommands } from './indices/index.command.ts';
import { LOAD_INDEX, LoadIndex } from './indices/index-loader.ts';
import { debtEntities } from './entities.ts';
import { DebtLawTables } from './migrations/20261124090100_law_tables.ts';
import { DebtInflation } from './migrations/20261124090200_inflation.ts';
import { DebtHolidays } from './migrations/20261124090300_holidays.ts';
import { DebtAnalysis } from './migrations/20261124160100_analysis.ts';
import { DebtDunning } from './migrations/20261124160200_dunning.ts';
import { DebtDemo } from './demo/debt.demo.ts';
import { DebtLimitationFacts } from './migrations/20261125170100_limitation_facts.ts';
import { DebtTerritories } from './migrations/20261125172000_territories.ts';
import { ChangeTerritories } from './territories/change-territories.ts';
import { CHANGE_TERRITORIES } from './territories/territories.service.ts';

export const debtPlugin = definePlugin({
  id: 'debt',
  dbSchema: 'debt',
  dependsOn: ['registry', 'tariffs', 'billing', 'payments'],
  nest: { core: DebtCoreModule, http: DebtHttpModule },
  entities: [...debtEntities, ...analysisEntities],
  migrations: [
    { name: 'debt/20261124090100_law_tables', class: DebtLawTables },
    { name: 'debt/20261124090200_inflation', class: DebtInflation },
    { name: 'debt/20261124090300_holidays', class: DebtHolidays },
    { name: 'debt/20261124160100_analysis', class: DebtAnalysis },
    { name: 'debt/20261124160200_dunning', class: DebtDunning },
    { name: 'debt/20261125170100_limitation_facts', class: DebtLimitationFacts },
    { name: 'debt/20261125172000_territories', class: DebtTerritories },
  ],
  publishedViews: [
    'debt.pub_inflation_index_v1',
    'debt.pub_limitation_stop_v1',
    'debt.pub_moratorium_v1',
    'debt.pub_holiday_v1',
    'debt.pub_hold_v1',
    'debt.pub_dunning_v1',
    'debt.pub_claimable_v1',
    'debt.pub_account_territory_v1',
    'debt.pub_account_moratorium_v1',
  ],
  readsViews: [
    'registry.pub_account_v1',
    'registry.pub_address_v1',
    'registry.pub_holder_v1',
    'registry.pub_premises_fact_v1',
    'registry.pub_residence_v1',
    'tariffs.pub_provider_v1',
    'tariffs.pub_service_v1',
    'tariffs.pub_supply_v1',
    'billing.pub_open_item_v1',
    'billing.pub_ledger_v1',
    'billing.pub_allocation_v1',
    'billing.pub_period_balance_v1',
    'payments.pub_payment_v1',
    'legal.pub_case_v1',
  ],
  calculators: debtCalculators,
  commands: indexCommands,
  demoData: [{ id: 'debt.demo', provider: DebtDemo }],
  approvalActions: [
    { id: LOAD_INDEX, title: 'debt.approval.load-index', permission: DEBT_PERMISSIONS.lawTables.id, provider: LoadIndex },
    { id: CHANGE_TERRITORIES, title: 'debt.approval.territories', permission: DEBT_PERMISSIONS.lawTables.id, provider: ChangeTerritories },
    { id: CHANGE_DUNNING, title: 'debt.approval.dunning', permission: DEBT_PERMISSIONS.lawTables.id, provider: ChangeDunning },
  ],
  pageParts: [{ id: 'debt.account', page: 'account-card', view: 'debt', read: 'debt/accounts/:subject' }],
  permissions: Object.values(DEBT_PERMISSIONS),
});
