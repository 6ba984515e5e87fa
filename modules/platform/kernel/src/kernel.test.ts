import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Dec, Money, Period, addDays, dec, daysBetween, fixed, formatAccount, isAccountNumber, isDay, makeAccountNumber } from './index.ts';

const kop = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });

describe('Money', () => {
  it('reads and writes itself back', () => {
    fc.assert(fc.property(kop, (value) => Money.parse(Money.ofKop(value).toString()).kop === value));
  });
  it.each(['1.234', '1,50', ' 1', '1e3', '', '--1', '1.', '.5', '١'])('refuses %p', (text) => {
    expect(() => Money.parse(text)).toThrow('kernel.money.malformed');
  });
  it('splits so that the parts sum to the whole and none is off by a kopeck or more', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 }).filter((w) => w.some((x) => x > 0n));
    fc.assert(
      fc.property(kop, weights, (value, list) => {
        const parts = Money.ofKop(value).allocate(list);
        const total = list.reduce((a, b) => a + b, 0n);
        expect(Money.sum(parts).kop).toBe(value);
        parts.forEach((part, index) => {
          const exact = new Dec(value.toString()).times(list[index]!.toString()).div(total.toString());
          expect(exact.minus(part.kop.toString()).abs().lt(1)).toBe(true);
        });
      }),
    );
  });
  it('gives the kopecks that remain to the largest fraction, then to the first', () => {
    expect(Money.ofKop(100n).allocate([1n, 1n, 1n]).map((m) => m.kop)).toEqual([34n, 33n, 33n]);
    expect(Money.ofKop(10n).allocate([1n, 5n]).map((m) => m.kop)).toEqual([2n, 8n]);
  });
  it('rounds half away from zero: the published 67.08 m2 x 5.25 = 352.17 (law.md 1.3)', () => {
    expect(Money.round(dec('67.08').times('5.25')).toString()).toBe('352.17');
    expect(Money.round(dec('0.005')).toString()).toBe('0.01');
    expect(Money.round(dec('-0.005')).toString()).toBe('-0.01');
    expect(Money.round(dec('0.004999')).toString()).toBe('0.00');
  });
});

describe('decimals', () => {
  it('refuse what is no plain decimal', () => {
    for (const text of ['1e5', 'NaN', '1,5', '', 'Infinity']) expect(() => dec(text)).toThrow('not a decimal number');
  });
  it('do not lose digits silently', () => {
    expect(fixed(dec('1.50'), 3)).toBe('1.500');
    expect(() => fixed(dec('1.2345'), 3)).toThrow('more than 3 decimals');
  });
});

describe('Period', () => {
  it('goes on and back over years', () => {
    expect(Period.parse('2026-12').next().toString()).toBe('2027-01');
    expect(Period.parse('2026-01').previous().toString()).toBe('2025-12');
    fc.assert(
      fc.property(fc.integer({ min: 1995, max: 2050 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: -50, max: 50 }), (y, m, n) => {
        const start = Period.of(y, m);
        return start.plus(n).plus(-n).equals(start);
      }),
    );
  });
  it('knows its days as the calendar of the platform does', () => {
    for (const period of Period.range(Period.parse('1997-01'), Period.parse('2032-12'))) {
      expect(period.days).toBe(new Date(Date.UTC(period.year, period.month, 0)).getUTCDate());
    }
  });
  it.each(['2026-13', '2026-1', '26-01', '2026-00', '2026-11-01'])('refuses %p', (text) => {
    expect(() => Period.parse(text)).toThrow('kernel.period.malformed');
  });
});

describe('days', () => {
  it('exist or not', () => {
    expect(['2026-02-31', '2025-02-29', '2026-00-10', '2026-1-1', 'x'].map(isDay)).toEqual([false, false, false, false, false]);
    expect(['2024-02-29', '2026-12-31'].map(isDay)).toEqual([true, true]);
  });
  it('are counted and added', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  });
});

describe('account number', () => {
  it('takes the published example 0421 0573 16 (calculators.md)', () => {
    expect(isAccountNumber('0421 0573 16')).toBe(true);
    expect(formatAccount('0421057316')).toBe('0421 0573 16');
  });
  it('finds every changed digit and every swap of two neighbours but 09 and 90', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 9_999_999 }), fc.nat(9), fc.integer({ min: 1, max: 9 }), (d, n, at, by) => {
        const number = makeAccountNumber(d, n);
        expect(isAccountNumber(number)).toBe(true);
        const digits = [...number];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(isAccountNumber(digits.join(''))).toBe(false);
      }),
    );
  });
});
