import { defineEntity, p } from '@mikro-orm/core';

const schema = 'tariffs';

export const Norm = defineEntity({
  name: 'TariffsNorm',
  schema,
  tableName: 'norm',
  properties: {
    id: p.integer().primary(),
    code: p.text(),
    purpose: p.text(),
    serviceId: p.smallint().fieldName('service_id'),
    equipment: p.text(),
    unit: p.text(),
    value: p.decimal().columnType('numeric(16,6)'),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
    per: p.text(),
    recordedBy: p.text().fieldName('recorded_by').nullable(),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
  },
});

export const Parameter = defineEntity({
  name: 'TariffsParameter',
  schema,
  tableName: 'parameter',
  properties: {
    id: p.integer().primary().autoincrement(false),
    code: p.text(),
    value: p.json(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
    recordedBy: p.text().fieldName('recorded_by').nullable(),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
  },
});

export const Provider = defineEntity({
  name: 'TariffsProvider',
  schema,
  tableName: 'provider',
  properties: {
    id: p.smallint().primary(),
    code: p.text(),
    name: p.text(),
    shortName: p.text().fieldName('short_name'),
    kind: p.text(),
    edrpou: p.text(),
    mfo: p.text(),
    iban: p.text(),
    active: p.string().columnType('daterange'),
    successorId: p.smallint().fieldName('successor_id').nullable(),
  },
});

export const Service = defineEntity({
  name: 'TariffsService',
  schema,
  tableName: 'service',
  properties: {
    id: p.smallint().primary(),
    code: p.text(),
    name: p.text(),
    nameEn: p.text().fieldName('name_en'),
    unit: p.text(),
    quantityScale: p.smallint().fieldName('quantity_scale'),
    chargeBase: p.text().fieldName('charge_base'),
    kind: p.text(),
    payOrder: p.smallint().fieldName('pay_order'),
    exchangeId: p.text().fieldName('exchange_id').nullable(),
    linkedServices: p.string().columnType('smallint[]').fieldName('linked_services'),
    valid: p.string().columnType('daterange'),
  },
});

export const Supply = defineEntity({
  name: 'TariffsSupply',
  schema,
  tableName: 'supply',
  properties: {
    id: p.integer().primary().autoincrement(false),
    accountId: p.integer().fieldName('account_id'),
    serviceId: p.smallint().fieldName('service_id'),
    providerId: p.smallint().fieldName('provider_id'),
    method: p.text(),
    variant: p.text(),
    equipment: p.text().nullable(),
    providerAccount: p.text().fieldName('provider_account').nullable(),
    dueDay: p.smallint().fieldName('due_day'),
    contractNumber: p.text().fieldName('contract_number').nullable(),
    contractDate: p.date().fieldName('contract_date').nullable(),
    contractKind: p.text().fieldName('contract_kind'),
    penaltyRate: p.decimal().columnType('numeric(9,6)').fieldName('penalty_rate').nullable(),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const Tariff = defineEntity({
  name: 'TariffsTariff',
  schema,
  tableName: 'tariff',
  properties: {
    id: p.integer().primary(),
    code: p.text(),
    serviceId: p.smallint().fieldName('service_id'),
    providerId: p.smallint().fieldName('provider_id'),
    variant: p.text(),
    tier: p.smallint(),
    tierFrom: p.decimal().columnType('numeric(16,6)').fieldName('tier_from'),
    tierTo: p.decimal().columnType('numeric(16,6)').fieldName('tier_to').nullable(),
    tierMode: p.text().fieldName('tier_mode'),
    valid: p.string().columnType('daterange'),
    price: p.decimal().columnType('numeric(12,6)'),
    unit: p.text(),
    decisionBody: p.text().fieldName('decision_body'),
    decisionNumber: p.text().fieldName('decision_number'),
    decisionDate: p.date().fieldName('decision_date').nullable(),
    mark: p.text(),
    recordedBy: p.text().fieldName('recorded_by').nullable(),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
  },
});

export const SuccessionRow = defineEntity({
  name: 'TariffsSuccession',
  schema,
  tableName: 'succession',
  properties: {
    id: p.uuid().primary(),
    providerId: p.smallint().fieldName('provider_id'),
    successorId: p.smallint().fieldName('successor_id'),
    onDay: p.date().fieldName('on_day'),
    document: p.text(),
    supplies: p.integer(),
    tariffs: p.integer(),
    ended: p.json(),
    askedBy: p.text().fieldName('asked_by'),
    agreedBy: p.text().fieldName('agreed_by'),
    at: p.datetime().columnType('timestamptz'),
  },
});

export const SuccessionUndoRow = defineEntity({
  name: 'TariffsSuccessionUndo',
  schema,
  tableName: 'succession_undo',
  properties: {
    successionId: p.uuid().primary().fieldName('succession_id'),
    approvalId: p.uuid().fieldName('approval_id'),
    reason: p.text(),
    askedBy: p.text().fieldName('asked_by'),
    agreedBy: p.text().fieldName('agreed_by'),
    at: p.datetime().columnType('timestamptz'),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const tariffsEntities = [Norm, Parameter, Provider, Service, SuccessionRow, SuccessionUndoRow, Supply, Tariff] as const;
