import { describe, expect, it } from '@jest/globals';
import { Period } from '@komplat/kernel';
import {
  allocate, type AllocateInput, type ChargeFacts, type Days, type EntitlementInput, Ratio, recompute, type Recomputed, reliefOf, type TariffInput,
} from './index.ts';

const november = Period.parse('2015-11');
const always: Days = { from: null, to: null };
const tariff: TariffInput = { id: 1, tier: 1, tierFrom: '0', tierTo: null, mode: 'marginal', price: '6.25', ...always };
const flat = (more: Partial<ChargeFacts> = {}): ChargeFacts => ({
  method: 'area', supply: always, scale: 3, meters: [], norms: [], linked: [], residents: [always, always], tariffs: [tariff],
  areas: [{ total: '100', heated: '80', ...always }],
  ...more,
});
const done = (facts: ChargeFacts): Recomputed => {
  const result = recompute(november, facts);
  if ('failed' in result) throw new Error(result.failed);
  return result.done;
};

describe('allocation between several providers (model.md 3.1)', () => {
  const order = ['MNT', 'CW', 'SW', 'HEAT'];
  const item = (month: string, service: string, provider: string | null, outstanding: bigint) => ({ month, service, provider, outstanding });
  const weight = (service: string, amount: bigint, provider: string | null = null) => ({ service, provider, amount });
  const run = (input: Partial<AllocateInput>): string[][] => {
    const { allocations, advances } = allocate({ openItems: [], lastAccruals: [weight('MNT', 1n)], amount: 0n, serviceOrder: order, ...input });
    return [
      allocations.map(({ month, service, provider, amount }) => `${month} ${service} ${provider} ${amount}`),
      advances.map(({ service, provider, amount }) => `${service} ${provider} ${amount}`),
    ];
  };
  const heat = [item('2026-09', 'HEAT', 'P2', 100n), item('2026-09', 'HEAT', 'P1', 100n)];

  it('inside a month and a service by the code of the provider; a service outside of the order comes last', () => {
    const openItems = [item('2026-09', 'ZZZ', null, 50n), ...heat];
    expect(run({ openItems, amount: 120n })).toEqual([['2026-09 HEAT P1 100', '2026-09 HEAT P2 20'], []]);
    expect(run({ openItems, amount: 230n })).toEqual([['2026-09 HEAT P1 100', '2026-09 HEAT P2 100', '2026-09 ZZZ null 30'], []]);
    expect(run({ openItems: [item('2026-09', 'CW', 'P9', 10n), item('2026-09', 'CW', null, 10n)], amount: 10n })[0]).toEqual(['2026-09 CW null 10']);
  });
  it('a named provider gets its own line and its own advance; without one all of the service, the advance with the last', () => {
    expect(run({ openItems: heat, amount: 150n, named: [weight('HEAT', 150n, 'P2')] })).toEqual([['2026-09 HEAT P2 100'], ['HEAT P2 50']]);
    expect(run({ openItems: heat, amount: 250n, named: [weight('HEAT', 250n)] })).toEqual([['2026-09 HEAT P1 100', '2026-09 HEAT P2 100'], ['HEAT P2 50']]);
    expect(run({ openItems: heat, amount: 200n, named: [weight('HEAT', 200n)] })[1]).toEqual([]);
    expect(run({ openItems: heat, amount: 201n, named: [weight('HEAT', 201n)] })[1]).toEqual(['HEAT P2 1']);
    expect(run({ openItems: heat, amount: 5n, named: [weight('CW', 5n)] })).toEqual([[], ['CW null 5']]);
  });
  it('an advance: the odd kopeck to the larger weight, between equals by the order, then by the provider; no empty parts', () => {
    const share = (amount: bigint, ...lastAccruals: ReturnType<typeof weight>[]) => run({ amount, lastAccruals })[1];
    expect(share(101n, weight('CW', 100n), weight('MNT', 100n))).toEqual(['MNT null 51', 'CW null 50']);
    expect(share(101n, weight('HEAT', 100n, 'P2'), weight('HEAT', 100n, 'P1'))).toEqual(['HEAT P1 51', 'HEAT P2 50']);
    expect(share(101n, weight('ZZZ', 100n), weight('HEAT', 100n))).toEqual(['HEAT null 51', 'ZZZ null 50']);
    expect(share(100n, weight('MNT', 100n), weight('CW', 201n))).toEqual(['MNT null 33', 'CW null 67']);
    expect(share(1n, weight('CW', 100n), weight('MNT', 100n))).toEqual(['MNT null 1']);
    expect(share(3n, weight('CW', 0n), weight('MNT', 1n))).toEqual(['MNT null 3']);
    expect(() => share(1n, weight('MNT', 0n))).toThrow('billing.allocate.no-supply');
  });
  it('advances of one service and provider are one line, in the order of services', () => {
    const lastAccruals = [weight('HEAT', 1n), weight('CW', 1n), weight('HEAT', 1n, 'P1')];
    expect(run({ amount: 40n, named: [weight('HEAT', 10n)], lastAccruals })[1]).toEqual(['CW null 10', 'HEAT null 20', 'HEAT P1 10']);
  });
  it('in proportion: months paid in full first, the next one shared, paid lines left out', () => {
    const openItems = [item('2026-09', 'MNT', null, 100n), item('2026-10', 'MNT', null, 100n), item('2026-10', 'HEAT', 'P1', 100n), item('2026-10', 'HEAT', 'P2', 200n)];
    const rule = 'oldest-then-proportional';
    expect(run({ openItems, amount: 100n, rule })[0]).toEqual(['2026-09 MNT null 100']);
    expect(run({ openItems, amount: 140n, rule })[0]).toEqual(['2026-09 MNT null 100', '2026-10 MNT null 10', '2026-10 HEAT P1 10', '2026-10 HEAT P2 20']);
    expect(run({ openItems, amount: 500n, rule })[0]).toHaveLength(4);
    const named = [weight('MNT', 100n)];
    expect(run({ openItems: [item('2026-09', 'MNT', null, 100n), item('2026-09', 'CW', null, 90n)], amount: 150n, rule, named })[0]).toEqual([
      '2026-09 MNT null 100', '2026-09 CW null 50',
    ]);
  });
});

