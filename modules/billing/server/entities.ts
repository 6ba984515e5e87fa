import { defineEntity, p } from '@mikro-orm/core';

const schema = 'billing';

export const AccountState = defineEntity({
  name: 'BillingAccountState',
  schema,
  tableName: 'account_state',
  properties: {
    accountId: p.integer().primary().fieldName('account_id'),
    version: p.bigint(),
    changedAt: p.datetime().columnType('timestamptz').fieldName('changed_at'),
  },
});

export const Accrual = defineEntity({
  name: 'BillingAccrual',
  schema,
  tableName: 'accrual',
  properties: {
    period: p.date().primary(),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    providerId: p.smallint().primary().fieldName('provider_id'),
    version: p.smallint().primary(),
    postingId: p.bigint().fieldName('posting_id'),
    method: p.text(),
    quantity: p.decimal().columnType('numeric(16,6)'),
    tariffId: p.integer().fieldName('tariff_id'),
    normId: p.integer().fieldName('norm_id').nullable(),
    persons: p.smallint().nullable(),
    personDays: p.integer().fieldName('person_days').nullable(),
    area: p.decimal().columnType('numeric(10,2)').nullable(),
    readingFrom: p.bigint().fieldName('reading_from').nullable(),
    readingTo: p.bigint().fieldName('reading_to').nullable(),
    supplyId: p.integer().fieldName('supply_id'),
    ruleVersion: p.smallint().fieldName('rule_version'),
    grossKop: p.bigint().fieldName('gross_kop'),
    benefitKop: p.bigint().fieldName('benefit_kop'),
    netKop: p.bigint().fieldName('net_kop'),
  },
});

export const AccrualBasis = defineEntity({
  name: 'BillingAccrualBasis',
  schema,
  tableName: 'accrual_basis',
  properties: {
    period: p.date().primary(),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    supplyId: p.integer().primary().fieldName('supply_id'),
    providerId: p.smallint().fieldName('provider_id'),
    basis: p.text(),
    months: p.smallint(),
    averageTotal: p.decimal().columnType('numeric(16,3)').fieldName('average_total').nullable(),
    averageSpan: p.smallint().fieldName('average_span').nullable(),
    normId: p.integer().fieldName('norm_id').nullable(),
    known: p.decimal().columnType('numeric(16,6)'),
    aheadBefore: p.decimal().columnType('numeric(16,6)').fieldName('ahead_before'),
    charged: p.decimal().columnType('numeric(16,6)'),
    ahead: p.decimal().columnType('numeric(16,6)'),
    houseOwn: p.decimal().columnType('numeric(16,6)').fieldName('house_own').nullable(),
    houseNeeds: p.decimal().columnType('numeric(16,6)').fieldName('house_needs').nullable(),
  },
});

export const AccrualReduction = defineEntity({
  name: 'BillingAccrualReduction',
  schema,
  tableName: 'accrual_reduction',
  properties: {
    period: p.date().primary(),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    supplyId: p.integer().primary().fieldName('supply_id'),
    providerId: p.smallint().fieldName('provider_id'),
    fullKop: p.bigint().fieldName('full_kop'),
    amountKop: p.bigint().fieldName('amount_kop'),
    acts: p.text(),
  },
});

export const Advance = defineEntity({
  name: 'BillingAdvance',
  schema,
  tableName: 'advance',
  properties: {
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    providerId: p.smallint().primary().fieldName('provider_id'),
    creditPeriod: p.date().fieldName('credit_period'),
    creditId: p.bigint().primary().fieldName('credit_id'),
    amountKop: p.bigint().fieldName('amount_kop'),
  },
});

export const Allocation = defineEntity({
  name: 'BillingAllocation',
  schema,
  tableName: 'allocation',
  properties: {
    period: p.date().primary(),
    id: p.bigint().primary(),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().fieldName('service_id'),
    providerId: p.smallint().fieldName('provider_id'),
    debtMonth: p.date().fieldName('debt_month'),
    creditPeriod: p.date().fieldName('credit_period'),
    creditId: p.bigint().fieldName('credit_id'),
    amountKop: p.bigint().fieldName('amount_kop'),
  },
});

