import { defineEntity, p } from '@mikro-orm/core';

const schema = 'debt';

export const Selection = defineEntity({
  name: 'DebtSelection',
  schema,
  tableName: 'selection',
  properties: {
    id: p.uuid().primary(),
    owner: p.text(),
    list: p.text(),
    name: p.text(),
    filter: p.json(),
    createdAt: p.datetime().columnType('timestamptz').fieldName('created_at'),
  },
});

export const Hold = defineEntity({
  name: 'DebtHold',
  schema,
  tableName: 'hold',
  properties: {
    id: p.uuid().primary(),
    accountId: p.integer().fieldName('account_id'),
    providerId: p.smallint().fieldName('provider_id').nullable(),
    kind: p.text(),
    period: p.string().columnType('daterange'),
    reason: p.text(),
    document: p.text().nullable(),
    source: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
    endedBy: p.text().fieldName('ended_by').nullable(),
    endedReason: p.text().fieldName('ended_reason').nullable(),
    endedAt: p.datetime().columnType('timestamptz').fieldName('ended_at').nullable(),
  },
});

export const DunningStrategy = defineEntity({
  name: 'DebtDunningStrategy',
  schema,
  tableName: 'dunning_strategy',
  properties: { code: p.text().primary(), inForce: p.boolean().fieldName('in_force') },
});

export const DunningStep = defineEntity({
  name: 'DebtDunningStep',
  schema,
  tableName: 'dunning_step',
  properties: {
    id: p.integer().primary().autoincrement(false),
    strategy: p.text(),
    code: p.text(),
    ordinal: p.smallint(),
    minDebtKop: p.bigint().fieldName('min_debt_kop'),
    minMonths: p.smallint().fieldName('min_months'),
    waitDays: p.smallint().fieldName('wait_days'),
    repeatDays: p.smallint().fieldName('repeat_days'),
    valid: p.string().columnType('daterange'),
    decision: p.text(),
    mark: p.text(),
  },
});

export const DunningRun = defineEntity({
  name: 'DebtDunningRun',
  schema,
  tableName: 'dunning_run',
  properties: {
    id: p.uuid().primary(),
    stepId: p.integer().fieldName('step_id'),
    code: p.text(),
    asOf: p.date().fieldName('as_of'),
    providerId: p.smallint().fieldName('provider_id').nullable(),
    planned: p.integer(),
    done: p.integer(),
    held: p.integer(),
    waiting: p.integer(),
    repeated: p.integer(),
    debtKop: p.bigint().fieldName('debt_kop'),
    reason: p.text(),
    madeBy: p.text().fieldName('made_by'),
    madeAt: p.datetime().columnType('timestamptz').fieldName('made_at'),
  },
});

export const DunningNotice = defineEntity({
  name: 'DebtDunningNotice',
  schema,
  tableName: 'dunning_notice',
  properties: {
    runId: p.uuid().primary().fieldName('run_id'),
    accountId: p.integer().primary().autoincrement(false).fieldName('account_id'),
    providerId: p.smallint().primary().autoincrement(false).fieldName('provider_id'),
    outcome: p.text(),
    debtKop: p.bigint().fieldName('debt_kop'),
    months: p.smallint(),
    oldest: p.date(),
    holdId: p.uuid().fieldName('hold_id').nullable(),
  },
});

export const Acknowledgement = defineEntity({
  name: 'DebtAcknowledgement',
  schema,
  tableName: 'acknowledgement',
  properties: {
    id: p.uuid().primary(),
    accountId: p.integer().fieldName('account_id'),
    providerId: p.smallint().fieldName('provider_id').nullable(),
    months: p.string().columnType('daterange').nullable(),
    form: p.text(),
    onDay: p.date().fieldName('on_day'),
    paymentId: p.bigint().fieldName('payment_id').nullable(),
    document: p.text(),
    reason: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
    withdrawnBy: p.text().fieldName('withdrawn_by').nullable(),
    withdrawnReason: p.text().fieldName('withdrawn_reason').nullable(),
    withdrawnAt: p.datetime().columnType('timestamptz').fieldName('withdrawn_at').nullable(),
  },
});

/** Tables of debt analysis as the ORM sees them. */
export const analysisEntities = [Acknowledgement, DunningNotice, DunningRun, DunningStep, DunningStrategy, Hold, Selection] as const;
