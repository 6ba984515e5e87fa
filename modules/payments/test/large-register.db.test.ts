import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { eircFile, type GeneratedPayment } from './register-generator.ts';
import { brokenLaws, buildWorld, heatAlias, importFile, openDesk } from './world.ts';

/** The first ones are those of special cases; the others have the service of the register. */
const FIRST = 34;
const FLATS = 60;
/** More than one batch holds: the file is accepted by two sessions, each with accounts of its own. */
const ROWS = 10_400;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await buildWorld(database.owner, FIRST + FLATS);
});
afterAll(() => database.drop());

it('accepts every row of a large register once, those of an account in their order', async () => {
  const rows = Array.from({ length: ROWS }, (_, index): GeneratedPayment => ({
    account: heatAlias(FIRST + (index % FLATS)),
    name: 'Коваленко Ірина',
    kop: BigInt(100 + index),
    day: '2026-11-20',
    service: '002',
  }));
  const view = await importFile(openDesk(database), eircFile(rows), { provider: 'P02' });
  const total = rows.reduce((sum, row) => sum + row.kop, 0n);
  const [accepted] = await database.db.query<{ rows: number; lines: number; kop: bigint; posted: bigint }>(
    `select count(*)::int as rows, count(distinct p.import_line)::int as lines, sum(p.amount_kop)::bigint as kop,
       (select -sum(e.amount_kop) from billing.ledger_entry e where e.posting_id in
         (select y.posting_id from payments.payment y where y.import_id = $1))::bigint as posted
     from payments.payment p where p.import_id = $1`,
    [view.id],
  );
  expect(accepted).toEqual({ rows: ROWS, lines: ROWS, kop: total, posted: total });
  // the oldest debt went to the first line of its account: allocations by line never step back to an older month
  const [order] = await database.db.query<{ back: number }>(
    `select count(*)::int as back from (
       select a.debt_month, lag(a.debt_month) over (partition by p.account_id order by p.import_line, a.debt_month) as before
       from payments.payment p join billing.ledger_entry e on e.posting_id = p.posting_id
       join billing.allocation a on a.credit_id = e.id and a.account_id = e.account_id where p.import_id = $1) q
     where q.debt_month < q.before`,
    [view.id],
  );
  expect(order?.back).toBe(0);
  expect(await brokenLaws(database)).toEqual([]);
}, 120_000);
