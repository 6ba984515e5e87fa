import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { Period } from '@komplat/kernel';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { recompute } from '../domain/index.ts';
import { loadChargeFacts } from '../server/services/charge-facts.ts';
import { chargeSteps } from '../server/services/trace-steps.ts';
import { buildAccount, buildCity, buildMeter, buildNorm, buildResident, buildSupply, buildTariff } from './world.ts';

const WATER = 2;
const SEWAGE = 3;
const POWER = 7;
const YEAR = Period.range(Period.parse('2025-08'), Period.parse('2026-07'));
let database: TestDatabase;

/** Twelve months of 5 and 7 m³ in turn: 72 m³, 6 a month. */
const yearOf = (unit = 1): readonly (readonly [string, string])[] =>
  YEAR.map((period, index) => [period.toString(), String(unit * (6 * index + (index % 2 === 0 ? 5 : 6)))] as const);

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction(async (tx) => {
    await buildCity(tx);
    await buildTariff(tx, { id: 1, service: WATER, price: '10' });
    await buildTariff(tx, { id: 2, service: SEWAGE, price: '20' });
    await buildTariff(tx, { id: 3, service: POWER, price: '2' });
    await buildNorm(tx, 1, WATER, '4.2');
    for (const account of [1, 2, 3, 4, 5]) {
      await buildAccount(tx, account);
      await buildResident(tx, account, '2001-01-01', null);
      const supply = { account, service: WATER, method: 'meter', equipment: 'bath' };
      await buildSupply(tx, { ...supply, to: account === 5 ? '2026-09-16' : null });
      if (account === 5) await buildSupply(tx, { ...supply, variant: 'other', from: '2026-09-16', to: '2026-10-11' });
      if (account === 5) await buildSupply(tx, { ...supply, from: '2026-10-11' });
      await buildSupply(tx, { account, service: SEWAGE, method: 'linked' });
    }
    const installed = '2025-08-01';
    const readings = yearOf();
    await buildMeter(tx, { premises: 1, service: WATER, installed, readings: [...readings, ['2027-01', '102']] });
    await buildMeter(tx, {
      premises: 2,
      service: WATER,
      installed,
      readings: [...readings, ['2027-01', '82'], ['2027-02', '92']],
    });
    await buildMeter(tx, { premises: 3, service: WATER, installed: '2026-08-05', readings: [] });
    await buildMeter(tx, { premises: 4, service: WATER, installed, readings, removed: '2026-09-12' });
    await buildMeter(tx, { premises: 4, service: WATER, installed: '2026-09-12', readings: [['2026-11', '9']] });
    await buildMeter(tx, { premises: 5, service: WATER, installed, readings: [...readings, ['2026-10', '82.001']] });
    await buildTariff(tx, { id: 4, service: WATER, price: '10', variant: 'other' });
    await buildSupply(tx, { account: 1, service: POWER, method: 'meter' });
    await buildMeter(tx, { premises: 1, service: POWER, installed, readings: yearOf(10) });
  });
  for (const month of ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01', '2027-02'])
    for (const provider of [2, 4])
      await database.closeDb.query(`select * from billing.accrue_batch($1, $2::smallint, 1, 5, 'test')`, [
        `${month}-01`,
        provider,
      ]);
});
afterAll(() => database.drop());

const charged = async (account: number, service: number): Promise<string[]> => {
  const rows = await database.db.query<{ line: string }>(
    `select trim_scale(a.quantity) || coalesce(' ' || b.basis, '') as line from billing.pub_accrual_v1 a
     left join billing.pub_accrual_basis_v1 b using (period, account_id, service_id, supply_id)
     where a.account_id = $1 and a.service_id = $2 order by a.period`,
    [account, service],
  );
  return rows.map(({ line }) => line);
};
const ahead = async (account: number): Promise<string[]> => {
  const rows = await database.db.query<{ ahead: string }>(
    'select trim_scale(ahead)::text as ahead from billing.accrual_basis where account_id = $1 and service_id = $2 order by period',
    [account, WATER],
  );
  return rows.map((row) => row.ahead);
};

