import { z } from 'zod';

const zDecimal = z.string().regex(/^\d{1,12}(\.\d{1,8})?$/);
const zShare = z.string().regex(/^(0(\.\d{1,8})?|1(\.0{1,8})?)$/);
const zId = z.union([z.string().min(1).max(40), z.number().int().min(0)]);

/** Input of the calculator `metering.distribute`. Unknown fields are refused. */
export const DistributeCalcInput = z.strictObject({
  service: z.enum(['CW', 'HW', 'HEAT']),
  houseVolume: zDecimal.describe('what the house meter counted: m³, of heat Gcal'),
  commonShare: zShare
    .default('0')
    .describe('share of the house volume for common areas and systems (heat); water: set aside first, usually 0'),
  commonCoefficient: z
    .string()
    .regex(/^(0\.[2-9]\d?|1(\.\d{1,2})?|2(\.0{1,2})?)$/)
    .optional()
    .describe('decision of the co-owners, 0.2 to 0.9 or 1.1 to 2: multiplies the common share'),
  nonResidential: zDecimal.optional().describe('volume of shops and offices with meters of their own'),
  needsBy: z.enum(['area', 'persons']).optional().describe('house needs are divided by area (default) or by persons'),
  flats: z
    .array(
      z.strictObject({
        id: zId,
        area: zDecimal,
        persons: z.number().int().min(0).max(100),
        norm: zDecimal.describe('of one person a month; of heat: of one m²'),
        metered: zDecimal.nullish().describe('volume of the own meter; absent = no meter'),
      }),
    )
    .min(1)
    .max(5000),
});
export type DistributeCalcInput = z.infer<typeof DistributeCalcInput>;
export const DistributeCalcOutput = z.strictObject({
  flats: z.array(
    z.strictObject({
      id: zId,
      volume: z.string().describe('own volume: of the meter, or given by the distribution'),
      part: z.string().describe('share of house needs'),
    }),
  ),
  houseNeeds: z.string(),
  shortfall: z.string().describe('by how much the flats show more than the house meter'),
});
