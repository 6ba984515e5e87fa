import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { SecondCalculationService } from '../server/services/second-calculation.service.ts';
import { buildRandomCity } from './random-city.ts';
import { PROVIDERS } from './world.ts';

const ACCOUNTS = 120;
const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11'];
/** Services whose charge of a month depends on that month alone: area, heated area, persons, a fixed fee. */
const BY_MONTH = [1, 5, 6, 8];
const everyone = Array.from({ length: ACCOUNTS }, (_, index) => index + 1);
let database: TestDatabase;

interface Line {
  readonly key: string;
  readonly before_kop: bigint | null;
  readonly after_kop: bigint;
  readonly failed: string | null;
}
const lines = (accounts: readonly number[], services: readonly number[] | null = null, all = false): Promise<Line[]> =>
  database.db.transaction((tx) =>
    tx.query<Line>(
      `select concat_ws('/', account_id, service_id, to_char(month, 'YYYY-MM')) as key, before_kop, after_kop, failed
       from billing.recompute_lines($1::int[], '2026-08-01', '2026-11-01', $2::smallint[], $3)`,
      [accounts, services, all],
    ),
  );

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildRandomCity(tx, 20_261_124, ACCOUNTS));
  for (const month of MONTHS)
    for (const provider of PROVIDERS) await database.closeDb.query(`select * from billing.accrue_batch($1, $2::smallint, 1, ${ACCOUNTS}, 'test')`, [`${month}-01`, provider]);
  await database.owner.query("update platform.period_lane set state = 'locked' where period <= '2026-11-01'");
});
afterAll(() => database.drop());

describe('a recalculation of a city with every method, gaps, acts, and changes inside the months', () => {
  it('agrees with the mass accrual in every line while no fact changed, whatever the scope', async () => {
    for (const scope of [everyone, everyone.filter((account) => account % 7 === 3), [5], [1, 60, 119]]) {
      const found = await lines(scope);
      expect(found.filter(({ failed }) => failed === null)).toEqual([]);
      expect(found.every(({ before_kop: before }) => before === 0n)).toBe(true);
    }
    expect((await lines(everyone, [2, 3])).filter(({ failed }) => failed === null)).toEqual([]);
    expect((await lines(everyone, [3])).filter(({ failed }) => failed === null)).toEqual([]);
  });

  it('says why for exactly the lines that the accrual refused', async () => {
    const refused = await database.owner.query<{ key: string; reason: string }>(
      `select concat_ws('/', account_id, service_id, to_char(period, 'YYYY-MM')) as key, reason_code as reason from billing.close_exception
       where outcome = 'failed' and resolved_at is null`,
    );
    const failed = (await lines(everyone)).map(({ key, failed: reason }) => ({ key, reason }));
    const order = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
    expect(refused.length).toBeGreaterThan(20);
    expect(failed.toSorted(order)).toEqual(refused.toSorted(order));
  });

  it('agrees with the second calculation after areas, residents and ends of supplies were corrected', async () => {
    const { owner, db } = database;
    await owner.query('update registry.premises_fact set total_area = total_area + 1.37, heated_area = heated_area + 1.37 where premises_id % 3 = 0');
    await owner.query("update registry.residence set valid = valid * daterange('2026-09-05', null) where premises_id % 4 = 1 and valid && daterange('2026-09-05', null)");
    await owner.query("update tariffs.supply set valid = daterange(lower(valid), '2026-10-07') where service_id = 6 and account_id % 5 = 2");
    const found = new Map((await lines(everyone, BY_MONTH, true)).map((line) => [line.key, line]));
    const expected = new Map<string, bigint>();
    for (const month of MONTHS)
      for (const provider of PROVIDERS)
        for (const { accountId, serviceId, kop } of await new SecondCalculationService().recompute(db, month, provider, everyone)) {
          if (!BY_MONTH.includes(serviceId)) continue;
          const key = `${accountId}/${serviceId}/${month}`;
          expected.set(key, (expected.get(key) ?? 0n) + kop);
        }
    expect(expected.size).toBeGreaterThan(1_000);
    for (const [key, kop] of expected) expect([key, found.get(key)?.after_kop]).toEqual([key, kop]);
    for (const [key, line] of found) if (!expected.has(key)) expect([key, line.after_kop]).toEqual([key, 0n]);
    expect((await lines(everyone)).filter(({ failed }) => failed === null).length).toBeGreaterThan(200);
  });
});
