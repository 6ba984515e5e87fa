import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import type { DunningStep } from '../contract/index.ts';
import { ACCOUNTS, debtCity, districtOf, ITEMS, lawyer, nobody, numberOf, TODAY } from './analysis-world.ts';

let api: TestApi;
const manager = { login: 'manager', roles: ['manager'] };
beforeAll(async () => {
  api = await debtCity();
  await api.scope('manager', 'all');
  await api.database.owner.query(
    `insert into administration.role_permission select r, 'debt.law-tables.edit' from unnest(array['lawyer', 'manager']) r on conflict do nothing`,
  );
});
afterAll(() => api.close());

let keys = 0;
const post = (path: string, body: object, as = lawyer) => api.call('POST', path, as, body, { 'idempotency-key': `decision-${(keys += 1)}` });
const get = (path: string, as = lawyer) => api.call('GET', `debt/${path}`, as);
const reason = 'рішення наради від 20.11.2026';

/** One person asks, another one agrees. */
async function agreed(path: string, body: object): Promise<void> {
  const asked = await post(path, body);
  expect([asked.status, asked.body.code]).toEqual([201, undefined]);
  const approve = `administration/approvals/${asked.body.approvalId}/approve`;
  expect((await post(approve, {})).status).toBe(403);
  expect((await post(approve, {}, manager)).status).toBe(200);
}

