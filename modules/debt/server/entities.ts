import { defineEntity, p } from '@mikro-orm/core';

const schema = 'debt';

export const InflationVersion = defineEntity({
  name: 'DebtInflationVersion',
  schema,
  tableName: 'inflation_version',
  properties: {
    id: p.integer().primary().autoincrement(false),
    stateOf: p.date().fieldName('state_of'),
    source: p.text(),
    reason: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
  },
});

export const InflationIndex = defineEntity({
  name: 'DebtInflationIndex',
  schema,
  tableName: 'inflation_index',
  properties: {
    versionId: p.integer().primary().autoincrement(false).fieldName('version_id'),
    month: p.date().primary(),
    value: p.decimal().columnType('numeric(7,3)'),
    mark: p.text(),
  },
});

export const LimitationTerm = defineEntity({
  name: 'DebtLimitationTerm',
  schema,
  tableName: 'limitation_term',
  properties: {
    id: p.integer().primary().autoincrement(false),
    kind: p.text(),
    years: p.smallint(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const LimitationStart = defineEntity({
  name: 'DebtLimitationStart',
  schema,
  tableName: 'limitation_start',
  properties: {
    id: p.integer().primary().autoincrement(false),
    event: p.text(),
    daysAfter: p.smallint().fieldName('days_after'),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const LimitationDay = defineEntity({
  name: 'DebtLimitationDay',
  schema,
  tableName: 'limitation_day',
  properties: {
    kind: p.text().primary(),
    startsOn: p.date().primary().fieldName('starts_on'),
    countsFrom: p.date().fieldName('counts_from'),
    endsOn: p.date().fieldName('ends_on'),
  },
});

export const LimitationStop = defineEntity({
  name: 'DebtLimitationStop',
  schema,
  tableName: 'limitation_stop',
  properties: {
    id: p.integer().primary().autoincrement(false),
    period: p.string().columnType('daterange'),
    ground: p.text(),
    act: p.text(),
    mark: p.text(),
  },
});

export const PenaltyRule = defineEntity({
  name: 'DebtPenaltyRule',
  schema,
  tableName: 'penalty_rule',
  properties: {
    id: p.integer().primary().autoincrement(false),
    maxRatePercent: p.decimal().columnType('numeric(9,6)').fieldName('max_rate_percent'),
    maxSharePercent: p.decimal().columnType('numeric(9,4)').fieldName('max_share_percent'),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const Moratorium = defineEntity({
  name: 'DebtMoratorium',
  schema,
  tableName: 'moratorium',
  properties: {
    id: p.integer().primary().autoincrement(false),
    territory: p.text().nullable(),
    kind: p.text(),
    period: p.string().columnType('daterange'),
    ground: p.text(),
    act: p.text(),
    mark: p.text(),
  },
});

export const Holiday = defineEntity({
  name: 'DebtHoliday',
  schema,
  tableName: 'holiday',
  properties: {
    day: p.date().primary(),
    name: p.text().primary(),
    kind: p.text(),
    suspended: p.boolean(),
    act: p.text(),
    mark: p.text(),
  },
});

export const Territory = defineEntity({
  name: 'DebtTerritory',
  schema,
  tableName: 'territory',
  properties: { code: p.text().primary(), name: p.text(), source: p.text() },
});

export const Place = defineEntity({
  name: 'DebtPlace',
  schema,
  tableName: 'place',
  properties: {
    id: p.uuid().primary(),
    houseId: p.integer().fieldName('house_id').nullable(),
    district: p.smallint().nullable(),
    territory: p.text(),
    valid: p.string().columnType('daterange'),
    decision: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const debtEntities = [
  Holiday,
  InflationIndex,
  InflationVersion,
  LimitationDay,
  LimitationStart,
  LimitationStop,
  LimitationTerm,
  Moratorium,
  PenaltyRule,
  Place,
  Territory,
] as const;
