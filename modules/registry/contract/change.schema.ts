import { zDay, zInstant, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

/** Square metres with at most two decimals. */
const zArea = z.string().regex(/^\d{1,6}(\.\d{1,2})?$/, { error: 'registry.change.area-malformed' });
const zName = z.string().trim().min(1).max(100);
/** Ten digits of the register of taxpayers; whether they are right is checked with birth date and sex. */
const zTaxNumber = z.string().regex(/^\d{10}$/, { error: 'registry.tax-number.digits' });
/** Days on which it is true: from the first to the last, both included; without a last day it goes on. */
const span = { from: zDay, to: zDay.optional() };

export const RESIDENCE_KINDS = ['registered', 'temporary'] as const;
export const EQUIPMENT_KINDS = ['stove', 'hot-water', 'heating', 'sewer', 'bath'] as const;
export const DWELLING_TYPES = ['privatised', 'state', 'cooperative', 'service', 'private', 'communal', 'dormitory'] as const;
export const CONSENT_PURPOSES = ['sms', 'email', 'call', 'post', 'personal-data'] as const;
export const CONTACT_CHANNELS = ['phone', 'phone-2', 'email'] as const;
export const CONTRACT_KINDS = ['individual', 'accession', 'co-owners'] as const;
export const SUPPLY_METHODS = ['area', 'heated-area', 'meter', 'norm', 'per-person', 'fixed', 'linked'] as const;
export const END_REASONS = ['departure', 'death', 'court', 'mistake'] as const;

const zDueDay = z.number().int().min(1).max(28);
/** What a supply is charged by; the terms of its contract have a form of their own. */
const supplyTerms = {
  method: z.enum(SUPPLY_METHODS).optional(),
  /** Group of norms; absent = the method needs none. */
  equipment: z.string().max(40).optional(),
  /** Day of the next month until which it is paid. */
  dueDay: zDueDay.optional(),
};

export const NewPerson = z
  .strictObject({
    surname: zName,
    givenName: zName,
    patronymic: zName,
    sex: z.enum(['m', 'f']),
    birthDate: zDay,
    taxNumber: zTaxNumber.optional(),
  })
  .meta({ id: 'NewPerson' });
export type NewPerson = z.infer<typeof NewPerson>;
/** Somebody who is known already, or somebody new. */
const PersonRef = z.union([z.strictObject({ id: z.uuid() }), NewPerson]);
export type PersonRef = z.infer<typeof PersonRef>;

export const Change = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('premises'),
      totalArea: zArea.optional(),
      heatedArea: zArea.optional(),
      rooms: z.number().int().min(1).max(50).optional(),
      dwellingType: z.enum(DWELLING_TYPES).optional(),
      ...span,
    }),
    z.strictObject({ kind: z.literal('equipment'), equipment: z.enum(EQUIPMENT_KINDS), value: z.string().max(40), ...span }),
    z.strictObject({ kind: z.literal('resident-add'), person: PersonRef, residence: z.enum(RESIDENCE_KINDS), ...span }),
    z.strictObject({ kind: z.literal('resident-end'), personId: z.uuid(), lastDay: zDay, why: z.enum(END_REASONS) }),
    z.strictObject({
      kind: z.literal('resident-dates'),
      personId: z.uuid(),
      /** First day of the residence as it stands now. */
      was: zDay,
      residence: z.enum(RESIDENCE_KINDS).optional(),
      ...span,
    }),
    z.strictObject({ kind: z.literal('holder'), person: PersonRef, from: zDay }),
    z.strictObject({
      kind: z.literal('owner'),
      person: PersonRef,
      /** `1/2` */
      share: z.string().regex(/^[1-9]\d{0,4}\/[1-9]\d{0,4}$/, { error: 'registry.change.share-malformed' }),
      ...span,
    }),
    z.strictObject({ kind: z.literal('owner-end'), personId: z.uuid(), lastDay: zDay }),
    z.strictObject({
      kind: z.literal('person'),
      personId: z.uuid(),
      surname: zName.optional(),
      givenName: zName.optional(),
      patronymic: zName.optional(),
      birthDate: zDay.optional(),
      taxNumber: zTaxNumber.optional(),
      diedOn: zDay.optional(),
      from: zDay,
    }),
    z.strictObject({
      kind: z.literal('consent'),
      personId: z.uuid(),
      purpose: z.enum(CONSENT_PURPOSES),
      given: z.boolean(),
      from: zDay,
    }),
    z.strictObject({
      kind: z.literal('contact'),
      personId: z.uuid(),
      channel: z.enum(CONTACT_CHANNELS),
      /** A Ukrainian phone number or an e-mail address, by the channel. */
      value: z.string().trim().min(3).max(100),
      ...span,
    }),
    z.strictObject({ kind: z.literal('contact-end'), personId: z.uuid(), channel: z.enum(CONTACT_CHANNELS), lastDay: zDay }),
    z.strictObject({
      kind: z.literal('supply-add'),
      /** Codes of the service and of the provider; the variant is the group of its tariff. */
      service: z.string().max(20),
      provider: z.string().max(10),
      variant: z.string().max(40),
      ...supplyTerms,
      method: z.enum(SUPPLY_METHODS),
      dueDay: zDueDay,
      contract: z.strictObject({ number: z.string().trim().min(1).max(60), signedOn: zDay, kind: z.enum(CONTRACT_KINDS) }).optional(),
      ...span,
    }),
    z.strictObject({ kind: z.literal('supply-change'), supplyId: z.number().int(), variant: z.string().max(40).optional(), ...supplyTerms, ...span }),
    z.strictObject({ kind: z.literal('supply-end'), supplyId: z.number().int(), lastDay: zDay }),
  ])
  .meta({ id: 'RegistryChange' });
