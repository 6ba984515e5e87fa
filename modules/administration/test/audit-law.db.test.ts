import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { Approvals, systemActor } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { AuditLaw } from '../server/services/audit-law.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
});
afterAll(() => database.drop());

const law = (): Promise<{ checked: number; violations: number }> => new AuditLaw(database.db).check();
const REQUEST = {
  module: 'billing',
  action: 'billing.release-lane',
  subject: 'lane/2026-10/P01',
  permission: 'billing.close.release',
  payload: { lane: 1 },
  messageKey: 'billing.law.items',
  reason: 'checked by two people',
};

describe('law of the audit', () => {
  it('sees an approval that nobody wrote down, and an audit that could be changed', async () => {
    await database.db.transaction((tx) => Approvals.request(tx, { ...REQUEST, actor: systemActor('accountant') }));
    const before = await law();
    expect([before.checked > 9, before.violations]).toEqual([true, 0]);

    await database.owner.query(`update platform.approval set state = 'approved', decided_by = 'manager', decided_at = now()`);
    expect((await law()).violations).toBe(1);
    await database.owner.query(`insert into platform.audit_entry (actor, action, subject)
      values ('accountant', 'billing.release-lane.approved', 'lane/2026-10/P01')`);
    expect((await law()).violations).toBe(1);
    await database.owner.query(`insert into platform.audit_entry (actor, action, subject)
      values ('manager', 'billing.release-lane.approved', 'lane/2026-10/P01')`);
    expect((await law()).violations).toBe(0);

    await database.owner.query('grant update on platform.audit_entry to komplat_app');
    expect((await law()).violations).toBe(1);
    await database.owner.query('revoke update on platform.audit_entry from komplat_app');
    expect((await law()).violations).toBe(0);
  });
});
