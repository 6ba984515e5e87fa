import { describe, expect, it } from '@jest/globals';
import { Period } from '@komplat/kernel';
import fc from 'fast-check';
import { averageOf, type ChargeFacts, type GapMeter, monthsWithout, Ratio, recompute } from '../domain/index.ts';

const november = Period.parse('2026-11');
const meter = (readings: readonly (readonly [string, string])[], more: Partial<GapMeter> = {}): GapMeter => ({
  digits: 5,
  initial: '0',
  installedOn: '2026-01-10',
  unread: true,
  readings: readings.map(([month, value]) => ({ period: `${month}-01`, value })),
  ...more,
});
const gap = (meters: readonly GapMeter[], more: object = {}) => ({
  meters,
  averageWindow: 12,
  averageLimit: 3,
  ahead: '0',
  ...more,
});
const always = { from: null, to: null };
const water = (more: Partial<ChargeFacts>): ChargeFacts => ({
  method: 'meter',
  supply: always,
  scale: 3,
  areas: [],
  residents: [always, always],
  meters: [],
  norms: [{ id: 1, value: '4.2', per: 'person', ...always }],
  tariffs: [{ id: 1, tier: 1, tierFrom: '0', tierTo: null, mode: 'marginal', price: '1', ...always }],
  linked: [],
  ...more,
});
const read = (previous: string | null, current: string | null) => ({ digits: 5, initial: '0', previous, current });
const shown = (facts: ChargeFacts): string => {
  const result = recompute(november, facts);
  return 'failed' in result ? result.failed : `${result.done.quantity.text(3)} ${result.done.basis}`;
};

describe('months without a reading', () => {
  it.each([
    ['the month after the last reading is the first', meter([['2026-10', '5']]), 1],
    [
      'August was read last',
      meter([
        ['2026-07', '1'],
        ['2026-08', '5'],
      ]),
      3,
    ],
    ['never read: from the month of installation on', meter([]), 11],
    ['installed this month', meter([], { installedOn: '2026-11-30' }), 1],
    ['read this month', meter([['2026-10', '5']], { unread: false }), 0],
  ])('%s', (_what, given, months) => {
    expect(monthsWithout(november, gap([given]))).toBe(months);
  });
  it('the longest silence counts', () => {
    expect(monthsWithout(november, gap([meter([['2026-10', '5']]), meter([['2026-06', '5']])]))).toBe(5);
  });
});

describe('the average month', () => {
  const average = (meters: readonly GapMeter[], window = 12): string | undefined => {
    const found = averageOf(gap(meters, { averageWindow: window }));
    return found && `${found.total.text(3)} / ${found.span}`;
  };
  it('is the consumption since installation when the history is short', () => {
    expect(
      average([
        meter([
          ['2026-01', '3'],
          ['2026-04', '12'],
        ]),
      ]),
    ).toBe('12 / 4');
  });
  it('starts from the reading before the window', () => {
    const readings = [
      ['2024-12', '10'],
      ['2025-10', '30'],
      ['2025-11', '33'],
      ['2026-10', '70'],
    ] as const;
    expect(average([meter(readings, { installedOn: '2020-01-01' })])).toBe('40 / 12');
    expect(average([meter(readings, { installedOn: '2020-01-01' })], 2)).toBe('37 / 11');
  });
  it('goes over the end of the dial and over a replaced meter', () => {
    const old = meter(
      [
        ['2026-02', '99990'],
        ['2026-03', '2'],
      ],
      { initial: '99980', unread: false },
    );
    const fresh = meter([['2026-04', '6']], { installedOn: '2026-03-20', initial: '1' });
    // 10 + 12 of the old one, 5 of the new one, January to April
    expect(average([old, fresh])).toBe('27 / 4');
  });
  it('is not there when nothing was ever read', () => {
    expect(average([meter([])])).toBeUndefined();
  });
});

