import { listOf, zDay, zListAsk, zMoney } from '@komplat/kernel';
import { z } from 'zod';

export const RELATIONS = ['holder', 'spouse', 'child', 'disabled-child', 'carer', 'parent', 'ward'] as const;
const zRegime = z.enum(['netted', 'monetised']);
const zReason = z.string().trim().min(10).max(500);

/** One right in a list. */
export const HoldingItem = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    account: z.string(),
    address: z.string(),
    holder: z.string().nullable(),
    category: z.string(),
    categoryName: z.string(),
    percent: z.string(),
    document: z.string(),
    covered: z.number().int(),
    from: zDay,
    to: zDay.nullable(),
  })
  .meta({ id: 'BenefitHolding' });
export type HoldingItem = z.infer<typeof HoldingItem>;
export const HoldingList = listOf(HoldingItem).meta({ id: 'BenefitHoldingList' });
export type HoldingList = z.infer<typeof HoldingList>;
export const HoldingQuery = zListAsk.extend({
  q: z.string().trim().max(100).optional(),
  category: z.string().max(10).optional(),
  state: z.enum(['now', 'ended']).optional(),
});
export type HoldingQuery = z.infer<typeof HoldingQuery>;

/** Benefits and subsidies of one account, as of a day and as they were known on a day. */
export const AccountBenefits = z
  .object({
    asOf: zDay,
    holdings: z.array(
      z.object({
        id: z.uuid(),
        version: z.number().int(),
        personId: z.uuid(),
        holder: z.string().nullable(),
        category: z.string(),
        categoryName: z.string(),
        percent: z.string().nullable(),
        mark: z.string().nullable(),
        document: z.string(),
        documentDate: zDay.nullable(),
        incomePerPerson: zMoney.nullable(),
        from: zDay,
        to: zDay.nullable(),
        reason: z.string(),
        covered: z.array(
          z.object({ personId: z.uuid(), name: z.string().nullable(), relation: z.enum(RELATIONS), from: zDay, to: zDay.nullable() }),
        ),
      }),
    ),
    /** What follows from them on the day, by service. */
    entitlements: z.array(
      z.object({
        service: z.string(),
        serviceName: z.string(),
        category: z.string(),
        percent: z.string(),
        covered: z.number().int(),
        norm: z.string().nullable(),
        normAddition: z.string(),
        regime: zRegime,
        mark: z.string(),
        from: zDay,
        to: zDay.nullable(),
      }),
    ),
    awards: z.array(
      z.object({
        service: z.string(),
        serviceName: z.string(),
        from: zDay,
        to: zDay.nullable(),
        amount: zMoney,
        kind: z.enum(['award', 'return']),
        regime: zRegime,
        document: z.string(),
      }),
    ),
    residents: z.array(z.object({ personId: z.uuid(), name: z.string().nullable(), kind: z.string(), from: zDay, to: zDay.nullable() })),
  })
  .meta({ id: 'AccountBenefits' });
export type AccountBenefits = z.infer<typeof AccountBenefits>;
export const AccountBenefitsQuery = z.object({ asOf: zDay.optional(), knownAt: zDay.optional() });
export type AccountBenefitsQuery = z.infer<typeof AccountBenefitsQuery>;

export const NumberParams = z.object({ number: z.string().regex(/^\d{10}$/) });
export type NumberParams = z.infer<typeof NumberParams>;
export const HoldingParams = z.object({ id: z.uuid() });
export type HoldingParams = z.infer<typeof HoldingParams>;

/** A new right. The holder stands in `covered` by itself. */
export const HoldingAdd = z
  .strictObject({
    personId: z.uuid(),
    category: z.string().max(10),
    document: z.string().trim().min(2).max(60),
    documentDate: zDay.nullable().default(null),
    from: zDay,
    to: zDay.nullable().default(null),
    covered: z.array(z.strictObject({ personId: z.uuid(), relation: z.enum(RELATIONS) })).max(20).default([]),
    /** Average income of a person a month; needed where the category is income tested. */
    incomePerPerson: zMoney.nullable().default(null),
    incomeTo: zDay.nullable().default(null),
    reason: zReason,
  })
  .meta({ id: 'BenefitHoldingAdd' });
export type HoldingAdd = z.infer<typeof HoldingAdd>;
export const HoldingEnd = z
  .strictObject({ version: z.number().int(), lastDay: zDay, reason: zReason })
  .meta({ id: 'BenefitHoldingEnd' });
export type HoldingEnd = z.infer<typeof HoldingEnd>;
export const HoldingDone = z.object({ id: z.uuid(), version: z.number().int() }).meta({ id: 'BenefitHoldingDone' });
export type HoldingDone = z.infer<typeof HoldingDone>;

/** What the family chose where a benefit and a subsidy meet. */
export const ChoiceSet = z
  .strictObject({
    choice: z.enum(['benefit', 'subsidy']),
    from: zDay,
    to: zDay,
    document: z.string().trim().min(2).max(100),
    reason: zReason,
  })
  .meta({ id: 'BenefitChoiceSet' });
export type ChoiceSet = z.infer<typeof ChoiceSet>;
