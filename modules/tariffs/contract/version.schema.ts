import { listOf, zDay, zListAsk, zMoney, zPeriod } from '@komplat/kernel';
import { MoneyEffect } from '@komplat/registry/contract';
import { z } from 'zod';

/** What is kept as dated data with a decision: prices, norms of consumption, parameters such as the heating season. */
export const VALUE_BOOKS = ['tariffs', 'norms', 'parameters'] as const;
/** Marks that a person may give; older versions may carry others. */
export const VALUE_MARKS = ['confirmed', 'general knowledge', 'needs a lawyer'] as const;

export const ValueVersion = z
  .object({
    id: z.string(),
    book: z.enum(VALUE_BOOKS),
    /** Names the thing whose versions follow one another. */
    key: z.string(),
    service: z.string().nullable(),
    serviceName: z.string().nullable(),
    provider: z.string().nullable(),
    /** Variant of a tariff, equipment of a norm, code of a parameter. */
    name: z.string(),
    purpose: z.string().nullable(),
    /** Tier of a tariff with several; null for all else. */
    tier: z.number().int().nullable(),
    /** Decimal number, or the text of a parameter. */
    value: z.string(),
    unit: z.string(),
    from: zDay,
    /** Last day in force; null = until changed. */
    to: zDay.nullable(),
    act: z.string(),
    mark: z.string(),
    current: z.boolean(),
    /** No later version of the same thing. */
    last: z.boolean(),
    /** A new version waits for a second person. */
    waiting: z.boolean(),
  })
  .meta({ id: 'TariffsValueVersion' });
export type ValueVersion = z.infer<typeof ValueVersion>;
export const ValueVersions = listOf(ValueVersion).meta({ id: 'TariffsValueVersions' });
export type ValueVersions = z.infer<typeof ValueVersions>;
export const ValuesQuery = zListAsk.extend({
  book: z.enum(VALUE_BOOKS).default('tariffs'),
  /** `all` shows every version, else those in force today or later. */
  show: z.enum(['now', 'all']).default('now'),
  service: z.string().max(20).optional(),
  q: z.string().trim().max(60).optional(),
});
export type ValuesQuery = z.infer<typeof ValuesQuery>;

export const VersionChange = z
  .strictObject({
    book: z.enum(VALUE_BOOKS),
    key: z.string().max(200),
    /** Absent for a parameter that says nothing but its days. */
    value: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,6})?$/, { error: 'tariffs.version.value-malformed' })
      .optional(),
    from: zDay,
    /** Last day; null = until changed. */
    to: zDay.nullable().default(null),
    decisionBody: z.string().trim().min(3).max(200),
    decisionNumber: z.string().trim().min(1).max(60),
    decisionDate: zDay,
    mark: z.enum(VALUE_MARKS),
    reason: z.string().trim().min(10).max(500),
  })
  .meta({ id: 'TariffsVersionChange' });
export type VersionChange = z.infer<typeof VersionChange>;

/** Whom a new version touches and what it does to money, before anybody is asked to agree. */
export const VersionLook = z
  .object({
    /** The version that ends the day before; null = the days were free. */
    replaces: z.object({ from: zDay, to: zDay.nullable(), value: z.string() }).nullable(),
    /** Open accounts that are charged by it; null = of a parameter that is not counted by accounts. */
    accounts: z.number().int().nullable(),
    sample: z.array(z.object({ number: z.string(), address: z.string() })),
    money: z.object({
      available: z.boolean(),
      /** Accounts that were computed. */
      over: z.number().int(),
      /** A version of a later month is tried on this one, as if it were in force already. */
      asIf: zPeriod.nullable(),
      effects: z.array(MoneyEffect),
      difference: zMoney,
    }),
  })
  .meta({ id: 'TariffsVersionLook' });
export type VersionLook = z.infer<typeof VersionLook>;
export const VersionAsked = z.object({ approvalId: z.uuid() }).meta({ id: 'TariffsVersionAsked' });
export type VersionAsked = z.infer<typeof VersionAsked>;
