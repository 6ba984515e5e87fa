import { zDay, zMoney } from '@komplat/kernel';
import { z } from 'zod';

const zYear = z.string().regex(/^20\d{2}$/);

/** Input of `passport-office.fee`. Unknown fields are refused. */
export const FeeInput = z.strictObject({
  date: zDay.describe('day of the application'),
  late: z.boolean().describe('later than 30 calendar days after moving'),
  parameters: z
    .strictObject({ subsistenceMinimum: z.record(zYear, zMoney.refine((text) => !text.startsWith('-'))).optional().describe('of able-bodied persons on 1 January, by year') })
    .optional(),
});
export const FeeOutput = z.strictObject({
  base: zMoney.describe('sum of which the fee is a share: subsistence minimum of able-bodied persons on 1 January of the year'),
  fee: zMoney,
});
