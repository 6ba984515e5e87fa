import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { Period } from '@komplat/kernel';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { SecondCalculationService } from '../server/services/second-calculation.service.ts';
import { buildAccount, buildCity, buildMeter, buildNorm, buildResident, buildSupply, buildTariff, PROVIDERS } from './world.ts';

const [UPKEEP, WATER, SEWAGE, WASTE] = [1, 2, 3, 6];
const MONTHS = ['2026-08', '2026-09', '2026-10'];
let database: TestDatabase;

interface Line {
  readonly account_id: number;
  readonly service_id: number;
  readonly provider_id: number;
  readonly month: string;
  readonly before_kop: bigint | null;
  readonly after_kop: bigint;
  readonly failed: string | null;
}
const lines = (accounts: readonly number[], from = '2026-08', to = '2026-10', services: readonly number[] | null = null): Promise<Line[]> =>
  database.db.transaction((tx) =>
    tx.query<Line>('select * from billing.recompute_lines($1::int[], $2, $3, $4::smallint[]) order by account_id, month, service_id', [
      accounts, `${from}-01`, `${to}-01`, services,
    ]),
  );
const short = (rows: readonly Line[]): string[] =>
  rows.map((row) => `${row.account_id} ${row.month.slice(0, 7)} ${row.service_id}: ${row.before_kop} → ${row.failed ?? row.after_kop}`);

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction(async (tx) => {
    await buildCity(tx);
    await buildTariff(tx, { id: 1, service: UPKEEP, price: '5.25' });
    await buildTariff(tx, { id: 2, service: WATER, price: '30' });
    await buildTariff(tx, { id: 3, service: SEWAGE, price: '20' });
    await buildTariff(tx, { id: 4, service: WASTE, price: '31' });
    await buildNorm(tx, 1, WATER, '4.2');
    for (let account = 1; account <= 12; account += 1) {
      await buildAccount(tx, account);
      await buildResident(tx, account, '2001-01-01', null);
      await buildSupply(tx, { account, service: UPKEEP, method: 'area' });
      await buildSupply(tx, { account, service: WATER, method: 'meter', equipment: 'bath' });
      await buildSupply(tx, { account, service: SEWAGE, method: 'linked' });
      await buildSupply(tx, { account, service: WASTE, method: 'per-person' });
      const readings = ['2026-06', '2026-07', ...MONTHS].map((month, at) => [month, String(10 * (at + 1))] as const);
      await buildMeter(tx, {
        premises: account, service: WATER, installed: '2026-06-01', readings: account === 4 ? readings.filter(([month]) => month !== '2026-08') : readings,
      });
    }
  });
  for (const month of MONTHS)
    for (const provider of PROVIDERS) await database.closeDb.query(`select * from billing.accrue_batch($1, $2::smallint, 1, 12, 'test')`, [`${month}-01`, provider]);
  await database.owner.query(`update platform.period_lane set state = 'locked' where period in ('2026-08-01', '2026-09-01', '2026-10-01')`);
});
afterAll(() => database.drop());

