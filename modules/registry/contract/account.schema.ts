import { pageOf, zDay } from '@komplat/kernel';
import { z } from 'zod';

/** Ten digits; spaces are ignored. The check digit is verified by the service, which then offers near numbers. */
export const AccountNumber = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{10}$/, { error: 'registry.account.malformed' }))
  .meta({ id: 'AccountNumber', examples: ['0421057316'] });

export const AccountListItem = z
  .object({
    number: z.string(),
    holder: z.string().nullable(),
    address: z.string(),
    closed: z.boolean(),
  })
  .meta({ id: 'AccountListItem' });
export const AccountList = pageOf(AccountListItem).meta({ id: 'AccountList' });
export type AccountList = z.infer<typeof AccountList>;
export const AccountListQuery = z.object({
  q: z.string().trim().max(100).optional(),
  house: z.coerce.number().int().optional(),
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AccountListQuery = z.infer<typeof AccountListQuery>;

export const Resident = z.object({
  /** Null when the reader may not see other residents. */
  fullName: z.string().nullable(),
  birthDate: zDay.nullable(),
  kind: z.enum(['registered', 'temporary', 'owner']),
  from: zDay,
  to: zDay.nullable(),
});

export const AccountFlag = z.enum(['closed', 'nobody-registered', 'minor-only', 'renamed-street', 'late-facts']);

/** The card's head: everything about the dwelling and its people, as of a day and as it was known on a day. */
export const AccountView = z
  .object({
    id: z.number().int(),
    number: z.string(),
    version: z.number().int(),
    asOf: zDay,
    address: z.string(),
    addressOld: z.array(z.object({ address: z.string(), until: zDay })),
    holder: z.object({ id: z.string(), fullName: z.string(), phone: z.string().nullable(), phone2: z.string().nullable(), email: z.string().nullable() }),
    premises: z.object({
      id: z.number().int(),
      kind: z.enum(['flat', 'room', 'house']),
      totalArea: z.string(),
      heatedArea: z.string(),
      rooms: z.number().int(),
      dwellingType: z.string(),
    }),
    house: z.object({
      id: z.number().int(),
      code: z.string(),
      kind: z.string(),
      yearBuilt: z.number().int(),
      floors: z.number().int(),
      heating: z.string(),
      hotWater: z.string(),
      stove: z.string(),
    }),
    openedOn: zDay,
    closedOn: zDay.nullable(),
    /** Number of the account that goes on instead of this one. */
    mergedInto: z.string().nullable(),
    aliases: z.array(z.object({ owner: z.string(), ownerName: z.string().nullable(), number: z.string() })),
    residents: z.array(Resident),
    residentCount: z.number().int(),
    flags: z.array(AccountFlag),
  })
  .meta({ id: 'AccountView' });
export type AccountView = z.infer<typeof AccountView>;

export const AccountParams = z.object({ number: AccountNumber });
export type AccountParams = z.infer<typeof AccountParams>;
export const AsOfQuery = z.object({ asOf: zDay.optional(), knownAt: zDay.optional() });
export type AsOfQuery = z.infer<typeof AsOfQuery>;

/** Phone and e-mail of the holder; `null` removes, an absent field stays. */
export const ContactsPatch = z
  .strictObject({
    version: z.number().int(),
    phone: z.string().trim().max(30).nullable().optional(),
    email: z.email().max(100).nullable().optional(),
    reason: z.string().trim().min(10).max(500),
  })
  .meta({ id: 'ContactsPatch' });
export type ContactsPatch = z.infer<typeof ContactsPatch>;
