import { listOf, zDay, zInstant, zListAsk } from '@komplat/kernel';
import { z } from 'zod';

const zArea = z.string().regex(/^\d{1,6}(\.\d{1,2})?$/, { error: 'registry.change.area-malformed' });
const why = { reason: z.string().trim().min(10).max(500), document: z.string().trim().max(200).optional() };

export const HOUSE_KINDS = ['private', 'dormitory', 'apartment_2', 'apartment_4', 'apartment_5', 'apartment_9', 'apartment_16'] as const;
export const HOUSE_VALUES = {
  heating: ['central', 'individual gas', 'solid fuel', 'none'],
  hotWater: ['yes', 'no'],
  sewer: ['central', 'pit', 'none'],
  stove: ['gas', 'electric', 'none'],
} as const;
/** Kinds of streets with the short form that stands in addresses. */
export const STREET_TYPES = {
  вулиця: 'вул.', проспект: 'просп.', провулок: 'пров.', бульвар: 'бульв.', площа: 'пл.', набережна: 'наб.', проїзд: 'пр-д', узвіз: 'узвіз',
} as const;

/** What is true of a house over a span of days: its technical passport. */
const passport = {
  kind: z.enum(HOUSE_KINDS),
  floors: z.number().int().min(1).max(60),
  entrances: z.number().int().min(1).max(40),
  flats: z.number().int().min(1).max(2_000),
  flatsArea: zArea,
  nonResidentialArea: zArea,
  commonArea: zArea,
  lift: z.boolean(),
  heating: z.enum(HOUSE_VALUES.heating),
  hotWater: z.enum(HOUSE_VALUES.hotWater),
  sewer: z.enum(HOUSE_VALUES.sewer),
  stove: z.enum(HOUSE_VALUES.stove),
  postcode: z.string().regex(/^\d{5}$/, { error: 'registry.place.postcode' }),
};
export const HousePassport = z.strictObject(passport).meta({ id: 'HousePassport' });
export type HousePassport = z.infer<typeof HousePassport>;

export const AddHouse = z
  .strictObject({
    streetId: z.number().int(),
    number: z.string().trim().regex(/^\d{1,4}[^\s]{0,8}$/u, { error: 'registry.place.house-number' }),
    yearBuilt: z.number().int().min(1700).max(2100),
    ...passport,
    ...why,
  })
  .meta({ id: 'AddHouse' });
export type AddHouse = z.infer<typeof AddHouse>;
export const ChangeHouse = z.strictObject({ ...passport, from: zDay, ...why }).meta({ id: 'ChangeHouse' });
export type ChangeHouse = z.infer<typeof ChangeHouse>;
export const PutEntrance = z
  .strictObject({
    number: z.number().int().min(1).max(40),
    firstFlat: z.number().int().min(1).max(2_000),
    lastFlat: z.number().int().min(1).max(2_000),
    lift: z.boolean(),
    from: zDay,
    ...why,
  })
  .meta({ id: 'PutEntrance' });
export type PutEntrance = z.infer<typeof PutEntrance>;
export const StreetName = z
  .strictObject({
    type: z.enum(Object.keys(STREET_TYPES)),
    name: z.string().trim().min(2).max(100),
    /** First day of the name. */
    from: zDay,
    /** The decision that gave it. */
    act: z.string().trim().min(5).max(200),
    ...why,
  })
  .meta({ id: 'StreetNameRequest' });
export type StreetName = z.infer<typeof StreetName>;
export const AddStreet = StreetName.extend({ district: z.number().int().min(1).max(99) }).meta({ id: 'AddStreet' });
export type AddStreet = z.infer<typeof AddStreet>;

export const PlaceParams = z.object({ id: z.coerce.number().int() });
export type PlaceParams = z.infer<typeof PlaceParams>;
export const PlaceDone = z.object({ id: z.number().int() }).meta({ id: 'PlaceDone' });
export type PlaceDone = z.infer<typeof PlaceDone>;
export const PlacesQuery = zListAsk.extend({ q: z.string().trim().max(60).optional() });
export type PlacesQuery = z.infer<typeof PlacesQuery>;

export const HouseItem = z
  .object({
    id: z.number().int(),
    code: z.string(),
    address: z.string(),
    /** The name that the street had before, when it was renamed. */
    oldStreet: z.string().nullable(),
    kind: z.string(),
    district: z.number().int(),
    flats: z.number().int(),
    accounts: z.number().int(),
  })
  .meta({ id: 'RegistryHouseItem' });
export type HouseItem = z.infer<typeof HouseItem>;
export const HouseList = listOf(HouseItem).meta({ id: 'RegistryHouseList' });
export type HouseList = z.infer<typeof HouseList>;
const dated = { from: zDay.nullable(), to: zDay.nullable(), reason: z.string(), recordedBy: z.string(), recordedAt: zInstant };
export const HouseView = z
  .object({
    id: z.number().int(),
    code: z.string(),
    address: z.string(),
    yearBuilt: z.number().int(),
    passport: z.object({ ...passport, kind: z.string(), heating: z.string(), hotWater: z.string(), sewer: z.string(), stove: z.string() }),
    entrances: z.array(
      z.object({ number: z.number().int(), firstFlat: z.number().int(), lastFlat: z.number().int(), lift: z.boolean(), from: zDay.nullable() }),
    ),
    /** Versions of the passport, newest knowledge first; empty while nobody changed it. */
    history: z.array(z.object({ ...dated, floors: z.number().int(), flats: z.number().int(), flatsArea: z.string(), heating: z.string(), lift: z.boolean() })),
    premises: z.array(
      z.object({ id: z.number().int(), number: z.string(), kind: z.string(), floor: z.number().int().nullable(), area: z.string().nullable(), account: z.string().nullable() }),
    ),
  })
  .meta({ id: 'RegistryHouse' });
export type HouseView = z.infer<typeof HouseView>;

export const StreetItem = z
  .object({
    id: z.number().int(),
    code: z.string(),
    district: z.number().int(),
    name: z.string(),
    houses: z.number().int(),
    names: z.array(z.object({ name: z.string(), from: zDay.nullable(), to: zDay.nullable(), act: z.string().nullable() })),
  })
  .meta({ id: 'RegistryStreet' });
export type StreetItem = z.infer<typeof StreetItem>;
export const StreetList = listOf(StreetItem).meta({ id: 'RegistryStreetList' });
export type StreetList = z.infer<typeof StreetList>;
