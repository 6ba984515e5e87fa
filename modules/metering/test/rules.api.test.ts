import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import { HouseNeedsCheck, HouseShortfallCheck } from '../server/checks/house-checks.ts';
import { buildFlat, buildWaterMeter, manager, meteringApi, operator } from './world.ts';

let api: TestApi;
let key = 0;
const post = (path: string, body: object, as = operator) =>
  api.call('POST', path, as, body, { 'idempotency-key': `rules-test-${(key += 1)}` });
const change = {
  code: 'average-limit',
  value: '4',
  from: '2027-01-01',
  act: 'ПКМУ 1 від 01.12.2026',
  reason: 'нова редакція правил',
};

beforeAll(async () => {
  api = await meteringApi();
  await buildFlat(api.database.owner, { id: 1 });
  await buildWaterMeter(api.database.owner, 1, [['2026-10', '100']]);
});
afterAll(() => api.close());

describe('a dated parameter of metering', () => {
  it('changes from a day on when a second person agrees; the old version keeps its days', async () => {
    const asked = await post('metering/rules', change);
    expect(asked.body).toMatchObject({ meters: 1, accounts: 1 });
    const value = (day: string) =>
      api.database.db.query<{ value: string }>(
        `select trim_scale(metering.rule_value('average-limit', 'CW', $1))::text as value`,
        [day],
      );
    expect(await value('2027-06-01')).toEqual([{ value: '3' }]);
    expect(
      (await api.call('POST', `administration/approvals/${asked.body.approvalId}/approve`, manager, {})).status,
    ).toBeLessThan(300);
    expect([await value('2026-12-31'), await value('2027-01-01')]).toEqual([[{ value: '3' }], [{ value: '4' }]]);
    const { body } = await api.call('GET', 'metering/rules', operator);
    expect(body.items.filter((rule: { code: string }) => rule.code === 'average-limit')).toMatchObject([
      { from: '2027-01-01', to: null, value: '4', current: false, act: change.act },
      { from: '1997-01-01', to: '2026-12-31', value: '3', current: true },
    ]);
  });

  it.each([
    ['from a day before the version in force', { from: '1997-01-01' }, 'metering.rule.before-last'],
    ['to the value that it has', { value: '4', from: '2028-01-01' }, 'metering.rule.same'],
    ['to zero', { value: '0', from: '2028-01-01' }, 'metering.rule.zero'],
    ['of a service without a rule', { service: 'SW' }, 'metering.rule.unknown'],
  ])('is refused %s', async (_what, more, code) => {
    expect((await post('metering/rules', { ...change, ...more })).body.code).toBe(code);
  });

  it('of a day that does not exist is refused at its field', async () => {
    const { status, body } = await post('metering/rules', { ...change, from: '2027-02-31' });
    expect([status, body.issues[0].path]).toEqual([400, 'body.from']);
  });
});

describe('findings about houses', () => {
  it('name a shortfall and needs above the share of the rule, each once', async () => {
    const act = { service: 'CW', period: '2026-11', reason: 'за листопад' };
    const signed = async (actNumber: string, houseVolume: string): Promise<void> => {
      const made = await post('metering/houses/H0001/distributions', { ...act, actNumber, houseVolume });
      const asked = await post(`metering/distributions/${made.body.id}/sign`, { reason: 'на підпис' });
      await api.call('POST', `administration/approvals/${asked.body.approvalId}/approve`, manager, {});
    };
    const found = (sql: string) => api.database.db.query<{ subject: string; params: object }>(sql, [null]);
    await signed('1', '40');
    expect(await found(new HouseNeedsCheck().sql)).toMatchObject([{ subject: 'house/H0001/CW/2026-11' }]);
    await signed('2', '1');
    expect(await found(new HouseShortfallCheck().sql)).toMatchObject([{ params: { house: 'H0001' } }]);
    expect(await found(new HouseNeedsCheck().sql)).toEqual([]);
  });
});
