import { zDay, zMoney } from '@komplat/kernel';
import { z } from 'zod';

const zDecimal = z.string().regex(/^\d{1,12}(\.\d{1,8})?$/, { error: 'decimal number expected: 12.5' });
/** Signed, as calculations leave it. */
const zNumber = z.string().regex(/^-?\d+(\.\d+)?$/);

/** Input of the calculator `benefits.amount`. Unknown fields are refused. */
export const AmountCalcInput = z.strictObject({
  service: z.string().min(1).max(20).describe('code of the service: it says how the quantity is rounded'),
  quantity: zDecimal,
  norm: zDecimal.describe('norm of one person, in units of the service'),
  normAddition: zDecimal.optional().describe('addition of the family, 0 when absent'),
  tariff: zDecimal.describe('hryvnias for a unit'),
  percent: zDecimal.describe('from above 0 to 100'),
  covered: z.number().int().min(0).max(100).describe('persons under the benefit, the holder among them'),
  persons: z.number().int().min(0).max(100).describe('all residents'),
  quantityScale: z.number().int().min(0).max(6).optional().describe('decimals of the quantity, instead of those of the service'),
});
export type AmountCalcInput = z.infer<typeof AmountCalcInput>;
export const AmountCalcOutput = z.strictObject({ quantityWithBenefit: zNumber, benefit: zMoney, toPay: zMoney });

/** Input of the calculator `benefits.subsidy`. Unknown fields are refused. */
export const SubsidyCalcInput = z.strictObject({
  date: zDay.describe('its year gives the subsistence minimum'),
  incomes: z.array(zMoney).min(1).max(50).describe('hryvnias a month, one for each earner'),
  members: z.number().int().min(1).max(50),
  costWithinNorms: zMoney.describe('fee of all services within the social norms, a month'),
  parameters: z
    .strictObject({
      subsistenceMinimum: zMoney.optional(),
      baseCoefficient: zDecimal.optional(),
      baseSharePercent: zDecimal.optional(),
    })
    .optional()
    .describe('replaces the tables in force for this run'),
});
export type SubsidyCalcInput = z.infer<typeof SubsidyCalcInput>;
export const SubsidyCalcOutput = z.strictObject({
  incomeTotal: zMoney,
  incomePerPerson: zNumber,
  coefficient: zNumber,
  sharePercent: zNumber,
  obligatoryPayment: zMoney,
  subsidy: zMoney,
});
