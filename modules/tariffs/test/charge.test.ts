import { describe, expect, it } from '@jest/globals';
import { Dec, Money, Period } from '@komplat/kernel';
import fc from 'fast-check';
import { charge, type ChargeInput } from '../domain/index.ts';

const run = (input: Omit<ChargeInput, 'tariff'> & { tariff: string }): [string, string] => {
  const { value } = charge({ ...input, tariff: new Dec(input.tariff) });
  return [value.quantity.toString(), value.amount.toString()];
};
const d = (text: string): Dec => new Dec(text);

describe('tariffs.charge', () => {
  it('maintenance: the published vector 67.08 m² × 5.25 = 352.17 (law.md 1.3)', () => {
    expect(run({ method: 'area', tariff: '5.25', area: d('67.08') })).toEqual(['67.08', '352.17']);
  });
  it('meter: difference, and the dial going over its end (10^5 + 3 − 99990 = 13)', () => {
    expect(run({ method: 'meter', tariff: '30', previous: d('100'), current: d('110') })).toEqual(['10', '300.00']);
    expect(run({ method: 'meter', tariff: '2', previous: d('99990'), current: d('3'), digits: 5 })).toEqual([
      '13',
      '26.00',
    ]);
    expect(() => run({ method: 'meter', tariff: '2', previous: d('99990'), current: d('3') })).toThrow(
      'tariffs.charge.missing',
    );
  });
  it('norm: N × persons × days / days of the month, the volume rounded to 3 decimals before the price', () => {
    // 4.2 × 2 × 17 / 30 = 4.76; × 12.345 = 58.7622
    expect(
      run({
        method: 'norm',
        tariff: '12.345',
        norm: d('4.2'),
        persons: 2,
        daysPresent: 17,
        month: Period.parse('2026-11'),
      }),
    ).toEqual(['4.76', '58.76']);
    // 2.7 × 1 × 10 / 31 = 0.870967… → 0.871; × 100 = 87.10
    expect(
      run({
        method: 'norm',
        tariff: '100',
        norm: d('2.7'),
        persons: 1,
        daysPresent: 10,
        month: Period.parse('2026-10'),
      }),
    ).toEqual(['0.871', '87.10']);
    // Gcal keep 6 decimals
    expect(
      run({
        method: 'norm',
        tariff: '1',
        norm: d('0.0366'),
        persons: 1,
        daysPresent: 1,
        month: Period.parse('2026-10'),
        quantityScale: 6,
      })[0],
    ).toBe('0.001181');
  });
  it('waste: persons × tariff; a part of the month is divided once, after the price', () => {
    expect(run({ method: 'per-person', tariff: '51.30', persons: 3 })).toEqual(['3', '153.90']);
    // 10 × 1 / 30 × 0.15 = 0.05 exactly
    expect(
      run({ method: 'per-person', tariff: '0.15', persons: 1, daysPresent: 10, month: Period.parse('2026-11') })[1],
    ).toBe('0.05');
  });
  it('rounds half away from zero: 0.005 becomes 0.01', () => {
    expect(run({ method: 'fixed', tariff: '0.005' })[1]).toBe('0.01');
    expect(run({ method: 'area', tariff: '0.01', area: d('12.5') })[1]).toBe('0.13');
  });
  it('tiers: marginal prices each part, whole prices everything by its tier', () => {
    const tiers = [
      { from: d('0'), to: d('100'), price: d('0.90') },
      { from: d('100'), to: null, price: d('1.68') },
    ];
    const used = (current: string, tierMode: 'marginal' | 'whole') =>
      run({ method: 'meter', tariff: '0', previous: d('0'), current: d(current), tiers, tierMode })[1];
    expect([used('150', 'marginal'), used('150', 'whole'), used('100', 'whole'), used('100.001', 'whole')]).toEqual([
      '174.00',
      '252.00',
      '90.00',
      '168.00',
    ]);
  });
  it('never falls when days grow, and the trace ends with the amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 99_999 }),
        (days, persons, price) => {
          const at = (daysPresent: number) =>
            charge({
              method: 'norm',
              tariff: new Dec(price).div(1000),
              norm: d('4.2'),
              persons,
              daysPresent,
              month: Period.parse('2026-10'),
            });
          expect(at(days).value.amount.cmp(at(days + 1).value.amount)).not.toBe(1);
          expect(Money.parse(at(days).trace.at(-1)?.amount ?? '').kop).toBe(at(days).value.amount.kop);
        },
      ),
    );
  });
});
