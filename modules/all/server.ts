import type { ModulePlugin } from '@komplat/plugin-api';
import { platformPlugin } from '@komplat/server';
import { administrationPlugin } from '@komplat/administration/server';
import { benefitsPlugin } from '@komplat/benefits/server';
import { billingPlugin } from '@komplat/billing/server';
import { billsPlugin } from '@komplat/bills/server';
import { debtPlugin } from '@komplat/debt/server';
import { legalPlugin } from '@komplat/legal/server';
import { meteringPlugin } from '@komplat/metering/server';
import { paymentsPlugin } from '@komplat/payments/server';
import { passportOfficePlugin } from '@komplat/passport-office/server';
import { registryPlugin } from '@komplat/registry/server';
import { restructuringPlugin } from '@komplat/restructuring/server';
import { tariffsPlugin } from '@komplat/tariffs/server';

/** The only list of modules of the server processes. */
export const plugins: readonly ModulePlugin[] = [
  platformPlugin,
  administrationPlugin,
  registryPlugin,
  tariffsPlugin,
  benefitsPlugin,
  meteringPlugin,
  billingPlugin,
  paymentsPlugin,
  debtPlugin,
  legalPlugin,
  restructuringPlugin,
  passportOfficePlugin,
  billsPlugin,
];

export { CalcService, seedRoles } from '@komplat/administration/server';
