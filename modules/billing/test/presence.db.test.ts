import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { Period } from '@komplat/kernel';
import { uuid7 } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { recompute } from '../domain/index.ts';
import { loadChargeFacts } from '../server/services/charge-facts.ts';
import { chargeSteps } from '../server/services/trace-steps.ts';
import { buildAccount, buildCity, buildNorm, buildResident, buildSupply, buildTariff } from './world.ts';

const [WATER, WASTE, HEAT] = [2, 6, 5];
let database: TestDatabase;

const absence = (account: number, person: number | null, first: string, last: string): Promise<object[]> =>
  database.owner.query(
    `insert into metering.absence (id, account_id, premises_id, service_ids, person_ids, first_day, last_day, applied_on, channel, document_kind,
       document_number, document_date, reason, state, made_by)
     values ($1, $2, $2, '{2,6}', (select array_agg(person_id) from (select person_id from registry.residence where premises_id = $2 order by id
       limit $3) one where $3 is not null), $4, $5, $4, 'paper', 'd', 'n', $4, 'r', 'approved', 'test')`,
    [uuid7(), account, person, first, last],
  );
const act = (
  service: number,
  premises: readonly number[],
  kind: string,
  percent: string,
  first: string,
  last: string,
): Promise<object[]> =>
  database.owner.query(
    `insert into metering.quality_act (id, act_number, act_date, service_id, scope, house_id, premises_ids, kind, first_day, last_day, percent, mark, reason,
       state, made_by) values ($1, $2, $6, $3, 'flat', 1, $4, $5, $6, $7, $8, 'm', 'r', 'approved', 'test')`,
    [uuid7(), `A-${service}`, service, premises, kind, first, last, percent],
  );

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction(async (tx) => {
    await buildCity(tx);
    await buildTariff(tx, { id: 1, service: WATER, price: '30' });
    await buildTariff(tx, { id: 2, service: WASTE, price: '51.30' });
    await buildTariff(tx, { id: 3, service: HEAT, price: '41.96', variant: 'm2' });
    await buildNorm(tx, 1, WATER, '4.2');
    for (const account of [1, 2, 3, 4]) {
      await buildAccount(tx, account, '50.00');
      for (let person = 0; person < 2; person += 1) await buildResident(tx, account, '2001-01-01', null);
      await buildSupply(tx, { account, service: WATER, method: 'norm', equipment: 'bath' });
      await buildSupply(tx, { account, service: WASTE, method: 'per-person' });
      await buildSupply(tx, { account, service: HEAT, method: 'heated-area', variant: 'm2' });
    }
  });
  await absence(2, null, '2026-10-05', '2026-11-20');
  await absence(3, 1, '2026-10-01', '2026-12-31');
  await absence(3, 1, '2026-11-10', '2026-12-15');
  await act(HEAT, [2], 'quality', '3.3', '2026-11-02', '2026-11-04');
  await act(HEAT, [3], 'non-delivery', '100', '2026-10-25', '2026-11-06');
  await act(HEAT, [4], 'quality', '40', '2026-11-01', '2026-11-10');
  for (const provider of [1, 2, 3])
    await database.closeDb.query(`select * from billing.accrue_batch('2026-11-01', $1::smallint, 1, 4, 'test')`, [
      provider,
    ]);
});
afterAll(() => database.drop());

const sums = async (service: number): Promise<string[]> => {
  const rows = await database.db.query<{ sum: string }>(
    'select (net_kop / 100.0)::numeric(12,2)::text as sum from billing.accrual where service_id = $1 order by account_id',
    [service],
  );
  return rows.map(({ sum }) => sum);
};

describe('absence with application and documents (law.md 1.5), November has 30 days', () => {
  it('norm: two persons 8.4 m³; both away for 20 days 2.8; one away all month, said twice, 4.2', async () => {
    expect(await sums(WATER)).toEqual(['252.00', '84.00', '126.00', '252.00']);
  });
  it('waste by person: 102.60, for ten days 34.20, for one 51.30', async () => {
    expect(await sums(WASTE)).toEqual(['102.60', '34.20', '51.30', '102.60']);
  });
});

describe('acts of quality and non-delivery (law.md 1.6)', () => {
  it('heat 2098.00: three days of 3.3 % take 207.70; six days of thirty take 419.60; 400 % take everything', async () => {
    expect(await sums(HEAT)).toEqual(['2098.00', '1890.30', '1678.40', '0.00']);
    const rows = await database.db.query<{ line: string }>(
      `select account_id || ': ' || full_kop || ' - ' || amount_kop || ' ' || acts as line from billing.pub_accrual_reduction_v1 order by account_id`,
    );
    expect(rows.map(({ line }) => line)).toEqual([
      '2: 209800 - 20770 A-5',
      '3: 209800 - 41960 A-5',
      '4: 209800 - 209800 A-5',
    ]);
  });
  it('stand in the trace with their days', async () => {
    const november = Period.parse('2026-11');
    const [heat] = await loadChargeFacts(database.db, november, 3, [2]);
    const result = heat && recompute(november, heat.facts);
    const steps = heat && result && 'done' in result ? chargeSteps(november, heat.facts, { result: result.done, unit: 'м²', names: new Map() }) : [];
    expect(steps.slice(-2).map(({ formula, result: shown }) => [formula, shown])).toEqual([
      ['50 × 41.96', '2098.00'],
      ['2098.00 − 2098.00 × 9.9 / 100', '1890.30'],
    ]);
    expect(steps.at(-1)?.inputs[0]).toEqual({
      name: { key: 'billing.trace.input.act', params: { act: 'A-5' } },
      value: '3',
      unit: '',
    });
  });
});
