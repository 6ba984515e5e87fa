import 'reflect-metadata';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { lawParams } from '@komplat/server';
import { type Answer, type Caller, type TestApi, testEnv } from '@komplat/testing';
import { DBFFile } from 'dbffile';
import { ALLOCATION_LAW, ITEM_LAW, PENNY_LAW, REBUILD_LAW } from '../server/laws/law-queries.ts';
import { divided } from '../server/services/form2-rows.ts';
import { buildAccount, buildCity, buildResident, buildSupply, buildTariff } from './world.ts';

const accountant: Caller = { login: 'accountant', roles: ['accountant'] };
const clerk: Caller = { login: 'clerk', roles: ['accountant'] };
const [UPKEEP, ACCOUNTS] = [1, 4];
let api: TestApi;
const numbers: string[] = [];
let keys = 0;

const get = (path: string, as: Caller = accountant): Promise<Answer> => api.call('GET', `billing/${path}`, as);
const post = (path: string, body: object = {}): Promise<Answer> =>
  api.call('POST', `billing/corrections${path}`, accountant, body, { 'idempotency-key': `form2-test-${(keys += 1)}` });
/** Benefits of a month as the ledger has them, added up here; hryvnias are whole kopecks. */
const ledger = async (month: string): Promise<bigint> => {
  const [row] = await api.database.owner.query<{ kop: bigint }>(
    `select -coalesce(sum(amount_kop), 0)::bigint as kop from billing.pub_ledger_v1 where period = $1 and kind = 'benefit' and provider_id = 1`, [`${month}-01`],
  );
  return row?.kop ?? 0n;
};
const kop = (text: string): bigint => BigInt(text.replace('.', ''));
async function records(month: string): Promise<readonly Record<string, unknown>[]> {
  const { status, bytes } = await get(`form2/P01/file.dbf?month=${month}`);
  expect(status).toBe(200);
  const path = join(mkdtempSync(join(tmpdir(), 'komplat-form2-')), 'pilga.dbf');
  writeFileSync(path, bytes);
  return (await DBFFile.open(path, { encoding: 'cp866' })).readRecords();
}
const totalOf = (rows: readonly Record<string, unknown>[]): bigint => rows.reduce((sum, row) => sum + BigInt(Math.round(Number(row['SUMM']) * 100)), 0n);

/** Four flats of 60 m² at 5.25 with three residents each; the first two have a netted right: UBD, 75 %, of 21 m² a person and 10.5 m² a family. */
beforeAll(async () => {
  process.env['CHROMIUM_BIN'] = testEnv().CHROMIUM_BIN;
  api = await wholeApi();
  const { owner, closeDb } = api.database;
  await buildCity(owner);
  await buildTariff(owner, { id: 1, service: UPKEEP, price: '5.25' });
  for (let account = 1; account <= ACCOUNTS; account += 1) {
    numbers.push(await buildAccount(owner, account));
    for (let person = 0; person < 3; person += 1) await buildResident(owner, account, '2001-01-01', null);
    await buildSupply(owner, { account, service: UPKEEP, method: 'area' });
  }
  await owner.query('update registry.premises_fact set total_area = 60, heated_area = 60');
  for (const account of [1, 2]) {
    const [held] = await owner.query<{ id: string }>(
      `insert into benefits.holding (holding_id, account_id, person_id, category, document, valid, reason, recorded_by)
       select gen_random_uuid(), a.id, a.holder_id, 'UBD', 'посвідчення', '[2001-01-01,)', 'test', 'test' from registry.account a where a.id = $1 returning holding_id as id`,
      [account],
    );
    await owner.query(
      `insert into benefits.entitlement (account_id, service_id, holding_id, category, percent, covered, norm, norm_addition, regime, mark, valid)
       values ($1, $2, $3, 'UBD', 75, $4, 21, 10.5, 'netted', 'confirmed', '[2001-01-01,)')`, [account, UPKEEP, held?.id, account],
    );
  }
  for (const month of ['2026-09', '2026-10']) await closeDb.query(`select * from billing.accrue_batch($1, 1::smallint, 1, ${ACCOUNTS}, 'test')`, [`${month}-01`]);
  await owner.query(`update platform.period_lane set state = 'locked' where period between '2026-08-01' and '2026-10-01'`);
  await owner.query(`insert into administration.role_permission select 'accountant', p from unnest(array['billing.form2.make', 'billing.correction.read', 'billing.correction.make']) p on conflict do nothing`);
  await api.scope('accountant', 'all');
  await api.scope('clerk', 'provider', 'P02');
});
afterAll(() => api.close());