export const CloseBatch = defineEntity({
  name: 'BillingCloseBatch',
  schema,
  tableName: 'close_batch',
  properties: {
    period: p.date().primary(),
    providerId: p.smallint().primary().fieldName('provider_id'),
    batchNo: p.integer().primary().fieldName('batch_no'),
    fromAccount: p.integer().fieldName('from_account'),
    toAccount: p.integer().fieldName('to_account'),
    planned: p.integer(),
    planDigest: p.text().fieldName('plan_digest'),
    doneCount: p.integer().fieldName('done_count').nullable(),
    amountKop: p.bigint().fieldName('amount_kop').nullable(),
    accruedAt: p.datetime().columnType('timestamptz').fieldName('accrued_at').nullable(),
    rolledAt: p.datetime().columnType('timestamptz').fieldName('rolled_at').nullable(),
    advanceKop: p.bigint().fieldName('advance_kop').nullable(),
    digestSums: p.array().columnType('numeric[]').fieldName('digest_sums').nullable(),
  },
});

export const CloseException = defineEntity({
  name: 'BillingCloseException',
  schema,
  tableName: 'close_exception',
  properties: {
    period: p.date().primary(),
    providerId: p.smallint().primary().fieldName('provider_id'),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    outcome: p.text(),
    reasonCode: p.text().fieldName('reason_code'),
    reasonParams: p.json().fieldName('reason_params'),
    attempts: p.smallint(),
    resolvedAt: p.datetime().columnType('timestamptz').fieldName('resolved_at').nullable(),
    signedBy: p.text().fieldName('signed_by').nullable(),
  },
});

export const CloseGate = defineEntity({
  name: 'BillingCloseGate',
  schema,
  tableName: 'close_gate',
  properties: {
    period: p.date().primary(),
    providerId: p.smallint().primary().fieldName('provider_id'),
    gateId: p.text().primary().fieldName('gate_id'),
    value: p.bigint(),
    gateLimit: p.bigint().fieldName('gate_limit'),
    green: p.boolean(),
    measuredAt: p.datetime().columnType('timestamptz').fieldName('measured_at'),
    exceptionApproval: p.uuid().fieldName('exception_approval').nullable(),
  },
});

export const CloseLane = defineEntity({
  name: 'BillingCloseLane',
  schema,
  tableName: 'close_lane',
  properties: {
    period: p.date().primary(),
    providerId: p.smallint().primary().fieldName('provider_id'),
    workflowId: p.text().fieldName('workflow_id'),
    phase: p.text(),
    state: p.text(),
    planned: p.integer().nullable(),
    planDigest: p.text().fieldName('plan_digest').nullable(),
    messageKey: p.text().fieldName('message_key').nullable(),
    messageParams: p.json().fieldName('message_params'),
    pauseReason: p.text().fieldName('pause_reason').nullable(),
    pausedBy: p.text().fieldName('paused_by').nullable(),
    proposedBy: p.text().fieldName('proposed_by').nullable(),
    proposedAt: p.datetime().columnType('timestamptz').fieldName('proposed_at').nullable(),
    releasedBy: p.text().fieldName('released_by').nullable(),
    releasedAt: p.datetime().columnType('timestamptz').fieldName('released_at').nullable(),
    verifiedCount: p.integer().fieldName('verified_count').nullable(),
    verifiedDifferences: p.integer().fieldName('verified_differences').nullable(),
    digest: p.text().nullable(),
    evidence: p.json().nullable(),
    totals: p.json().nullable(),
    startedBy: p.text().fieldName('started_by'),
    startedAt: p.datetime().columnType('timestamptz').fieldName('started_at'),
    updatedAt: p.datetime().columnType('timestamptz').fieldName('updated_at'),
  },
});

export const CloseTrial = defineEntity({
  name: 'BillingCloseTrial',
  schema,
  tableName: 'close_trial',
  properties: {
    period: p.date().primary(),
    providerId: p.smallint().primary().fieldName('provider_id'),
    madeBy: p.text().fieldName('made_by'),
    madeAt: p.datetime().columnType('timestamptz').fieldName('made_at'),
    result: p.json(),
  },
});

export const EntryKind = defineEntity({
  name: 'BillingEntryKind',
  schema,
  tableName: 'entry_kind',
  properties: {
    id: p.smallint().primary(),
    code: p.text(),
    turnoverColumn: p.text().fieldName('turnover_column'),
  },
});

