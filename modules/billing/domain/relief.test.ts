import { describe, expect, it } from '@jest/globals';
import { Period } from '@komplat/kernel';
import { type ChargeFacts, recompute, reliefOf } from './index.ts';

const MONTH = Period.parse('2015-11');
const always = { from: null, to: null };
const facts = (more: Partial<ChargeFacts>): ChargeFacts => ({
  method: 'area', supply: always, scale: 3, meters: [], norms: [], linked: [], residents: Array.from({ length: 4 }, () => always),
  areas: [{ total: '100', heated: '100', ...always }],
  tariffs: [{ id: 1, tier: 1, tierFrom: '0', tierTo: null, mode: 'marginal', price: '6.25', ...always }],
  ...more,
});
const right = { category: '1', percent: '50', covered: 4, norm: '21', addition: '10.5', ...always };
const relief = (given: ChargeFacts): bigint => {
  const result = recompute(MONTH, given);
  if ('failed' in result) throw new Error(result.failed);
  return reliefOf(MONTH, given, result.done).kop;
};

describe('benefits netted in a charge', () => {
  it('law.md 2.3: 4 persons covered, 100 m², 6.25, 50 % -> 94.5 m², 295.31', () => {
    expect(relief(facts({ entitlements: [right] }))).toBe(29_531n);
  });
  it('law.md 2.3: one of three is covered, a third of the volume up to one norm', () => {
    const residents = Array.from({ length: 3 }, () => always);
    expect(relief(facts({ residents, entitlements: [{ ...right, covered: 1, addition: '0' }] }))).toBe(6_563n);
  });
  it('half of the month gives half of it', () => {
    expect(relief(facts({ entitlements: [{ ...right, from: '2015-11-16' }] }))).toBe(14_766n);
  });
  it('never gives more than the charge, and nothing without a right or before it begins', () => {
    const whole = { ...right, percent: '100', norm: null, addition: '0' };
    expect(relief(facts({ entitlements: [whole, { ...whole, category: '2' }] }))).toBe(62_500n);
    expect(relief(facts({}))).toBe(0n);
    expect(relief(facts({ entitlements: [{ ...right, from: '2015-12-01' }] }))).toBe(0n);
  });
});