describe('form 2-benefit over the books (order of Minpratsi 535 of 04.10.2007, law.md 2.5)', () => {
  it('of a month: each right a record with its person, days, volume; the totals are those of the ledger', async () => {
    // law.md 2.3: one of three covered: 60/3 = 20 m² < 31.5; 20 × 5.25 × 75 % = 78.75. Two of three: 40 m² < 52.5; 157.50
    const rows = await records('2026-10');
    expect(rows.map(({ RS, SUMM, LGKOL, LGPRC, LGKAT, FLAG, MONTHIN }) => [RS, SUMM, LGKOL, LGPRC, LGKAT, FLAG, MONTHIN])).toEqual([
      [numbers[0], 78.75, 1, 75, '1', 0, 10], [numbers[1], 157.5, 2, 75, '1', 0, 10],
    ]);
    expect([totalOf(rows), await ledger('2026-10')]).toEqual([23_625n, 23_625n]);
    const { body } = await get('form2/P01?month=2026-10');
    expect([body.total, body.records, body.problems]).toEqual(['236.25', 2, []]);
    expect(body.categories).toEqual([{ category: 'UBD', name: 'Учасник бойових дій', persons: 2, covered: 3, total: '236.25' }]);
  });

  it('tells a benefit that a recalculation changed in the month of the correction, with the days of its own month', async () => {
    const { owner } = api.database;
    // the flat is 90 m², known only now: 60 m² is two thirds; benefit of two of three 52.5 m² (norm) × 5.25 × 75 % = 206.72
    await owner.query('update registry.premises_fact set total_area = 90, heated_area = 90 where premises_id = 2');
    // the first holder's right is taken back from September on
    await owner.query('delete from benefits.entitlement where account_id = 1');
    await owner.query(`update benefits.holding set valid = '[2001-01-01,2026-09-01)' where account_id = 1`);
    const before = await records('2026-10');
    const balance = async (): Promise<bigint> => (await owner.query<{ kop: bigint }>('select coalesce(sum(balance_kop), 0)::bigint as kop from billing.pub_balance_v1'))[0]?.kop ?? 0n;
    const owed = await balance();
    for (const account of [1, 2]) {
      const draft = await post('', { scope: { kind: 'account', account: numbers[account - 1] }, from: '2026-09', to: '2026-10', reason: 'facts', decision: 'Рішення № 9 від 20.11.2026' });
      const { body } = await post(`/${draft.body.id}/post`);
      expect([draft.status, body.state]).toEqual([201, 'posted']);
    }
    expect(await records('2026-10')).toHaveLength(before.length);
    expect(totalOf(await records('2026-10'))).toBe(await ledger('2026-10'));
    const rows = await records('2026-11');
    const day = (value: unknown): string => (value instanceof Date ? value.toISOString().slice(0, 7) : '');
    expect(rows.map(({ RS, SUMM, FLAG, MONTHIN, DATA1, DATA2 }) => [RS, SUMM, FLAG, MONTHIN, day(DATA1), day(DATA2)])).toEqual([
      [numbers[0], -78.75, 1, 11, '2026-09', '2026-09'], [numbers[0], -78.75, 1, 11, '2026-10', '2026-10'],
      [numbers[1], 49.22, 0, 11, '2026-09', '2026-09'], [numbers[1], 49.22, 0, 11, '2026-10', '2026-10'],
    ]);
    expect([totalOf(rows), await ledger('2026-11')]).toEqual([-5_906n, -5_906n]);
    // charge of the second flat: 30 m² × 5.25 = 157.50 more each month; both: what they owe is charge less benefit
    expect((await balance()) - owed).toBe(2n * 15_750n + 5_906n);
    const { body } = await get('form2?month=2026-11');
    expect(body).toMatchObject({ total: '-59.06', items: [{ provider: 'P01', accounts: 2, ofMonth: '0.00', ofEarlier: '-59.06', total: '-59.06' }] });
    for (const [name, sql] of Object.entries({ ALLOCATION_LAW, ITEM_LAW, PENNY_LAW, REBUILD_LAW })) {
      const [law] = await owner.query<{ violations: bigint }>(sql, lawParams(undefined));
      expect([name, law?.violations]).toEqual([name, 0n]);
    }
  });

  it('a benefit of 100 % that grows with its charge costs nobody anything, and is told', async () => {
    const { owner } = api.database;
    const [held] = await owner.query<{ id: string }>(
      `insert into benefits.holding (holding_id, account_id, person_id, category, document, valid, reason, recorded_by)
       select gen_random_uuid(), a.id, a.holder_id, 'IV1', 'посвідчення', '[2026-10-01,)', 'test', 'test' from registry.account a where a.id = 3 returning holding_id as id`,
    );
    await owner.query(
      `insert into benefits.entitlement (account_id, service_id, holding_id, category, percent, covered, norm, norm_addition, regime, mark, valid)
       values (3, $1, $2, 'IV1', 100, 3, null, 0, 'netted', 'confirmed', '[2026-10-01,)')`, [UPKEEP, held?.id],
    );
    const ask = { scope: { kind: 'account', account: numbers[2] }, from: '2026-10', to: '2026-10', reason: 'facts', decision: 'Посвідчення № 3' };
    const right = await post('', ask);
    expect([right.body.minus, (await post(`/${right.body.id}/post`)).body.state]).toEqual(['-315.00', 'posted']);
    await owner.query('update registry.premises_fact set total_area = 80, heated_area = 80 where premises_id = 3');
    const grown = await post('', ask);
    expect([grown.body.lines, grown.body.plus, grown.body.minus]).toEqual([1, '0.00', '0.00']);
    expect((await post(`/${grown.body.id}/post`)).body.state).toBe('posted');
    const rows = (await records('2026-11')).filter(({ RS }) => RS === numbers[2]);
    expect(rows.map(({ SUMM, LGKAT, LGPRC }) => [SUMM, LGKAT, LGPRC])).toEqual([[420, '11', 100]]);
    expect(totalOf(await records('2026-11'))).toBe(await ledger('2026-11'));
    expect((await post('', ask)).body.lines).toBe(0);
  });

  it('a recalculation asked for again finds nothing, and its reversal takes the change out of the form', async () => {
    const again = await post('', { scope: { kind: 'account', account: numbers[1] }, from: '2026-09', to: '2026-10', reason: 'facts', decision: 'Рішення № 9 від 20.11.2026' });
    expect(again.body.lines).toBe(0);
    const { items } = (await get('corrections?state=posted')).body;
    const second = items.find((item: { plus: string }) => kop(item.plus) > 15_750n);
    expect((await post(`/${second.id}/reverse`, { reason: 'площу з’ясовують' })).body.state).toBe('reversed');
    const rows = await records('2026-11');
    expect([rows.length, totalOf(rows)]).toEqual([3, await ledger('2026-11')]);
  });

  it('prints two lines a person and the grand total, and is only for readers of the provider', async () => {
    const { status, bytes } = await get('form2/P01/file.pdf?month=2026-11');
    expect([status, Buffer.from(bytes).toString('latin1', 0, 5)]).toEqual([200, '%PDF-']);
    const audits = await api.database.owner.query<{ n: number }>(`select count(*)::int as n from platform.audit_entry where action = 'billing.form2.export'`);
    expect(audits[0]?.n).toBeGreaterThan(3);
    expect((await get('form2/P01?month=2026-11', clerk)).status).toBe(403);
    expect((await get('form2?month=2026-11', clerk)).body.items).toEqual([]);
  });
});

it('a sum is divided without a remainder, whatever its sign', () => {
  for (const [whole, weights] of [[100n, [1n, 1n, 1n]], [-7n, [3n, 2n]], [5n, [0n, 0n]], [1n, [10n, 990n]]] as const) {
    expect(divided(whole, weights).reduce((sum, part) => sum + part, 0n)).toBe(whole);
  }
});