describe('what the calculation says now, beside the books', () => {
  it('finds nothing while no fact changed, and writes nothing', async () => {
    const before = await database.owner.query('select count(*) from billing.accrual_basis');
    expect(await lines([1, 2, 3, 4, 5])).toEqual([]);
    expect(await database.owner.query('select count(*) from billing.accrual_basis')).toEqual(before);
  });

  it('an area of 67.08 m² instead of 60: 352.17 a month (law.md 1.3) instead of 315.00', async () => {
    await database.owner.query("update registry.premises_fact set total_area = '67.08' where premises_id = 2");
    expect(short(await lines([1, 2, 3]))).toEqual(MONTHS.map((month) => `2 ${month} 1: 31500 → 35217`));
    expect(short(await lines([2], '2026-09', '2026-09'))).toEqual(['2 2026-09 1: 31500 → 35217']);
    expect(await lines([2], '2026-08', '2026-10', [WATER])).toEqual([]);
  });

  it('a person who left in the middle of September: 31 × 10/30 for September, nothing for October', async () => {
    await database.owner.query("update registry.residence set valid = daterange(lower(valid), '2026-09-11') where premises_id = 3");
    expect(short(await lines([3]))).toEqual(['3 2026-09 6: 3100 → 1033', '3 2026-10 6: 3100 → 0']);
  });

  it('a reading that came late: August was an average of 10, the true-up of September is taken back with it', async () => {
    const [books] = await database.owner.query<{ q: string }>(
      `select string_agg(trim_scale(quantity)::text, ' ' order by period) as q from billing.accrual where account_id = 4 and service_id = ${WATER}`,
    );
    expect(books?.q).toBe('10 10 10'); // average 10, then 40 − 20 less 10 ahead, then 10
    await database.owner.query(
      `insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by)
       select '2026-08-01', id, 26, '2026-08-31', 'controller', 'test' from metering.meter where premises_id = 4`,
    );
    // 26 − 20 = 6 in August, 40 − 26 = 14 in September, and drained water with it
    expect(short(await lines([4]))).toEqual([
      `4 2026-08 ${WATER}: 30000 → 18000`, `4 2026-08 ${SEWAGE}: 20000 → 12000`,
      `4 2026-09 ${WATER}: 30000 → 42000`, `4 2026-09 ${SEWAGE}: 20000 → 28000`,
    ]);
  });

  it('a supply that ended earlier than was known leaves nothing; a tariff that is missing is said and changes nothing', async () => {
    await database.owner.query(`update tariffs.supply set valid = daterange(lower(valid), '2026-10-01') where account_id = 5 and service_id = ${WASTE}`);
    expect(short(await lines([5]))).toEqual([`5 2026-10 ${WASTE}: 3100 → 0`]);
    await database.owner.query("update tariffs.supply set variant = 'none' where account_id = 6 and service_id = 1");
    expect(short(await lines([6]))).toEqual(MONTHS.map((month) => `6 ${month} 1: 31500 → no-tariff`));
  });

  it('a charge that stands in the ledger itself (a month of the old system) is shown and never corrected', async () => {
    await database.owner.query(
      `insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
       values ('2026-11-01', 1, 1, 1, 1, 1, '2026-10-01', 500)`,
    );
    expect(short(await lines([1]))).toEqual(['1 2026-10 1: 32000 → loaded-month']);
  });

  it('is the second calculation for every account, month and service', async () => {
    const accounts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const all = await database.db.transaction((tx) =>
      tx.query<Line>('select * from billing.recompute_lines($1::int[], $2, $3, null, true)', [accounts, '2026-08-01', '2026-10-01']),
    );
    const second = new SecondCalculationService();
    let compared = 0;
    for (const month of MONTHS)
      for (const provider of PROVIDERS)
        for (const line of await second.recompute(database.db, month, provider, accounts)) {
          if (line.accountId === 4) continue; // its volume goes on from what the books were told before the reading came
          const found = all.find((row) => row.account_id === line.accountId && row.service_id === line.serviceId && Period.ofDay(row.month).toString() === month);
          expect([month, line.accountId, line.serviceId, found?.after_kop]).toEqual([month, line.accountId, line.serviceId, line.kop]);
          compared += 1;
        }
    expect(compared).toBeGreaterThan(100);
  });
});

/** Drafts and posts the document of one account over all three months. */
const postTogether = (id: string, account: number): Promise<void> =>
  database.db.transaction(async (tx) => {
    const [draft] = await tx.query<{ digest: string }>("select digest from billing.correction_lines($1::int[], '2026-08-01', '2026-10-01', null)", [[account]]);
    await tx.query(
      `insert into billing.correction (id, number, reason, decision, scope, account_ids, from_month, to_month, touched, lines, failed, plus_kop, minus_kop,
         digest, needs_approval, made_by) values ($1::uuid, $1::text, 'error', 'test', '{}', $2::int[], '2026-08-01', '2026-10-01', 1, 6, 0, 0, 0, $3, false, 'test')`,
      [id, [account], draft?.digest],
    );
    expect(await tx.query("select billing.post_correction($1, 'test', null) as outcome", [id])).toEqual([{ outcome: 'posted' }]);
  });

