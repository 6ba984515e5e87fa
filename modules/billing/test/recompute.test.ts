import { describe, expect, it } from '@jest/globals';
import { Period } from '@komplat/kernel';
import { type ChargeFacts, Ratio, recompute, type TariffInput } from '../domain/index.ts';
import { chargeSteps } from '../server/services/trace-steps.ts';

const november = Period.parse('2026-11');
const always = { from: null, to: null };
const tariff = (price: string, more: Partial<TariffInput> = {}): TariffInput => ({
  id: 1,
  tier: 1,
  tierFrom: '0',
  tierTo: null,
  mode: 'marginal',
  price,
  ...always,
  ...more,
});
const facts = (more: Partial<ChargeFacts>): ChargeFacts => ({
  method: 'area',
  supply: always,
  scale: 3,
  areas: [],
  residents: [],
  meters: [],
  norms: [],
  tariffs: [tariff('1')],
  linked: [],
  ...more,
});
const of = (given: ChargeFacts): [string, string] | string => {
  const result = recompute(november, given);
  if ('failed' in result) return result.failed;
  return [result.done.quantity.text(6), Ratio.of(result.done.kop, 100).text(2)];
};
const area = (total: string, more: object = {}) => ({ total, heated: total, ...always, ...more });
const meter = (previous: string | null, current: string | null, digits = 5) => ({
  digits,
  initial: '7',
  previous,
  current,
});
const norm = (value: string, more: object = {}) => ({ id: 1, value, per: 'person', ...always, ...more });

