import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, TestApi } from '@komplat/testing';
import { buildFlat, buildSupply, chief, economist, PROVIDER, SERVICE, tariffsApi } from './world.ts';

let api: TestApi;
let key = 0;
const post = (path: string, body: object, as = economist): Promise<Answer> =>
  api.call('POST', path, as, body, { 'idempotency-key': `versions-${(key += 1)}` });
const TARIFF = {
  book: 'tariffs', key: 'tariffs/MNT/P01/std/1', value: '6.00', from: '2026-12-01', decisionBody: 'Виконавчий комітет', decisionNumber: '41',
  decisionDate: '2026-11-10', mark: 'confirmed', reason: 'нова ціна управління',
};
const NORM = { ...TARIFF, book: 'norms', key: 'norms/charge/CW/bath', value: '5.4' };
const SEASON = { ...TARIFF, book: 'parameters', key: 'parameters/heating-season', value: undefined, from: '2026-10-19', to: '2027-04-04' };
const approve = (id: string): Promise<Answer> => api.call('POST', `administration/approvals/${id}/approve`, chief, {});
const versions = async (book: string): Promise<Record<string, unknown>[]> =>
  (await api.call('GET', `tariffs/values?book=${book}&show=all&sort=from`, economist)).body.items;

beforeAll(async () => {
  api = await tariffsApi();
  for (const account of [1, 2]) {
    await buildFlat(api, account);
    await buildSupply(api, { account, service: SERVICE.MNT, provider: PROVIDER.P01, method: 'area' });
  }
});
afterAll(() => api.close());

describe('a new version of a tariff', () => {
  // published vector of law.md 1: 67.08 m² x 5.25 = 352.17
  it('says before it is asked for whom it touches and what it costs, and changes nothing', async () => {
    const { status, body } = await post('tariffs/values/look', TARIFF);
    expect([status, body.accounts, body.replaces]).toEqual([201, 2, { from: '2024-01-01', to: null, value: '5.25' }]);
    expect(body.money).toMatchObject({ available: true, over: 2, asIf: '2026-11' });
    expect(body.money.effects).toMatchObject([{ month: '2026-11', service: 'MNT', provider: 'P01', before: '704.34', after: '804.96' }]);
    expect(body.money.difference).toBe('100.62');
    expect(await versions('tariffs')).toHaveLength(2);
  });

  it('waits for a second person, then ends the old one the day before', async () => {
    const asked = await post('tariffs/values', TARIFF);
    expect(asked.status).toBe(201);
    expect((await post('tariffs/values', TARIFF)).body.code).toBe('platform.approval.already-waiting');
    expect((await versions('tariffs')).at(-1)).toMatchObject({ value: '5.25', waiting: true, to: null });
    expect((await api.call('POST', `administration/approvals/${asked.body.approvalId}/approve`, economist, {})).status).toBe(403);
    expect((await approve(asked.body.approvalId)).status).toBeLessThan(300);
    expect(await versions('tariffs')).toMatchObject([
      { value: '4', from: '2018-01-01', to: '2023-12-31' },
      { value: '5.25', from: '2024-01-01', to: '2026-11-30', current: true, last: false },
      { value: '6', from: '2026-12-01', to: null, current: false, last: true, mark: 'confirmed', act: 'Виконавчий комітет № 41 від 10.11.2026' },
    ]);
  });

  it.each([
    ['over days of another version', { from: '2025-01-01', value: '7' }, 409, 'tariffs.version.overlap'],
    ['with an end inside the version in force', { from: '2027-01-01', to: '2027-02-28', value: '7' }, 409, 'tariffs.version.overlap'],
    ['that changes nothing', { from: '2027-01-01', value: '6.0' }, 422, 'tariffs.version.same'],
    ['with days in the wrong order', { from: '2027-01-01', to: '2026-12-31' }, 422, 'tariffs.version.days'],
    ['by a decision of the future', { from: '2027-01-01', value: '7', decisionDate: '2026-12-24' }, 422, 'tariffs.version.decided-ahead'],
    ['of a thing that does not exist', { key: 'tariffs/GAS/P09/std/1' }, 404, 'tariffs.version.unknown'],
    ['without a price', { from: '2027-01-01', value: undefined }, 422, 'tariffs.version.needs-value'],
  ])('is refused %s, and nothing is left behind', async (_what, more, status, code) => {
    const before = await versions('tariffs');
    const answer = await post('tariffs/values', { ...TARIFF, ...more });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail ?? answer.body.title).toBeTruthy();
    expect(await versions('tariffs')).toEqual(before);
  });

  it.each(['2027-02-31', '2027-13-01'])('of the day %s, which does not exist, is refused at its field', async (from) => {
    const { status, body } = await post('tariffs/values', { ...TARIFF, from });
    expect([status, body.issues[0].path]).toEqual([400, 'body.from']);
  });

  it('needs the right to change, and another one to agree', async () => {
    expect((await post('tariffs/values', TARIFF, chief)).status).toBe(403);
  });
});

describe('norms and parameters', () => {
  it('a norm of zero is refused by the rule, a real one comes in force from its day', async () => {
    expect((await post('tariffs/values', { ...NORM, value: '0' })).body.code).toBe('tariffs.version.norm-zero');
    const asked = await post('tariffs/values', NORM);
    await approve(asked.body.approvalId);
    expect(await versions('norms')).toMatchObject([{ value: '6', to: '2026-11-30' }, { value: '5.4', from: '2026-12-01', unit: 'м³/місяць' }]);
  });

  it('a heating season is nothing but its days: it takes no value and needs the last day', async () => {
    expect((await post('tariffs/values', { ...SEASON, value: '1' })).body.code).toBe('tariffs.version.days-only');
    expect((await post('tariffs/values', { ...SEASON, to: null })).body.code).toBe('tariffs.version.needs-last-day');
    const asked = await post('tariffs/values', SEASON);
    await approve(asked.body.approvalId);
    const kept = await api.database.owner.query<{ value: object; valid: string }>('select value, valid::text from tariffs.parameter order by lower(valid)');
    expect(kept.at(-1)).toEqual({ value: { from: '2026-10-19', until: '2027-04-05' }, valid: '[2026-10-19,2027-04-05)' });
  });

  it('what another person has put into the days meanwhile makes the approval fail whole', async () => {
    const asked = await post('tariffs/values', { ...NORM, value: '5', from: '2028-01-01' });
    await api.database.owner.query(`update tariffs.norm set valid = daterange(lower(valid), '2027-06-01') where upper_inf(valid)`);
    await api.database.owner.query(
      `insert into tariffs.norm (id, code, purpose, service_id, equipment, unit, value, valid, act, mark)
       values (90, 'N090', 'charge', 2, 'bath', 'м³/місяць', 7, '[2028-02-01,)', 'рішення № 412', 'plausible')`,
    );
    expect((await approve(asked.body.approvalId)).body.code).toBe('tariffs.version.overlap');
    expect(await versions('norms')).toHaveLength(3);
  });
});