describe('a month without a reading', () => {
  const year = meter([['2026-08', '48']], { installedOn: '2026-01-01' });
  it('average for the limit, then norm; without a norm the average goes on; with neither it fails', () => {
    const given = { meters: [read('48', null)] };
    expect(shown(water({ ...given, gap: gap([year]) }))).toBe('6 average');
    expect(shown(water({ ...given, gap: gap([year], { averageLimit: 2 }) }))).toBe('8.4 norm');
    expect(shown(water({ ...given, norms: [], gap: gap([year], { averageLimit: 2 }) }))).toBe('6 average');
    expect(shown(water({ ...given, norms: [], gap: gap([meter([])]) }))).toBe('no-reading');
    expect(shown(water(given))).toBe('no-reading');
  });
  it('of half the days is half the average, rounded once', () => {
    const supply = { from: '2026-11-16', to: null };
    expect(
      shown(
        water({
          supply,
          meters: [read('48', null)],
          gap: gap([meter([['2026-08', '49']], { installedOn: '2026-01-01' })]),
        }),
      ),
    ).toBe('3.063 average');
  });
  it('of one of two meters charges the dwelling by the average, and the other reading is remembered', () => {
    const result = recompute(
      november,
      water({ meters: [read('48', null), read('1', '3.5')], gap: gap([year], { ahead: '1.5' }) }),
    );
    if ('failed' in result) throw new Error(result.failed);
    const { estimate, quantity } = result.done;
    expect([quantity.text(3), estimate?.known.text(3), estimate?.aheadBefore.text(3), estimate?.months]).toEqual([
      '6',
      '2.5',
      '1.5',
      3,
    ]);
  });
});

describe('supplies that share one meter in a month', () => {
  it('their parts sum to the whole, wherever the month is cut', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.uniqueArray(fc.integer({ min: 2, max: 30 }), { maxLength: 4 }),
        (units, cuts) => {
          const days = [1, ...cuts.toSorted((a, b) => a - b), 31];
          const value = Ratio.of(units, 1000).text(3);
          const parts = days.slice(0, -1).map((first, index) => {
            const next = days[index + 1] ?? 31;
            const day = (at: number): string => (at === 31 ? '2026-12-01' : `2026-11-${String(at).padStart(2, '0')}`);
            const share = { before: first - 1, total: 30, last: next === 31 };
            const result = recompute(
              november,
              water({ supply: { from: day(first), to: day(next) }, meters: [read('0', value)], share }),
            );
            return 'done' in result ? result.done.quantity : Ratio.of(0);
          });
          expect(parts.reduce((sum, part) => sum.plus(part), Ratio.of(0)).text(3)).toBe(value);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the true-up', () => {
  it('over any months, what was charged less what is ahead is what the meter showed', () => {
    const months = Period.range(Period.parse('2026-02'), Period.parse('2027-12'));
    fc.assert(
      fc.property(
        fc.array(fc.record({ used: fc.integer({ min: 0, max: 20_000 }), isRead: fc.boolean() }), {
          minLength: 1,
          maxLength: 20,
        }),
        (history) => {
          let [dial, ahead, charged, base] = [0, Ratio.of(0), Ratio.of(0), 0];
          const readings: (readonly [string, string])[] = [];
          let previous: string | null = null;
          for (const [index, { used, isRead }] of history.entries()) {
            const month = months[index] ?? november;
            dial += used;
            const current = isRead ? Ratio.of(dial, 1000).text(3) : null;
            const facts = water({
              meters: [{ ...read(previous, current), digits: 9 }],
              gap: gap([meter(readings, { unread: !isRead, digits: 9 })], { ahead: ahead.text(3) }),
            });
            const result = recompute(month, facts);
            if ('failed' in result) throw new Error(result.failed);
            const { quantity, estimate } = result.done;
            charged = charged.plus(quantity);
            ahead = estimate ? estimate.aheadBefore.plus(estimate.charged).minus(estimate.known) : ahead;
            if (current !== null) {
              readings.push([month.toString(), current]);
              previous = current;
              base = dial;
            }
            expect(charged.minus(ahead).text(3)).toBe(Ratio.of(base, 1000).text(3));
            expect(quantity.compare(Ratio.of(0))).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
