import { defineEntity, p } from '@mikro-orm/core';

const schema = 'billing';
const sums = {
  openingKop: p.bigint().fieldName('opening_kop'),
  chargedKop: p.bigint().fieldName('charged_kop'),
  recalculatedKop: p.bigint().fieldName('recalculated_kop'),
  benefitKop: p.bigint().fieldName('benefit_kop'),
  subsidyKop: p.bigint().fieldName('subsidy_kop'),
  paidKop: p.bigint().fieldName('paid_kop'),
  closingKop: p.bigint().fieldName('closing_kop'),
};
const month = {
  fileId: p.uuid().primary().fieldName('file_id'),
  period: p.date().primary(),
  providerId: p.smallint().primary().fieldName('provider_id'),
};

const HistoryFile = defineEntity({
  name: 'BillingHistoryFile',
  schema,
  tableName: 'history_file',
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    fileName: p.text().fieldName('file_name'),
    fileHash: p.text().fieldName('file_hash'),
    size: p.bigint(),
    format: p.text(),
    encoding: p.text(),
    separator: p.text().nullable(),
    columns: p.json(),
    mapping: p.json(),
    aliasOwner: p.text().fieldName('alias_owner'),
    state: p.text(),
    lineCount: p.integer().fieldName('line_count').nullable(),
    rowCount: p.integer().fieldName('row_count').nullable(),
    wrongCount: p.integer().fieldName('wrong_count').nullable(),
    firstId: p.bigint().fieldName('first_id').nullable(),
    controlName: p.text().fieldName('control_name').nullable(),
    noControlReason: p.text().fieldName('no_control_reason').nullable(),
    uploadedBy: p.text().fieldName('uploaded_by'),
    uploadedAt: p.datetime().columnType('timestamptz').fieldName('uploaded_at'),
    loadedBy: p.text().fieldName('loaded_by').nullable(),
    loadedAt: p.datetime().columnType('timestamptz').fieldName('loaded_at').nullable(),
    cancelReason: p.text().fieldName('cancel_reason').nullable(),
    digest: p.text().nullable(),
  },
});

const HistoryMapping = defineEntity({
  name: 'BillingHistoryMapping',
  schema,
  tableName: 'history_mapping',
  properties: {
    headHash: p.text().primary().fieldName('head_hash'),
    mapping: p.json(),
    savedBy: p.text().fieldName('saved_by'),
    savedAt: p.datetime().columnType('timestamptz').fieldName('saved_at'),
  },
});

const HistoryControl = defineEntity({
  name: 'BillingHistoryControl',
  schema,
  tableName: 'history_control',
  properties: { ...month, rowCount: p.integer().fieldName('row_count').nullable(), ...sums },
});

const HistoryTotal = defineEntity({
  name: 'BillingHistoryTotal',
  schema,
  tableName: 'history_total',
  properties: { ...month, rowCount: p.integer().fieldName('row_count'), postingId: p.bigint().fieldName('posting_id'), ...sums },
});

const HistoryFactTotal = defineEntity({
  name: 'BillingHistoryFactTotal',
  schema,
  tableName: 'history_fact_total',
  properties: {
    fileId: p.uuid().primary().fieldName('file_id'),
    period: p.date().primary(),
    rowCount: p.integer().fieldName('row_count'),
    total: p.decimal().columnType('numeric(20,3)'),
    statedRows: p.integer().fieldName('stated_rows').nullable(),
    statedTotal: p.decimal().columnType('numeric(20,3)').fieldName('stated_total').nullable(),
  },
});

const HistoryError = defineEntity({
  name: 'BillingHistoryError',
  schema,
  tableName: 'history_error',
  properties: {
    fileId: p.uuid().primary().fieldName('file_id'),
    line: p.integer().primary(),
    code: p.text().primary(),
    params: p.json(),
    raw: p.text().nullable(),
  },
});

const HistoryBatch = defineEntity({
  name: 'BillingHistoryBatch',
  schema,
  tableName: 'history_batch',
  properties: {
    fileId: p.uuid().primary().fieldName('file_id'),
    batchNo: p.integer().primary().fieldName('batch_no'),
    fromAccount: p.integer().fieldName('from_account'),
    toAccount: p.integer().fieldName('to_account'),
    rowCount: p.integer().fieldName('row_count'),
    checkedAt: p.datetime().columnType('timestamptz').fieldName('checked_at').nullable(),
    doneAt: p.datetime().columnType('timestamptz').fieldName('done_at').nullable(),
  },
});

const HistorySlot = defineEntity({
  name: 'BillingHistorySlot',
  schema,
  tableName: 'history_slot',
  properties: { id: p.integer().primary(), fileId: p.uuid().fieldName('file_id').nullable() },
});

const HistoryStage = defineEntity({
  name: 'BillingHistoryStage',
  schema,
  tableName: 'history_stage',
  properties: {
    line: p.integer().primary(),
    accountId: p.integer().fieldName('account_id'),
    serviceId: p.smallint().fieldName('service_id'),
    providerId: p.smallint().fieldName('provider_id'),
    month: p.integer(),
    period: p.date(),
    ...sums,
  },
});

export const historyEntities = [
  HistoryFile, HistoryMapping, HistoryControl, HistoryTotal, HistoryFactTotal, HistoryError, HistoryBatch, HistorySlot, HistoryStage,
];
