import { describe, expect, it } from '@jest/globals';
import { Period } from '@komplat/kernel';
import fc from 'fast-check';
import { differenceOf } from './difference.ts';
import { grossKop, type LineFacts, type MonthBefore, monthKop } from './facts.ts';

const MONTH: MonthBefore = {
  charged: 14_082n, benefit: 0n, recalculated: 0n, subsidy: 0n, netted: 0n, quantity: '6.000000', price: '23.470000', prices: 1, persons: null,
  personDays: null, method: 'meter', area: null, tariffId: 1, normId: null, charges: 1,
};
const OCTOBER = Period.parse('2026-10');
const line = (change: Partial<LineFacts> = {}): LineFacts => ({
  service: 'CW', name: 'Холодна вода', unit: 'м³', provider: 'P01', providerName: 'Водоканал', exchange: '3', providerAccount: null, dueDay: 20,
  supplied: true, accrued: true, lane: 'locked', opening: 0n, closing: 0n, paid: 0n, other: 0n, priceUnit: null,
  ...MONTH, before: MONTH,
  ...change,
});
const before = (change: Partial<NonNullable<LineFacts['before']>>): LineFacts['before'] => ({ ...(line().before ?? fail()), ...change });
const fail = (): never => {
  throw new Error('no month before');
};
const keys = (facts: LineFacts): readonly (readonly [string, bigint])[] =>
  (differenceOf([facts], OCTOBER)?.parts ?? []).map(({ key, kop }) => [key.replace(/^\w+\.difference\./, ''), kop]);

describe('why a month differs from the one before', () => {
  it('parts a new tariff from a new quantity: 6 × (25.00 − 23.47) and the rest', () => {
    const facts = line({ charged: 20_000n, quantity: '8.000000', price: '25.000000', tariffId: 2 });
    // 8 × 1.53 = 12.24 by the tariff, 2 × 23.47 = 46.94 by the quantity; 140.82 + 59.18 = 200.00
    expect(keys(facts)).toEqual([['quantity', 4_694n], ['tariff', 1_224n]]);
  });
  it('names a service that began, ended, or has not come', () => {
    expect(keys(line({ before: null }))).toEqual([]);
    expect(differenceOf([line(), line({ service: 'HW', before: null })], OCTOBER)?.parts.map(({ key }) => key)).toEqual(['billing.difference.started']);
    expect(keys(line({ supplied: false, accrued: false, charged: 0n, quantity: null }))).toEqual([['ended', -14_082n]]);
    expect(keys(line({ accrued: false, charged: 0n, quantity: null, lane: 'open' }))).toEqual([['not-received', -14_082n]]);
  });
  it('names benefits, recalculations and persons', () => {
    expect(keys(line({ charged: 10_000n, netted: 4_082n }))).toEqual([['benefit', -4_082n]]);
    expect(keys(line({ recalculated: -500n }))).toEqual([['recalculation', -500n]]);
    expect(keys(line({ before: before({ recalculated: -500n }) }))).toEqual([['recalculation', 500n]]);
    const was = before({ method: 'per-person', persons: 2, personDays: 60 });
    expect(keys(line({ method: 'per-person', persons: 3, personDays: 93, charged: 21_123n, quantity: '9', before: was }))).toEqual([['persons', 7_041n]]);
  });
  it('says nothing about months that are equal', () => {
    expect(differenceOf([line()], OCTOBER)).toEqual({ before: 14_082n, difference: 0n, parts: [], same: 1 });
  });

  const kop = fc.bigInt({ min: -500_000n, max: 500_000n });
  const month = fc.record({
    charged: fc.bigInt({ min: 0n, max: 900_000n }), benefit: kop, recalculated: kop, subsidy: kop, netted: fc.bigInt({ min: 0n, max: 50_000n }),
    quantity: fc.option(fc.integer({ min: 0, max: 900_000 }).map((value) => `${Math.trunc(value / 1000)}.${String(value % 1000).padStart(3, '0')}`)),
    price: fc.option(fc.integer({ min: 1, max: 90_000 }).map((value) => `${Math.trunc(value / 100)}.${String(value % 100).padStart(2, '0')}`)),
    prices: fc.integer({ min: 1, max: 2 }), persons: fc.option(fc.integer({ min: 0, max: 6 })),
    personDays: fc.option(fc.integer({ min: 0, max: 186 })), area: fc.option(fc.constantFrom('50', '67.08')), tariffId: fc.option(fc.integer({ min: 1, max: 2 })),
    normId: fc.option(fc.integer({ min: 1, max: 2 })), charges: fc.integer({ min: 0, max: 2 }),
    method: fc.option(fc.constantFrom('meter', 'norm', 'per-person', 'fixed', 'area')),
  });
  it('parts always add up to the difference, at most six of them', () => {
    const lines = fc.array(
      fc.tuple(month, fc.option(month), fc.boolean(), fc.constantFrom('locked', 'open', 'released')),
      { minLength: 1, maxLength: 16 },
    );
    fc.assert(
      fc.property(lines, (rows) => {
        const all = rows.map(([now, was, accrued, lane], at) => line({ ...now, service: `S${at}`, before: was, accrued, lane }));
        const found = differenceOf(all, OCTOBER);
        const sums = all.reduce((sum, each) => sum + monthKop(each), 0n);
        if (found === null) {
          expect(all.every((each) => each.before === null)).toBe(true);
          return;
        }
        expect(found.before + found.difference).toBe(sums);
        expect(found.parts.reduce((sum, part) => sum + part.kop, 0n)).toBe(found.difference);
        expect(found.parts.length).toBeLessThanOrEqual(5);
        expect(found.parts.every((part) => part.kop !== 0n || part.key.endsWith('rest'))).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(grossKop({ charged: 100n, netted: 20n })).toBe(120n);
  });
});
