import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { CompareCommand, type CompareOutcome } from '../server/commands/compare.command.ts';
import { SecondCalculationService } from '../server/services/second-calculation.service.ts';
import { buildRandomCity } from './random-city.ts';
import { PROVIDERS } from './world.ts';

const [ACCOUNTS, SEED] = [100, 20_261_125];
const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11'];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildRandomCity(tx, SEED, ACCOUNTS));
  for (const month of MONTHS)
    for (const provider of PROVIDERS) await database.closeDb.query(`select * from billing.accrue_batch($1, $2::smallint, 1, ${ACCOUNTS}, 'test')`, [`${month}-01`, provider]);
});
afterAll(() => database.drop());

const compare = (input: object = {}): Promise<CompareOutcome> =>
  new CompareCommand(database.db, new SecondCalculationService()).run(input, { note: () => undefined });

// One city with every method, gaps of readings, house meters, acts and changes inside the months: both implementations, every charge.
describe('the whole city by both calculations', () => {
  it('has no difference in any month, and every stored charge was compared', async () => {
    const [stored] = await database.db.query<{ n: number }>('select count(distinct (period, account_id, service_id, provider_id))::int as n from billing.accrual');
    const { lines, differences, months, shown } = await compare();
    expect({ differences, shown }).toEqual({ differences: 0, shown: [] });
    expect(lines).toBeGreaterThanOrEqual(stored?.n ?? Infinity);
    expect(months.map(({ month }) => month)).toEqual(MONTHS);
  });

  it('names what was changed behind its back, in its month only', async () => {
    await database.owner.query("update registry.premises_fact set total_area = total_area + 1 where premises_id % 3 = 0");
    const { differences, shown } = await compare({ from: '2026-09', to: '2026-10' });
    expect(differences).toBeGreaterThan(0);
    expect(shown.length).toBe(Math.min(differences, 20));
    expect(shown.every((line) => 'month' in line && ['2026-09', '2026-10'].includes(String(line.month)))).toBe(true);
  });
});
