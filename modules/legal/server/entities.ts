import { defineEntity, p } from '@mikro-orm/core';

const schema = 'legal';
const share = () => p.decimal().columnType('numeric(9,4)');

export const SubsistenceMinimum = defineEntity({
  name: 'LegalSubsistenceMinimum',
  schema,
  tableName: 'subsistence_minimum',
  properties: {
    year: p.smallint().primary().autoincrement(false),
    ableBodiedKop: p.bigint().fieldName('able_bodied_kop'),
    generalKop: p.bigint().fieldName('general_kop').nullable(),
    mark: p.text(),
    source: p.text(),
  },
});

export const FeeRate = defineEntity({
  name: 'LegalFeeRate',
  schema,
  tableName: 'fee_rate',
  properties: {
    id: p.integer().primary().autoincrement(false),
    kind: p.text(),
    side: p.text(),
    share: share().nullable(),
    percent: share().nullable(),
    minimum: share().nullable(),
    maximum: share().nullable(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const FeeFactor = defineEntity({
  name: 'LegalFeeFactor',
  schema,
  tableName: 'fee_factor',
  properties: {
    id: p.integer().primary().autoincrement(false),
    kind: p.text(),
    factor: share(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const Court = defineEntity({
  name: 'LegalCourt',
  schema,
  tableName: 'court',
  properties: {
    id: p.integer().primary().autoincrement(false),
    code: p.text(),
    name: p.text(),
    nameGenitive: p.text().fieldName('name_genitive'),
    nameDative: p.text().fieldName('name_dative'),
    level: p.text(),
    casePrefix: p.text().fieldName('case_prefix'),
    edrpou: p.text(),
    address: p.text(),
    email: p.text(),
    feeRecipient: p.text().fieldName('fee_recipient'),
    feeRecipientEdrpou: p.text().fieldName('fee_recipient_edrpou'),
    feeBank: p.text().fieldName('fee_bank'),
    feeMfo: p.text().fieldName('fee_mfo'),
    feeIban: p.text().fieldName('fee_iban'),
    budgetCode: p.text().fieldName('budget_code'),
    feePurpose: p.text().fieldName('fee_purpose'),
    valid: p.string().columnType('daterange'),
    mark: p.text(),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const legalEntities = [Court, FeeFactor, FeeRate, SubsistenceMinimum] as const;
