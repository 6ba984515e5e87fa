import { defineEntity, p } from '@mikro-orm/core';

const schema = 'metering';

export const Meter = defineEntity({
  name: 'MeteringMeter',
  schema,
  tableName: 'meter',
  properties: {
    id: p.integer().primary().autoincrement(false),
    premisesId: p.integer().fieldName('premises_id'),
    serviceId: p.smallint().fieldName('service_id'),
    serial: p.text(),
    digits: p.smallint(),
    installedOn: p.date().fieldName('installed_on'),
    removedOn: p.date().fieldName('removed_on').nullable(),
    initialValue: p.decimal().columnType('numeric(16,3)').fieldName('initial_value'),
    verificationDue: p.date().fieldName('verification_due').nullable(),
    place: p.text().nullable(),
    seal: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const MeterEvent = defineEntity({
  name: 'MeteringMeterEvent',
  schema,
  tableName: 'meter_event',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    meterId: p.integer().fieldName('meter_id'),
    kind: p.text(),
    onDay: p.date().fieldName('on_day'),
    value: p.decimal().columnType('numeric(16,3)').nullable(),
    note: p.text().nullable(),
    reason: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
  },
});

export const Reading = defineEntity({
  name: 'MeteringReading',
  schema,
  tableName: 'reading',
  properties: {
    period: p.date().primary(),
    meterId: p.integer().primary().fieldName('meter_id'),
    id: p.bigint().primary(),
    value: p.decimal().columnType('numeric(16,3)'),
    takenOn: p.date().fieldName('taken_on'),
    source: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
    supersededAt: p.datetime().columnType('timestamptz').fieldName('superseded_at').nullable(),
    reason: p.text().nullable(),
    confirmed: p.text().nullable(),
    photo: p.text().nullable(),
  },
});

export const Rule = defineEntity({
  name: 'MeteringRule',
  schema,
  tableName: 'rule',
  properties: {
    id: p.integer().primary().autoincrement(false),
    code: p.text(),
    serviceCode: p.text().fieldName('service_code').nullable(),
    value: p.decimal().columnType('numeric(16,6)'),
    unit: p.text(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
  },
});

export const HouseMeter = defineEntity({
  name: 'MeteringHouseMeter',
  schema,
  tableName: 'house_meter',
  properties: {
    id: p.integer().primary().autoincrement(false),
    houseId: p.integer().fieldName('house_id'),
    serviceId: p.smallint().fieldName('service_id'),
    serial: p.text(),
    digits: p.smallint(),
    multiplier: p.decimal().columnType('numeric(12,6)'),
    initialValue: p.decimal().columnType('numeric(16,3)').fieldName('initial_value'),
    installedOn: p.date().fieldName('installed_on'),
    removedOn: p.date().fieldName('removed_on').nullable(),
    verificationDue: p.date().fieldName('verification_due').nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const HouseReading = defineEntity({
  name: 'MeteringHouseReading',
  schema,
  tableName: 'house_reading',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    houseMeterId: p.integer().fieldName('house_meter_id'),
    period: p.date(),
    value: p.decimal().columnType('numeric(16,3)'),
    takenOn: p.date().fieldName('taken_on'),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
    supersededAt: p.datetime().columnType('timestamptz').fieldName('superseded_at').nullable(),
  },
});

const volume = 'numeric(16,6)';
export const Distribution = defineEntity({
  name: 'MeteringDistribution',
  schema,
  tableName: 'distribution',
  properties: {
    id: p.uuid().primary(),
    period: p.date(),
    houseId: p.integer().fieldName('house_id'),
    serviceId: p.smallint().fieldName('service_id'),
    houseVolume: p.decimal().columnType(volume).fieldName('house_volume'),
    nonresidentialVolume: p.decimal().columnType(volume).fieldName('nonresidential_volume'),
    commonCoefficient: p.decimal().columnType('numeric(4,2)').fieldName('common_coefficient'),
    needsBy: p.text().fieldName('needs_by'),
    commonShare: p.decimal().columnType('numeric(9,8)').fieldName('common_share'),
    houseMeterId: p.integer().fieldName('house_meter_id').nullable(),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
    meteredVolume: p.decimal().columnType(volume).fieldName('metered_volume'),
    restVolume: p.decimal().columnType(volume).fieldName('rest_volume'),
    houseNeeds: p.decimal().columnType(volume).fieldName('house_needs'),
    shortfall: p.decimal().columnType(volume),
    actNumber: p.text().fieldName('act_number'),
    reason: p.text(),
    state: p.text(),
    madeBy: p.text().fieldName('made_by'),
    madeAt: p.datetime().columnType('timestamptz').fieldName('made_at'),
    signedBy: p.text().fieldName('signed_by').nullable(),
    signedAt: p.datetime().columnType('timestamptz').fieldName('signed_at').nullable(),
  },
});

export const DistributionPart = defineEntity({
  name: 'MeteringDistributionPart',
  schema,
  tableName: 'distribution_part',
  properties: {
    distributionId: p.uuid().primary().fieldName('distribution_id'),
    premisesId: p.integer().primary().fieldName('premises_id'),
    area: p.decimal().columnType('numeric(10,2)'),
    persons: p.smallint(),
    metered: p.decimal().columnType(volume).nullable(),
    own: p.decimal().columnType(volume).nullable(),
    needs: p.decimal().columnType(volume),
  },
});

export const Absence = defineEntity({
  name: 'MeteringAbsence',
  schema,
  tableName: 'absence',
  properties: {
    id: p.uuid().primary(),
    accountId: p.integer().fieldName('account_id'),
    premisesId: p.integer().fieldName('premises_id'),
    serviceIds: p.array().columnType('smallint[]').fieldName('service_ids'),
    personIds: p.array().columnType('uuid[]').fieldName('person_ids').nullable(),
    firstDay: p.date().fieldName('first_day'),
    lastDay: p.date().fieldName('last_day'),
    appliedOn: p.date().fieldName('applied_on'),
    channel: p.text(),
    documentKind: p.text().fieldName('document_kind'),
    documentNumber: p.text().fieldName('document_number'),
    documentDate: p.date().fieldName('document_date'),
    photo: p.text().nullable(),
    reason: p.text(),
    state: p.text(),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
    madeBy: p.text().fieldName('made_by'),
    madeAt: p.datetime().columnType('timestamptz').fieldName('made_at'),
    decidedBy: p.text().fieldName('decided_by').nullable(),
    decidedAt: p.datetime().columnType('timestamptz').fieldName('decided_at').nullable(),
  },
});

export const QualityAct = defineEntity({
  name: 'MeteringQualityAct',
  schema,
  tableName: 'quality_act',
  properties: {
    id: p.uuid().primary(),
    actNumber: p.text().fieldName('act_number'),
    actDate: p.date().fieldName('act_date'),
    serviceId: p.smallint().fieldName('service_id'),
    scope: p.text(),
    houseId: p.integer().fieldName('house_id'),
    riser: p.text().nullable(),
    premisesIds: p.array().columnType('int[]').fieldName('premises_ids').nullable(),
    kind: p.text(),
    firstDay: p.date().fieldName('first_day'),
    lastDay: p.date().fieldName('last_day'),
    percent: p.decimal().columnType('numeric(6,3)'),
    mark: p.text(),
    reason: p.text(),
    state: p.text(),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
    madeBy: p.text().fieldName('made_by'),
    madeAt: p.datetime().columnType('timestamptz').fieldName('made_at'),
    decidedBy: p.text().fieldName('decided_by').nullable(),
    decidedAt: p.datetime().columnType('timestamptz').fieldName('decided_at').nullable(),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const meteringEntities = [
  Meter,
  MeterEvent,
  Reading,
  Rule,
  HouseMeter,
  HouseReading,
  Distribution,
  DistributionPart,
  Absence,
  QualityAct,
] as const;
