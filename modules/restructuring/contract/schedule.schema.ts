import { zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

export const CATEGORIES = ['working', 'pensioner', 'social-aid'] as const;
const zSum = zMoney.refine((text) => !text.startsWith('-'), { error: 'kernel.money.malformed' });
const zPercent = z.string().regex(/^\d{1,2}(\.\d{1,4})?$/);

/** Input of `restructuring.schedule`. Unknown fields are refused. */
export const ScheduleInput = z.strictObject({
  debt: zSum.describe('debt that the contract divides, hryvnias'),
  months: z.number().int().min(1).max(600).describe('number of monthly parts'),
  firstMonth: zPeriod.describe('month of the first part; the rules in force on its first day are used'),
  category: z.enum(CATEGORIES).describe('whose income bears the payments'),
  incomePerMonth: zSum.optional().describe('without it there is no cap to compare with'),
  currentPerMonth: zSum.optional().describe('average current bill of a month; 0.00 when absent'),
  parameters: z
    .strictObject({ capPercent: zPercent.optional().describe('in place of the cap of the category'), mostMonths: z.number().int().min(1).max(600).optional() })
    .optional(),
});
export type ScheduleInput = z.infer<typeof ScheduleInput>;

export const ScheduleOutput = z.strictObject({
  parts: z.array(z.strictObject({ month: zPeriod, amount: zMoney })),
  cap: zMoney.nullable().describe('most that instalment and current bill may take of the income; null without an income'),
  burden: zMoney.describe('largest part and the current bill together'),
  withinCap: z.boolean().nullable().describe('null without an income'),
});
export type ScheduleOutput = z.infer<typeof ScheduleOutput>;