describe('second calculation (law.md 1.3, 1.7), November has 30 days', () => {
  it('area: the published vector, and a supply that begins on the 16th', () => {
    expect(of(facts({ areas: [area('67.08')], tariffs: [tariff('5.25')] }))).toEqual(['67.08', '352.17']);
    // 67.08 × 15/30 × 5.25 = 176.085
    expect(
      of(facts({ areas: [area('67.08')], tariffs: [tariff('5.25')], supply: { from: '2026-11-16', to: null } })),
    ).toEqual(['33.54', '176.09']);
  });
  it('area measured anew on the 11th: 10 days of 60, 20 days of 45 make 50', () => {
    const areas = [area('60', { to: '2026-11-11' }), area('45', { from: '2026-11-11' })];
    expect(of(facts({ areas, tariffs: [tariff('2')] }))).toEqual(['50', '100']);
    expect(of(facts({ areas: areas.slice(0, 1) }))).toBe('no-area');
  });
  it('a tariff that changes on the 21st: volume by days, the last part takes the remainder, one rounding', () => {
    const tariffs = [tariff('30', { to: '2026-11-21' }), tariff('33', { id: 2, from: '2026-11-21' })];
    // 10.001: 20/30 → 6.667, rest 3.334; 6.667 × 30 + 3.334 × 33 = 200.01 + 110.022
    expect(of(facts({ method: 'meter', meters: [meter('100', '110.001')], tariffs }))).toEqual(['10.001', '310.03']);
    expect(of(facts({ areas: [area('30')], tariffs }))).toEqual(['30', '930']);
    expect(of(facts({ areas: [area('30')], tariffs: tariffs.slice(0, 1) }))).toBe('no-tariff');
  });
  it('meters: first value, rollover, sum, missing reading', () => {
    expect(of(facts({ method: 'meter', meters: [meter(null, '12.5')] }))).toEqual(['5.5', '5.5']);
    expect(of(facts({ method: 'meter', meters: [meter('99990', '3'), meter('1', '2')] }))).toEqual(['14', '14']);
    expect(of(facts({ method: 'meter', meters: [meter('1', null)] }))).toBe('no-reading');
    expect(of(facts({ method: 'meter' }))).toBe('no-meter');
  });
  it('norm: persons by days, and a norm that changes', () => {
    const residents = [always, { from: '2026-11-21', to: null }];
    // 4.2 × (30 + 10) / 30 = 5.6
    expect(of(facts({ method: 'norm', residents, norms: [norm('4.2')] }))).toEqual(['5.6', '5.6']);
    // 20 days of 6 and 10 days of 3, one person: (120 + 30) / 30 = 5
    const norms = [norm('6', { to: '2026-11-21' }), norm('3', { from: '2026-11-21' })];
    expect(of(facts({ method: 'norm', residents: [always], norms }))).toEqual(['5', '5']);
    expect(of(facts({ method: 'norm', residents: [], norms: [norm('4.2')] }))).toEqual(['0', '0']);
    expect(of(facts({ method: 'norm', residents: [always], norms: norms.slice(0, 1) }))).toBe('no-norm');
    expect(of(facts({ method: 'norm', norms: [norm('75', { per: 'household' })] }))).toEqual(['75', '75']);
  });
  it('waste by persons, a fee by days, a season that begins on the 15th of October', () => {
    expect(of(facts({ method: 'per-person', residents: [always, always], tariffs: [tariff('51.30')] }))).toEqual([
      '2',
      '102.6',
    ]);
    expect(
      of(facts({ method: 'fixed', tariffs: [tariff('30.31')], supply: { from: null, to: '2026-11-11' } })),
    ).toEqual(['0.333333', '10.1']);
    const heated = facts({
      method: 'heated-area',
      areas: [area('62')],
      tariffs: [tariff('31')],
      season: { from: '2026-10-15', to: '2027-04-05' },
    });
    const october = recompute(Period.parse('2026-10'), heated);
    // 62 × 17/31 × 31 = 1054
    expect('done' in october && october.done.kop).toBe(105_400n);
    expect(of({ ...heated, season: 'none' })).toBe('out-of-season');
  });
  it('drained water is water that came, and its trace shows both volumes', () => {
    const cold = facts({ method: 'meter', meters: [meter('0', '4.2')] });
    const hot = facts({ method: 'norm', residents: [always], norms: [norm('2.7')] });
    const drained = facts({ method: 'linked', linked: [cold, hot], tariffs: [tariff('10')] });
    expect(of(drained)).toEqual(['6.9', '69']);
    const result = recompute(november, drained);
    const [quantity, amount] = 'done' in result ? chargeSteps(november, drained, { result: result.done, unit: 'м³', names: new Map() }) : [];
    expect([quantity?.formula, quantity?.result, amount?.formula, amount?.result]).toEqual([
      '4.2 + 2.7',
      '6.9',
      '6.9 × 10',
      '69.00',
    ]);
    expect(of({ ...drained, linked: [cold, facts({ method: 'meter', meters: [meter('0', null)] })] })).toBe(
      'linked-failed',
    );
    expect(of({ ...drained, linked: [] })).toBe('no-linked-supply');
  });
  it('tiers: each part at its price, or everything at the price of its tier', () => {
    const tiers = (mode: 'marginal' | 'whole') => [
      tariff('0.9', { mode, tierTo: '100' }),
      tariff('1.68', { id: 2, mode, tier: 2, tierFrom: '100' }),
    ];
    const used = (current: string, mode: 'marginal' | 'whole') =>
      of(facts({ method: 'meter', meters: [meter('0', current)], tariffs: tiers(mode) }));
    expect([used('150', 'marginal'), used('150', 'whole'), used('100', 'whole')]).toEqual([
      ['150', '174'],
      ['150', '252'],
      ['100', '90'],
    ]);
  });
});

describe('exact fractions', () => {
  it('round half away from zero and print without a float', () => {
    expect([Ratio.parse('0.005').units(2), Ratio.parse('-0.005').units(2), Ratio.parse('0.0049').units(2)]).toEqual([
      1n,
      -1n,
      0n,
    ]);
    expect([Ratio.of(1, 3).text(6), Ratio.parse('-12.50').text(2), Ratio.of(7).text(0)]).toEqual([
      '0.333333',
      '-12.5',
      '7',
    ]);
    expect(Ratio.of(1, 3).plus(Ratio.of(2, 3)).compare(Ratio.of(1))).toBe(0);
  });
});