describe('acts of quality and non-delivery (law.md 1.6)', () => {
  const act = (kind: 'quality' | 'non-delivery', from: string, to: string, percent = '10') => ({ number: `${kind} ${from}`, kind, percent, from, to });
  const lost = act('non-delivery', '2015-11-10', '2015-11-13');
  const poor = act('quality', '2015-11-20', '2015-11-23');

  it.each<[string, ReturnType<typeof act>[], bigint, string]>([
    ['three of thirty days not delivered', [lost], 56_250n, '10'],
    ['three days of 10 %', [poor], 43_750n, '30'],
    ['both together', [lost, poor], 37_500n, '40'],
    ['never above everything', [{ ...poor, percent: '50' }], 0n, '100'],
    ['exactly everything', [{ ...poor, percent: '33.333333' }, { ...act('quality', '2015-11-25', '2015-11-26'), percent: '0.000001' }], 0n, '100'],
  ])('625.00: %s', (_name, acts, kop, percent) => {
    const { kop: charged, reduction } = done(flat({ acts }));
    expect([charged, reduction?.fullKop, reduction?.percent.text(6), reduction?.kop]).toEqual([kop, 62_500n, percent, 62_500n - kop]);
    expect(reduction?.acts).toEqual(acts.map(({ number, from, to }) => ({ number, days: Number(to.slice(8)) - Number(from.slice(8)) })));
  });
  it('only days on which the supply is charged count, and of these the share is taken: 2 of 15 days of 312.50', () => {
    const { kop, reduction } = done(flat({ supply: { from: '2015-11-16', to: null }, acts: [act('non-delivery', '2015-11-10', '2015-11-18'), act('quality', '2015-12-01', '2015-12-09')] }));
    expect([kop, reduction?.kop, reduction?.acts.map(({ days }) => days)]).toEqual([27_083n, 4_167n, [2]]);
  });
  it('a meter shows by itself what did not come; poor quality counts; nothing to lower gives no act', () => {
    const meters = [{ digits: 5, initial: '0', previous: '10', current: '20' }];
    expect(done(flat({ method: 'meter', meters, acts: [lost] })).reduction).toBeUndefined();
    expect(done(flat({ method: 'meter', meters, acts: [lost, poor] }))).toMatchObject({ kop: 4_375n, reduction: { kop: 1_875n } });
    expect(done(flat({ method: 'meter', meters: [{ ...meters[0]!, current: '10' }], acts: [poor] })).reduction).toBeUndefined();
    expect(done(flat({ acts: [] })).reduction).toBeUndefined();
  });
});

