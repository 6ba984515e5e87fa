import { defineEntity, p } from '@mikro-orm/core';

const schema = 'bills';

export const Issuer = defineEntity({
  name: 'BillsIssuer',
  schema,
  tableName: 'issuer',
  properties: {
    id: p.integer().primary().autoincrement(false),
    name: p.text(),
    shortName: p.text().fieldName('short_name'),
    address: p.text(),
    phone: p.text(),
    hours: p.text(),
    site: p.text(),
    edrpou: p.text(),
    iban: p.text(),
    valid: p.string().columnType('daterange'),
    decision: p.text(),
  },
});

export const Notice = defineEntity({
  name: 'BillsNotice',
  schema,
  tableName: 'notice',
  properties: {
    id: p.uuid().primary(),
    fromPeriod: p.date().fieldName('from_period'),
    toPeriod: p.date().fieldName('to_period'),
    providerId: p.smallint().fieldName('provider_id').nullable(),
    houseId: p.integer().fieldName('house_id').nullable(),
    text: p.text(),
    reason: p.text(),
    writtenBy: p.text().fieldName('written_by'),
    writtenAt: p.datetime().columnType('timestamptz').fieldName('written_at'),
    endedAt: p.datetime().columnType('timestamptz').fieldName('ended_at').nullable(),
    endedBy: p.text().fieldName('ended_by').nullable(),
  },
});

export const Bill = defineEntity({
  name: 'BillsBill',
  schema,
  tableName: 'bill',
  properties: {
    id: p.bigint().primary(),
    accountId: p.integer().fieldName('account_id'),
    period: p.date(),
    part: p.smallint(),
    version: p.smallint(),
    number: p.text(),
    code: p.text(),
    monthKop: p.bigint().fieldName('month_kop'),
    totalKop: p.bigint().fieldName('total_kop'),
    payKop: p.bigint().fieldName('pay_kop'),
    missing: p.smallint(),
    dueOn: p.date().fieldName('due_on'),
    content: p.blob(),
    sha256: p.text(),
    template: p.smallint(),
    issuedAt: p.datetime().columnType('timestamptz').fieldName('issued_at'),
    issuedOn: p.date().fieldName('issued_on'),
    issuedBy: p.text().fieldName('issued_by'),
    runId: p.uuid().fieldName('run_id').nullable(),
    reason: p.text().nullable(),
  },
});

export const Run = defineEntity({
  name: 'BillsRun',
  schema,
  tableName: 'run',
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    period: p.date(),
    params: p.json(),
    paramsHash: p.text().fieldName('params_hash'),
    retryOf: p.uuid().fieldName('retry_of').nullable(),
    state: p.text(),
    reason: p.text().nullable(),
    workflowId: p.text().fieldName('workflow_id'),
    requestedBy: p.text().fieldName('requested_by'),
    plannedAt: p.datetime().columnType('timestamptz').fieldName('planned_at'),
    finishedAt: p.datetime().columnType('timestamptz').fieldName('finished_at').nullable(),
  },
});

export const RunJob = defineEntity({
  name: 'BillsRunJob',
  schema,
  tableName: 'run_job',
  properties: {
    runId: p.uuid().primary().fieldName('run_id'),
    jobNo: p.integer().primary().fieldName('job_no'),
    batchNo: p.integer().fieldName('batch_no'),
    postcode: p.text(),
    bills: p.integer(),
    state: p.text(),
    pages: p.integer().nullable(),
    sha256: p.text().nullable(),
    attempts: p.smallint(),
    errorCode: p.text().fieldName('error_code').nullable(),
    finishedAt: p.datetime().columnType('timestamptz').fieldName('finished_at').nullable(),
  },
});

export const RunItem = defineEntity({
  name: 'BillsRunItem',
  schema,
  tableName: 'run_item',
  properties: {
    runId: p.uuid().primary().fieldName('run_id'),
    accountId: p.integer().primary().fieldName('account_id'),
    ordinal: p.integer(),
    jobNo: p.integer().fieldName('job_no'),
    outcome: p.text(),
    reasonCode: p.text().fieldName('reason_code').nullable(),
    billId: p.bigint().fieldName('bill_id').nullable(),
    pageFrom: p.smallint().fieldName('page_from').nullable(),
    pages: p.smallint().nullable(),
    finishedAt: p.datetime().columnType('timestamptz').fieldName('finished_at').nullable(),
  },
});

const Mail = defineEntity({
  name: 'BillsMail',
  schema,
  tableName: 'mail',
  properties: {
    id: p.uuid().primary(),
    billId: p.bigint().fieldName('bill_id'),
    personId: p.uuid().fieldName('person_id'),
    address: p.text(),
    state: p.text(),
    answer: p.text().nullable(),
    sentBy: p.text().fieldName('sent_by'),
    sentAt: p.datetime().columnType('timestamptz').fieldName('sent_at'),
    runId: p.uuid().fieldName('run_id').nullable(),
  },
});

export const billsEntities = [Mail, Issuer, Notice, Bill, Run, RunJob, RunItem];
