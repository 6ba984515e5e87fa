import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { buildFixedCity } from './world.ts';

const ACCOUNTS = 7;
const SERVICES = [1, 2];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildFixedCity(tx, SERVICES, ACCOUNTS));
  await database.db.query(`select billing.post_payment(1, 1, 12345, '2026-09-05', '2026-09-05', 'test', null)`);
  const step = (sql: string) => database.closeDb.query(sql);
  await step(`update platform.period_lane set state = 'closing' where period = '2026-09-01'`);
  await step(`select billing.accrue_batch('2026-09-01', 1::smallint, 1, ${ACCOUNTS}, 'test')`);
  await step(`select billing.roll_batch('2026-09-01', 1::smallint, 1, ${ACCOUNTS})`);
});
afterAll(() => database.drop());

const sums = async (from: number, to: number): Promise<bigint[]> => {
  const [row] = await database.db.query<{ sums: string[] }>(
    `select billing.digest_sums('2026-09-01', 1::smallint, $1, $2)::text[] as sums`,
    [from, to],
  );
  return (row?.sums ?? []).map(BigInt);
};
const laneDigest = async (): Promise<string | undefined> => {
  const [row] = await database.db.query<{ digest: string }>(`select billing.lane_digest('2026-09-01', 1::smallint) as digest`);
  return row?.digest;
};

/** The definition once more, in plain code: texts of accounts, their sha256 as four whole numbers, added up. */
async function expectedDigest(): Promise<string> {
  const texts: string[] = [];
  for (let account = 1; account <= ACCOUNTS; account += 1) {
    for (const [what, columns, table, order] of [
      ['accruals', ['service_id', 'version', 'net_kop', 'quantity', 'tariff_id'], 'accrual', 'service_id, version'],
      ['entries', ['service_id', 'for_period', 'kind', 'amount_kop'], 'ledger_entry', 'service_id, for_period, kind, amount_kop'],
      [
        'balances',
        ['service_id', ...['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'other', 'closing'].map((name) => `${name}_kop`)],
        'period_balance',
        'service_id',
      ],
    ] as const) {
      const rows = await database.db.query<Record<string, string>>(
        `select ${columns.map((column) => `${column}::text as ${column}`).join(', ')} from billing.${table}
         where account_id = $1 and period = '2026-09-01' and provider_id = 1 order by ${order}`,
        [account],
      );
      if (rows.length > 0) texts.push(`${account} ${what}${rows.map((row) => ['\n', ...columns.map((column) => row[column])].join('|')).join('')}`);
    }
  }
  const total = [BigInt(texts.length), 0n, 0n, 0n, 0n];
  for (const text of texts) {
    const hash = createHash('sha256').update(text).digest();
    for (let part = 0; part < 4; part += 1) total[part + 1] = (total[part + 1] ?? 0n) + hash.readBigInt64BE(part * 8);
  }
  return createHash('sha256').update(`lane/2 ${total.join(' ')}`).digest('hex');
}

describe('digest of a lane', () => {
  it('is what its definition gives when it is counted by other code', async () => {
    expect(await laneDigest()).toBe(await expectedDigest());
  });

  it.each([1, 3, 6])('is the sum of its batches, cut behind account %i', async (cut) => {
    const [whole, low, high] = await Promise.all([sums(1, ACCOUNTS), sums(1, cut), sums(cut + 1, ACCOUNTS)]);
    expect(low.map((part, index) => part + (high[index] ?? 0n))).toEqual(whole);
  });

  it.each([
    'update billing.accrual set net_kop = net_kop + 1, gross_kop = gross_kop + 1 where account_id = 3 and service_id = 1',
    `update billing.ledger_entry set for_period = '2026-08-01' where account_id = 1`,
    'update billing.period_balance set opening_kop = opening_kop + 1, closing_kop = closing_kop + 1 where account_id = 7',
  ])('is another one after: %s', async (change) => {
    const before = await laneDigest();
    let after: string | undefined;
    await database.owner.dryRun(async (tx) => {
      for (const table of ['accrual', 'ledger_entry', 'period_balance']) await tx.query(`alter table billing.${table} disable trigger user`);
      await tx.query(change);
      const [row] = await tx.query<{ digest: string }>(`select billing.lane_digest('2026-09-01', 1::smallint) as digest`);
      after = row?.digest;
    });
    expect(after).toMatch(/^[0-9a-f]{64}$/);
    expect(after).not.toBe(before);
  });
});
