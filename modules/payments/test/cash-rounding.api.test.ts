import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import fc from 'fast-check';
import { brokenLaws, buildWorld, numberOf } from './world.ts';

const cashier: Caller = { login: 'cashier', roles: ['cashier'] };
let api: TestApi;

beforeAll(async () => {
  api = await wholeApi();
  await buildWorld(api.database.owner, 4);
  await api.scope('cashier', 'all');
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

describe('cash at the desk', () => {
  const ask = (path: string, body: Record<string, unknown>): Promise<Answer> =>
    api.call('POST', `payments/${path}`, cashier, { account: numberOf(1), cash: true, ...body });
  const accept = (externalId: string, amount: string, more: Record<string, unknown> = {}): Promise<Answer> =>
    ask('accept', { channel: 'CASH', externalId, amount, ...more });
  const linesOf = (payment: string): Promise<readonly { place: string; kop: bigint }[]> =>
    api.database.owner.query('select place, sum(amount_kop)::bigint as kop from payments.money_line where document_id = $1 group by 1 order by 1', [payment]);

  // law.md 1.7, since 2025-10-01: 1-24 down, 25-49 up to 50, 51-74 down to 50, 75-99 up
  it.each([
    ['123.24', '123.00', '-0.24'],
    ['123.25', '123.50', '0.25'],
    ['123.74', '123.50', '-0.24'],
    ['123.75', '124.00', '0.25'],
    ['123.50', '123.50', '0.00'],
  ])('of %s takes %s; the account gets the exact sum and the difference has its own line', async (amount, taken, rounding) => {
    const preview = await ask('preview', { amount });
    const { status, body } = await accept(`cash-${amount}`, amount);
    expect(status).toBe(201);
    expect(body).toMatchObject({ amount, cash: { taken, rounding } });
    expect(preview.body.cash).toMatchObject(body.cash);
    const kop = (text: string): bigint => BigInt(text.replace('.', ''));
    const lines = new Map((await linesOf(body.paymentId)).map((line) => [line.place, line.kop]));
    expect(lines.get('desk-cash')).toBe(-kop(taken));
    expect(lines.get('due-to-provider')).toBe(kop(amount));
    expect(lines.get('rounding') ?? 0n).toBe(kop(rounding));
    expect(await brokenLaws(api.database)).toEqual([]);
  });

  it('asked again by the same key answers the same and books nothing more', async () => {
    const [first, second, third] = await Promise.all([accept('again', '10.10'), accept('again', '10.10'), accept('again', '10.10')]);
    expect([second?.body, third?.body]).toEqual([first?.body, first?.body]);
    expect((await linesOf(first?.body.paymentId)).map(({ place }) => place)).toEqual(['desk-cash', 'due-to-provider', 'rounding']);
    expect((await accept('again', '10.10', { cash: undefined })).body.code).toBe('payments.accept.key-reused');
  });

  it('is not rounded for a payment without cash, nor by another channel, nor to nothing', async () => {
    const { body } = await accept('card', '10.10', { cash: undefined });
    expect(body.cash).toBeUndefined();
    expect((await linesOf(body.paymentId)).map(({ place }) => place)).toEqual(['desk-cash', 'due-to-provider']);
    const count = 'select count(*)::int as n from payments.payment';
    const before = await api.database.db.query(count);
    expect((await accept('other', '10.10', { channel: 'PRIVAT24' })).body.code).toBe('payments.accept.cash-elsewhere');
    expect((await accept('small', '0.24')).body.code).toBe('payments.accept.cash-too-small');
    expect(await api.database.db.query(count)).toEqual(before);
  });

  it('the database rounds as the rule of the calculator does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 25, max: 1_000_000 }), async (kop) => {
        const amount = `${Math.trunc(kop / 100)}.${String(kop % 100).padStart(2, '0')}`;
        const { body } = await accept(`p-${kop}-${crypto.randomUUID()}`, amount);
        const rule = await api.call('POST', 'calc/payments.cash-rounding', cashier, { date: '2026-11-23', amount });
        expect(body.cash).toEqual({ taken: rule.body.result.rounded, rounding: rule.body.result.difference });
      }),
      { numRuns: 15, seed: 20261125 },
    );
  });
});
