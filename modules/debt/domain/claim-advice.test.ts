import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { adviseClaims, type ClaimableMonth, type ClaimRule, claimSums } from './index.ts';

const RULE: ClaimRule = { asOf: '2026-11-23', soonDays: 90, court: { minDebtKop: 200_000n, minMonths: 4 }, held: false };
const item = (month: string, kop: bigint, endsOn = '2029-10-21'): ClaimableMonth => ({ month, kop, endsOn });
const advice = (items: readonly ClaimableMonth[], rule: Partial<ClaimRule> = {}): string[] =>
  adviseClaims(items, { ...RULE, ...rule }).map((row) => `${row.advice} ${row.reason}`);

describe('what to claim now, what to keep', () => {
  it('the last day is still in time, the next one is not; the term is ending with fewer days than the rule says', () => {
    const at = (endsOn: string) => adviseClaims([item('2026-01', 1n, endsOn)], RULE)[0];
    expect(at('2026-11-22')).toMatchObject({ daysLeft: -1, ending: false, advice: 'expired', reason: 'limitation' });
    expect(at('2026-11-23')).toMatchObject({ daysLeft: 0, ending: true, advice: 'now', reason: 'ending' });
    expect(at('2027-02-20')).toMatchObject({ daysLeft: 89, ending: true, advice: 'now' });
    expect(at('2027-02-21')).toMatchObject({ daysLeft: 90, ending: false, advice: 'keep', reason: 'small' });
  });
  it('the threshold needs its sum and its months, both reached exactly; two services of a month are one month', () => {
    const four = ['2026-06', '2026-07', '2026-08', '2026-09'].map((month) => item(month, 50_000n));
    expect(new Set(advice(four))).toEqual(new Set(['now threshold']));
    expect(new Set(advice([...four.slice(1), item('2026-06', 49_999n)]))).toEqual(new Set(['keep small']));
    expect(new Set(advice([...four.slice(1), item('2026-07', 150_000n)]))).toEqual(new Set(['keep small']));
    expect(new Set(advice(four, { court: undefined }))).toEqual(new Set(['keep small']));
  });
  it('months that passed limitation do not reach the threshold for the others', () => {
    const rows = [item('2017-01', 900_000n, '2020-02-21'), ...['2026-07', '2026-08', '2026-09'].map((month) => item(month, 10n))];
    expect(advice(rows)).toEqual(['expired limitation', 'keep small', 'keep small', 'keep small']);
  });
  it('a hold keeps all that is in time, even what is ending; what is ending is still told', () => {
    const rows = [item('2017-01', 1n, '2020-02-21'), item('2019-01', 1n, '2026-12-01'), item('2026-01', 1n)];
    expect(advice(rows, { held: true })).toEqual(['expired limitation', 'held hold', 'held hold']);
    expect(adviseClaims(rows, { ...RULE, held: true }).map(({ ending }) => ending)).toEqual([false, true, false]);
  });
  it('sums by advice add up to the debt; nothing owed gives zeros', () => {
    const row = fc.record({
      month: fc.constantFrom('2019-01', '2026-05', '2026-06', '2026-07', '2026-08'),
      kop: fc.bigInt({ min: 1n, max: 300_000n }),
      endsOn: fc.constantFrom('2020-02-21', '2026-12-01', '2029-01-01'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.boolean(), (rows, held) => {
        const { now, keep, held: kept, expired } = claimSums(adviseClaims(rows, { ...RULE, held }));
        const of = (keepRow: (each: ClaimableMonth) => boolean): bigint => rows.filter(keepRow).reduce((sum, { kop }) => sum + kop, 0n);
        expect(now.kop + keep.kop + kept.kop + expired.kop).toBe(of(() => true));
        expect(expired.kop).toBe(of(({ endsOn }) => endsOn === '2020-02-21'));
        expect(kept.kop).toBe(held ? of(({ endsOn }) => endsOn !== '2020-02-21') : 0n);
        if (held) expect([now.kop, keep.kop]).toEqual([0n, 0n]);
      }),
    );
    expect(claimSums([]).now.toString()).toBe('0.00');
  });
});