describe('no reading (law.md 1.3): average of 12 months for three months, then the norm, then a true-up', () => {
  it('72 m³ in 12 months make 6 a month, the norm of a person is 4.2, and a reading of 30 m³ takes back the 26.4', async () => {
    const [august, september, october, november, december, january] = await charged(1, WATER);
    expect([august, september, october]).toEqual(['6 average', '6 average', '6 average']);
    expect([november, december, january]).toEqual(['4.2 norm', '4.2 norm', '3.6 true-up']);
    expect((await ahead(1)).slice(0, 6)).toEqual(['6', '12', '18', '22.2', '26.4', '0']);
  });

  it('the average moves on with the readings: February 2027 stands on the year to January', async () => {
    // January 2026 showed 36 (three times 5 and 7), January 2027 102: 66 m³ in 12 months
    expect((await charged(1, WATER)).at(-1)).toBe('5.5 average');
  });

  it('a reading below what was charged is given back month by month, never as a negative volume', async () => {
    // 10 m³ used against 26.4 charged: 16.4 stay; February used 10, 6.4 stay
    expect((await charged(2, WATER)).slice(5)).toEqual(['0 true-up', '0 true-up']);
    expect((await ahead(2)).slice(5)).toEqual(['16.4', '6.4']);
  });

  it('a meter that was never read is charged by the norm at once, and sewage follows the water', async () => {
    expect(await charged(3, WATER)).toEqual(Array.from({ length: 7 }, () => '4.2 norm'));
    expect(await charged(3, SEWAGE)).toEqual(Array.from({ length: 7 }, () => '4.2'));
    expect((await charged(1, SEWAGE)).slice(4, 6)).toEqual(['4.2', '3.6']);
  });

  it('a replaced meter goes on with the average of the dwelling', async () => {
    // September: the old meter is gone, both are silent; November: 9 m³ since installation less 18 charged
    expect((await charged(4, WATER)).slice(0, 4)).toEqual(['6 average', '6 average', '6 average', '0 true-up']);
  });

  it('without a norm the average goes on: nobody knows better', async () => {
    expect(await charged(1, POWER)).toEqual(Array.from({ length: 7 }, () => '60 average'));
  });

  it('two supplies by one meter inside a month: the average by days, the true-up once, the next volume divided', async () => {
    // September silent: 6 m³ by 15 and 15 days; October: 10.001 m³ since July less 6 (August) and 6 (September), told by the last supply
    expect((await charged(5, WATER)).slice(0, 5)).toEqual([
      '6 average',
      '3 average',
      '3 average',
      '0 true-up',
      '0 true-up',
    ]);
    // the year to October 2026: 82.001 less 17 of October 2025, a month 5.417; the fourth silent month goes by the norm
    const later = ['5.417 average', '5.417 average', '5.417 average', '4.2 norm'];
    expect((await charged(5, WATER)).slice(5)).toEqual(later);
    const rows = await database.db.query<{ ahead: string }>(
      `select trim_scale(ahead)::text as ahead from billing.accrual_basis where account_id = 5 and service_id = $1 order by period, supply_id`,
      [WATER],
    );
    expect(rows.slice(0, 5).map((row) => row.ahead)).toEqual(['6', '9', '12', '12', '1.999']);
  });

  it('nothing is left on the list of exceptions', async () => {
    expect(await database.db.query('select account_id, service_id, reason_code from billing.close_exception')).toEqual(
      [],
    );
  });
});

describe('the second calculation', () => {
  it.each(['2026-08', '2026-11', '2027-01', '2027-02'])('agrees in %s', async (month) => {
    const period = Period.parse(month);
    for (const provider of [2, 4]) {
      const stored = await database.db.query<{ key: string; kop: bigint }>(
        `select account_id || '/' || service_id as key, sum(net_kop)::bigint as kop from billing.accrual where period = $1 and provider_id = $2 group by 1`,
        [period.firstDay, provider],
      );
      const again = new Map<string, bigint>();
      for (const { accountId, serviceId, facts } of await loadChargeFacts(
        database.db,
        period,
        provider,
        [1, 2, 3, 4, 5],
      )) {
        const result = recompute(period, facts);
        const key = `${accountId}/${serviceId}`;
        if ('done' in result) again.set(key, (again.get(key) ?? 0n) + result.done.kop);
      }
      expect(again).toEqual(new Map(stored.map(({ key, kop }) => [key, kop])));
    }
  });

  it('says in the trace what the volume stands on', async () => {
    const steps = async (month: string) => {
      const period = Period.parse(month);
      const supplies = await loadChargeFacts(database.db, period, 2, [1]);
      const water = supplies.find(({ serviceId }) => serviceId === WATER);
      const result = water && recompute(period, water.facts);
      return water && result && 'done' in result ? chargeSteps(period, water.facts, { result: result.done, unit: 'м³', names: new Map() }) : [];
    };
    const shown = async (month: string) =>
      (await steps(month)).map(({ label, formula, result }) => [
        label.key.replace('billing.trace.', ''),
        formula,
        result,
      ]);
    expect(await shown('2026-10')).toEqual([
      ['quantity.average', '72 / 12', '6'],
      ['amount', '6 × 10', '60.00'],
    ]);
    expect(await shown('2026-11')).toEqual([
      ['quantity.norm-instead', '4.200000 × 30/30', '4.2'],
      ['amount', '4.2 × 10', '42.00'],
    ]);
    expect(await shown('2027-01')).toEqual([
      ['quantity.true-up', '30 − 26.4', '3.6'],
      ['amount', '3.6 × 10', '36.00'],
    ]);
  });
});
