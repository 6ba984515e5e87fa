import { describe, expect, it } from '@jest/globals';
import { Money } from '@komplat/kernel';
import fc from 'fast-check';
import { roundCash } from './cash-rounding.ts';

const rule = (stepKop: bigint) => ({ stepKop, act: 'act', mark: 'confirmed' });
const rounded = (amount: string, step = 50n): string => roundCash(Money.parse(amount), rule(step)).rounded.toString();

describe('sums paid in cash', () => {
  it.each([
    ['123.24', '123.00'], ['123.25', '123.50'], ['0.01', '0.00'], ['0.49', '0.50'], ['0.50', '0.50'], ['0.51', '0.50'], ['0.74', '0.50'],
    ['0.75', '1.00'], ['0.99', '1.00'], ['-123.25', '-123.50'],
  ])('law.md 1.7 since 2025-10-01: %s -> %s', (amount, expected) => expect(rounded(amount)).toBe(expected));
  it.each([['10.04', '10.00'], ['10.05', '10.10'], ['10.09', '10.10']])('law.md 1.7 before: %s -> %s', (amount, expected) =>
    expect(rounded(amount, 10n)).toBe(expected));
  it('never moves a sum by more than half a step, and tells the difference', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -10_000_000n, max: 10_000_000n }), fc.constantFrom(1n, 10n, 50n), (kop, step) => {
        const { rounded: to, difference } = roundCash(Money.ofKop(kop), rule(step));
        expect(to.kop % step).toBe(0n);
        expect(to.kop - kop).toBe(difference.kop);
        expect(2n * (difference.kop < 0n ? -difference.kop : difference.kop)).toBeLessThanOrEqual(step);
      }),
    );
  });
});