describe('house meter, basis and what was charged ahead', () => {
  const norms = [{ id: 1, value: '4.2', per: 'person', ...always }];
  const meters = [{ digits: 5, initial: '0', previous: '10', current: '18' }];
  const house = (own: string | null) => ({ own, needs: '0.25', act: 'A1' });
  const gap = (ahead: string) => ({ meters: [], averageWindow: 12, averageLimit: 3, ahead });
  const shown = (facts: Partial<ChargeFacts>): string => {
    const result = recompute(november, flat(facts));
    return 'failed' in result ? result.failed : `${result.done.quantity.text(3)} ${result.done.basis} ${result.done.personDays}`;
  };

  it.each<[string, Partial<ChargeFacts>, string]>([
    ['the norm', { method: 'norm', norms }, '8.4 norm 60'],
    ['a reading', { method: 'meter', meters }, '8 reading 0'],
    ['an act without a volume of its own leaves the norm', { method: 'norm', norms, house: house(null) }, '8.4 norm 60'],
    ['the volume of the act and the needs of the house', { method: 'norm', norms, house: house('3.5') }, '3.75 house-meter 0'],
    ['a flat with meters gets the needs only', { method: 'meter', meters, house: house('3.5') }, '8.25 reading 0'],
    ['a metered service without a meter takes the act', { method: 'meter', house: house('3.5') }, '3.75 house-meter 0'],
    ['without either it fails', { method: 'meter' }, 'no-meter'],
    ['a meter that was not read stays unread', { method: 'meter', meters: [{ ...meters[0]!, current: null }], house: house('3.5') }, 'no-reading'],
    ['heated area', { method: 'heated-area' }, '80 reading 0'],
    ['by persons', { method: 'per-person' }, '2 reading 60'],
    ['less than was charged ahead', { method: 'meter', meters, gap: gap('5') }, '3 true-up 0'],
    ['more was charged ahead', { method: 'meter', meters, gap: gap('9.5') }, '0 true-up 0'],
    ['nothing ahead', { method: 'meter', meters, gap: gap('0') }, '8 reading 0'],
    ['not the last of several supplies', { method: 'meter', meters, gap: gap('5'), share: { before: 0, total: 30, last: false } }, '0 true-up 0'],
    ['the last of several supplies', { method: 'meter', meters, gap: gap('5'), share: { before: 0, total: 30, last: true } }, '3 true-up 0'],
  ])('%s', (_name, facts, expected) => expect(shown(facts)).toBe(expected));
  it('the true-up tells what was known, what was ahead and what is charged', () => {
    const { estimate } = done(flat({ method: 'meter', meters, gap: gap('5') }));
    expect([estimate?.months, estimate?.known.text(1), estimate?.aheadBefore.text(1), estimate?.charged.text(1)]).toEqual([0, '8', '5', '3']);
  });
});

