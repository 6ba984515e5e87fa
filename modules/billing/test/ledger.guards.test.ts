import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { type Database, lawParams } from '@komplat/server';
import { testDatabase, type TestDatabase, waitUntil } from '@komplat/testing';
import { ALLOCATION_LAW, ITEM_LAW, ONCE_LAW, REBUILD_LAW } from '../server/laws/law-queries.ts';
import { buildAccount, buildFixedCity, Chance } from './world.ts';

const SERVICES = [1, 2, 8];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildFixedCity(tx, SERVICES, 6));
  await database.closeDb.query(
    `update platform.period_lane set state = 'closing' where period in ('2026-08-01', '2026-09-01')`,
  );
  for (const provider of [1, 2]) {
    await database.closeDb.transaction((tx) =>
      tx.query(`select billing.accrue_batch('2026-08-01', $1::smallint, 1, 6, 'test')`, [provider]),
    );
  }
  await database.closeDb.query(`update platform.period_lane set state = 'locked' where period = '2026-08-01'`);
});
afterAll(() => database.drop());

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code ?? String(error),
  );
const entry = (db: Database, period: string): Promise<unknown> =>
  db.query(
    `insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop) values ($1, 1, 1, 1, 1, 5, $1, -1)`,
    [period],
  );

describe('the database itself refuses', () => {
  it.each([
    ['a locked month', '2026-08-01', 'app', /KP001|period-not-open/],
    ['a month in closing, for the login of the API', '2026-09-01', 'app', /KP001|period-not-open/],
    ['a locked month, for the login of the close', '2026-08-01', 'close', /KP001|period-not-open/],
    ['a month without a lane', '2020-01-01', 'app', /KP001|period-not-open/],
  ])('a line of %s', async (_what, period, login, expected) => {
    expect(await codeOf(entry(login === 'app' ? database.db : database.closeDb, period))).toMatch(expected);
  });
  it('accepts the close in a month that closes, and everybody in an open one', async () => {
    expect(
      await codeOf(
        database.closeDb.dryRun((tx) =>
          tx.query(
            `insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop) values ('2026-09-01', 1, 1, 1, 1, 5, '2026-09-01', -1)`,
          ),
        ),
      ),
    ).toBe('accepted');
    expect(
      await codeOf(
        database.db.dryRun((tx) =>
          tx.query(
            `insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop) values ('2026-10-01', 1, 1, 1, 1, 5, '2026-10-01', -1)`,
          ),
        ),
      ),
    ).toBe('accepted');
  });
  it.each([
    `update billing.accrual set net_kop = 0`,
    `delete from billing.accrual`,
    `update billing.ledger_entry set amount_kop = 1`,
    `delete from billing.posting`,
    `update billing.allocation set amount_kop = 1`,
    `update platform.period_lane set state = 'open'`,
    `truncate billing.ledger_entry`,
    `insert into billing_part.ledger_entry_2026 select * from billing.ledger_entry`,
  ])('%s', async (sql) => {
    expect(await codeOf(database.db.query(sql))).not.toBe('accepted');
    if (!sql.includes('period_lane')) expect(await codeOf(database.closeDb.query(sql))).not.toBe('accepted');
  });
  it('an update of the ledger even by the owner of the tables', async () => {
    expect(await codeOf(database.owner.query(`update billing.accrual set net_kop = net_kop`))).toMatch(
      /KP002|never changed/,
    );
  });
  it('a lane moves only after everybody who writes into it, and who comes later goes to the next month', async () => {
    const openLane = `select to_char(platform.open_lane('2026-12-01', 3::smallint), 'YYYY-MM') as month`;
    let moved = false;
    let move: Promise<unknown> = Promise.resolve();
    let later: Promise<unknown> = Promise.resolve();
    await database.db.transaction(async (tx) => {
      expect(await tx.query(openLane)).toEqual([{ month: '2026-12' }]);
      move = database.closeDb
        .query(`update platform.period_lane set state = 'closing' where period = '2026-12-01' and provider_id = 3`)
        .then(() => (moved = true));
      const waits = `select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
      await waitUntil('the close waits for the writer', async () => (await database.owner.query(waits)).length > 0);
      expect(moved).toBe(false);
      // it is behind the close in the queue, and is answered after it
      later = database.db.transaction((other) => other.query(openLane));
    });
    await move;
    expect(await later).toEqual([{ month: '2027-01' }]);
    expect(moved).toBe(true);
    expect(await database.db.query(openLane)).toEqual([{ month: '2027-01' }]);
  });

  it('money of an account without any service', async () => {
    await buildAccount(database.owner, 99);
    expect(
      await codeOf(
        database.db.query(`select billing.post_payment(1, 99, 100, '2026-10-01', '2026-10-01', 'test', null)`),
      ),
    ).toMatch(/KP010|no supply/);
  });
});

interface Row {
  readonly account: number;
  readonly kop: number;
}
/** Posts the rows in registers of the given sizes and says what is open afterwards; nothing stays. */
async function openAfter(rows: readonly Row[], sizes: readonly number[]): Promise<unknown> {
  let result: unknown;
  await database.db.dryRun(async (tx) => {
    let at = 0;
    for (const size of sizes) {
      await tx.query(`drop table if exists credit_in; create temp table credit_in (ord int, payment_id bigint, account_id int, amount_kop bigint,
        service_id smallint, provider_id smallint, nominal date, effective date, document_kind text, document_id text) on commit drop`);
      for (const [ord, row] of rows.slice(at, at + size).entries()) {
        await tx.query(
          `insert into credit_in values ($1, $2, $3, $4, null, null, '2026-10-05', '2026-10-05', null, null)`,
          [ord, at + ord + 1, row.account, row.kop],
        );
      }
      await tx.query(`select billing.post_payments(5::smallint, 'test')`);
      at += size;
    }
    result = await tx.query(
      `select account_id, debt_month, service_id, outstanding_kop as kop from billing.open_item where outstanding_kop > 0 order by 1, 2, 3`,
    );
  });
  return result;
}

describe('order law L8', () => {
  it('any order and any split of a register into files gives the same open items', async () => {
    const chance = new Chance(7);
    const rows: Row[] = Array.from({ length: 24 }, () => ({ account: chance.int(1, 6), kop: chance.int(1, 9_000) }));
    const expected = await openAfter(rows, [24]);
    for (let round = 0; round < 6; round += 1) {
      const shuffled = rows
        .map((row) => ({ row, place: chance.next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ row }) => row);
      const cut = chance.int(1, 23);
      expect(await openAfter(shuffled, [cut, 24 - cut])).toEqual(expected);
    }
    expect(
      await openAfter(
        rows,
        rows.map(() => 1),
      ),
    ).toEqual(expected);
  });

  it('two registers at once on the same accounts lose nothing', async () => {
    const post = (payment: number, account: number) =>
      database.db.query(`select billing.post_payment($1, $2, 777, '2026-10-05', '2026-10-05', 'test', null)`, [
        payment,
        account,
      ]);
    await Promise.all(Array.from({ length: 30 }, (_, index) => post(1000 + index, 1 + (index % 3))));
    const [row] = await database.db.query<{ paid: bigint; used: bigint }>(
      `select -sum(e.amount_kop)::bigint as paid, (coalesce((select sum(amount_kop) from billing.allocation), 0)
         + coalesce((select sum(amount_kop) from billing.advance), 0))::bigint as used from billing.ledger_entry e`,
    );
    expect(row).toEqual({ paid: 30n * 777n, used: 30n * 777n });
  });

  it('payments while two lanes accrue: no credit waits beside an unpaid month, laws hold', async () => {
    const accrue = (provider: number) =>
      database.closeDb.transaction((tx) =>
        tx.query(`select billing.accrue_batch('2026-09-01', $1::smallint, 1, 6, 'test')`, [provider]),
      );
    const pay = (payment: number) =>
      database.db.query(`select billing.post_payment($1, $2, 20013, '2026-10-05', '2026-10-05', 'test', null)`, [
        payment,
        1 + (payment % 6),
      ]);
    const payments = Array.from({ length: 36 }, (_, index) => pay(5000 + index));
    await Promise.all([accrue(1), accrue(2), ...payments]);
    for (const [name, sql] of Object.entries({ ALLOCATION_LAW, ITEM_LAW, REBUILD_LAW, ONCE_LAW })) {
      const [row] = await database.db.query<{ violations: bigint }>(sql, lawParams());
      expect([name, row?.violations]).toEqual([name, 0n]);
    }
  });
});