export const LedgerEntry = defineEntity({
  name: 'BillingLedgerEntry',
  schema,
  tableName: 'ledger_entry',
  properties: {
    period: p.date().primary(),
    id: p.bigint().primary(),
    postingId: p.bigint().fieldName('posting_id'),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().fieldName('service_id'),
    providerId: p.smallint().fieldName('provider_id'),
    kind: p.smallint(),
    forPeriod: p.date().fieldName('for_period'),
    amountKop: p.bigint().fieldName('amount_kop'),
    reversesPeriod: p.date().fieldName('reverses_period').nullable(),
    reversesId: p.bigint().fieldName('reverses_id').nullable(),
  },
});

export const OpenItem = defineEntity({
  name: 'BillingOpenItem',
  schema,
  tableName: 'open_item',
  properties: {
    accountId: p.integer().primary().fieldName('account_id'),
    debtMonth: p.date().primary().fieldName('debt_month'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    providerId: p.smallint().primary().fieldName('provider_id'),
    dueOn: p.date().fieldName('due_on'),
    dueKop: p.bigint().fieldName('due_kop'),
    outstandingKop: p.bigint().fieldName('outstanding_kop'),
  },
});

export const PeriodBalance = defineEntity({
  name: 'BillingPeriodBalance',
  schema,
  tableName: 'period_balance',
  properties: {
    period: p.date().primary(),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    providerId: p.smallint().primary().fieldName('provider_id'),
    openingKop: p.bigint().fieldName('opening_kop'),
    chargedKop: p.bigint().fieldName('charged_kop'),
    recalculatedKop: p.bigint().fieldName('recalculated_kop'),
    benefitKop: p.bigint().fieldName('benefit_kop'),
    subsidyKop: p.bigint().fieldName('subsidy_kop'),
    paidKop: p.bigint().fieldName('paid_kop'),
    otherKop: p.bigint().fieldName('other_kop'),
    closingKop: p.bigint().fieldName('closing_kop'),
  },
});

export const Posting = defineEntity({
  name: 'BillingPosting',
  schema,
  tableName: 'posting',
  properties: {
    id: p.bigint().primary(),
    documentKind: p.text().fieldName('document_kind'),
    documentId: p.text().fieldName('document_id'),
    effectiveOn: p.date().fieldName('effective_on'),
    bookedAt: p.datetime().columnType('timestamptz').fieldName('booked_at'),
    bookedBy: p.text().fieldName('booked_by'),
    noteKey: p.text().fieldName('note_key').nullable(),
    noteParams: p.json().fieldName('note_params').nullable(),
  },
});

export const VerificationDifference = defineEntity({
  name: 'BillingVerificationDifference',
  schema,
  tableName: 'verification_difference',
  properties: {
    period: p.date().primary(),
    providerId: p.smallint().primary().fieldName('provider_id'),
    accountId: p.integer().primary().fieldName('account_id'),
    serviceId: p.smallint().primary().fieldName('service_id'),
    storedKop: p.bigint().fieldName('stored_kop'),
    recomputedKop: p.bigint().fieldName('recomputed_kop'),
  },
});

export const Certificate = defineEntity({
  name: 'BillingCertificate',
  schema,
  tableName: 'certificate',
  properties: {
    id: p.uuid().primary(),
    number: p.text(),
    code: p.text(),
    accountId: p.integer().fieldName('account_id'),
    asOf: p.date().fieldName('as_of'),
    balanceKop: p.bigint().fieldName('balance_kop'),
    content: p.json(),
    sha256: p.text(),
    purpose: p.text(),
    issuedOn: p.date().fieldName('issued_on'),
    issuedAt: p.datetime().columnType('timestamptz').fieldName('issued_at'),
    issuedBy: p.text().fieldName('issued_by'),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const billingEntities = [
  AccountState,
  Accrual,
  AccrualBasis,
  AccrualReduction,
  Advance,
  Allocation,
  Certificate,
  CloseBatch,
  CloseException,
  CloseGate,
  CloseLane,
  CloseTrial,
  EntryKind,
  LedgerEntry,
  OpenItem,
  PeriodBalance,
  Posting,
  VerificationDifference,
] as const;
