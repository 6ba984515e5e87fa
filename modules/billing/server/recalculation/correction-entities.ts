import { defineEntity, p } from '@mikro-orm/core';

const schema = 'billing';

const Correction = defineEntity({
  name: 'BillingCorrection',
  schema,
  tableName: 'correction',
  properties: {
    id: p.uuid().primary(),
    number: p.text(),
    reason: p.text(),
    decision: p.text(),
    scope: p.json(),
    accountIds: p.array().columnType('int[]').fieldName('account_ids'),
    serviceIds: p.array().columnType('smallint[]').fieldName('service_ids').nullable(),
    fromMonth: p.date().fieldName('from_month'),
    toMonth: p.date().fieldName('to_month'),
    touched: p.integer(),
    lines: p.integer(),
    failed: p.integer(),
    plusKop: p.bigint().fieldName('plus_kop'),
    minusKop: p.bigint().fieldName('minus_kop'),
    digest: p.text(),
    needsApproval: p.boolean().fieldName('needs_approval'),
    state: p.text(),
    madeBy: p.text().fieldName('made_by'),
    madeAt: p.datetime().columnType('timestamptz').fieldName('made_at'),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
    postedBy: p.text().fieldName('posted_by').nullable(),
    approvedBy: p.text().fieldName('approved_by').nullable(),
    postedAt: p.datetime().columnType('timestamptz').fieldName('posted_at').nullable(),
    postedPeriod: p.date().fieldName('posted_period').nullable(),
    reversedBy: p.text().fieldName('reversed_by').nullable(),
    reversedAt: p.datetime().columnType('timestamptz').fieldName('reversed_at').nullable(),
    reversalReason: p.text().fieldName('reversal_reason').nullable(),
  },
});

const ProviderTransfer = defineEntity({
  name: 'BillingProviderTransfer',
  schema,
  tableName: 'provider_transfer',
  properties: {
    documentId: p.uuid().primary().fieldName('document_id'),
    fromProvider: p.smallint().fieldName('from_provider'),
    toProvider: p.smallint().fieldName('to_provider'),
    onDay: p.date().fieldName('on_day'),
    document: p.text(),
    madeBy: p.text().fieldName('made_by'),
    state: p.text(),
    debtKop: p.bigint().fieldName('debt_kop'),
    advanceKop: p.bigint().fieldName('advance_kop'),
    movedAt: p.datetime().columnType('timestamptz').fieldName('moved_at').nullable(),
  },
});

const CorrectionLine = defineEntity({
  name: 'BillingCorrectionLine',
  schema,
  tableName: 'correction_line',
  properties: {
    correctionId: p.uuid().primary().fieldName('correction_id'),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    providerId: p.smallint().primary().fieldName('provider_id'),
    month: p.date().primary(),
    beforeKop: p.bigint().fieldName('before_kop'),
    afterKop: p.bigint().fieldName('after_kop'),
    differenceKop: p.bigint().fieldName('difference_kop'),
    failed: p.text().nullable(),
  },
});

const CorrectionBasis = defineEntity({
  name: 'BillingCorrectionBasis',
  schema,
  tableName: 'correction_basis',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    correctionId: p.uuid().fieldName('correction_id'),
    accountId: p.integer().fieldName('account_id'),
    serviceId: p.smallint().fieldName('service_id'),
    period: p.date(),
    ahead: p.decimal().columnType('numeric(16,6)'),
    aheadBefore: p.decimal().columnType('numeric(16,6)').fieldName('ahead_before'),
  },
});

const CorrectionLimit = defineEntity({
  name: 'BillingCorrectionLimit',
  schema,
  tableName: 'correction_limit',
  properties: {
    id: p.integer().primary().autoincrement(false),
    approvalKop: p.bigint().fieldName('approval_kop'),
    months: p.smallint(),
    accountMonths: p.integer().fieldName('account_months'),
    valid: p.text().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const correctionEntities = [Correction, CorrectionBasis, CorrectionLimit, CorrectionLine, ProviderTransfer] as const;
