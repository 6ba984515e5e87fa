import { describe, expect, it } from '@jest/globals';
import { Dec, Money } from '@komplat/kernel';
import fc from 'fast-check';
import { courtFee, type CourtFee, type CourtFeeRule, creditFee, type FeeRate } from './index.ts';

const percent = (rate: string, minimum: string, maximum: string): FeeRate => ({
  form: 'percent', percent: new Dec(rate), minimum: new Dec(minimum), maximum: new Dec(maximum),
});
const fixed = (share: string): FeeRate => ({ form: 'fixed', share: new Dec(share) });
const ENTITY = percent('1.5', '1', '350');
const PERSON = percent('1', '0.4', '5');
const rule = (input: Partial<CourtFeeRule>): CourtFeeRule => ({
  base: Money.parse('3328.00'), rate: ENTITY, appeal: false, electronic: false, appealFactor: new Dec('1.5'), electronicFactor: new Dec('0.8'), ...input,
});
const run = (input: Partial<CourtFeeRule>): CourtFee => courtFee(rule(input)).value;
const priced = (price: string, more: Partial<CourtFeeRule> = {}): CourtFee => run({ price: Money.parse(price), ...more });

describe('court fee: examples for 2026 (law.md 5.3)', () => {
  it('legal entity: 300 000 costs 4 500.00; 50 000 costs 3 328.00, e-filed 2 662.40', () => {
    expect(priced('300000').fee.toString()).toBe('4500.00');
    expect(priced('50000').fee.toString()).toBe('3328.00');
    expect(priced('50000', { electronic: true }).fee.toString()).toBe('2662.40');
  });
  it('order: 332.80, e-filed 266.24', () => {
    expect(run({ rate: fixed('0.1') }).fee.toString()).toBe('332.80');
    expect(run({ rate: fixed('0.1'), electronic: true }).fee.toString()).toBe('266.24');
  });
});

describe('court fee: limits and factors', () => {
  it('limits first, × 0.8 last; the limits shown are those before × 0.8', () => {
    const most = priced('99999999', { electronic: true });
    expect([most.minimum, most.maximum, most.fee].map(String)).toEqual(['3328.00', '1164800.00', '931840.00']);
    expect([priced('100', { rate: PERSON }).fee, priced('5000000', { rate: PERSON }).fee].map(String)).toEqual(['1331.20', '16640.00']);
    expect(priced('200000', { rate: PERSON }).fee.toString()).toBe('2000.00');
  });
  it('appeal: 1.5 of the fee and of the limits', () => {
    const appeal = priced('50000', { appeal: true, electronic: true });
    expect([appeal.minimum, appeal.maximum, appeal.fee].map(String)).toEqual(['4992.00', '1747200.00', '3993.60']);
    expect(run({ rate: fixed('1'), appeal: true }).fee.toString()).toBe('4992.00');
  });
  it('a fixed fee is its own limit; a property claim needs its price', () => {
    const order = run({ rate: fixed('0.1'), electronic: true });
    expect([order.base, order.minimum, order.maximum].map(String)).toEqual(['3328.00', '332.80', '332.80']);
    expect(() => run({})).toThrow(expect.objectContaining({ code: 'legal.fee.price-missing', params: { path: 'price' } }));
  });
  it('rounded to kopecks once, in the end, half up', () => {
    // 1.5 % of 333 333.33 = 4 999.99995; × 0.8 = 3 999.99996
    expect(priced('333333.33', { electronic: true }).fee.toString()).toBe('4000.00');
    // 1.5 % of 221 867.00 = 3 328.005
    expect(priced('221867').fee.toString()).toBe('3328.01');
  });
  it('a dearer claim never costs less, and stays between the limits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000_000 }), fc.boolean(), fc.boolean(), (kop, appeal, electronic) => {
        const at = (extra: number): CourtFee => run({ price: Money.ofKop(BigInt(kop + extra)), appeal, electronic });
        expect(at(1000).fee.cmp(at(0).fee)).not.toBe(-1);
        const whole = run({ price: Money.ofKop(BigInt(kop)), appeal });
        expect(whole.fee.cmp(whole.minimum) >= 0 && whole.fee.cmp(whole.maximum) <= 0).toBe(true);
      }),
    );
  });
  it('the fee of a refused or cancelled order is credited to the claim, at most the whole fee', () => {
    const credit = (fee: string, paid: string): string[] => Object.values(creditFee(Money.parse(fee), Money.parse(paid)).value).map(String);
    expect(credit('2662.40', '266.24')).toEqual(['266.24', '2396.16']);
    expect(credit('200.00', '266.24')).toEqual(['200.00', '0.00']);
    expect(credit('200.00', '0.00')).toEqual(['0.00', '200.00']);
    expect(creditFee(Money.parse('2662.40'), Money.parse('266.24')).trace).toMatchObject([
      { rule: 'legal.fee.credit', base: '266.24', raw: '266.24', rounding: 'none', amount: '2396.16' },
    ]);
  });
  it('the trace tells the rate, the limits, the factors and the total', () => {
    const { trace } = courtFee(rule({ price: Money.parse('50000'), appeal: true, electronic: true }));
    expect(trace.map(({ rule: name, base, raw, rounding, amount }) => [name, base, raw, rounding, amount])).toEqual([
      ['legal.fee.rate', '50000.00 × 1.5 %', '750', 'none', '750'],
      ['legal.fee.limits', '3328..1164800', '3328', 'none', '3328'],
      ['legal.fee.appeal', '1.5', '4992', 'none', '4992'],
      ['legal.fee.electronic', '0.8', '3993.6', 'none', '3993.6'],
      ['legal.fee.total', '', '3993.6', 'half-away-0.01', '3993.60'],
    ]);
    expect(courtFee(rule({ rate: fixed('0.1') })).trace.map(({ rule: name, base }) => [name, base])).toEqual([
      ['legal.fee.rate', '3328 × 0.1'], ['legal.fee.limits', '332.8..332.8'], ['legal.fee.total', ''],
    ]);
    expect(trace.every(({ law, rate, paramsVersion }) => law?.includes('3674-VI') && rate === '' && paramsVersion === '1')).toBe(true);
  });
});
