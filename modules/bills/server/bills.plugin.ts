import { definePlugin } from '@komplat/plugin-api';
import { runOrdered } from '../contract/events.ts';
import { BILLS_PERMISSIONS as P } from '../contract/permissions.ts';
import { BILL_DELIVERY, BILLS_QUEUE, PDF_QUEUE } from '../contract/workflows.ts';
import { BillDeliveryActivitiesImpl, BillPdfActivitiesImpl } from './activities/delivery.activities.ts';
import { qrCalculator } from './calculators/qr.calculator.ts';
import { BillsActivitiesModule, BillsCoreModule, BillsHttpModule } from './core.module.ts';
import { BillsDemo } from './demo/bills.demo.ts';
import { StartRun } from './events/start-run.ts';
import { billsEntities } from './entities.ts';
import { BillsMail } from './migrations/20261125160400_mail.ts';
import { BillsMailRun } from './migrations/20261125220000_mail_run.ts';
import { BillsInit } from './migrations/20261124150000_init.ts';

export const billsPlugin = definePlugin({
  id: 'bills',
  dbSchema: 'bills',
  dependsOn: ['registry', 'tariffs', 'metering', 'billing', 'payments'],
  nest: { core: BillsCoreModule, http: BillsHttpModule, activities: BillsActivitiesModule },
  entities: billsEntities,
  migrations: [
    { name: 'bills/20261124150000_init', class: BillsInit },
    { name: 'bills/20261125160400_mail', class: BillsMail },
    { name: 'bills/20261125220000_mail_run', class: BillsMailRun },
  ],
  publishedViews: ['bills.pub_bill_v1'],
  readsViews: [
    'registry.pub_account_v1',
    'registry.pub_address_v1',
    'registry.pub_holder_v1',
    'registry.pub_person_v1',
    'registry.pub_consent_v1',
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
  events: { publishes: [runOrdered], handles: [{ event: runOrdered.type, handler: StartRun }] },
  temporal: {
    taskQueue: BILLS_QUEUE,
    workflows: [{ type: BILL_DELIVERY, life: 'short', versioning: 'PINNED' }],
    activities: [{ provider: BillDeliveryActivitiesImpl }, { provider: BillPdfActivitiesImpl, taskQueue: PDF_QUEUE }],
  },
  calculators: [qrCalculator],
  pageParts: [{ id: 'bills.account', page: 'account-card', view: 'documents', read: 'bills/accounts/:subject' }],
  demoData: [{ id: 'bills.demo', provider: BillsDemo }],
});
