import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AccountMonth, type ChargeInputs, explainDifference, type ServiceMonth } from './explain-difference.ts';

const inputs = (part: Partial<ChargeInputs>): ChargeInputs => ({
  method: 'meter', quantity: '10', price: '30', tariffId: 1, normId: null, persons: null, personDays: null, area: null, grossKop: 30_000n,
  ...part,
});
const month = (days: number, ...services: (Partial<ServiceMonth> & { readonly inputs?: ChargeInputs })[]): AccountMonth => ({
  days,
  services: services.map((service) => ({
    service: 'CW', provider: 'P02', chargedKop: service.inputs?.grossKop ?? 0n, recalculatedKop: 0n, benefitKop: 0n, subsidyKop: 0n, ...service,
  })),
});
const told = (before: AccountMonth, after: AccountMonth): (string | bigint | null)[][] =>
  explainDifference(before, after).parts.map(({ cause, kop, before: was, after: is }) => [cause, kop, was, is]);

describe('why a month differs', () => {
  it('a new tariff alone: 67.08 m² × 5.25 = 352.17 (law.md 1.3) against 67.08 × 4.00 = 268.32', () => {
    const area = { method: 'area', quantity: '67.08', area: '67.08' };
    const before = month(30, { inputs: inputs({ ...area, price: '4', tariffId: 1, grossKop: 26_832n }) });
    const after = month(31, { inputs: inputs({ ...area, price: '5.25', tariffId: 2, grossKop: 35_217n }) });
    expect(told(before, after)).toEqual([['tariff', 8_385n, '4', '5.25']]);
  });
  it('more water and a dearer one: the volume at the old price, the price at the new volume', () => {
    const before = month(30, { inputs: inputs({}) });
    const after = month(31, { inputs: inputs({ quantity: '12', price: '32.5', tariffId: 2, grossKop: 39_000n }) });
    expect(told(before, after)).toEqual([['quantity', 6_000n, '10', '12'], ['tariff', 3_000n, '30', '32.5']]);
  });
  it('one person less and another away for half of the month', () => {
    const norm = { method: 'norm', price: '20', tariffId: 1, normId: 7 };
    const before = month(30, { inputs: inputs({ ...norm, quantity: '12', persons: 3, personDays: 90, grossKop: 24_000n }) });
    const after = month(30, { inputs: inputs({ ...norm, quantity: '6', persons: 2, personDays: 45, grossKop: 12_000n }) });
    expect(told(before, after)).toEqual([['persons', -8_000n, '3', '2'], ['days', -4_000n, '30', '22.5']]);
  });
  it('a service that begins, one that ends, a recalculation, a benefit and a subsidy', () => {
    const before = month(30, { inputs: inputs({}) }, { service: 'HEAT', chargedKop: 90_000n }, { service: 'EL', chargedKop: 5_000n });
    const after = month(
      31,
      { inputs: inputs({}), recalculatedKop: -1_761n, benefitKop: -500n, subsidyKop: -100n },
      { service: 'WASTE', chargedKop: 12_360n },
      { service: 'EL', chargedKop: 5_500n },
    );
    expect(told(before, after)).toEqual([
      ['recalculation', -1_761n, '0.00', '-17.61'],
      ['benefit', -500n, '0.00', '-5.00'],
      ['subsidy', -100n, '0.00', '-1.00'],
      ['started', 12_360n, '0.00', '123.60'],
      ['amount', 500n, '50.00', '55.00'],
      ['ended', -90_000n, '900.00', '0.00'],
    ]);
  });
  it('a benefit netted in the charge is a benefit, not a smaller volume', () => {
    const before = month(30, { inputs: inputs({}) });
    const after = month(31, { chargedKop: 22_500n, inputs: inputs({}) });
    expect(told(before, after)).toEqual([['benefit', -7_500n, '0.00', '-75.00']]);
  });
  it('steps of a tariff: the volume at the old average, then the average', () => {
    const electricity = { price: '2.64', tariffId: 1 };
    const before = month(30, { inputs: inputs({ ...electricity, quantity: '100', grossKop: 26_400n }) });
    const after = month(31, { inputs: inputs({ ...electricity, quantity: '300', grossKop: 88_600n }) });
    expect(told(before, after)).toEqual([['quantity', 52_800n, '100', '300'], ['average-price', 9_400n, '2.64', '2.9533']]);
  });
});

const decimal = (most: number, scale: number): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 10 ** scale - 1 }))
    .map(([whole, rest]) => `${whole}.${String(rest).padStart(scale, '0')}`);
const zInputs: fc.Arbitrary<ChargeInputs> = fc.record({
  method: fc.constantFrom('area', 'heated-area', 'meter', 'norm', 'per-person', 'fixed', 'linked'),
  quantity: decimal(300, 3),
  price: fc.option(decimal(3_000, 6)),
  tariffId: fc.integer({ min: 1, max: 3 }),
  normId: fc.option(fc.integer({ min: 1, max: 2 })),
  persons: fc.option(fc.integer({ min: 0, max: 6 })),
  personDays: fc.option(fc.integer({ min: 0, max: 180 })),
  area: fc.option(decimal(120, 2)),
  grossKop: fc.bigInt({ min: 0n, max: 500_000n }),
});
const zKop = fc.bigInt({ min: -100_000n, max: 100_000n });
const zMonth = fc.record({
  days: fc.constantFrom(28, 29, 30, 31),
  services: fc.uniqueArray(
    fc.record({
      service: fc.constantFrom('MNT', 'CW', 'SW', 'HW', 'HEAT', 'EL'), provider: fc.constantFrom('P01', 'P02'),
      chargedKop: fc.bigInt({ min: 0n, max: 500_000n }), recalculatedKop: zKop, benefitKop: zKop, subsidyKop: zKop, inputs: fc.option(zInputs, { nil: undefined }),
    }),
    { selector: ({ service, provider }) => service + provider, maxLength: 8 },
  ),
});

describe('whatever the months are', () => {
  it('the parts add up to the difference to the kopeck, none of them is zero', () => {
    fc.assert(
      fc.property(zMonth, zMonth, (before, after) => {
        const { parts, beforeKop, afterKop } = explainDifference(before, after);
        const whole = (at: typeof before): bigint =>
          at.services.reduce((sum, one) => sum + one.chargedKop + one.recalculatedKop + one.benefitKop + one.subsidyKop, 0n);
        expect(beforeKop).toBe(whole(before));
        expect(afterKop).toBe(whole(after));
        expect(parts.reduce((sum, { kop }) => sum + kop, 0n)).toBe(afterKop - beforeKop);
        expect(parts.every(({ kop }) => kop !== 0n)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
  it('the way back is the same difference with the other sign', () => {
    fc.assert(
      fc.property(zMonth, zMonth, (before, after) => {
        const there = explainDifference(before, after);
        const back = explainDifference(after, before);
        const sum = (parts: typeof there.parts): bigint => parts.reduce((all, { kop }) => all + kop, 0n);
        expect(sum(back.parts)).toBe(-sum(there.parts));
      }),
      { numRuns: 500 },
    );
  });
  it('a month does not differ from itself', () => {
    fc.assert(fc.property(zMonth, (same) => expect(explainDifference(same, same).parts).toEqual([])));
  });
});
