import { describe, expect, it } from '@jest/globals';
import { nearEnd } from '../src/session.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const at = (iso: string): number => Date.parse(iso) / 1_000;

describe('the end of a session', () => {
  it.each([
    ['ten minutes ahead is not near', at('2026-11-23T10:10:00Z'), 0, undefined],
    ['two minutes ahead is', at('2026-11-23T10:02:00Z'), 0, Date.parse('2026-11-23T10:02:00Z')],
    ['a past one too', at('2026-11-23T09:59:00Z'), 0, Date.parse('2026-11-23T09:59:00Z')],
    ['of a clock that is an hour ahead is seen by that clock', at('2026-11-23T09:01:00Z'), 3_600, Date.parse('2026-11-23T10:01:00Z')],
    ['is unknown without a token', undefined, 0, undefined],
  ])('%s', (_name, exp, skew, expected) => expect(nearEnd(exp, skew, NOW)).toBe(expected));
});
