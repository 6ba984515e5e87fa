import { defineEntity, p } from '@mikro-orm/core';

const schema = 'legal';
const moment = () => p.datetime().columnType('timestamptz');

const Template = defineEntity({
  name: 'LegalTemplate',
  schema,
  tableName: 'template',
  properties: {
    code: p.text().primary(),
    version: p.integer().primary().autoincrement(false),
    body: p.text(),
    sha256: p.text(),
    mark: p.text(),
    reason: p.text(),
    createdBy: p.text().fieldName('created_by'),
    createdAt: moment().fieldName('created_at'),
  },
});

const TemplateDecision = defineEntity({
  name: 'LegalTemplateDecision',
  schema,
  tableName: 'template_decision',
  properties: {
    code: p.text().primary(),
    version: p.integer().primary().autoincrement(false),
    approved: p.boolean(),
    reason: p.text().nullable(),
    askedBy: p.text().fieldName('asked_by'),
    decidedBy: p.text().fieldName('decided_by'),
    decidedAt: moment().fieldName('decided_at'),
  },
});

const Pack = defineEntity({
  name: 'LegalPack',
  schema,
  tableName: 'pack',
  properties: {
    id: p.uuid().primary(),
    number: p.text(),
    kind: p.text(),
    account: p.text(),
    creditor: p.text(),
    totalKop: p.bigint().fieldName('total_kop'),
    preparedOn: p.date().fieldName('prepared_on'),
    snapshotSha256: p.text().fieldName('snapshot_sha256'),
    templateCode: p.text().fieldName('template_code'),
    templateVersion: p.integer().fieldName('template_version'),
    manifest: p.json().columnType('jsonb'),
    issuedBy: p.text().fieldName('issued_by'),
    issuedAt: moment().fieldName('issued_at'),
  },
});

const PackFile = defineEntity({
  name: 'LegalPackFile',
  schema,
  tableName: 'pack_file',
  properties: {
    packId: p.uuid().primary().fieldName('pack_id'),
    name: p.text().primary(),
    mediaType: p.text().fieldName('media_type'),
    sha256: p.text(),
    pages: p.integer().nullable(),
  },
});

const PackEvent = defineEntity({
  name: 'LegalPackEvent',
  schema,
  tableName: 'pack_event',
  properties: {
    id: p.bigint().primary().autoincrement(false),
    packId: p.uuid().fieldName('pack_id'),
    kind: p.text(),
    reason: p.text().nullable(),
    differences: p.json().columnType('jsonb').nullable(),
    at: moment(),
    by: p.text(),
  },
});

const SigningKey = defineEntity({
  name: 'LegalSigningKey',
  schema,
  tableName: 'signing_key',
  properties: {
    id: p.uuid().primary(),
    creditor: p.text(),
    subject: p.text(),
    serial: p.text(),
    certificate: p.blob(),
    keyWrapped: p.blob().fieldName('key_wrapped'),
    keySealed: p.blob().fieldName('key_sealed'),
    validFrom: moment().fieldName('valid_from'),
    validTo: moment().fieldName('valid_to'),
    addedBy: p.text().fieldName('added_by'),
    addedAt: moment().fieldName('added_at'),
    reason: p.text(),
    endedAt: moment().fieldName('ended_at').nullable(),
  },
});

/** Tables of packs and their templates. */
export const packEntities = [Pack, PackEvent, PackFile, SigningKey, Template, TemplateDecision] as const;
