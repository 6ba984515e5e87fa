import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, systemActor } from '@komplat/server';
import type { Answer, TestApi } from '@komplat/testing';
import type { ProviderBalances } from '../contract/provider-balances.ts';
import { Successions } from '../server/services/successions.ts';
import { buildFlat, buildSupply, chief, economist, PROVIDER, SERVICE, tariffsApi } from './world.ts';

let api: TestApi;
let key = 0;
const ORDER = { provider: 'P01', successor: 'P02', on: '2027-01-01', document: 'рішення сесії № 5-12 від 20.11.2026', reason: 'передача будинків на баланс' };
const post = (path: string, body: object): Promise<Answer> =>
  api.call('POST', `tariffs/${path}`, economist, body, { 'idempotency-key': `succession-${(key += 1)}` });
const balance = (provider: number): Promise<{ kop: bigint }[]> =>
  api.database.owner.query<{ kop: bigint }>('select coalesce(sum(outstanding_kop), 0)::bigint as kop from billing.open_item where provider_id = $1', [provider]);
/** Moves the balances as billing is asked to: all of one provider to the other, the sum stays. */
const mover: ProviderBalances = {
  of: () => Promise.resolve([]),
  move: async (tx, { fromProviderId, toProviderId }) => {
    const rows = await tx.query<{ kop: bigint }>(
      'update billing.open_item set provider_id = $2 where provider_id = $1 returning outstanding_kop as kop', [fromProviderId, toProviderId],
    );
    return rows.reduce((sum, { kop }) => sum + kop, 0n);
  },
};

beforeAll(async () => {
  api = await tariffsApi();
  for (const account of [1, 2, 3]) {
    await buildFlat(api, account);
    await buildSupply(api, { account, service: SERVICE.MNT, provider: PROVIDER.P01, method: 'area' });
  }
  await buildSupply(api, { account: 3, service: SERVICE.CW, provider: PROVIDER.P02, method: 'norm', equipment: 'bath' });
  await api.database.owner.query(
    `insert into billing.open_item (account_id, service_id, provider_id, debt_month, due_on, due_kop, outstanding_kop) values (1, 1, 1, '2026-10-01', '2026-11-20', 35217, 35217)`,
  );
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

  it('says what it would move, and moves nothing', async () => {
    const { status, body } = await post('successions/look', ORDER);
    expect(status).toBe(201);
    expect(body).toMatchObject({ accounts: 3, supplies: 3, tariffs: 1, balances: [{ service: 'MNT', accounts: 1, debt: '352.17', advance: '0.00' }] });
    const { items } = (await api.call('GET', 'tariffs/providers', economist)).body;
    expect(items).toMatchObject([{ code: 'P01', successor: null, supplies: 3, to: null }, { code: 'P02', supplies: 1 }]);
  });

  it('is refused while nobody moves the balances; not a kopeck is left behind', async () => {
    const alone = new Successions(api.app.get(Database, { strict: false }), { get: () => undefined });
    await expect(alone.propose(ORDER, systemActor('test'))).rejects.toMatchObject({ code: 'tariffs.succession.balances', params: { services: 'MNT' } });
  });

  it('moves supplies, prices and balances in one document; the sum over both providers stays', async () => {
    const moving = new Successions(api.app.get(Database, { strict: false }), { get: () => mover });
    const before = (await balance(1))[0]?.kop ?? 0n;
    await api.database.owner.transaction(async (tx) => {
      const context = { tx, approvalId: '0190e000-0000-7000-8000-00000000a001', requestedBy: economist.login, decidedBy: chief.login, reason: null };
      await moving.carryOut(ORDER, context);
    });
    expect([(await balance(1))[0]?.kop, (await balance(2))[0]?.kop]).toEqual([0n, before]);
    const supplies = await api.database.owner.query<{ line: string }>(
      `select concat_ws(' ', s.account_id, s.provider_id, s.method, lower(s.valid), upper(s.valid)) as line from tariffs.supply s
       where upper_inf(s.known) and s.service_id = 1 order by s.account_id, s.provider_id`,
    );
    expect(supplies.map(({ line }) => line)).toEqual([1, 2, 3].flatMap((id) => [`${id} 1 area 1997-01-01 2027-01-01`, `${id} 2 area 2027-01-01`]));
    const prices = await api.database.owner.query<{ line: string }>(
      `select concat_ws(' ', provider_id, trim_scale(price), valid) as line from tariffs.tariff where valid && '[2026-12-31,2027-01-02)' order by provider_id`,
    );
    expect(prices.map(({ line }) => line)).toEqual(['1 5.25 [2024-01-01,2027-01-01)', '2 5.25 [2027-01-01,)']);
    const [kept] = await api.database.owner.query<{ moved: bigint; supplies: number }>('select moved_kop as moved, supplies from tariffs.succession');
    expect(kept).toEqual({ moved: 35_217n, supplies: 3 });
  });

  it('happens once, and makes no circle', async () => {
    expect((await post('successions', ORDER)).body.code).toBe('tariffs.succession.succeeded');
    expect((await post('successions', { ...ORDER, provider: 'P02', successor: 'P01', on: '2027-02-01' })).body.code).toBe('tariffs.succession.circular');
  });
});
