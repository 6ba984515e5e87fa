import { defineEntity, p } from '@mikro-orm/core';

const schema = 'payments';

export const Channel = defineEntity({
  name: 'PaymentsChannel',
  schema,
  tableName: 'channel',
  properties: {
    id: p.smallint().primary(),
    code: p.text(),
    name: p.text(),
    kind: p.text(),
    mfo: p.text().nullable(),
    settlementDelayDays: p.smallint().fieldName('settlement_delay_days'),
    commissionPercent: p.decimal().columnType('numeric(9,6)').fieldName('commission_percent'),
    commissionMinKop: p.bigint().fieldName('commission_min_kop'),
    commissionPayer: p.text().fieldName('commission_payer'),
    hasTransactionIds: p.boolean().fieldName('has_transaction_ids'),
    cutOffDay: p.smallint().fieldName('cut_off_day'),
    valid: p.string().columnType('daterange'),
  },
});

export const ImportFile = defineEntity({
  name: 'PaymentsImportFile',
  schema,
  tableName: 'import_file',
  properties: {
    id: p.uuid().primary(),
    preset: p.text(),
    fileName: p.text().fieldName('file_name'),
    fileHash: p.text().fieldName('file_hash'),
    size: p.bigint(),
    encoding: p.text().nullable(),
    formatVersion: p.text().fieldName('format_version').nullable(),
    registerId: p.text().fieldName('register_id').nullable(),
    sender: p.text().nullable(),
    recipient: p.text().nullable(),
    reader: p.uuid().nullable(),
    providerId: p.smallint().fieldName('provider_id').nullable(),
    channelId: p.smallint().fieldName('channel_id').nullable(),
    state: p.text(),
    statedRows: p.integer().fieldName('stated_rows').nullable(),
    statedSumKop: p.bigint().fieldName('stated_sum_kop').nullable(),
    readRows: p.integer().fieldName('read_rows').nullable(),
    readSumKop: p.bigint().fieldName('read_sum_kop').nullable(),
    refusalCode: p.text().fieldName('refusal_code').nullable(),
    refusalParams: p.json().fieldName('refusal_params').nullable(),
    repeatsId: p.uuid().fieldName('repeats_id').nullable(),
    workflowId: p.text().fieldName('workflow_id'),
    uploadedBy: p.text().fieldName('uploaded_by'),
    uploadedAt: p.datetime().columnType('timestamptz').fieldName('uploaded_at'),
    postedBy: p.text().fieldName('posted_by').nullable(),
    postedAt: p.datetime().columnType('timestamptz').fieldName('posted_at').nullable(),
    rolledBackBy: p.text().fieldName('rolled_back_by').nullable(),
    rolledBackAt: p.datetime().columnType('timestamptz').fieldName('rolled_back_at').nullable(),
    reason: p.text().nullable(),
    version: p.integer(),
  },
});

export const ImportRow = defineEntity({
  name: 'PaymentsImportRow',
  schema,
  tableName: 'import_row',
  properties: {
    importId: p.uuid().primary().fieldName('import_id'),
    line: p.integer().primary(),
    id: p.bigint(),
    accountText: p.text().fieldName('account_text').nullable(),
    serviceText: p.text().fieldName('service_text').nullable(),
    payerName: p.text().fieldName('payer_name').nullable(),
    payerAddress: p.text().fieldName('payer_address').nullable(),
    amountKop: p.bigint().fieldName('amount_kop').nullable(),
    paidOn: p.date().fieldName('paid_on').nullable(),
    externalId: p.text().fieldName('external_id').nullable(),
    fingerprint: p.text().nullable(),
    ordinal: p.smallint(),
    raw: p.text(),
    accountId: p.integer().fieldName('account_id').nullable(),
    serviceId: p.smallint().fieldName('service_id').nullable(),
    outcome: p.text(),
    reasonCode: p.text().fieldName('reason_code').nullable(),
    reasonParams: p.json().fieldName('reason_params').nullable(),
    decision: p.text().nullable(),
    decidedBy: p.text().fieldName('decided_by').nullable(),
    paymentId: p.bigint().fieldName('payment_id').nullable(),
    postedAt: p.datetime().columnType('timestamptz').fieldName('posted_at').nullable(),
  },
});

export const MoneyLine = defineEntity({
  name: 'PaymentsMoneyLine',
  schema,
  tableName: 'money_line',
  properties: {
    id: p.bigint().primary(),
    day: p.date(),
    place: p.text(),
    providerId: p.smallint().fieldName('provider_id').nullable(),
    channelId: p.smallint().fieldName('channel_id').nullable(),
    amountKop: p.bigint().fieldName('amount_kop'),
    documentKind: p.text().fieldName('document_kind'),
    documentId: p.text().fieldName('document_id'),
  },
});

export const Payment = defineEntity({
  name: 'PaymentsPayment',
  schema,
  tableName: 'payment',
  properties: {
    id: p.bigint().primary(),
    channelId: p.smallint().fieldName('channel_id'),
    source: p.text(),
    externalId: p.text().fieldName('external_id'),
    requestHash: p.text().fieldName('request_hash'),
    accountId: p.integer().fieldName('account_id').nullable(),
    amountKop: p.bigint().fieldName('amount_kop'),
    paidOn: p.date().fieldName('paid_on'),
    receivedOn: p.date().fieldName('received_on'),
    bookedAt: p.datetime().columnType('timestamptz').fieldName('booked_at'),
    bookedBy: p.text().fieldName('booked_by'),
    postingId: p.bigint().fieldName('posting_id').nullable(),
    importId: p.uuid().fieldName('import_id').nullable(),
    importLine: p.integer().fieldName('import_line').nullable(),
    answer: p.json().nullable(),
    rolledBackAt: p.datetime().columnType('timestamptz').fieldName('rolled_back_at').nullable(),
  },
});

export const SuspenseItem = defineEntity({
  name: 'PaymentsSuspenseItem',
  schema,
  tableName: 'suspense_item',
  properties: {
    id: p.bigint().primary(),
    paymentId: p.bigint().fieldName('payment_id'),
    amountKop: p.bigint().fieldName('amount_kop'),
    reasonCode: p.text().fieldName('reason_code'),
    payerText: p.text().fieldName('payer_text').nullable(),
    owner: p.text().nullable(),
    deadlineOn: p.date().fieldName('deadline_on'),
    state: p.text(),
    resolvedAt: p.datetime().columnType('timestamptz').fieldName('resolved_at').nullable(),
    resolvedBy: p.text().fieldName('resolved_by').nullable(),
    resolution: p.json().nullable(),
  },
});

export const CashRule = defineEntity({
  name: 'PaymentsCashRule',
  schema,
  tableName: 'cash_rounding',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    stepKop: p.smallint().fieldName('step_kop'),
    act: p.text(),
    mark: p.text(),
    valid: p.string().columnType('daterange'),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const paymentsEntities = [CashRule, Channel, ImportFile, ImportRow, MoneyLine, Payment, SuspenseItem] as const;