describe('steps of dunning are changed by two persons', () => {
  const order = { change: 'step', strategy: 'standard', step: 'warning', minDebt: '750.00', minMonths: 3, waitDays: 12, repeatDays: 90, from: '2026-12-01', reason };
  const steps = async (): Promise<DunningStep[]> => (await get('dunning/steps')).body.items;
  const warning = async (strategy = 'standard'): Promise<DunningStep | undefined> =>
    (await steps()).find((step) => step.strategy === strategy && step.code === 'warning');
  const moveDay = (day: string): Promise<object[]> => api.database.owner.query(`update platform.operating_day set day = $1 where state = 'open'`, [day]);

  it('a rule counts from its day; until then the old one stands, and both stay in the table', async () => {
    const before = await warning();
    await agreed('debt/dunning/changes', order);
    expect(await warning()).toEqual(before);
    await moveDay('2026-12-01');
    expect(await warning()).toMatchObject({ minDebt: '750.00', minMonths: 3, waitDays: 12, repeatDays: 90, from: '2026-12-01', decision: reason, mark: 'decision' });
    await moveDay(TODAY);
    const rows = await api.database.owner.query<{ valid: string }>(
      `select valid::text from debt.dunning_step where strategy = 'standard' and code = 'warning' order by valid`,
    );
    expect(rows.map(({ valid }) => valid)).toEqual(['[2020-01-01,2026-12-01)', '[2026-12-01,)']);
    const between = { ...order, minDebt: '600.00', from: '2026-11-30' };
    await agreed('debt/dunning/changes', between);
    const three = await api.database.owner.query<{ valid: string }>(
      `select valid::text from debt.dunning_step where strategy = 'standard' and code = 'warning' order by valid`,
    );
    expect(three.map(({ valid }) => valid)).toEqual(['[2020-01-01,2026-11-30)', '[2026-11-30,2026-12-01)', '[2026-12-01,)']);
  });

  it('a new strategy takes the steps of another, comes into force, and the simulation compares with it', async () => {
    await agreed('debt/dunning/changes', { change: 'strategy', strategy: 'winter', like: 'soft', reason });
    expect(await warning('winter')).toMatchObject({ minDebt: (await warning('soft'))?.minDebt, inForce: false, mark: 'decision' });
    expect((await get('dunning/simulation?strategy=winter')).body.totals).toEqual((await get('dunning/simulation?strategy=soft')).body.totals);
    await agreed('debt/dunning/changes', { change: 'in-force', strategy: 'winter', reason });
    expect((await steps()).filter(({ inForce }) => inForce).map(({ strategy }) => strategy)).toEqual(['winter', 'winter', 'winter', 'winter']);
    expect((await get('dunning/preview?step=reminder')).body.planned).toBeGreaterThan(0);
    await agreed('debt/dunning/changes', { change: 'in-force', strategy: 'standard', reason });
  });

  it('refuses by name: the past, a day that is taken, a strategy that is not there, is there or stands; and who may not', async () => {
    for (const [change, status, code] of [
      [{ ...order, from: '2026-11-22' }, 422, 'debt.dunning.change-past'],
      [{ ...order, from: '2026-12-01' }, 422, 'debt.dunning.change-same-day'],
      [{ ...order, strategy: 'none' }, 422, 'debt.dunning.no-strategy'],
      [{ change: 'strategy', strategy: 'soft', like: 'strict', reason }, 422, 'debt.dunning.strategy-exists'],
      [{ change: 'in-force', strategy: 'standard', reason }, 422, 'debt.dunning.strategy-in-force'],
    ] as const) {
      const answer = await post('debt/dunning/changes', change);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    for (const wrong of [{ minDebt: '-1.00' }, { minMonths: 0 }, { repeatDays: 0 }, { reason: 'ні' }, { more: 1 }])
      expect((await post('debt/dunning/changes', { ...order, from: '2026-12-15', ...wrong })).status).toBe(400);
    expect((await post('debt/dunning/changes', order, nobody)).status).toBe(403);
  });
});

describe('moratoria by territory', () => {
  const [CITY, PART, ELSEWHERE] = ['UA99020010010012345', 'UA99020030010054321', 'UA99040030010054321'];
  const COMMUNITY = 'UA99020030000098765'; // the settlement above is in it by the digits of its code
  const windows = (rows: object[], kinds = ['penalty', 'disconnection']) => ({ rows, kinds, ground: 'територія бойових дій', act: 'наказ № 376', reason });
  const debtors = async (moratorium: string): Promise<string[]> =>
    (await get(`debtors?limit=200&moratorium=${moratorium}`)).body.items.map(({ account }: { account: string }) => account).sort();
  const owing = Array.from({ length: ACCOUNTS }, (_, at) => at + 1).filter((id) => ITEMS.some((item) => item.account === id && item.due < TODAY));
  const numbers = (keep: (id: number) => boolean): string[] => owing.filter(keep).map(numberOf).sort();

  it('a house lies in the narrowest place; a window of the community around it counts, one elsewhere does not', async () => {
    expect([await debtors('any'), (await debtors('none')).length]).toEqual([[], owing.length]);
    await agreed('debt/places', { territory: CITY, name: 'Яворопіль', from: '2000-01-01', reason });
    await agreed('debt/places', { district: 5, territory: ELSEWHERE, name: 'Інша громада', from: '2000-01-01', reason });
    await agreed('debt/places', { house: 'H0002', territory: PART, name: 'Калинівка', from: '2020-01-01', reason });
    await agreed('debt/moratoria', windows([{ territory: COMMUNITY, name: 'Прикалинська громада', from: '2022-02-24' }]));
    expect(await debtors('any')).toEqual(numbers((id) => districtOf(id) === 5));
    expect(await debtors('penalty')).toEqual(await debtors('any'));
    expect(await debtors('charge')).toEqual([]);
    expect(await debtors('none')).toEqual(numbers((id) => districtOf(id) === 4));
    const { items } = (await get('places')).body;
    expect(items.map(({ house, district, territory, standing }: Record<string, unknown>) => [house, district, territory, standing])).toEqual([
      [null, null, CITY, 0], [null, 5, ELSEWHERE, 0], ['H0002', null, PART, 2],
    ]);
  });

  it('penalty is not counted in a window of the unit around the territory', async () => {
    const input = { amount: '1000.00', dueOn: '2026-10-20', asOf: '2026-10-30', payments: [], ratePercentPerDay: '0.01' };
    const days = async (territory?: string): Promise<number> =>
      (await post('calc/debt.penalty', { ...input, ...(territory ? { territory } : {}) }, manager)).body.result?.days;
    expect([await days(), await days(CITY), await days(PART), await days(COMMUNITY)]).toEqual([10, 10, 0, 0]);
  });

  it('the same first day again moves the last one; the list shows both ends', async () => {
    await agreed('debt/moratoria', windows([{ territory: COMMUNITY, name: 'Прикалинська громада', from: '2022-02-24', to: '2026-11-22' }]));
    expect(await debtors('any')).toEqual([]);
    const { items } = (await get(`moratoria?q=${encodeURIComponent('прикалин')}`)).body;
    expect(items.map(({ territory, kind, from, to, standing, mark }: Record<string, unknown>) => [territory, kind, from, to, standing, mark]).sort()).toEqual([
      [COMMUNITY, 'disconnection', '2022-02-24', '2026-11-22', false, 'decision'],
      [COMMUNITY, 'penalty', '2022-02-24', '2026-11-22', false, 'decision'],
    ]);
    expect((await get('moratoria?standing=yes')).body.items).toEqual([]);
    expect((await get('moratoria?kind=penalty')).body.items).toHaveLength(3);
  });

  it('refuses by name: a territory twice, windows that overlap, a house that is not there, a place in the past of another', async () => {
    const row = { territory: COMMUNITY, name: 'Прикалинська громада', from: '2022-02-24' };
    for (const [path, body, code] of [
      ['moratoria', windows([row, row]), 'debt.moratorium.twice'],
      ['moratoria', windows([{ ...row, from: '2023-01-01' }]), 'debt.moratorium.overlap'],
      ['places', { house: 'H9999', territory: PART, name: 'x', from: TODAY, reason }, 'debt.place.no-house'],
      ['places', { house: 'H0002', territory: PART, name: 'x', from: '2020-01-01', reason }, 'debt.place.later'],
    ] as const) {
      const answer = await post(`debt/${path}`, body);
      expect([answer.status, answer.body.code]).toEqual([422, code]);
    }
    for (const body of [windows([]), windows([{ ...row, territory: 'UA1' }]), windows([{ ...row, to: '2021-01-01' }]), windows([row], ['x'])])
      expect((await post('debt/moratoria', body)).status).toBe(400);
    expect((await post('debt/places', { house: 'H0002', district: 4, territory: PART, name: 'x', from: TODAY, reason })).status).toBe(400);
    expect((await post('debt/moratoria', windows([row]), nobody)).status).toBe(403);
  });
});
