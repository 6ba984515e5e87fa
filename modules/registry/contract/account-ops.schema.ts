import { zDay, zInstant, zMoney } from '@komplat/kernel';
import { z } from 'zod';
import { AccountNumber } from './account.schema.ts';
import { CONTRACT_KINDS, DWELLING_TYPES, NewPerson } from './change.schema.ts';

const zArea = z.string().regex(/^\d{1,6}(\.\d{1,2})?$/, { error: 'registry.change.area-malformed' });
const why = { reason: z.string().trim().min(10).max(500), document: z.string().trim().max(200).optional() };
const versioned = { version: z.number().int(), ...why };
const Person = z.union([z.strictObject({ id: z.uuid() }), NewPerson]);
const dwelling = { totalArea: zArea, heatedArea: zArea, rooms: z.number().int().min(1).max(50) };

/** An account for a dwelling that has none open: one that is known, or a new one in a house. */
export const OpenAccount = z
  .strictObject({
    premises: z.union([
      z.strictObject({ id: z.number().int() }),
      z.strictObject({
        houseId: z.number().int(),
        number: z.string().trim().min(1).max(20),
        kind: z.enum(['flat', 'room', 'house']),
        floor: z.number().int().min(-2).max(100).nullable(),
        dwellingType: z.enum(DWELLING_TYPES),
        ...dwelling,
      }),
    ]),
    holder: Person,
    on: zDay,
    ...why,
  })
  .meta({ id: 'OpenAccount' });
export type OpenAccount = z.infer<typeof OpenAccount>;
export const CloseAccount = z.strictObject({ lastDay: zDay, ...versioned }).meta({ id: 'CloseAccount' });
export type CloseAccount = z.infer<typeof CloseAccount>;
export const ReopenAccount = z.strictObject({ on: zDay, ...versioned }).meta({ id: 'ReopenAccount' });
export type ReopenAccount = z.infer<typeof ReopenAccount>;
export const RenumberAccount = z.strictObject({ on: zDay, ...versioned }).meta({ id: 'RenumberAccount' });
export type RenumberAccount = z.infer<typeof RenumberAccount>;
export const MergeAccount = z.strictObject({ into: AccountNumber, on: zDay, ...versioned }).meta({ id: 'MergeAccount' });
export type MergeAccount = z.infer<typeof MergeAccount>;
/** Part of a dwelling gets an account of its own: rooms of a communal flat, a divided house. */
export const SplitAccount = z
  .strictObject({
    part: z.strictObject({ number: z.string().trim().min(1).max(20), kind: z.enum(['flat', 'room', 'house']), ...dwelling }),
    holder: Person,
    /** Residents who live in the part. */
    residents: z.array(z.uuid()).max(50),
    on: zDay,
    ...versioned,
  })
  .meta({ id: 'SplitAccount' });
export type SplitAccount = z.infer<typeof SplitAccount>;

export const AccountDone = z.object({ number: z.string(), version: z.number().int() }).meta({ id: 'AccountDone' });
export type AccountDone = z.infer<typeof AccountDone>;

export const LineageEvent = z
  .object({
    kind: z.enum(['open', 'close', 'reopen', 'split', 'merge', 'renumber']),
    account: z.string(),
    other: z.string().nullable(),
    oldNumber: z.string().nullable(),
    newNumber: z.string().nullable(),
    on: zDay,
    balance: zMoney,
    at: zInstant,
    actor: z.string(),
    reason: z.string(),
    document: z.string().nullable(),
  })
  .meta({ id: 'AccountLineageEvent' });
export const Lineage = z
  .object({ /** The account that goes on today. */ current: z.string(), items: z.array(LineageEvent) })
  .meta({ id: 'AccountLineage' });
export type Lineage = z.infer<typeof Lineage>;

/** Terms of one supply of the account. */
export const SupplyContract = z
  .strictObject({
    version: z.number().int(),
    supplyId: z.number().int(),
    number: z.string().trim().min(1).max(60),
    signedOn: zDay,
    kind: z.enum(CONTRACT_KINDS),
    /** Per cent of the debt a day of delay; null = no penalty. Law 2189-VIII, article 26: at most 0.01. */
    penaltyRate: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,6})?$/)
      .nullable(),
    dueDay: z.number().int().min(1).max(28),
    from: zDay,
    to: zDay.optional(),
    ...why,
  })
  .meta({ id: 'SupplyContractRequest' });
export type SupplyContract = z.infer<typeof SupplyContract>;
export const SupplyContractView = z
  .object({
    supplyId: z.number().int(),
    service: z.string(),
    provider: z.string(),
    number: z.string().nullable(),
    signedOn: zDay.nullable(),
    kind: z.string().nullable(),
    penaltyRate: z.string().nullable(),
    dueDay: z.number().int(),
    from: zDay.nullable(),
    to: zDay.nullable(),
  })
  .meta({ id: 'SupplyContract' });
export const SupplyContracts = z.object({ version: z.number().int(), items: z.array(SupplyContractView) }).meta({ id: 'SupplyContracts' });
export type SupplyContracts = z.infer<typeof SupplyContracts>;
