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

/** Tables of debt analysis as the ORM sees them. */
export const analysisEntities = [Hold, Selection] as const;
