import { describe, expect, it } from '@jest/globals';
import { indexChanges } from './index.ts';

const inForce = new Map([['2026-08', '100.100'], ['2026-05', '100.900'], ['2026-06', '99.900'], ['2026-07', '100.300']]);
const row = (month: string, value: string) => ({ month, value });

describe('a load of inflation indices', () => {
  it('new months follow the last one; a changed value is a revision; the same value is neither', () => {
    const load = [row('2026-10', '101.2'), row('2026-07', '100.0'), row('2026-08', '100.1'), row('2026-09', '99.7')];
    expect(indexChanges(inForce, load)).toEqual({
      added: [row('2026-09', '99.7'), row('2026-10', '101.2')],
      revised: [{ month: '2026-07', value: '100.0', before: '100.300' }],
    });
    const one = indexChanges(inForce, [row('2026-09', '99.7'), row('2026-05', '101')]);
    expect([one.added.length, one.revised.length]).toEqual([1, 1]);
    expect(indexChanges(new Map(), [row('1991-02', '110')]).added).toHaveLength(1);
  });
  it('a gap, a month twice, a value outside 80-130 and nothing new are refused by name', () => {
    const refusal = (code: string, params: object) => expect.objectContaining({ code, params });
    expect(() => indexChanges(inForce, [row('2026-10', '101')])).toThrow(refusal('debt.index.gap', { month: '2026-10', expected: '2026-09' }));
    expect(() => indexChanges(inForce, [row('2026-04', '101')])).toThrow(refusal('debt.index.gap', { month: '2026-04', expected: '2026-09' }));
    expect(() => indexChanges(inForce, [row('2026-09', '101'), row('2026-09', '102')])).toThrow(refusal('debt.index.twice', { month: '2026-09' }));
    for (const value of ['79.999', '130.001']) expect(() => indexChanges(inForce, [row('2026-09', value)])).toThrow('debt.index.range');
    for (const value of ['80', '130']) expect(indexChanges(inForce, [row('2026-09', value)]).added).toEqual([row('2026-09', value)]);
    expect(() => indexChanges(inForce, [row('2026-08', '100.1')])).toThrow(refusal('debt.index.nothing-new', {}));
  });
});
