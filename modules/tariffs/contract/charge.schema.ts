import { zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const zDecimal = z.string().regex(/^\d{1,12}(\.\d{1,8})?$/);

/** Input of the calculator `tariffs.charge`. Unknown fields are refused. */
export const ChargeCalcInput = z.strictObject({
  method: z.enum(['area', 'heated-area', 'meter', 'norm', 'per-person', 'fixed']),
  tariff: zDecimal.describe('hryvnias for a unit; unused when tiers are given'),
  area: zDecimal.optional(),
  previous: zDecimal.optional(),
  current: zDecimal.optional(),
  digits: z.number().int().min(3).max(9).optional().describe('digits of the dial, needed when it went over its end'),
  norm: zDecimal.optional(),
  persons: z.number().int().min(0).max(100).optional(),
  daysPresent: z.number().int().min(0).max(31).optional(),
  month: zPeriod.optional(),
  quantityScale: z.number().int().min(0).max(6).optional().describe('decimals of the volume: m³ and kWh 3, Gcal 6'),
  tiers: z
    .array(z.strictObject({ from: zDecimal, to: zDecimal.nullable(), price: zDecimal }))
    .min(1)
    .max(9)
    .optional(),
  tierMode: z.enum(['marginal', 'whole']).optional(),
});
export type ChargeCalcInput = z.infer<typeof ChargeCalcInput>;
export const ChargeCalcOutput = z.strictObject({ quantity: z.string(), amount: zMoney });
