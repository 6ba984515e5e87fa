import { definePlugin } from '@komplat/plugin-api';
import { BillingCoreModule } from './core.module.ts';
import { BillingInit } from './migrations/20261123080400_init.ts';

export const billingPlugin = definePlugin({
  id: 'billing',
  dbSchema: 'billing',
  dependsOn: ['registry','tariffs','metering'],
  nest: { core: BillingCoreModule },
  entities: [],
  migrations: [{ name: 'billing/20261123080400_init', class: BillingInit }],
  publishedViews: [
    'billing.pub_ledger_v1',
    'billing.pub_open_item_v1',
    'billing.pub_advance_v1',
    'billing.pub_allocation_v1',
    'billing.pub_balance_v1',
    'billing.pub_period_balance_v1',
    'billing.pub_accrual_v1',
    'billing.pub_posting_v1',
    'billing.pub_account_state_v1',
  ],
  permissions: [],
});
