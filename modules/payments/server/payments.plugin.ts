import { definePlugin } from '@komplat/plugin-api';
import { batchPosted, gateMoved, importOrdered, importUploaded, paymentReceived } from '../contract/events.ts';
import { PAYMENTS_PERMISSIONS as P } from '../contract/permissions.ts';
import { PAYMENTS_QUEUE, STATEMENT_IMPORT } from '../contract/workflows.ts';
import { ImportActivitiesImpl } from './activities/import.activities.ts';
import { allocateCalculator } from './calculators/allocate.calculator.ts';
import { cashRoundingCalculator } from './calculators/cash-rounding.calculator.ts';
import { PaymentsCashRounding } from './migrations/20261124170000_cash_rounding.ts';
import { PaymentsCashAtDesk } from './migrations/20261125140000_cash_at_desk.ts';
import { PaymentsHistoryChannel } from './migrations/20261125160200_history_channel.ts';
import { PaymentsImportWarnings } from './migrations/20261125191000_import_warnings.ts';
import { importCommand } from './commands/import.command.ts';
import { payCommands } from './commands/pay.command.ts';
import { PaymentsActivitiesModule, PaymentsCoreModule, PaymentsHttpModule } from './core.module.ts';
import { PaymentsDemo } from './demo/payments.demo.ts';
import { RingLanes } from './events/ring-lanes.ts';
import { StartImport } from './events/start-import.ts';
import { PaymentsInit } from './migrations/20261123080500_init.ts';
import { PaymentsIntake } from './migrations/20261123090500_intake.ts';
import { PaymentsImportFill } from './migrations/20261123110000_import_fill.ts';
import { PaymentsAccept } from './migrations/20261123113200_accept.ts';
import { PaymentsAcceptBatch } from './migrations/20261123113300_accept_batch.ts';
import { CutOffGate, SuspenseAgeGate, UnpostedRegistersGate } from './services/close-gates.ts';
import { ImportsQueue, SuspenseQueue } from './services/home-queues.ts';
import { DueToProvidersLaw, MoneyLinesLaw, OutboxLaw } from './services/money-laws.ts';
import { importPresets } from './services/presets.ts';
import { paymentsEntities } from './entities.ts';

export const paymentsPlugin = definePlugin({
  id: 'payments',
  dbSchema: 'payments',
  dependsOn: ['registry', 'tariffs', 'billing'],
  nest: { core: PaymentsCoreModule, http: PaymentsHttpModule, activities: PaymentsActivitiesModule },
  entities: paymentsEntities,
  migrations: [
    { name: 'payments/20261123080500_init', class: PaymentsInit },
    { name: 'payments/20261123090500_intake', class: PaymentsIntake },
    { name: 'payments/20261123110000_import_fill', class: PaymentsImportFill },
    { name: 'payments/20261123113200_accept', class: PaymentsAccept },
    { name: 'payments/20261123113300_accept_batch', class: PaymentsAcceptBatch },
    { name: 'payments/20261124170000_cash_rounding', class: PaymentsCashRounding },
    { name: 'payments/20261125140000_cash_at_desk', class: PaymentsCashAtDesk },
    { name: 'payments/20261125160200_history_channel', class: PaymentsHistoryChannel },
    { name: 'payments/20261125191000_import_warnings', class: PaymentsImportWarnings },
  ],
  publishedViews: [
    'payments.pub_payment_v1',
    'payments.pub_import_v1',
    'payments.pub_import_row_v1',
    'payments.pub_money_line_v1',
  ],
  readsViews: [
    'registry.pub_account_v1',
    'registry.pub_alias_v1',
    'registry.pub_holder_v1',
    'tariffs.pub_service_v1',
    'tariffs.pub_provider_v1',
    'tariffs.pub_supply_v1',
    'billing.pub_ledger_v1',
    'billing.pub_allocation_v1',
    'billing.pub_posting_v1',
    'billing.pub_open_item_v1',
    'billing.pub_advance_v1',
    'billing.pub_accrual_v1',
    'registry.pub_address_v1',
    'registry.pub_residence_v1',
  ],
  permissions: Object.values(P),
  homeQueues: [
    { id: 'payments.imports', title: 'payments.home.imports', permission: P.importRead.id, href: '/payments/imports', urgent: false, provider: ImportsQueue },
    { id: 'payments.suspense', title: 'payments.home.suspense', permission: P.suspenseResolve.id, href: '/payments/suspense', urgent: false, provider: SuspenseQueue },
  ],
  events: {
    publishes: [importUploaded, importOrdered, paymentReceived, batchPosted, gateMoved],
    handles: [
      { event: importUploaded.type, handler: StartImport },
      { event: importOrdered.type, handler: StartImport },
      { event: gateMoved.type, handler: RingLanes },
    ],
  },
  temporal: {
    taskQueue: PAYMENTS_QUEUE,
    workflows: [{ type: STATEMENT_IMPORT, life: 'short', versioning: 'PINNED' }],
    activities: [{ provider: ImportActivitiesImpl }],
  },
  commands: [importCommand, ...payCommands],
  calculators: [allocateCalculator, cashRoundingCalculator],
  importPresets,
  laws: [
    { id: 'payments.outbox', code: 'L9', title: 'payments.law.outbox', provider: OutboxLaw },
    { id: 'payments.money-lines', code: 'L11', title: 'payments.law.money-lines', provider: MoneyLinesLaw },
    {
      id: 'payments.due-to-providers',
      code: 'L12',
      title: 'payments.law.due-to-providers',
      provider: DueToProvidersLaw,
    },
  ],
  closeGates: [
    {
      id: 'payments.cut-offs',
      title: 'payments.gate.cut-offs',
      phase: 'closing',
      ownerPermission: P.importPost.id,
      provider: CutOffGate,
    },
    {
      id: 'payments.unposted-registers',
      title: 'payments.gate.unposted-registers',
      phase: 'closing',
      ownerPermission: P.importPost.id,
      provider: UnpostedRegistersGate,
    },
    {
      id: 'payments.suspense-age',
      title: 'payments.gate.suspense-age',
      phase: 'closing',
      ownerPermission: P.suspenseResolve.id,
      provider: SuspenseAgeGate,
    },
  ],
  demoData: [{ id: 'payments.demo', provider: PaymentsDemo }],
});
