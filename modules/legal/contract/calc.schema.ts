import { zDay, zMoney } from '@komplat/kernel';
import { z } from 'zod';

const zSum = zMoney.refine((text) => !text.startsWith('-'), { error: 'kernel.money.malformed' });
const zYear = z.string().regex(/^20\d{2}$/);

/** Input of `legal.court-fee`. Unknown fields are refused. */
export const CourtFeeInput = z.strictObject({
  date: zDay.describe('day of payment'),
  kind: z.enum(['order', 'property-claim', 'non-property-claim', 'appeal']),
  appealOf: z.enum(['property-claim', 'non-property-claim']).optional().describe('required with kind appeal'),
  side: z.enum(['legal-entity', 'natural-person']),
  price: zSum.optional().describe('price of the claim; required for a property claim and its appeal'),
  electronic: z.boolean().describe('filed through the electronic court: × 0.8'),
  orderFeePaid: zSum
    .optional()
    .describe('fee of an order that was refused or cancelled: not returned, credited when the claim is filed (law.md 5.1)'),
  court: z.string().max(20).optional().describe('code of the court: its account of the Treasury comes with the answer'),
  parameters: z
    .strictObject({ subsistenceMinimum: z.record(zYear, zSum).optional().describe('of able-bodied persons on 1 January, by year') })
    .optional(),
});
export type CourtFeeInput = z.infer<typeof CourtFeeInput>;

const zAccount = z.strictObject({
  court: z.string(),
  recipient: z.string(),
  edrpou: z.string(),
  bank: z.string(),
  mfo: z.string(),
  iban: z.string(),
  budgetCode: z.string(),
  purpose: z.string(),
});
export const CourtFeeOutput = z.strictObject({
  base: zMoney.describe('subsistence minimum of able-bodied persons on 1 January'),
  fee: zMoney,
  minimum: zMoney.describe('before × 0.8; of a fixed fee the fee itself'),
  maximum: zMoney.describe('before × 0.8; of a fixed fee the fee itself'),
  credited: zMoney.optional(),
  toPay: zMoney.optional().describe('fee less what is credited'),
  account: zAccount.optional(),
});
export type CourtFeeOutput = z.infer<typeof CourtFeeOutput>;
export type TreasuryAccount = z.infer<typeof zAccount>;
