import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { Period } from '@komplat/kernel';
import { uuid7 } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { recompute } from '../domain/index.ts';
import { loadChargeFacts } from '../server/services/charge-facts.ts';
import { chargeSteps } from '../server/services/trace-steps.ts';
import { buildAccount, buildCity, buildMeter, buildNorm, buildResident, buildSupply, buildTariff } from './world.ts';

const WATER = 2;
const HEAT = 5;
const MONTH = Period.parse('2026-11');
const ACCOUNTS = [1, 2, 3, 4];
let database: TestDatabase;

interface Part {
  readonly premises: number;
  readonly metered: string | null;
  readonly own: string | null;
  readonly needs: string;
}
async function act(service: number, volume: string, parts: readonly Part[]): Promise<void> {
  const id = uuid7();
  await database.owner.query(
    `insert into metering.distribution (id, period, house_id, service_id, house_volume, needs_by, metered_volume, rest_volume, house_needs, shortfall,
       act_number, reason, state, made_by) values ($1, '2026-11-01', 1, $2, $3, 'area', 0, 0, 0, 0, 'A-1', 'test', 'signed', 'test')`,
    [id, service, volume],
  );
  for (const { premises, metered, own, needs } of parts)
    await database.owner.query('insert into metering.distribution_part values ($1, $2, 60, 1, $3, $4, $5)', [
      id,
      premises,
      metered,
      own,
      needs,
    ]);
}

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction(async (tx) => {
    await buildCity(tx);
    await buildTariff(tx, { id: 1, service: WATER, price: '30.5' });
    await buildTariff(tx, { id: 2, service: HEAT, price: '1586.40', variant: 'gcal' });
    await buildTariff(tx, { id: 3, service: 3, price: '20' });
    await buildNorm(tx, 1, WATER, '4.2');
    for (const account of ACCOUNTS) {
      await buildAccount(tx, account);
      await buildResident(tx, account, '2001-01-01', null);
      await buildSupply(tx, { account, service: WATER, method: account === 2 ? 'norm' : 'meter', equipment: 'bath' });
      await buildSupply(tx, { account, service: 3, method: 'linked' });
      await buildSupply(tx, { account, service: HEAT, method: 'meter', variant: 'gcal' });
    }
    const year = Period.range(Period.parse('2025-11'), Period.parse('2026-10')).map(
      (period, index) => [period.toString(), String(6 * (index + 1))] as const,
    );
    const installed = '2025-11-01';
    await buildMeter(tx, { premises: 1, service: WATER, installed, readings: [...year, ['2026-11', '132']] });
    await buildMeter(tx, { premises: 4, service: WATER, installed, readings: year });
  });
  // 100 m³ of the house: 60 and 6 by meters, 12.6 and 4.2 by norm, 17.2 for the house; 10 Gcal by area
  await act(WATER, '100', [
    { premises: 1, metered: '60', own: null, needs: '4.3' },
    { premises: 2, metered: null, own: '12.6', needs: '4.3' },
    { premises: 3, metered: null, own: '4.2', needs: '4.3' },
    { premises: 4, metered: '6', own: null, needs: '4.3' },
  ]);
  await act(
    HEAT,
    '10',
    ACCOUNTS.map((premises) => ({
      premises,
      metered: null,
      own: '2.25',
      needs: '0.25',
    })),
  );
  for (const provider of [2, 3])
    await database.closeDb.query(`select * from billing.accrue_batch('2026-11-01', $1::smallint, 1, 4, 'test')`, [
      provider,
    ]);
});
afterAll(() => database.drop());

describe('a signed act of the house meter', () => {
  it('is charged so that the parts sum to the whole', async () => {
    const rows = await database.db.query<{ service_id: number; whole: string; n: number }>(
      'select service_id, trim_scale(sum(quantity))::text as whole, count(*)::int as n from billing.accrual group by service_id order by service_id',
    );
    expect(rows).toEqual([
      { service_id: WATER, whole: '100', n: 4 },
      { service_id: 3, whole: '100', n: 4 },
      { service_id: HEAT, whole: '10', n: 4 },
    ]);
    expect(await database.db.query('select reason_code from billing.close_exception')).toEqual([]);
  });

  it('adds house needs to a meter, gives an unmetered flat its volume, and leaves a silent meter to its average', async () => {
    const rows = await database.db.query<{ line: string }>(
      `select a.account_id || ': ' || trim_scale(a.quantity) || ' ' || b.basis || ' ahead ' || trim_scale(b.ahead) as line
       from billing.accrual a join billing.accrual_basis b using (period, account_id, service_id, supply_id) where a.service_id = $1 order by a.account_id`,
      [WATER],
    );
    expect(rows.map(({ line }) => line)).toEqual([
      '1: 64.3 house-meter ahead 0',
      '2: 16.9 house-meter ahead 0',
      '3: 8.5 house-meter ahead 0',
      '4: 10.3 average ahead 6',
    ]);
  });

  it('the second calculation agrees and shows both parts', async () => {
    for (const provider of [2, 3]) {
      const stored = await database.db.query<{ key: string; kop: bigint }>(
        `select account_id || '/' || service_id as key, net_kop as kop from billing.accrual where provider_id = $1`,
        [provider],
      );
      const supplies = await loadChargeFacts(database.db, MONTH, provider, ACCOUNTS);
      const again = supplies.flatMap(({ accountId, serviceId, facts }) => {
        const result = recompute(MONTH, facts);
        return 'done' in result ? [[`${accountId}/${serviceId}`, result.done.kop] as const] : [];
      });
      expect(new Map(again)).toEqual(new Map(stored.map(({ key, kop }) => [key, kop])));
    }
    const [flat] = (await loadChargeFacts(database.db, MONTH, 3, [2])).filter(({ serviceId }) => serviceId === HEAT);
    const result = flat && recompute(MONTH, flat.facts);
    const steps = flat && result && 'done' in result ? chargeSteps(MONTH, flat.facts, { result: result.done, unit: 'Гкал', names: new Map() }) : [];
    expect(steps.map(({ formula, result: shown }) => [formula, shown])).toEqual([
      ['2.25 + 0.25', '2.5'],
      ['2.5 × 1586.4', '3966.00'],
    ]);
  });
});
