import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_PARTS } from '../contract/case-words.ts';
import { type CasePart, receiptOver } from './case-money.ts';

const ORDER = ['fee', 'interest', 'inflation', 'penalty', 'principal'] as const;
const aPart = (no: number): fc.Arbitrary<CasePart> =>
  fc.record({
    no: fc.constant(no), part: fc.constantFrom(...CLAIM_PARTS), month: fc.constantFrom(null, '2024-01', '2025-07', '2026-02'),
    outstandingKop: fc.bigInt({ min: 0n, max: 90_000n }),
  });
const parts = fc.integer({ min: 0, max: 12 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => aPart(at))));

describe('a receipt over the parts of a case', () => {
  it('fee, then 3 %, then inflation, then the debt from the oldest month (the case of the drawn page)', () => {
    const drawn: CasePart[] = [
      { no: 1, part: 'principal', month: '2023-11', outstandingKop: 318_422n },
      { no: 2, part: 'inflation', month: null, outstandingKop: 213_640n },
      { no: 3, part: 'interest', month: null, outstandingKop: 74_218n },
      { no: 4, part: 'fee', month: null, outstandingKop: 26_624n },
    ];
    const { shares, overKop } = receiptOver(drawn, ORDER, 150_000n);
    expect(shares).toEqual([{ no: 4, amountKop: 26_624n }, { no: 3, amountKop: 74_218n }, { no: 2, amountKop: 49_158n }]);
    expect(overKop).toBe(0n);
  });
  it('no kopeck is lost, no part takes more than it has, a later part takes nothing while an earlier one is open', () => {
    fc.assert(
      fc.property(parts, fc.bigInt({ min: 0n, max: 400_000n }), (list, amount) => {
        const { shares, overKop } = receiptOver(list, ORDER, amount);
        const of = (no: number): bigint => shares.find((share) => share.no === no)?.amountKop ?? 0n;
        expect(shares.reduce((sum, share) => sum + share.amountKop, overKop)).toBe(amount);
        for (const a of list) {
          expect(of(a.no) <= a.outstandingKop).toBe(true);
          const open = of(a.no) < a.outstandingKop;
          const later = list.filter((b) => ORDER.indexOf(b.part) > ORDER.indexOf(a.part) || (b.part === a.part && (b.month ?? '') > (a.month ?? '')));
          if (open) for (const b of later) expect(of(b.no)).toBe(0n);
        }
      }),
    );
  });
  it('two receipts one after another give what their sum gives', () => {
    fc.assert(
      fc.property(parts, fc.bigInt({ min: 0n, max: 90_000n }), fc.bigInt({ min: 0n, max: 90_000n }), (list, first, second) => {
        const once = receiptOver(list, ORDER, first + second);
        const one = receiptOver(list, ORDER, first);
        const taken = (no: number): bigint => one.shares.find((share) => share.no === no)?.amountKop ?? 0n;
        const two = receiptOver(list.map((part) => ({ ...part, outstandingKop: part.outstandingKop - taken(part.no) })), ORDER, second + one.overKop);
        for (const { no } of list) {
          const later = two.shares.find((share) => share.no === no)?.amountKop ?? 0n;
          expect(taken(no) + later).toBe(once.shares.find((share) => share.no === no)?.amountKop ?? 0n);
        }
      }),
    );
  });
});
