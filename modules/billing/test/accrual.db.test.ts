import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { Period } from '@komplat/kernel';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { recompute } from '../domain/index.ts';
import { loadChargeFacts } from '../server/services/charge-facts.ts';
import { buildRandomCity } from './random-city.ts';
import { PROVIDERS } from './world.ts';

const ACCOUNTS = 120;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildRandomCity(tx, 20_261_123, ACCOUNTS));
});
afterAll(() => database.drop());

const lines = async (period: string): Promise<Map<string, bigint>> => {
  const rows = await database.db.query<{ key: string; kop: bigint }>(
    `select account_id || '/' || service_id as key, sum(net_kop)::bigint as kop from billing.accrual where period = $1 group by 1`,
    [`${period}-01`],
  );
  return new Map(rows.map((row) => [row.key, row.kop]));
};
const accrue = (period: string, provider: number, from = 1, to = ACCOUNTS) =>
  database.closeDb.transaction((tx) =>
    tx.query<{ planned: number; done: number; failed: number; amount_kop: bigint }>(
      'select * from billing.accrue_batch($1, $2::smallint, $3, $4, $5)',
      [`${period}-01`, provider, from, to, 'test'],
    ),
  );

describe('mass accrual against the second calculation', () => {
  it.each(['2026-08', '2026-09', '2026-10', '2026-11'])(
    'gives the same charges and the same refusals in %s',
    async (period) => {
      for (const provider of PROVIDERS) {
        await accrue(period, provider, 1, 60);
        await accrue(period, provider, 61, ACCOUNTS);
      }
      const stored = await lines(period);
      const month = Period.parse(period);
      const expected = new Map<string, bigint>();
      const refused = new Map<string, Set<string>>();
      const everyone = Array.from({ length: ACCOUNTS }, (_, index) => index + 1);
      for (const provider of PROVIDERS) {
        for (const { accountId, serviceId, facts } of await loadChargeFacts(database.db, month, provider, everyone)) {
          const key = `${accountId}/${serviceId}`;
          const result = recompute(month, facts);
          if ('done' in result) expected.set(key, (expected.get(key) ?? 0n) + result.done.kop);
          else refused.set(key, (refused.get(key) ?? new Set()).add(result.failed));
        }
      }
      for (const key of refused.keys()) expected.delete(key);
      expect(stored).toEqual(expected);
      expect(expected.size).toBeGreaterThan(ACCOUNTS * 4);
      const exceptions = await database.db.query<{ key: string; reason_code: string }>(
        `select account_id || '/' || service_id as key, reason_code from billing.close_exception where period = $1`,
        [`${period}-01`],
      );
      expect(exceptions.map((row) => row.key).toSorted()).toEqual([...refused.keys()].toSorted());
      for (const { key, reason_code: code } of exceptions) expect([...(refused.get(key) ?? [])]).toContain(code);
    },
  );

  it('met every way that a volume can come about, and acts that took part or all of a charge', async () => {
    const bases = await database.db.query<{ basis: string }>(
      'select distinct basis from billing.accrual_basis order by basis',
    );
    expect(bases.map(({ basis }) => basis)).toEqual(['average', 'norm', 'true-up']);
    const [less] = await database.db.query<{ part: number; whole: number; months: number }>(
      `select count(*) filter (where amount_kop < full_kop)::int as part, count(*) filter (where amount_kop = full_kop)::int as whole,
         count(distinct period)::int as months from billing.accrual_reduction`,
    );
    expect(less?.part).toBeGreaterThan(20);
    expect(less?.whole).toBeGreaterThan(0);
    expect(less?.months).toBeGreaterThan(1);
  });

  it('repeats a batch without a second line and with the same result', async () => {
    const before = await lines('2026-11');
    const [first] = await accrue('2026-11', 2);
    const [second] = await accrue('2026-11', 2);
    expect(second).toEqual(first);
    expect(await lines('2026-11')).toEqual(before);
    expect((first?.planned ?? 0) - (first?.done ?? 0)).toBe(first?.failed);
  });

  it('charges a repaired account only, and the exception is resolved', async () => {
    const [broken] = await database.db.query<{ account_id: number }>(
      `select account_id from billing.close_exception where period = '2026-11-01' and service_id = 1 and reason_code = 'no-tariff' limit 1`,
    );
    const before = await lines('2026-11');
    await database.owner.query(
      `update tariffs.supply set variant = 'flat-rate' where account_id = $1 and service_id = 1`,
      [broken?.account_id],
    );
    await accrue('2026-11', 1, broken?.account_id, broken?.account_id);
    const after = await lines('2026-11');
    expect(after.size).toBe(before.size + 1);
    expect(after.has(`${broken?.account_id}/1`)).toBe(true);
    const [row] = await database.db.query<{ resolved: boolean }>(
      `select resolved_at is not null as resolved from billing.close_exception where period = '2026-11-01' and service_id = 1 and account_id = $1`,
      [broken?.account_id],
    );
    expect(row?.resolved).toBe(true);
  });
});
