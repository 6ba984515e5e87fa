import { defineEntity, p } from '@mikro-orm/core';
import { factEntities } from './fact-entities.ts';

const schema = 'registry';

export const Account = defineEntity({
  name: 'RegistryAccount',
  schema,
  tableName: 'account',
  properties: {
    id: p.integer().primary(),
    number: p.text(),
    premisesId: p.integer().fieldName('premises_id'),
    holderId: p.uuid().fieldName('holder_id'),
    openedOn: p.date().fieldName('opened_on'),
    closedOn: p.date().fieldName('closed_on').nullable(),
    version: p.integer(),
    mergedInto: p.integer().fieldName('merged_into').nullable(),
    closedReason: p.text().fieldName('closed_reason').nullable(),
  },
});

export const AccountAlias = defineEntity({
  name: 'RegistryAccountAlias',
  schema,
  tableName: 'account_alias',
  properties: {
    id: p.integer().primary().autoincrement(false),
    accountId: p.integer().fieldName('account_id'),
    owner: p.text(),
    number: p.text(),
    valid: p.string().columnType('daterange'),
  },
});

export const House = defineEntity({
  name: 'RegistryHouse',
  schema,
  tableName: 'house',
  properties: {
    id: p.integer().primary(),
    code: p.text(),
    streetId: p.integer().fieldName('street_id'),
    numberText: p.text().fieldName('number_text'),
    kind: p.text(),
    district: p.smallint(),
    yearBuilt: p.smallint().fieldName('year_built'),
    floors: p.smallint(),
    entrances: p.smallint(),
    flats: p.integer(),
    flatsArea: p.decimal().columnType('numeric(12,2)').fieldName('flats_area'),
    nonResidentialArea: p.decimal().columnType('numeric(12,2)').fieldName('non_residential_area'),
    commonArea: p.decimal().columnType('numeric(12,2)').fieldName('common_area'),
    lift: p.boolean(),
    heating: p.text(),
    hotWater: p.text().fieldName('hot_water'),
    sewer: p.text(),
    stove: p.text(),
    gasWaterHeater: p.boolean().fieldName('gas_water_heater'),
    postcode: p.text(),
  },
});

export const Person = defineEntity({
  name: 'RegistryPerson',
  schema,
  tableName: 'person',
  properties: {
    id: p.uuid().primary(),
    surname: p.text(),
    givenName: p.text().fieldName('given_name'),
    patronymic: p.text(),
    sex: p.text(),
    birthDate: p.date().fieldName('birth_date').nullable(),
    wrappedKey: p.blob().fieldName('wrapped_key').nullable(),
    keyId: p.text().fieldName('key_id').nullable(),
    taxNumberEnc: p.blob().fieldName('tax_number_enc').nullable(),
    taxNumberHash: p.blob().fieldName('tax_number_hash').nullable(),
    phoneEnc: p.blob().fieldName('phone_enc').nullable(),
    phoneHash: p.blob().fieldName('phone_hash').nullable(),
    emailEnc: p.blob().fieldName('email_enc').nullable(),
    emailHash: p.blob().fieldName('email_hash').nullable(),
    version: p.integer(),
    diedOn: p.date().fieldName('died_on').nullable(),
    taxNumberFlaw: p.text().fieldName('tax_number_flaw').nullable(),
    noTaxNumber: p.boolean().fieldName('no_tax_number'),
  },
});

export const Premises = defineEntity({
  name: 'RegistryPremises',
  schema,
  tableName: 'premises',
  properties: {
    id: p.integer().primary(),
    houseId: p.integer().fieldName('house_id'),
    number: p.text(),
    kind: p.text(),
    floor: p.smallint().nullable(),
  },
});

export const PremisesFact = defineEntity({
  name: 'RegistryPremisesFact',
  schema,
  tableName: 'premises_fact',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    premisesId: p.integer().fieldName('premises_id'),
    totalArea: p.decimal().columnType('numeric(10,2)').fieldName('total_area'),
    heatedArea: p.decimal().columnType('numeric(10,2)').fieldName('heated_area'),
    rooms: p.smallint(),
    dwellingType: p.text().fieldName('dwelling_type'),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    document: p.text().nullable(),
  },
});

export const Residence = defineEntity({
  name: 'RegistryResidence',
  schema,
  tableName: 'residence',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    premisesId: p.integer().fieldName('premises_id'),
    personId: p.uuid().fieldName('person_id'),
    kind: p.text(),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    document: p.text().nullable(),
  },
});

export const Street = defineEntity({
  name: 'RegistryStreet',
  schema,
  tableName: 'street',
  properties: {
    id: p.integer().primary(),
    code: p.text(),
    district: p.smallint(),
  },
});

export const StreetName = defineEntity({
  name: 'RegistryStreetName',
  schema,
  tableName: 'street_name',
  properties: {
    id: p.integer().primary().autoincrement(false),
    streetId: p.integer().fieldName('street_id'),
    type: p.text(),
    typeShort: p.text().fieldName('type_short'),
    name: p.text(),
    valid: p.string().columnType('daterange'),
    act: p.text().nullable(),
  },
});

const DATED = {
  valid: p.string().columnType('daterange'),
  known: p.string().columnType('tstzrange'),
  reason: p.text(),
  document: p.text().nullable(),
  recordedBy: p.text().fieldName('recorded_by'),
};

export const HouseFact = defineEntity({
  name: 'RegistryHouseFact',
  schema,
  tableName: 'house_fact',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    houseId: p.integer().fieldName('house_id'),
    kind: p.text(),
    floors: p.smallint(),
    entrances: p.smallint(),
    flats: p.integer(),
    flatsArea: p.decimal().columnType('numeric(12,2)').fieldName('flats_area'),
    nonResidentialArea: p.decimal().columnType('numeric(12,2)').fieldName('non_residential_area'),
    commonArea: p.decimal().columnType('numeric(12,2)').fieldName('common_area'),
    lift: p.boolean(),
    heating: p.text(),
    hotWater: p.text().fieldName('hot_water'),
    sewer: p.text(),
    stove: p.text(),
    postcode: p.text(),
    ...DATED,
  },
});

export const Entrance = defineEntity({
  name: 'RegistryEntrance',
  schema,
  tableName: 'entrance',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    houseId: p.integer().fieldName('house_id'),
    number: p.smallint(),
    firstFlat: p.integer().fieldName('first_flat'),
    lastFlat: p.integer().fieldName('last_flat'),
    lift: p.boolean(),
    ...DATED,
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const registryEntities = [
  Account,
  AccountAlias,
  Entrance,
  House,
  HouseFact,
  Person,
  Premises,
  PremisesFact,
  Residence,
  Street,
  StreetName,
  ...factEntities,
] as const;
