import { listOf, zDay, zListAsk, zMoney } from '@komplat/kernel';
import { z } from 'zod';

export const ProviderItem = z
  .object({
    id: z.number().int(),
    code: z.string(),
    name: z.string(),
    kind: z.enum(['enterprise', 'condominium']),
    from: zDay.nullable(),
    /** Last day of its work; null = it goes on. */
    to: zDay.nullable(),
    successor: z.string().nullable(),
    /** What went over to the successor, or waits until the books of the last month are locked; null = nobody succeeds it. */
    balances: z.object({ state: z.enum(['waiting', 'moved']), debt: zMoney, advance: zMoney }).nullable(),
    /** Open supplies of today. */
    supplies: z.number().int(),
    /** A succession, or undoing it, waits for a second person. */
    waiting: z.boolean(),
  })
  .meta({ id: 'TariffsProvider' });
export type ProviderItem = z.infer<typeof ProviderItem>;
export const ProviderList = listOf(ProviderItem).meta({ id: 'TariffsProviderList' });
export type ProviderList = z.infer<typeof ProviderList>;
export const ProvidersQuery = zListAsk.extend({ q: z.string().trim().max(60).optional() });
export type ProvidersQuery = z.infer<typeof ProvidersQuery>;

/** A provider is succeeded by another one from the first day of a month, by a document. */
export const Succession = z
  .strictObject({
    provider: z.string().max(10),
    successor: z.string().max(10),
    on: zDay,
    document: z.string().trim().min(5).max(200),
    reason: z.string().trim().min(10).max(500),
  })
  .meta({ id: 'TariffsSuccession' });
export type Succession = z.infer<typeof Succession>;

/** A succession is undone while the successor charged nothing by it: all is again as it was. */
export const SuccessionUndo = z
  .strictObject({ provider: z.string().max(10), reason: z.string().trim().min(10).max(500) })
  .meta({ id: 'TariffsSuccessionUndo' });
export type SuccessionUndo = z.infer<typeof SuccessionUndo>;

/** What a succession, or undoing it, would do; nothing is kept. */
export const SuccessionLook = z
  .object({
    accounts: z.number().int(),
    supplies: z.number().int(),
    tariffs: z.number().int(),
    balances: z.array(z.object({ service: z.string(), accounts: z.number().int(), debt: zMoney, advance: zMoney })),
    /** `waiting`: balances go over when the books of the provider are locked up to the day; `moved`: with the signature. */
    when: z.enum(['waiting', 'moved']),
  })
  .meta({ id: 'TariffsSuccessionLook' });
export type SuccessionLook = z.infer<typeof SuccessionLook>;