describe('benefits netted in a charge: prices and persons', () => {
  const right: EntitlementInput = { category: '1', percent: '50', covered: 4, norm: '21', addition: '10.5', ...always };
  const cheaper = [{ number: 'A', kind: 'quality' as const, percent: '20', from: '2015-11-20', to: '2015-11-22' }]; // 40 % off: the average is 3.75
  const relief = (more: Partial<ChargeFacts>, own: Partial<EntitlementInput> = {}): bigint => {
    const facts = flat({ entitlements: [{ ...right, ...own }], ...more });
    return reliefOf(november, facts, done(facts)).kop;
  };
  const [whole, average] = [29_531n, 17_719n]; // 94.5 m² of 100, 50 %, at 6.25 and at 3.75

  it.each<[string, Partial<TariffInput>, Partial<ChargeFacts>, bigint]>([
    ['one flat tariff', {}, {}, whole],
    ['from the first day of the month', { from: '2015-11-01' }, {}, whole],
    ['until the end of the month', { to: '2015-12-01' }, {}, whole],
    ['of a tier', { tierTo: '500' }, {}, average],
  ])('%s', (_name, own, more, kop) => expect(relief({ acts: cheaper, tariffs: [{ ...tariff, ...own }], ...more })).toBe(kop));
  it('two versions inside a month count with what a unit cost on the average', () => {
    const tariffs = [{ ...tariff, to: '2015-11-16' }, { ...tariff, id: 2, price: '12.5', from: '2015-11-16' }];
    expect(relief({ tariffs }, { norm: null })).toBe(46_875n); // 100 m² x 9.375 x 50 %
  });
  it('a tariff that ends with the supply inside the month is not whole', () => {
    const supply = { from: null, to: '2015-11-30' };
    const facts = { supply, tariffs: [{ ...tariff, to: '2015-11-30' }], acts: [{ ...cheaper[0]!, to: '2015-11-21' }] };
    // 29 days: 96.6667 m², charge 604.17 less 20 % = 483.34, a unit 5.00006..; volume 96.6667 limited by 94.5 x 29 / 30
    expect(relief(facts)).toBe(22_838n);
  });
  it('persons are those who live there on the first day of the right, at least those covered', () => {
    const later = { from: '2015-11-20', to: null };
    expect(relief({ residents: [always, always, later] }, { covered: 1, norm: null })).toBe(15_625n); // half of 100 m²
    expect(relief({ residents: [always] }, { covered: 2, norm: null })).toBe(31_250n); // all of it, not twice
    expect(relief({ residents: [always, later] }, { covered: 1, norm: null, from: '2015-11-21' })).toBe(5_208n); // a third of the month, half of it
  });
  it('a volume is rounded to its scale before it is priced; an area is not', () => {
    const facts: Partial<ChargeFacts> = { method: 'per-person', residents: [always, always, always] };
    expect(relief({ ...facts, tariffs: [{ ...tariff, price: '1000' }] }, { covered: 1, norm: null, from: '2015-11-11', percent: '100' })).toBe(66_667n);
    const water: Partial<ChargeFacts> = { method: 'norm', norms: [{ id: 1, value: '1', per: 'person', ...always }], residents: facts.residents };
    expect(relief({ ...water, tariffs: [{ ...tariff, price: '1000' }] }, { covered: 1, norm: null, from: '2015-11-11', percent: '100' })).toBe(66_700n);
  });
  it('nothing is given where nothing is charged', () => {
    const meters = [{ digits: 5, initial: '0', previous: '10', current: '10' }];
    expect(reliefOf(november, flat({ entitlements: [right] }), done(flat({ method: 'meter', meters })))).toEqual({ kop: 0n, parts: [] });
  });
});

describe('exact fractions', () => {
  it('are divided with any signs, compared and rounded half away from zero', () => {
    const [a, b] = [Ratio.of(3, 4), Ratio.of(-2, 5)];
    expect([a.over(b), b.over(a), b.over(b), a.over(Ratio.of(3, 7))].map((each) => `${each.num}/${each.den}`)).toEqual(['-15/8', '-8/15', '1/1', '7/4']);
    expect([a.compare(b), b.compare(a), a.compare(Ratio.of(6, 8)), Ratio.of(1, 3).compare(Ratio.of(1, 2))]).toEqual([1, -1, 0, -1]);
    expect([Ratio.of(5, 1000), Ratio.of(-5, 1000), Ratio.of(4, 1000), Ratio.of(-1, 1000)].map((each) => each.units(2))).toEqual([1n, -1n, 0n, 0n]);
    expect([Ratio.of(-15, 100).text(1), Ratio.of(-15, 100).text(2), Ratio.of(1, 2).text(0), Ratio.of(1200).text(2)]).toEqual(['-0.2', '-0.15', '1', '1200']);
  });
});
