import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, TestApi } from '@komplat/testing';
import { buildFlat, buildSupply, chief, economist, PROVIDER, SERVICE, tariffsApi } from './world.ts';

let api: TestApi;
let key = 0;
const ORDER = { provider: 'P01', successor: 'P02', on: '2027-01-01', document: 'рішення сесії № 5-12 від 20.11.2026', reason: 'передача будинків на баланс' };
const post = (path: string, body: object): Promise<Answer> =>
  api.call('POST', `tariffs/${path}`, economist, body, { 'idempotency-key': `succession-${(key += 1)}` });
const approve = (id: string): Promise<Answer> => api.call('POST', `administration/approvals/${id}/approve`, chief, {});
const balance = async (provider: number): Promise<bigint> => {
  const [row] = await api.database.owner.query<{ kop: bigint }>(
    'select coalesce(sum(balance_kop), 0)::bigint as kop from billing.pub_balance_v1 where provider_id = $1', [provider],
  );
  return row?.kop ?? 0n;
};
const lines = async (sql: string): Promise<string[]> => (await api.database.owner.query<{ line: string }>(sql)).map(({ line }) => line);
const supplies = (): Promise<string[]> =>
  lines(`select concat_ws(' ', account_id, provider_id, method, lower(valid), upper(valid)) as line from tariffs.supply where upper_inf(known) and service_id = 1 order by 1`);
const prices = (): Promise<string[]> => lines(`select concat_ws(' ', provider_id, trim_scale(price), valid) as line from tariffs.tariff where service_id = 1 order by id`);
const providers = async (): Promise<Record<string, unknown>[]> => (await api.call('GET', 'tariffs/providers', economist)).body.items;

beforeAll(async () => {
  api = await tariffsApi();
  for (const account of [1, 2, 3]) {
    await buildFlat(api, account);
    await buildSupply(api, { account, service: SERVICE.MNT, provider: PROVIDER.P01, method: 'area' });
  }
  await buildSupply(api, { account: 3, service: SERVICE.CW, provider: PROVIDER.P02, method: 'norm', equipment: 'bath' });
  await api.database.owner.query(`select billing.post_entry(1, 1::smallint, 1::smallint, 14::smallint, 35217, '2026-10-01', '2026-10-01', '2026-10-01', 'test', 'opening', '1')`);
});
afterAll(() => api.close());

describe('a succession', () => {
  it.each([
    ['on another day than the first of a month', { on: '2027-01-02' }, 422, 'tariffs.succession.first-day'],
    ['by itself', { successor: 'P01' }, 422, 'tariffs.succession.itself'],
    ['by nobody', { successor: 'P77' }, 404, 'tariffs.provider.unknown'],
  ])('is refused %s', async (_what, more, status, code) => {
    const answer = await post('successions', { ...ORDER, ...more });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('says what it would move and when, and moves nothing', async () => {
    const { status, body } = await post('successions/look', ORDER);
    expect(status).toBe(201);
    expect(body).toEqual({
      accounts: 3, supplies: 3, tariffs: 1, balances: [{ service: 'Управління', accounts: 1, debt: '352.17', advance: '0.00' }], when: 'waiting',
    });
    expect(await providers()).toMatchObject([{ code: 'P01', successor: null, supplies: 3, to: null, balances: null }, { code: 'P02', supplies: 1 }]);
  });

  it('moves supplies and prices with the signature, balances when the last month of the old provider is locked', async () => {
    const { owner, closeDb } = api.database;
    expect((await approve((await post('successions', ORDER)).body.approvalId)).status).toBeLessThan(300);
    expect(await supplies()).toEqual([1, 2, 3].flatMap((id) => [`${id} 1 area 1997-01-01 2027-01-01`, `${id} 2 area 2027-01-01`]));
    expect((await prices()).slice(1)).toEqual(['1 5.25 [2024-01-01,2027-01-01)', '2 5.25 [2027-01-01,)']);
    expect([await balance(PROVIDER.P01), await balance(PROVIDER.P02)]).toEqual([35_217n, 0n]);
    expect(await providers()).toMatchObject([{ code: 'P01', successor: 'Водоканал', to: '2026-12-31', balances: { state: 'waiting' } }, { code: 'P02' }]);
    await owner.query(`update platform.period_lane set state = 'locked' where period < '2027-01-01' and provider_id = 1`);
    await closeDb.query('select billing.move_providers_due(1::smallint)');
    expect([await balance(PROVIDER.P01), await balance(PROVIDER.P02)]).toEqual([0n, 35_217n]);
    expect((await providers())[0]).toMatchObject({ balances: { state: 'moved', debt: '352.17', advance: '0.00' } });
  });

  it('happens once, and makes no circle', async () => {
    expect((await post('successions', ORDER)).body.code).toBe('tariffs.succession.succeeded');
    expect((await post('successions', { ...ORDER, provider: 'P02', successor: 'P01', on: '2027-02-01' })).body.code).toBe('tariffs.succession.circular');
  });

  const UNDO = { provider: 'P01', reason: 'рішення скасовано судом' };
  it('is not undone once the successor charged by it, or its supplies were changed', async () => {
    const { owner } = api.database;
    const tried = async (...plant: readonly string[]): Promise<string> => {
      await owner.query('alter table billing.accrual disable trigger user');
      for (const sql of plant) await owner.query(sql);
      return (await post('successions/undo/look', UNDO)).body.code;
    };
    const given = `(select min(id) from tariffs.supply where provider_id = 2 and service_id = 1)`;
    expect(await tried(`insert into billing.accrual (period, account_id, service_id, provider_id, posting_id, method, quantity, tariff_id, supply_id, gross_kop, net_kop)
      values ('2027-01-01', 1, 1, 2, 1, 'area', 67.08, 2, ${given}, 1, 1)`)).toBe('tariffs.succession.charged');
    expect(await tried('delete from billing.accrual', `update tariffs.supply set valid = '[2027-01-01,2027-06-01)' where id = ${given}`)).toBe('tariffs.succession.changed-since');
    await owner.query(`update tariffs.supply set valid = '[2027-01-01,)' where id = ${given}`);
  });

  it('undone by two, everything is as it was: supplies, prices, balances; then it may be made again', async () => {
    expect((await post('successions/undo/look', UNDO)).body).toEqual({
      accounts: 3, supplies: 3, tariffs: 1, balances: [{ service: 'Управління', accounts: 1, debt: '352.17', advance: '0.00' }], when: 'moved',
    });
    expect(await balance(PROVIDER.P02)).toBe(35_217n);
    expect((await approve((await post('successions/undo', UNDO)).body.approvalId)).status).toBeLessThan(300);
    expect(await supplies()).toEqual([1, 2, 3].map((id) => `${id} 1 area 1997-01-01`));
    expect((await prices()).slice(1)).toEqual(['1 5.25 [2024-01-01,)']);
    expect([await balance(PROVIDER.P01), await balance(PROVIDER.P02)]).toEqual([35_217n, 0n]);
    expect((await providers())[0]).toMatchObject({ code: 'P01', successor: null, to: null, balances: null });
    expect((await post('successions/undo/look', UNDO)).body.code).toBe('tariffs.succession.none');
    expect((await post('successions/look', ORDER)).body).toMatchObject({ accounts: 3, when: 'moved' });
  });
});
