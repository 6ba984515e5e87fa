import { defineEntity, p } from '@mikro-orm/core';

const schema = 'legal';
const kop = (name: string) => p.bigint().fieldName(name);
const moment = (name: string) => p.datetime().columnType('timestamptz').fieldName(name);

export const ClaimRule = defineEntity({
  name: 'LegalClaimRule',
  schema,
  tableName: 'claim_rule',
  properties: {
    id: p.integer().primary().autoincrement(false),
    code: p.text(),
    value: p.text(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

export const Creditor = defineEntity({
  name: 'LegalCreditor',
  schema,
  tableName: 'creditor',
  properties: {
    id: p.integer().primary().autoincrement(false),
    providerId: p.smallint().fieldName('provider_id'),
    valid: p.string().columnType('daterange'),
    address: p.text(),
    phone: p.text().nullable(),
    email: p.text().nullable(),
    bank: p.text().nullable(),
    headSurname: p.text().fieldName('head_surname').nullable(),
    headGivenName: p.text().fieldName('head_given_name').nullable(),
    headPatronymic: p.text().fieldName('head_patronymic').nullable(),
    headSex: p.text().fieldName('head_sex').nullable(),
    headPost: p.text().fieldName('head_post').nullable(),
    authorityNumber: p.text().fieldName('authority_number').nullable(),
    authorityValid: p.string().columnType('daterange').fieldName('authority_valid').nullable(),
  },
});

export const ClaimRun = defineEntity({
  name: 'LegalClaimRun',
  schema,
  tableName: 'claim_run',
  properties: {
    id: p.uuid().primary(),
    number: p.text(),
    ordinal: p.integer(),
    title: p.text(),
    parameters: p.json(),
    selection: p.json(),
    providerIds: p.array().columnType('smallint[]').fieldName('provider_ids').nullable(),
    asOf: p.date().fieldName('as_of'),
    state: p.text(),
    version: p.integer(),
    reason: p.text(),
    createdBy: p.text().fieldName('created_by'),
    createdAt: moment('created_at'),
  },
});

export const ClaimRunAccount = defineEntity({
  name: 'LegalClaimRunAccount',
  schema,
  tableName: 'claim_run_account',
  properties: { runId: p.uuid().primary().fieldName('run_id'), accountId: p.integer().primary().autoincrement(false).fieldName('account_id') },
});

export const ClaimItem = defineEntity({
  name: 'LegalClaimItem',
  schema,
  tableName: 'claim_item',
  properties: {
    id: p.uuid().primary(),
    runId: p.uuid().fieldName('run_id'),
    ordinal: p.integer(),
    accountId: p.integer().fieldName('account_id'),
    providerId: p.smallint().fieldName('provider_id').nullable(),
    kind: p.text(),
    outcome: p.text(),
    reasonCode: p.text().fieldName('reason_code').nullable(),
    reasonParams: p.json().fieldName('reason_params').nullable(),
    principalKop: kop('principal_kop'),
    inflationKop: kop('inflation_kop'),
    interestKop: kop('interest_kop'),
    penaltyKop: kop('penalty_kop'),
    feeKop: kop('fee_kop').nullable(),
    creditedKop: kop('credited_kop'),
    snapshotSha256: p.text().fieldName('snapshot_sha256').nullable(),
    packId: p.uuid().fieldName('pack_id').nullable(),
    approvalId: p.uuid().fieldName('approval_id').nullable(),
    feeImportId: p.uuid().fieldName('fee_import_id').nullable(),
    feeImportLine: p.integer().fieldName('fee_import_line').nullable(),
    feePaidOn: p.date().fieldName('fee_paid_on').nullable(),
    filedOn: p.date().fieldName('filed_on').nullable(),
    caseId: p.uuid().fieldName('case_id').nullable(),
    caseNumber: p.text().fieldName('case_number').nullable(),
    courtCode: p.text().fieldName('court_code').nullable(),
    courtBy: p.text().fieldName('court_by').nullable(),
    courtPlace: p.text().fieldName('court_place').nullable(),
    changedBy: p.text().fieldName('changed_by'),
    changedAt: moment('changed_at'),
  },
});

export const ClaimItemMonth = defineEntity({
  name: 'LegalClaimItemMonth',
  schema,
  tableName: 'claim_item_month',
  properties: {
    itemId: p.uuid().primary().fieldName('item_id'),
    serviceId: p.smallint().primary().autoincrement(false).fieldName('service_id'),
    month: p.date().primary(),
    dueOn: p.date().fieldName('due_on'),
    limitationEndsOn: p.date().fieldName('limitation_ends_on'),
    chargedKop: kop('charged_kop'),
    coveredKop: kop('covered_kop'),
    debtKop: kop('debt_kop'),
    part: p.text(),
  },
});

export const ClaimDebtor = defineEntity({
  name: 'LegalClaimDebtor',
  schema,
  tableName: 'claim_debtor',
  properties: {
    itemId: p.uuid().primary().fieldName('item_id'),
    personId: p.uuid().primary().fieldName('person_id'),
    role: p.text(),
    shareNum: p.integer().fieldName('share_num').nullable(),
    shareDen: p.integer().fieldName('share_den').nullable(),
    minor: p.boolean(),
  },
});

export const ClaimFinding = defineEntity({
  name: 'LegalClaimFinding',
  schema,
  tableName: 'claim_finding',
  properties: {
    itemId: p.uuid().primary().fieldName('item_id'),
    code: p.text().primary(),
    subject: p.text().primary(),
    level: p.text(),
    params: p.json(),
    foundAt: moment('found_at'),
    acceptedBy: p.text().fieldName('accepted_by').nullable(),
    acceptedReason: p.text().fieldName('accepted_reason').nullable(),
    acceptedAt: moment('accepted_at').nullable(),
  },
});

export const ClaimSnapshot = defineEntity({
  name: 'LegalClaimSnapshot',
  schema,
  tableName: 'claim_snapshot',
  properties: {
    itemId: p.uuid().primary().fieldName('item_id'),
    ordinal: p.integer().primary().autoincrement(false),
    sha256: p.text(),
    body: p.json(),
    trace: p.json(),
    indexVersion: p.integer().fieldName('index_version'),
    madeAt: moment('made_at'),
  },
});

export const CourtArea = defineEntity({
  name: 'LegalCourtArea',
  schema,
  tableName: 'court_area',
  properties: {
    id: p.integer().primary().autoincrement(false),
    courtCode: p.text().fieldName('court_code'),
    houseId: p.integer().fieldName('house_id').nullable(),
    district: p.smallint().nullable(),
    valid: p.string().columnType('daterange'),
    act: p.text(),
    mark: p.text(),
  },
});

/** Tables of preparing claims as the ORM sees them. */
export const claimEntities = [
  ClaimDebtor, ClaimFinding, ClaimItem, ClaimItemMonth, ClaimRule, ClaimRun, ClaimRunAccount, ClaimSnapshot, CourtArea, Creditor,
] as const;
