import { defineEntity, p } from '@mikro-orm/core';

const schema = 'legal';
const day = (name: string) => p.date().fieldName(name);
const at = (name: string) => p.datetime().columnType('timestamptz').fieldName(name);
const kop = (name: string) => p.bigint().fieldName(name);
const caseId = () => p.uuid().fieldName('case_id');

export const CaseFile = defineEntity({
  name: 'LegalCaseFile',
  schema,
  tableName: 'case_file',
  properties: {
    id: p.uuid().primary(),
    number: p.text(),
    accountId: p.integer().fieldName('account_id'),
    providerId: p.smallint().fieldName('provider_id'),
    kind: p.text().nullable(),
    status: p.text(),
    statusBefore: p.text().fieldName('status_before').nullable(),
    statusOn: day('status_on'),
    debtors: p.json(),
    courtCode: p.text().fieldName('court_code').nullable(),
    courtNumber: p.text().fieldName('court_number').nullable(),
    filedOn: day('filed_on').nullable(),
    servedOn: day('served_on').nullable(),
    answerUntil: day('answer_until').nullable(),
    orderServedOn: day('order_served_on').nullable(),
    forceOn: day('force_on').nullable(),
    appealUntil: day('appeal_until').nullable(),
    presentUntil: day('present_until').nullable(),
    hearingOn: day('hearing_on').nullable(),
    executorKind: p.text().fieldName('executor_kind').nullable(),
    executorName: p.text().fieldName('executor_name').nullable(),
    executorNumber: p.text().fieldName('executor_number').nullable(),
    packId: p.uuid().fieldName('pack_id').nullable(),
    claimItemId: p.uuid().fieldName('claim_item_id').nullable(),
    awardsPosted: p.boolean().fieldName('awards_posted'),
    openedOn: day('opened_on'),
    closedOn: day('closed_on').nullable(),
    openedBy: p.text().fieldName('opened_by'),
    workflowId: p.text().fieldName('workflow_id'),
    version: p.integer(),
  },
});

export const CaseEvent = defineEntity({
  name: 'LegalCaseEvent',
  schema,
  tableName: 'case_event',
  properties: {
    caseId: caseId().primary(),
    seq: p.integer().primary().autoincrement(false),
    act: p.text(),
    happenedOn: day('happened_on'),
    status: p.text(),
    details: p.json(),
    reason: p.text().nullable(),
    madeBy: p.text().fieldName('made_by'),
    madeAt: at('made_at'),
  },
});

export const CasePartRow = defineEntity({
  name: 'LegalCasePart',
  schema,
  tableName: 'case_part',
  properties: {
    caseId: caseId().primary(),
    no: p.smallint().primary().autoincrement(false),
    part: p.text(),
    serviceId: p.smallint().fieldName('service_id').nullable(),
    period: p.date().nullable(),
    claimedKop: kop('claimed_kop'),
    awardedKop: kop('awarded_kop').nullable(),
    refusedKop: kop('refused_kop').nullable(),
    recoveredKop: kop('recovered_kop'),
    writtenOffKop: kop('written_off_kop'),
    outstandingKop: kop('outstanding_kop'),
  },
});

export const CaseDocument = defineEntity({
  name: 'LegalCaseDocument',
  schema,
  tableName: 'case_document',
  properties: {
    id: p.uuid().primary(),
    caseId: caseId(),
    eventSeq: p.integer().fieldName('event_seq'),
    paper: p.text(),
    number: p.text(),
    issuedOn: day('issued_on'),
    sha256: p.text().nullable(),
    fileName: p.text().fieldName('file_name').nullable(),
    mediaType: p.text().fieldName('media_type').nullable(),
    addedBy: p.text().fieldName('added_by'),
    addedAt: at('added_at'),
  },
});

export const CaseFee = defineEntity({
  name: 'LegalCaseFee',
  schema,
  tableName: 'case_fee',
  properties: {
    id: p.uuid().primary(),
    caseId: caseId(),
    kind: p.text(),
    amountKop: kop('amount_kop'),
    paidOn: day('paid_on'),
    state: p.text(),
    creditedCaseId: p.uuid().fieldName('credited_case_id').nullable(),
  },
});