export type Change = z.infer<typeof Change>;
export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** What a person wants changed, since when and why; `version` is the one of the card that the form was opened with. */
export const ChangeRequest = z
  .strictObject({
    version: z.number().int(),
    changes: z.array(Change).min(1).max(20),
    reason: z.string().trim().min(10).max(500),
    document: z.string().trim().max(200).optional(),
  })
  .meta({ id: 'RegistryChangeRequest' });
export type ChangeRequest = z.infer<typeof ChangeRequest>;

/** One field over one span: what stood there and what will stand there. Personal fields are masked. */
export const ChangeItem = z
  .object({
    field: z.string(),
    /** Whose field it is: name of the person, kind of the equipment. */
    subject: z.string().nullable(),
    from: zDay.nullable(),
    /** Last day, included; null = it goes on. */
    to: zDay.nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .meta({ id: 'RegistryChangeItem' });
export type ChangeItem = z.infer<typeof ChangeItem>;

export const MoneyEffect = z
  .object({
    month: zPeriod, service: z.string(), serviceName: z.string(), provider: z.string(), providerName: z.string(), before: zMoney, after: zMoney,
  })
  .meta({ id: 'RegistryMoneyEffect' });
export type MoneyEffect = z.infer<typeof MoneyEffect>;

/** A rule that the new state breaks without being refused: shown before saving, then kept as a finding. */
export const RuleNote = z
  .object({ rule: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
  .meta({ id: 'RegistryRuleNote' });
export type RuleNote = z.infer<typeof RuleNote>;

export const ChangePreview = z
  .object({
    items: z.array(ChangeItem),
    notes: z.array(RuleNote),
    /** It reaches into months before the current one: the permission to correct is needed. */
    backdated: z.boolean(),
    allowed: z.boolean(),
    money: z.object({
      /** False while billing gives no preview: then the list says nothing. */
      available: z.boolean(),
      effects: z.array(MoneyEffect),
      difference: zMoney,
    }),
  })
  .meta({ id: 'RegistryChangePreview' });
export type ChangePreview = z.infer<typeof ChangePreview>;

export const Changed = z
  .object({ version: z.number().int(), items: z.array(ChangeItem), notes: z.array(RuleNote) })
  .meta({ id: 'RegistryChanged' });
export type Changed = z.infer<typeof Changed>;

export const FieldHistoryRow = ChangeItem.extend({
  id: z.string(),
  at: zInstant,
  actor: z.string(),
  reason: z.string(),
  document: z.string().nullable(),
  proposal: z.string().nullable(),
}).meta({ id: 'RegistryFieldHistoryRow' });
export type FieldHistoryRow = z.infer<typeof FieldHistoryRow>;
export const FieldHistory = z
  .object({ items: z.array(FieldHistoryRow), next: z.string().nullable() })
  .meta({ id: 'RegistryFieldHistory' });
export type FieldHistory = z.infer<typeof FieldHistory>;
export const FieldHistoryQuery = z.object({
  field: z.string().max(40).optional(),
  after: z.string().regex(/^\d{1,18}$/).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FieldHistoryQuery = z.infer<typeof FieldHistoryQuery>;

/** Everything a form of the card needs: people with their ids, owners, equipment, consents, as of a day and as known on a day. */
export const AccountFacts = z
  .object({
    version: z.number().int(),
    asOf: zDay,
    premises: z.object({ totalArea: z.string(), heatedArea: z.string(), rooms: z.number().int(), dwellingType: z.string() }).nullable(),
    equipment: z.array(z.object({ kind: z.string(), value: z.string(), from: zDay.nullable(), to: zDay.nullable() })),
    equipmentValues: z.record(z.string(), z.array(z.string())),
    persons: z.array(
      z.object({
        id: z.string(),
        surname: z.string(),
        givenName: z.string(),
        patronymic: z.string(),
        birthDate: zDay.nullable(),
        diedOn: zDay.nullable(),
        hasTaxNumber: z.boolean(),
        holder: z.boolean(),
        consents: z.array(z.object({ purpose: z.string(), given: z.boolean() })),
      }),
    ),
    /** Supplies in force on the day and later. */
    supplies: z.array(
      z.object({
        id: z.number().int(),
        service: z.string(),
        serviceName: z.string(),
        provider: z.string(),
        providerName: z.string(),
        method: z.string(),
        variant: z.string(),
        equipment: z.string().nullable(),
        dueDay: z.number().int(),
        from: zDay.nullable(),
        to: zDay.nullable(),
      }),
    ),
    /** What may be supplied: groups of tariffs in force, and groups of norms by service. */
    supplyGroups: z.array(
      z.object({ service: z.string(), serviceName: z.string(), provider: z.string(), providerName: z.string(), variant: z.string() }),
    ),
    normGroups: z.array(z.object({ service: z.string(), equipment: z.string() })),
    residences: z.array(
      z.object({ personId: z.string(), kind: z.string(), from: zDay.nullable(), to: zDay.nullable() }),
    ),
    owners: z.array(
      z.object({
        personId: z.string(),
        share: z.string(),
        document: z.string().nullable(),
        from: zDay.nullable(),
        to: zDay.nullable(),
      }),
    ),
    holders: z.array(z.object({ personId: z.string(), from: zDay.nullable(), to: zDay.nullable() })),
  })
  .meta({ id: 'RegistryAccountFacts' });
export type AccountFacts = z.infer<typeof AccountFacts>;
