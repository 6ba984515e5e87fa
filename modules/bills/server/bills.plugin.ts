import { definePlugin } from '@komplat/plugin-api';
import { BILLS_PERMISSIONS as P } from '../contract/permissions.ts';
import { qrCalculator } from './calculators/qr.calculator.ts';
import { BillsCoreModule, BillsHttpModule } from './core.module.ts';
import { BillsDemo } from './demo/bills.demo.ts';
import { billsEntities } from './entities.ts';
import { BillsInit } from './migrations/20261124150000_init.ts';

export const billsPlugin = definePlugin({
  id: 'bills',
  dbSchema: 'bills',
  dependsOn: ['registry', 'tariffs', 'metering', 'billing', 'payments'],
  nest: { core: BillsCoreModule, http: BillsHttpModule },
  entities: billsEntities,
  migrations: [{ name: 'bills/20261124150000_init', class: BillsInit }],
  publishedViews: ['bills.pub_bill_v1'],
  readsViews: [
    'registry.pub_account_v1',
    'registry.pub_address_v1',
    'registry.pub_holder_v1',
    'registry.pub_premises_fact_v1',
    'registry.pub_residence_v1',
    'tariffs.pub_service_v1',
    'tariffs.pub_provider_v1',
    'tariffs.pub_supply_v1',
    'tariffs.pub_tariff_v1',
    'tariffs.pub_parameter_v1',
    'metering.pub_meter_v1',
    'metering.pub_reading_v1',
    'billing.pub_ledger_v1',
    'billing.pub_balance_v1',
    'billing.pub_period_balance_v1',
    'billing.pub_open_item_v1',
    'billing.pub_allocation_v1',
    'billing.pub_accrual_v1',
    'billing.pub_posting_v1',
    'payments.pub_payment_v1',
  ],
  permissions: Object.values(P),
  calculators: [qrCalculator],
  demoData: [{ id: 'bills.demo', provider: BillsDemo }],
});