describe('posting in one step', () => {
  interface Money {
    readonly account: number;
    readonly line: string;
  }
  /** Debts, advances and allocations without ids, each account as if it were the same one. */
  const money = async (accounts: readonly number[]): Promise<string[][]> => {
    const rows = await database.owner.query<Money>(
      `select account_id as account, concat_ws(' ', 'item', debt_month, service_id, due_kop, outstanding_kop) as line from billing.open_item
         where account_id = any($1::int[])
       union all select account_id, concat_ws(' ', 'advance', service_id, credit_period, sum(amount_kop)) from billing.advance
         where account_id = any($1::int[]) group by account_id, service_id, credit_period
       union all select account_id, concat_ws(' ', 'allocation', service_id, debt_month, sum(amount_kop)) from billing.allocation
         where account_id = any($1::int[]) group by account_id, service_id, debt_month
       union all select account_id, concat_ws(' ', 'entry', period, for_period, service_id, kind, amount_kop) from billing.ledger_entry
         where account_id = any($1::int[])
       order by 1, 2`,
      [accounts],
    );
    return accounts.map((account) => rows.filter((row) => row.account === account).map(({ line }) => line));
  };

  it('is what entries one by one would be: debits, credits, credits larger than the debt, accounts that paid ahead', async () => {
    const pairs = [[7, 8], [9, 10], [11, 12]] as const;
    await database.owner.query(`select billing.post_payment(nextval('platform.mass_id'), a, 90000, '2026-11-05', '2026-11-05', 'test', null) from unnest('{9,10}'::int[]) a`);
    await database.owner.query(`select billing.post_payment(nextval('platform.mass_id'), a, 900000, '2026-11-05', '2026-11-05', 'test', null) from unnest('{11,12}'::int[]) a`);
    await database.owner.query("update registry.premises_fact set total_area = 20 where premises_id = any('{7,8,9,10,11,12}'::int[])");
    await database.owner.query(`insert into tariffs.tariff (id, code, service_id, provider_id, variant, tier, tier_from, tier_mode, valid, price, unit, decision_body, decision_number, mark)
      select 90, 'T0090', service_id, provider_id, 'dear', 1, 0, tier_mode, valid, 35, unit, 'b', 'n', mark from tariffs.tariff where id = 2`);
    await database.owner.query(`update tariffs.supply set variant = 'dear' where account_id = any('{7,8,9,10,11,12}'::int[]) and service_id = ${WATER}`);
    for (const [together, alone] of pairs) {
      const found = await lines([alone]);
      expect(found.length).toBe(6);
      for (const line of found)
        await database.db.query("select billing.post_entry($1, $2::smallint, $3::smallint, 2::smallint, $4, '2026-11-01', $5, '2026-11-23', 'test', 'manual', 'one')", [
          alone, line.service_id, line.provider_id, line.after_kop - (line.before_kop ?? 0n), line.month,
        ]);
      await postTogether(`00000000-0000-7000-8000-0000000000${String(together).padStart(2, '0')}`, together);
      const [one, other] = await money([together, alone]);
      expect(one).toEqual(other);
    }
    expect(await lines([7, 8, 9, 10, 11, 12])).toEqual([]);
  });
});

describe('a correction of a volume charged ahead', () => {
  it('moves what the next month starts from', async () => {
    const { owner, db, closeDb } = database;
    // account 4 of the first tests: 26 m³ at the end of August. Without October's reading the average of 12 months is charged ahead
    await owner.query("delete from metering.reading r using metering.meter m where m.id = r.meter_id and m.premises_id = 4 and r.period = '2026-10-01'");
    const id = '00000000-0000-7000-8000-000000000004';
    await postTogether(id, 4);
    const basis = await owner.query<{ line: string }>(
      `select concat_ws(' ', to_char(period, 'YYYY-MM'), trim_scale(ahead_before), trim_scale(ahead)) as line from billing.correction_basis where correction_id = $1 order by period`, [id],
    );
    // August: 10 ahead became none; October: 40 m³ of June to September in 4 months, 10 a month
    expect(basis.map(({ line }) => line)).toEqual(['2026-08 10 0', '2026-10 0 10']);
    await owner.query("insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by) select '2026-11-01', id, 63, '2026-11-30', 'subscriber', 'test' from metering.meter where premises_id = 4");
    await closeDb.query("select * from billing.accrue_batch('2026-11-01', 2::smallint, 4, 4, 'test')");
    const [november] = await owner.query<{ q: string }>(`select trim_scale(quantity)::text as q from billing.accrual where account_id = 4 and service_id = ${WATER} and period = '2026-11-01'`);
    expect(november?.q).toBe('13'); // 63 − 40 = 23, of which 10 are charged in October
    const failed = await db.query("select billing.reverse_correction($1, 'test', 'undone') as outcome", [id]);
    expect(failed).toEqual([{ outcome: 'reversed' }]);
  });
});
