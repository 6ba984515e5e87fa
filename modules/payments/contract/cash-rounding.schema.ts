import { zDay, zMoney } from '@komplat/kernel';
import { z } from 'zod';

/** Input of the calculator `payments.cash-rounding`: a sum that is paid in cash on a day. Unknown fields are refused. */
export const CashRoundingInput = z.strictObject({ date: zDay, amount: zMoney });
export const CashRoundingOutput = z.strictObject({ rounded: zMoney, difference: zMoney });
