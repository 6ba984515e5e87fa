import { pageOf, zDay, zPeriod } from '@komplat/kernel';
import { z } from 'zod';
import { CardMonth, CardPayment } from './card.schema.ts';
import { movement } from './turnover.schema.ts';

/** Pages of the card's history: months before `after`, the newest first, back to the first month of the account. */
export const CardPagesQuery = z.object({
  after: zPeriod.optional(),
  /** Months of a page. */
  limit: z.coerce.number().int().min(1).max(60).default(24),
  asOf: zDay.optional(),
  knownAt: zDay.optional(),
});
export type CardPagesQuery = z.infer<typeof CardPagesQuery>;

/** One service in one month of the history. */
export const HistoryService = CardMonth.omit({ month: true })
  .extend({ serviceCode: z.string(), serviceName: z.string(), providerCode: z.string(), providerName: z.string() })
  .meta({ id: 'billing.HistoryService' });
export type HistoryService = z.infer<typeof HistoryService>;

/** A month of the account: the sums of its services, and the services that stand for something in it. */
export const HistoryMonth = z
  .object({
    month: zPeriod,
    ...movement,
    /** A charge of an open month is awaited: the sum is not the whole yet. */
    awaited: z.boolean(),
    services: z.array(HistoryService),
  })
  .meta({ id: 'billing.HistoryMonth' });
export type HistoryMonth = z.infer<typeof HistoryMonth>;
export const HistoryMonths = pageOf(HistoryMonth).meta({ id: 'billing.HistoryMonths' });
export type HistoryMonths = z.infer<typeof HistoryMonths>;

export const HistoryPayments = pageOf(CardPayment).meta({ id: 'billing.HistoryPayments' });
export type HistoryPayments = z.infer<typeof HistoryPayments>;
