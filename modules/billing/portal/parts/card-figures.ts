import { isZeroMoney } from '@komplat/ui';
import type { CardMonth, CardService } from './card-types.ts';

/** An open month without a charge: the charge is awaited, it is not zero. */
export const isAwaited = (month: CardMonth): boolean =>
  month.state === 'open' && month.traceRef === null && isZeroMoney(month.charged);

/** Reference of the balance of one service, for the drawer of sources. */
export const balanceRef = (number: string, service: CardService): string =>
  `balance:${number}:${service.serviceCode}:${service.providerCode}`;
