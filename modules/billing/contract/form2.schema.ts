import { zMessage, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

/** Form 2-benefit of a month (law.md 2.5): what benefits took off the bills, by provider. */
export const Form2Query = z.object({ month: zPeriod });
export type Form2Query = z.infer<typeof Form2Query>;
export const Form2Params = z.object({ provider: z.string().max(16) });
export type Form2Params = z.infer<typeof Form2Params>;

export const Form2Lane = z.object({
  provider: z.string(),
  providerName: z.string(),
  accounts: z.number().int(),
  /** Benefits of the month itself. */
  ofMonth: zMoney,
  /** Changes of earlier months that recalculations posted in this one. */
  ofEarlier: zMoney,
  total: zMoney,
});
export type Form2Lane = z.infer<typeof Form2Lane>;
export const Form2Lanes = z.object({ month: zPeriod, items: z.array(Form2Lane), total: zMoney }).meta({ id: 'billing.Form2Lanes' });
export type Form2Lanes = z.infer<typeof Form2Lanes>;

/** The form of one provider as the page shows it; its total is that of the ledger. */
export const Form2View = z
  .object({
    month: zPeriod,
    provider: z.string(),
    providerName: z.string(),
    records: z.number().int(),
    categories: z.array(z.object({ category: z.string(), name: z.string(), persons: z.number().int(), covered: z.number().int(), total: zMoney })),
    total: zMoney,
    /** What a person must see before the file is sent. */
    problems: z.array(zMessage),
  })
  .meta({ id: 'billing.Form2View' });
export type Form2View = z.infer<typeof Form2View>;
