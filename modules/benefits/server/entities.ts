import { defineEntity, p } from '@mikro-orm/core';

const schema = 'benefits';
const known = { valid: p.string().columnType('daterange'), known: p.string().columnType('tstzrange') };
const recorded = { reason: p.text(), recordedBy: p.text().fieldName('recorded_by') };

const Category = defineEntity({
  name: 'BenefitsCategory',
  schema,
  tableName: 'category',
  properties: {
    id: p.integer().primary().autoincrement(false),
    code: p.text(),
    edarpCode: p.text().fieldName('edarp_code').nullable(),
    name: p.text(),
    percent: p.decimal().columnType('numeric(5,2)'),
    normRule: p.text().fieldName('norm_rule'),
    incomeRule: p.text().fieldName('income_rule'),
    coverage: p.text(),
    services: p.array().columnType('text[]').nullable(),
    law: p.text(),
    article: p.text(),
    decision: p.text(),
    mark: p.text(),
    note: p.text().nullable(),
    ...known,
    ...recorded,
    approvedBy: p.text().fieldName('approved_by').nullable(),
  },
});

const Parameter = defineEntity({
  name: 'BenefitsParameter',
  schema,
  tableName: 'parameter',
  properties: {
    id: p.integer().primary().autoincrement(false),
    code: p.text(),
    value: p.text(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

const RegimeRow = defineEntity({
  name: 'BenefitsRegime',
  schema,
  tableName: 'regime',
  properties: {
    id: p.integer().primary().autoincrement(false),
    kind: p.text(),
    regime: p.text(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

const quantity = () => p.decimal().columnType('numeric(16,6)');
const SocialNorm = defineEntity({
  name: 'BenefitsSocialNorm',
  schema,
  tableName: 'social_norm',
  properties: {
    id: p.integer().primary().autoincrement(false),
    code: p.text(),
    purpose: p.text(),
    serviceCode: p.text().fieldName('service_code'),
    equipment: p.text(),
    unit: p.text(),
    value: quantity().nullable(),
    nextPerson: quantity().fieldName('next_person').nullable(),
    familyAddition: quantity().fieldName('family_addition'),
    maxValue: quantity().fieldName('max_value').nullable(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

const NormMatch = defineEntity({
  name: 'BenefitsNormMatch',
  schema,
  tableName: 'norm_match',
  properties: {
    id: p.integer().primary().autoincrement(false),
    serviceCode: p.text().fieldName('service_code'),
    supplyEquipment: p.text().fieldName('supply_equipment').nullable(),
    supplyVariant: p.text().fieldName('supply_variant').nullable(),
    normEquipment: p.text().fieldName('norm_equipment'),
  },
});

const Holding = defineEntity({
  name: 'BenefitsHolding',
  schema,
  tableName: 'holding',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    holdingId: p.uuid().fieldName('holding_id'),
    version: p.integer(),
    accountId: p.integer().fieldName('account_id'),
    personId: p.uuid().fieldName('person_id'),
    category: p.text(),
    document: p.text(),
    documentDate: p.date().fieldName('document_date').nullable(),
    incomePerPersonKop: p.bigint().fieldName('income_per_person_kop').nullable(),
    incomeProved: p.string().columnType('daterange').fieldName('income_proved').nullable(),
    ...known,
    ...recorded,
  },
});

const CoveredPerson = defineEntity({
  name: 'BenefitsCoveredPerson',
  schema,
  tableName: 'covered_person',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    holdingId: p.uuid().fieldName('holding_id'),
    personId: p.uuid().fieldName('person_id'),
    relation: p.text(),
    ...known,
    ...recorded,
  },
});

const FamilyChoice = defineEntity({
  name: 'BenefitsFamilyChoice',
  schema,
  tableName: 'family_choice',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    accountId: p.integer().fieldName('account_id'),
    choice: p.text(),
    document: p.text(),
    ...known,
    ...recorded,
  },
});

const Month = defineEntity({ name: 'BenefitsMonth', schema, tableName: 'month', properties: { period: p.date().primary() } });

const AwardFile = defineEntity({
  name: 'BenefitsAwardFile',
  schema,
  tableName: 'award_file',
  properties: {
    id: p.uuid().primary(),
    layout: p.text(),
    fileName: p.text().fieldName('file_name'),
    fileHash: p.text().fieldName('file_hash'),
    size: p.bigint(),
    month: p.date(),
    regime: p.text(),
    state: p.text(),
    refusalCode: p.text().fieldName('refusal_code').nullable(),
    refusalParams: p.json().columnType('jsonb').fieldName('refusal_params').nullable(),
    rows: p.integer(),
    rejected: p.integer(),
    sumKop: p.bigint().fieldName('sum_kop'),
    uploadedBy: p.text().fieldName('uploaded_by'),
    uploadedAt: p.datetime().columnType('timestamptz').fieldName('uploaded_at'),
    decidedBy: p.text().fieldName('decided_by').nullable(),
    decidedAt: p.datetime().columnType('timestamptz').fieldName('decided_at').nullable(),
    reason: p.text().nullable(),
    version: p.integer(),
  },
});

const AwardRow = defineEntity({
  name: 'BenefitsAwardRow',
  schema,
  tableName: 'award_row',
  properties: {
    fileId: p.uuid().primary().fieldName('file_id'),
    line: p.integer().primary(),
    accountText: p.text().fieldName('account_text'),
    accountId: p.integer().fieldName('account_id').nullable(),
    caseNumber: p.text().fieldName('case_number').nullable(),
    holder: p.text().nullable(),
    months: p.string().columnType('daterange').nullable(),
    sumKop: p.bigint().fieldName('sum_kop').nullable(),
    raw: p.json().columnType('jsonb'),
    outcome: p.text(),
    code: p.text().nullable(),
    params: p.json().columnType('jsonb').nullable(),
  },
});

const AwardPart = defineEntity({
  name: 'BenefitsAwardPart',
  schema,
  tableName: 'award_part',
  properties: {
    fileId: p.uuid().primary().fieldName('file_id'),
    line: p.integer().primary(),
    serviceId: p.smallint().primary().fieldName('service_id'),
    amountKop: p.bigint().fieldName('amount_kop'),
  },
});

const Award = defineEntity({
  name: 'BenefitsAward',
  schema,
  tableName: 'award',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    accountId: p.integer().fieldName('account_id'),
    serviceId: p.smallint().fieldName('service_id'),
    months: p.string().columnType('daterange'),
    amountKop: p.bigint().fieldName('amount_kop'),
    kind: p.text(),
    regime: p.text(),
    document: p.text(),
    fileId: p.uuid().fieldName('file_id').nullable(),
    line: p.integer().nullable(),
    ...recorded,
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
  },
});

const Entitlement = defineEntity({
  name: 'BenefitsEntitlement',
  schema,
  tableName: 'entitlement',
  properties: {
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    holdingId: p.uuid().primary().fieldName('holding_id'),
    valid: p.string().columnType('daterange').primary(),
    category: p.text(),
    percent: p.decimal().columnType('numeric(5,2)'),
    covered: p.smallint(),
    norm: quantity().nullable(),
    normAddition: quantity().fieldName('norm_addition'),
    normCode: p.text().fieldName('norm_code').nullable(),
    regime: p.text(),
    mark: p.text(),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const benefitsEntities = [
  Category, Parameter, RegimeRow, SocialNorm, NormMatch, Holding, CoveredPerson, FamilyChoice, Month, AwardFile, AwardRow, AwardPart, Award,
  Entitlement,
] as const;
