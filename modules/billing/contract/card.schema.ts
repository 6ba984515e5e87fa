import { zDay, zInstant, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';
import { movement } from './turnover.schema.ts';

const zLaneState = z.enum(['open', 'closing', 'verified', 'released', 'locked', 'none']);
const zMessageParams = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const CardParams = z.object({ number: z.string().regex(/^\d{10}$/) });
export type CardParams = z.infer<typeof CardParams>;
export const CardQuery = z.object({
  months: z.coerce.number().int().min(1).max(420).default(12),
  /** Months before this one; the newest months when absent. */
  before: zPeriod.optional(),
  /** As of a day: only what documents effective until it say. Now when absent. */
  asOf: zDay.optional(),
  /** As it was known at the end of a day of the city: only what was booked until then. Now when absent. */
  knownAt: zDay.optional(),
});
export type CardQuery = z.infer<typeof CardQuery>;

/** Turnover of one month of one service. `opening + charged + … + other = closing`. */
export const CardMonth = z
  .object({
    month: zPeriod,
    ...movement,
    state: zLaneState,
    /** What `GET billing/trace/:ref` explains; null when nothing was charged in the month. */
    traceRef: z.string().nullable(),
  })
  .meta({ id: 'billing.CardMonth' });
export type CardMonth = z.infer<typeof CardMonth>;

export const CardService = z
  .object({
    serviceCode: z.string(),
    serviceName: z.string(),
    providerCode: z.string(),
    providerName: z.string(),
    balance: zMoney,
    /** Months with an unpaid charge. */
    debtMonths: z.number().int(),
    months: z.array(CardMonth),
  })
  .meta({ id: 'billing.CardService' });
export type CardService = z.infer<typeof CardService>;

export const CardOpenItem = z
  .object({
    month: zPeriod,
    service: z.string(),
    provider: z.string(),
    dueOn: zDay,
    due: zMoney,
    outstanding: zMoney,
  })
  .meta({ id: 'billing.CardOpenItem' });
export type CardOpenItem = z.infer<typeof CardOpenItem>;

export const CardAllocation = z.object({
  month: zPeriod.nullable(),
  service: z.string(),
  provider: z.string(),
  amount: zMoney,
});
export const CardPayment = z
  .object({
    id: z.string(),
    paidOn: zDay,
    receivedOn: zDay,
    bookedAt: zInstant,
    channel: z.string(),
    amount: zMoney,
    importId: z.string().optional(),
    line: z.number().int().optional(),
    note: z.object({ key: z.string(), params: zMessageParams }).optional(),
    reversed: z.boolean(),
    /** Came with a file of the old system: its money is in the balances of the loaded months, so it pays nothing here. */
    loaded: z.boolean(),
    /** What it paid; a row without a month is an advance that still waits. */
    allocations: z.array(CardAllocation),
  })
  .meta({ id: 'billing.CardPayment' });
export type CardPayment = z.infer<typeof CardPayment>;

/** Entries that are neither mass charges nor payments: recalculations, transfers, opening balances. */
export const CardEntry = z
  .object({
    period: zPeriod,
    forPeriod: zPeriod,
    kind: z.string(),
    service: z.string(),
    provider: z.string(),
    amount: zMoney,
    bookedAt: zInstant,
    bookedBy: z.string(),
    document: z.object({ kind: z.string(), id: z.string() }),
    note: z.object({ key: z.string(), params: zMessageParams }).nullable(),
  })
  .meta({ id: 'billing.CardEntry' });
export type CardEntry = z.infer<typeof CardEntry>;

export const Card = z
  .object({
    account: z.object({ number: z.string(), version: z.string() }),
    total: z.object({ balance: zMoney }),
    services: z.array(CardService),
    months: z.array(zPeriod),
    /** The first month that the card has; the pages of months end there. */
    firstMonth: zPeriod,
    /** The day of the past that is shown; null = now. */
    asOf: zDay.nullable(),
    knownAt: zDay.nullable(),
    /** When the first document of the account was booked; told only where nothing was known yet on the asked day. */
    knownFrom: zDay.nullable(),
    openItems: z.array(CardOpenItem),
    payments: z.array(CardPayment),
    entries: z.array(CardEntry),
    version: z.string(),
  })
  .meta({ id: 'billing.Card' });
export type Card = z.infer<typeof Card>;
