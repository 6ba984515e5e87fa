import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareWithWhole, parseShare, shareText } from './shares.ts';

const share = fc.integer({ min: 1, max: 9_999 }).chain((den) => fc.record({ num: fc.integer({ min: 1, max: den }), den: fc.constant(den) }));

describe('shares of a dwelling', () => {
  it.each([
    ['1/2 1/2', 0],
    ['1/3 1/3 1/3', 0],
    ['1/2 1/3', -1],
    ['2/3 1/2', 1],
    ['7/12 5/12', 0],
    ['9999/10000 1/9999', 1],
  ])('%s against the whole: %i', (text, expected) => {
    expect(compareWithWhole(text.split(' ').map(parseShare))).toBe(expected);
  });
  it('n parts of n are the whole, without one of them less, with one more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), (count) => {
        const parts = Array.from({ length: count }, () => ({ num: 1, den: count }));
        expect(compareWithWhole(parts)).toBe(0);
        expect(compareWithWhole(parts.slice(1))).toBe(-1);
        expect(compareWithWhole([...parts, { num: 1, den: count }])).toBe(1);
      }),
    );
  });
  it('does not depend on the order, and a text is read back', () => {
    fc.assert(
      fc.property(fc.array(share, { maxLength: 6 }), (shares) => {
        expect(compareWithWhole(shares)).toBe(compareWithWhole(shares.toReversed()));
        expect(shares.map(shareText).map(parseShare)).toEqual(shares);
      }),
    );
  });
});
