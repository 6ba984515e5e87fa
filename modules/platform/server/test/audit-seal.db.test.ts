import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { audit, AuditSealer, platformPlugin, systemActor } from '../src/index.ts';
import { testDatabase, type TestDatabase } from '@komplat/testing';

const KEY = Buffer.alloc(32, 5);
const NOW = { settleMs: 0, waitMs: 200 };
/** Transactions of other tests on the same server are older ones too. */
const SOON = { settleMs: 0, waitMs: 20_000 };
let database: TestDatabase;
let sealer: AuditSealer;
beforeAll(async () => {
  database = await testDatabase([platformPlugin]);
  sealer = new AuditSealer(database.db, KEY, '2026a');
});
afterAll(() => database.drop());

const write = (subject: string): Promise<void> =>
  database.db.transaction((tx) => audit(tx, { actor: systemActor('t'), action: 'test.act', subject, after: { sum: '1.00' }, reason: 'because' }));
/** What only the owner of the database could do, around every guard. */
const forge = (sql: string): Promise<object[]> =>
  database.owner.transaction(async (tx) => {
    await tx.query('alter table platform.audit_entry disable trigger all; alter table platform.audit_seal disable trigger all');
    const rows = await tx.query(sql);
    await tx.query('alter table platform.audit_entry enable trigger all; alter table platform.audit_seal enable trigger all');
    return rows;
  });
const whatIsBroken = async (): Promise<string[]> => (await sealer.verify()).breaches.map(({ what }) => what);

describe('seals of the audit', () => {
  beforeEach(async () => {
    await forge('delete from platform.audit_entry');
    await forge('delete from platform.audit_seal');
  });

  it('cover every row once, range after range, and fit', async () => {
    await write('a');
    await write('b');
    const [first, ...none] = await sealer.seal(SOON);
    expect([first?.rows, none]).toEqual([2, []]);
    await write('c');
    const [second] = await sealer.seal(SOON);
    expect(second).toMatchObject({ from: (first?.to ?? 0n) + 1n, rows: 1 });
    expect(await sealer.seal(SOON)).toEqual([]);
    // The seals begin with row 1 of all times, which this test has removed.
    expect((await sealer.verify()).rows).toBe(3);
  });

  it.each([
    ['a changed row', `update platform.audit_entry set after = '{"sum": "9.00"}' where subject = 'b'`],
    ['a removed row', `delete from platform.audit_entry where subject = 'b'`],
    ['another author', `update platform.audit_entry set actor = 'nobody' where subject = 'b'`],
    ['another time', `update platform.audit_entry set at = at + interval '1 microsecond' where subject = 'b'`],
  ])('find %s', async (_what, sql) => {
    for (const subject of ['a', 'b', 'c']) await write(subject);
    await sealer.seal(SOON);
    expect(await whatIsBroken()).toEqual([]);
    await forge(sql);
    expect(await whatIsBroken()).toEqual(['rows']);
  });

  it('find a removed seal and a seal made anew without the key', async () => {
    await write('a');
    await sealer.seal(SOON);
    await write('b');
    await sealer.seal(SOON);
    await forge('delete from platform.audit_seal where from_id = (select min(from_id) from platform.audit_seal)');
    expect(await whatIsBroken()).toEqual(['chain']);
    await forge('delete from platform.audit_seal');
    await new AuditSealer(database.db, Buffer.alloc(32, 6), '2026a').seal(SOON);
    expect(await whatIsBroken()).toEqual(['signature']);
  });

  it('wait for an older transaction whose rows come late', async () => {
    await database.db.transaction(async (tx) => {
      await audit(tx, { actor: systemActor('t'), action: 'test.act', subject: 'late' });
      await write('early');
      expect(await sealer.seal(NOW)).toEqual([]);
    });
    expect(await sealer.seal(SOON)).toMatchObject([{ rows: 2 }]);
    expect(await whatIsBroken()).toEqual([]);
  });

  it('are refused to change, for the application and for the owner', async () => {
    await write('a');
    await sealer.seal(SOON);
    await expect(database.db.query(`update platform.audit_seal set hash = 'x'`)).rejects.toMatchObject({ code: '42501' });
    await expect(database.owner.query('delete from platform.audit_seal')).rejects.toMatchObject({ code: 'KP002' });
  });
});
