import { definePlugin } from '@komplat/plugin-api';
import { PaymentsCoreModule } from './core.module.ts';
import { PaymentsDemo } from './demo/payments.demo.ts';
import { PaymentsInit } from './migrations/20261123080500_init.ts';

export const paymentsPlugin = definePlugin({
  id: 'payments',
  dbSchema: 'payments',
  dependsOn: ['registry','tariffs','billing'],
  nest: { core: PaymentsCoreModule },
  entities: [],
  migrations: [{ name: 'payments/20261123080500_init', class: PaymentsInit }],
  publishedViews: [
    'payments.pub_payment_v1',
    'payments.pub_import_v1',
    'payments.pub_import_row_v1',
    'payments.pub_money_line_v1',
  ],
  demoData: [{ id: 'payments.demo', provider: PaymentsDemo }],
  permissions: [],
});