export const CaseTerm = defineEntity({
  name: 'LegalCaseTerm',
  schema,
  tableName: 'case_term',
  properties: {
    id: p.integer().primary().autoincrement(false),
    task: p.text(),
    length: p.smallint(),
    unit: p.text(),
    role: p.text(),
    remindDays: p.smallint().fieldName('remind_days'),
    movable: p.boolean(),
    valid: p.string().columnType('daterange'),
    source: p.text(),
    mark: p.text(),
  },
});

export const CaseTaskRow = defineEntity({
  name: 'LegalCaseTask',
  schema,
  tableName: 'case_task',
  properties: {
    id: p.uuid().primary(),
    caseId: caseId(),
    termId: p.integer().fieldName('term_id'),
    task: p.text(),
    role: p.text(),
    openedOn: day('opened_on'),
    dueOn: day('due_on'),
    remindOn: day('remind_on'),
    details: p.json(),
    remindedOn: day('reminded_on').nullable(),
    escalatedOn: day('escalated_on').nullable(),
    doneOn: day('done_on').nullable(),
  },
});

export const ReceiptOrderRow = defineEntity({
  name: 'LegalReceiptOrder',
  schema,
  tableName: 'receipt_order',
  properties: {
    id: p.integer().primary().autoincrement(false),
    source: p.text(),
    parts: p.array().columnType('text[]'),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const CaseReceipt = defineEntity({
  name: 'LegalCaseReceipt',
  schema,
  tableName: 'case_receipt',
  properties: {
    id: p.uuid().primary(),
    caseId: caseId(),
    source: p.text(),
    receivedOn: day('received_on'),
    amountKop: kop('amount_kop'),
    overKop: kop('over_kop'),
    reference: p.text().nullable(),
    paymentId: p.bigint().fieldName('payment_id').nullable(),
    orderId: p.integer().fieldName('order_id').nullable(),
    madeBy: p.text().fieldName('made_by'),
    madeAt: at('made_at'),
    tiedOn: day('tied_on').nullable(),
    undoneOn: day('undone_on').nullable(),
  },
});

export const CaseReceiptPart = defineEntity({
  name: 'LegalCaseReceiptPart',
  schema,
  tableName: 'case_receipt_part',
  properties: {
    receiptId: p.uuid().primary().fieldName('receipt_id'),
    no: p.smallint().primary().autoincrement(false),
    amountKop: kop('amount_kop'),
  },
});

export const CasePayment = defineEntity({
  name: 'LegalCasePayment',
  schema,
  tableName: 'case_payment',
  properties: { caseId: caseId().primary(), paymentId: p.bigint().primary().autoincrement(false).fieldName('payment_id') },
});

export const CaseList = defineEntity({
  name: 'LegalCaseList',
  schema,
  tableName: 'case_list',
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    fileName: p.text().fieldName('file_name'),
    sha256: p.text(),
    state: p.text(),
    rows: p.integer(),
    uploadedBy: p.text().fieldName('uploaded_by'),
    uploadedAt: at('uploaded_at'),
    takenBy: p.text().fieldName('taken_by').nullable(),
    takenAt: at('taken_at').nullable(),
  },
});

export const CaseListRow = defineEntity({
  name: 'LegalCaseListRow',
  schema,
  tableName: 'case_list_row',
  properties: {
    listId: p.uuid().primary().fieldName('list_id'),
    line: p.integer().primary().autoincrement(false),
    cells: p.json(),
    caseId: caseId().nullable(),
    act: p.text().nullable(),
    outcome: p.text(),
    code: p.text().nullable(),
    params: p.json(),
  },
});

/** Tables of cases as the ORM sees them. */
export const caseEntities = [
  CaseDocument, CaseEvent, CaseFee, CaseFile, CaseList, CaseListRow, CasePartRow, CasePayment, CaseReceipt, CaseReceiptPart, CaseTaskRow, CaseTerm, ReceiptOrderRow,
] as const;
