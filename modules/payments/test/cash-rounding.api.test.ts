import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedRoles } from '@komplat/administration/server';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { type Caller, testApi, type TestApi } from '@komplat/testing';

const cashier: Caller = { login: 'cashier', roles: ['cashier'] };
let api: TestApi;

beforeAll(async () => {
  api = await testApi({
    plugins,
    catalogue: readCatalogue(plugins.map(({ id }) => id)),
    seed: (owner) => seedRoles({ query: (sql, params) => owner.query(sql, params) }),
  });
});
afterAll(() => api.close());

describe('calculator of cash', () => {
  it.each([
    ['2026-11-23', '123.25', '123.50', '0.25'],
    ['2025-09-30', '123.24', '123.20', '-0.04'],
    ['2017-01-01', '123.24', '123.24', '0.00'],
  ])('law.md 1.7: on %s %s is taken as %s', async (date, amount, rounded, difference) => {
    const { body } = await api.call('POST', 'calc/payments.cash-rounding', cashier, { date, amount });
    expect(body.result).toEqual({ rounded, difference });
    expect(body.parameters).toHaveLength(1);
  });
  it('refuses unknown fields, and a day without a rule by its code', async () => {
    expect((await api.call('POST', 'calc/payments.cash-rounding', cashier, { date: '2026-11-23', amount: '1.00', by: 'card' })).status).toBe(422);
    expect((await api.call('POST', 'calc/payments.cash-rounding', cashier, { date: '1990-01-01', amount: '1.00' })).body.code).toBe('payments.cash-rounding.no-rule');
  });
});
