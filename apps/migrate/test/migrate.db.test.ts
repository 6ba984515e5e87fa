import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { compose } from '@komplat/plugin-api';
import { migrate } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';

let database: TestDatabase;
const again = () => migrate(database.ownerUrl, compose(plugins), 2026);
beforeAll(async () => {
  database = await testDatabase(plugins);
});
afterAll(() => database.drop());

describe('migrate', () => {
  it('applied again changes nothing, and entities and tables agree', async () => {
    expect(await again()).toEqual({ applied: [], partitions: 0, drift: '' });
  });
  it('two at once wait for each other', async () => {
    const results = await Promise.all([again(), again()]);
    expect(results.map(({ applied }) => applied.length)).toEqual([0, 0]);
  });
  it('makes the partitions of the years ahead', async () => {
    const { partitions } = await migrate(database.ownerUrl, compose(plugins), 2027);
    const [row] = await database.owner.query<{ tables: number }>('select count(*)::int as tables from pg_partitioned_table');
    expect(partitions).toBe(row?.tables);
  });
  it('says what differs when a column appears behind its back', async () => {
    await database.owner.query('alter table registry.house add column planted text');
    expect((await again()).drift).toContain('planted');
    await database.owner.query('alter table registry.house drop column planted');
    await database.owner.query('alter table billing.close_batch alter column done_count type bigint');
    expect((await again()).drift).toContain('done_count');
    await database.owner.query('alter table billing.close_batch alter column done_count type int');
  });
});

describe('rights of the logins', () => {
  const refused = { code: '42501' };
  it('the application neither moves a lane nor touches a partition nor rewrites the ledger', async () => {
    await expect(database.db.query("update platform.period_lane set state = 'open'")).rejects.toMatchObject(refused);
    await expect(database.db.query('insert into billing_part.ledger_entry_2026 select * from billing.ledger_entry')).rejects.toMatchObject(refused);
    for (const table of ['billing.ledger_entry', 'billing.accrual', 'billing.posting', 'billing.allocation', 'payments.money_line', 'platform.audit_entry']) {
      await expect(database.db.query(`delete from ${table}`)).rejects.toMatchObject(refused);
    }
  });
  it('the close moves lanes but does not rewrite the ledger either', async () => {
    await expect(database.closeDb.query("update platform.period_lane set state = 'closing' where false")).resolves.toEqual([]);
    await expect(database.closeDb.query('update billing.ledger_entry set amount_kop = 1')).rejects.toMatchObject(refused);
  });
  it('nobody switches the guard off', async () => {
    for (const login of [database.db, database.closeDb]) {
      await expect(login.query('alter table billing.ledger_entry disable trigger all')).rejects.toMatchObject(refused);
    }
  });
});
