import { defineEntity, p } from '@mikro-orm/core';

const schema = 'registry';

export const Equipment = defineEntity({
  name: 'RegistryEquipment',
  schema,
  tableName: 'equipment',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    premisesId: p.integer().fieldName('premises_id'),
    kind: p.text(),
    value: p.text(),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    document: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const EquipmentValue = defineEntity({
  name: 'RegistryEquipmentValue',
  schema,
  tableName: 'equipment_value',
  properties: {
    kind: p.text().primary(),
    value: p.text().primary(),
  },
});

export const Ownership = defineEntity({
  name: 'RegistryOwnership',
  schema,
  tableName: 'ownership',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    premisesId: p.integer().fieldName('premises_id'),
    personId: p.uuid().fieldName('person_id'),
    shareNum: p.integer().fieldName('share_num'),
    shareDen: p.integer().fieldName('share_den'),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    document: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const AccountHolder = defineEntity({
  name: 'RegistryAccountHolder',
  schema,
  tableName: 'holder',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    accountId: p.integer().fieldName('account_id'),
    personId: p.uuid().fieldName('person_id'),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    document: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const PersonName = defineEntity({
  name: 'RegistryPersonName',
  schema,
  tableName: 'person_name',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    personId: p.uuid().fieldName('person_id'),
    surname: p.text(),
    givenName: p.text().fieldName('given_name'),
    patronymic: p.text(),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    document: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const Consent = defineEntity({
  name: 'RegistryConsent',
  schema,
  tableName: 'consent',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    personId: p.uuid().fieldName('person_id'),
    purpose: p.text(),
    given: p.boolean(),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    document: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const Contact = defineEntity({
  name: 'RegistryContact',
  schema,
  tableName: 'contact',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    personId: p.uuid().fieldName('person_id'),
    channel: p.text(),
    sealed: p.text(),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    document: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const FieldChange = defineEntity({
  name: 'RegistryFieldChange',
  schema,
  tableName: 'field_change',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    at: p.datetime().columnType('timestamptz'),
    actor: p.text(),
    accountId: p.integer().fieldName('account_id').nullable(),
    premisesId: p.integer().fieldName('premises_id').nullable(),
    personId: p.uuid().fieldName('person_id').nullable(),
    field: p.text(),
    subject: p.text().nullable(),
    before: p.text().nullable(),
    after: p.text().nullable(),
    validFrom: p.date().fieldName('valid_from').nullable(),
    validTo: p.date().fieldName('valid_to').nullable(),
    reason: p.text(),
    document: p.text().nullable(),
    proposalId: p.uuid().fieldName('proposal_id').nullable(),
  },
});

export const RuleLimit = defineEntity({
  name: 'RegistryRuleLimit',
  schema,
  tableName: 'rule_limit',
  properties: {
    code: p.text().primary(),
    warn: p.decimal().columnType('numeric(12,2)'),
    refuse: p.decimal().columnType('numeric(12,2)'),
    unit: p.text(),
    valid: p.string().columnType('daterange').primary(),
    act: p.text(),
    mark: p.text(),
  },
});

export const AccountEvent = defineEntity({
  name: 'RegistryAccountEvent',
  schema,
  tableName: 'account_event',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    at: p.datetime().columnType('timestamptz'),
    kind: p.text(),
    accountId: p.integer().fieldName('account_id'),
    otherId: p.integer().fieldName('other_id').nullable(),
    oldNumber: p.text().fieldName('old_number').nullable(),
    newNumber: p.text().fieldName('new_number').nullable(),
    effectiveOn: p.date().fieldName('effective_on'),
    balanceKop: p.bigint().fieldName('balance_kop'),
    reason: p.text(),
    document: p.text().nullable(),
    actor: p.text(),
  },
});

export const SupplyContract = defineEntity({
  name: 'RegistrySupplyContract',
  schema,
  tableName: 'supply_contract',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    supplyId: p.integer().fieldName('supply_id'),
    number: p.text(),
    signedOn: p.date().fieldName('signed_on'),
    kind: p.text(),
    penaltyRate: p.decimal().columnType('numeric(9,6)').fieldName('penalty_rate').nullable(),
    dueDay: p.smallint().fieldName('due_day'),
    valid: p.string().columnType('daterange'),
    known: p.string().columnType('tstzrange'),
    reason: p.text(),
    document: p.text().nullable(),
    recordedBy: p.text().fieldName('recorded_by'),
  },
});

export const CheckRun = defineEntity({
  name: 'RegistryCheckRun',
  schema,
  tableName: 'check_run',
  properties: {
    id: p.uuid().primary(),
    scope: p.text(),
    accounts: p.integer(),
    checks: p.integer(),
    hits: p.integer(),
    fresh: p.integer(),
    gone: p.integer(),
    failed: p.array().columnType('text[]'),
    startedBy: p.text().fieldName('started_by'),
    startedAt: p.datetime().columnType('timestamptz').fieldName('started_at'),
    finishedAt: p.datetime().columnType('timestamptz').fieldName('finished_at').nullable(),
  },
});

export const Finding = defineEntity({
  name: 'RegistryFinding',
  schema,
  tableName: 'finding',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    checkId: p.text().fieldName('check_id'),
    severity: p.text(),
    subject: p.text(),
    accountId: p.integer().fieldName('account_id').nullable(),
    params: p.json(),
    ownerPermission: p.text().fieldName('owner_permission'),
    state: p.text(),
    assignedTo: p.text().fieldName('assigned_to').nullable(),
    assignedBy: p.text().fieldName('assigned_by').nullable(),
    note: p.text().nullable(),
    firstSeen: p.datetime().columnType('timestamptz').fieldName('first_seen'),
    lastSeen: p.datetime().columnType('timestamptz').fieldName('last_seen'),
    resolvedAt: p.datetime().columnType('timestamptz').fieldName('resolved_at').nullable(),
  },
});

export const FindingTrend = defineEntity({
  name: 'RegistryFindingTrend',
  schema,
  tableName: 'finding_trend',
  properties: {
    day: p.date().primary(),
    checkId: p.text().primary().fieldName('check_id'),
    stillOpen: p.integer().fieldName('still_open'),
    fresh: p.integer(),
    gone: p.integer(),
  },
});

export const CheckHit = defineEntity({
  name: 'RegistryCheckHit',
  schema,
  tableName: 'check_hit',
  properties: {
    runId: p.uuid().primary().fieldName('run_id'),
    checkId: p.text().primary().fieldName('check_id'),
    subject: p.text().primary(),
    accountId: p.integer().fieldName('account_id').nullable(),
    params: p.json(),
  },
});

export const Proposal = defineEntity({
  name: 'RegistryProposal',
  schema,
  tableName: 'proposal',
  properties: {
    id: p.uuid().primary(),
    accountId: p.integer().fieldName('account_id'),
    side: p.text(),
    state: p.text(),
    wrappedKey: p.blob().fieldName('wrapped_key'),
    changesEnc: p.blob().fieldName('changes_enc'),
    items: p.json(),
    itemsHash: p.text().fieldName('items_hash'),
    reason: p.text(),
    document: p.text().nullable(),
    proposedBy: p.text().fieldName('proposed_by'),
    proposedAt: p.datetime().columnType('timestamptz').fieldName('proposed_at'),
    dueAt: p.datetime().columnType('timestamptz').fieldName('due_at'),
    escalateAt: p.datetime().columnType('timestamptz').fieldName('escalate_at'),
    expiresAt: p.datetime().columnType('timestamptz').fieldName('expires_at'),
    remindedAt: p.datetime().columnType('timestamptz').fieldName('reminded_at').nullable(),
    escalatedAt: p.datetime().columnType('timestamptz').fieldName('escalated_at').nullable(),
    decidedBy: p.text().fieldName('decided_by').nullable(),
    decidedAt: p.datetime().columnType('timestamptz').fieldName('decided_at').nullable(),
    decisionReason: p.text().fieldName('decision_reason').nullable(),
    workflowId: p.text().fieldName('workflow_id'),
    version: p.integer(),
  },
});

export const ProposalTerm = defineEntity({
  name: 'RegistryProposalTerm',
  schema,
  tableName: 'proposal_term',
  properties: {
    side: p.text().primary(),
    dueDays: p.smallint().fieldName('due_days'),
    escalateDays: p.smallint().fieldName('escalate_days'),
    expireDays: p.smallint().fieldName('expire_days'),
    valid: p.string().columnType('daterange').primary(),
    act: p.text(),
  },
});

/** Tables of facts, accounts, findings and proposals as the ORM sees them. */
export const factEntities = [
  Equipment,
  EquipmentValue,
  Ownership,
  AccountHolder,
  PersonName,
  Consent,
  Contact,
  FieldChange,
  RuleLimit,
  AccountEvent,
  SupplyContract,
  CheckRun,
  Finding,
  FindingTrend,
  CheckHit,
  Proposal,
  ProposalTerm,
] as const;
