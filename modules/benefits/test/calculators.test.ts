import { describe, expect, it } from '@jest/globals';
import { Dec, Money } from '@komplat/kernel';
import fc from 'fast-check';
import { benefitAmount, type BenefitAmountInput, reliefOf, subsidy } from '../domain/index.ts';
import { placeHolders } from './place-holders.ts';

const d = (text: string | number): Dec => new Dec(text);
const amount = (input: Partial<Omit<BenefitAmountInput, 'quantity' | 'norm'>> & { quantity: string; norm?: string | null }) =>
  benefitAmount({
    quantityScale: null, normAddition: d('0'), tariff: d('1'), percent: d('50'), covered: 1, persons: 1, ...input,
    quantity: d(input.quantity), norm: input.norm === undefined || input.norm === null ? null : d(input.norm),
  }).value;

describe('benefits.amount', () => {
  it('4 persons, 100 m², 6.25, 50 %: 94.5 m², 295.31, to pay 329.69 (law.md 2.3)', () => {
    const value = amount({ quantity: '100', norm: '21', normAddition: d('10.5'), tariff: d('6.25'), covered: 4, persons: 4 });
    expect([value.quantityWithBenefit.toString(), value.benefit.toString(), value.toPay.toString()]).toEqual(['94.5', '295.31', '329.69']);
  });
  it('norm of 3 persons is 73.5 m², of 4 is 94.5 m²; a smaller real area is used (law.md 1.4)', () => {
    const norm = (persons: number, area: string): string =>
      amount({ quantity: area, norm: '21', normAddition: d('10.5'), covered: persons, persons }).quantityWithBenefit.toString();
    expect([norm(3, '100'), norm(4, '100'), norm(3, '60')]).toEqual(['73.5', '94.5', '60']);
  });
  it('one covered of three gets the benefit on a third of the volume, up to one norm (law.md 2.3)', () => {
    const third = amount({ quantity: '5.1', norm: '2.0', quantityScale: 3, tariff: d('30'), percent: d('75'), persons: 3 });
    expect([third.quantityWithBenefit.toString(), third.benefit.toString(), third.toPay.toString()]).toEqual(['1.7', '38.25', '114.75']);
    const above = amount({ quantity: '9', norm: '2.0', quantityScale: 3, tariff: d('30'), percent: d('75'), persons: 3 });
    expect([above.quantityWithBenefit.toString(), above.benefit.toString()]).toEqual(['2', '45.00']);
  });
  it('the volume is rounded before the price, an area is not (law.md 1.7)', () => {
    expect(amount({ quantity: '10', quantityScale: 3, covered: 1, persons: 3 }).quantityWithBenefit.toString()).toBe('3.333');
    // 100 / 3 × 3 × 50 % is 50.00; of 33.333 it would be 49.9995
    expect(amount({ quantity: '100', tariff: d('3'), covered: 1, persons: 3 }).benefit.toString()).toBe('50.00');
  });
  it.each([
    ['120', 1, 1, 'benefits.percent.out-of-range'],
    ['0', 1, 1, 'benefits.percent.out-of-range'],
    ['50', 1, 0, 'benefits.amount.no-persons'],
    ['50', 3, 2, 'benefits.amount.covered'],
  ])('refuses %s %%, %i covered of %i', (percent, covered, persons, code) => {
    expect(() => amount({ quantity: '10', percent: d(percent), covered, persons })).toThrow(code);
  });
  it('property: the benefit is never above the charge, grows with covered persons, and both parts sum to the charge', () => {
    const input = fc.record({
      quantity: fc.integer({ min: 0, max: 500_000 }), tariff: fc.integer({ min: 1, max: 90_000 }), percent: fc.integer({ min: 1, max: 100 }),
      norm: fc.integer({ min: 1, max: 40_000 }), persons: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(input, ({ quantity, tariff, percent, norm, persons }) => {
        let before = Money.zero;
        for (let covered = 1; covered <= persons; covered += 1) {
          const { value } = benefitAmount({
            quantity: d(quantity).div(1000), quantityScale: 3, norm: d(norm).div(1000), normAddition: d(0), tariff: d(tariff).div(100),
            percent: d(percent), covered, persons,
          });
          const charge = Money.round(d(quantity).div(1000).times(d(tariff).div(100)));
          expect(value.benefit.add(value.toPay).kop).toBe(charge.kop);
          expect(value.benefit.cmp(charge)).not.toBe(1);
          expect(value.benefit.cmp(before)).not.toBe(-1);
          before = value.benefit;
        }
      }),
    );
  });
});

describe('benefits.subsidy', () => {
  const run = (incomes: readonly string[], members: number, cost: string, minimum: string) =>
    subsidy({
      incomes: incomes.map((income) => Money.parse(income)), members, costWithinNorms: Money.parse(cost),
      subsistenceMinimum: Money.parse(minimum), baseCoefficient: d(2), baseSharePercent: d(15),
    }).value;

  it('incomes 8 900 and 8 200, family of 4 (inputs of law.md 3.2, formula 3.1, minimum 2 920 of 2025)', () => {
    const value = run(['8900.00', '8200.00'], 4, '3500.00', '2920');
    expect([value.incomeTotal.toString(), value.incomePerPerson.toString()]).toEqual(['17100.00', '4275']);
    expect(value.coefficient.toFixed(12)).toBe('1.464041095890');
    expect(value.sharePercent.toFixed(10)).toBe('10.9803082192');
    // by hand: 17100 × 4275 / 2920 / 2 × 15 / 100 = 1877.632705…
    expect([value.obligatoryPayment.toString(), value.subsidy.toString()]).toEqual(['1877.63', '1622.37']);
  });
  it('a household at twice the minimum pays 15 % (Kd = Kg), at the minimum 7.5 % (law.md 3.1)', () => {
    expect(run(['6418.00'], 1, '2000.00', '3209').sharePercent.toString()).toBe('15');
    expect(run(['3209.00'], 1, '2000.00', '3209').sharePercent.toString()).toBe('7.5');
  });
  it('is assigned only where the cost exceeds the obligatory payment (law.md 3.3)', () => {
    expect(run(['6418.00'], 1, '962.70', '3209').subsidy.toString()).toBe('0.00');
    expect(run(['6418.00'], 1, '962.71', '3209').subsidy.toString()).toBe('0.01');
    expect(run(['20000.00'], 1, '900.00', '3209').subsidy.toString()).toBe('0.00');
  });
  it('refuses a household without members and a negative income', () => {
    expect(() => run(['1.00'], 0, '1.00', '3209')).toThrow('benefits.subsidy.no-members');
    expect(() => run(['-1.00'], 1, '1.00', '3209')).toThrow('benefits.subsidy.negative');
  });
});

describe('several holders in one dwelling', () => {
  it('each person stands under the highest percent, the family addition goes once', () => {
    const rights = [
      { id: 'b', percent: 50, withinNorm: true, persons: ['2', '3', '4'] },
      { id: 'a', percent: 100, withinNorm: true, persons: ['1', '2'] },
    ];
    expect(placeHolders(rights)).toEqual([{ id: 'a', covered: 2, leads: true }, { id: 'b', covered: 2, leads: false }]);
  });
  it('a right that others swallow gives nothing', () => {
    const rights = [
      { id: 'a', percent: 75, withinNorm: true, persons: ['1', '2'] },
      { id: 'b', percent: 25, withinNorm: true, persons: ['2'] },
    ];
    expect(placeHolders(rights)).toEqual([{ id: 'a', covered: 2, leads: true }]);
  });
  it('property: covered persons are the union, nobody twice', () => {
    const right = fc.record({
      percent: fc.constantFrom(25, 50, 75, 100), withinNorm: fc.boolean(), persons: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5'), { minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(right, { maxLength: 5 }), (rights) => {
        const placed = placeHolders(rights.map((each, at) => ({ ...each, id: String(at) })));
        expect(placed.reduce((sum, { covered }) => sum + covered, 0)).toBe(new Set(rights.flatMap(({ persons }) => persons)).size);
        expect(placed.filter(({ leads }) => leads).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('benefit against subsidy, netted and monetised (law.md 2.4)', () => {
  const base = { benefitKop: 5_000n, subsidyKop: 30_000n, choice: 'subsidy', benefitRegime: 'netted', subsidyRegime: 'netted' } as const;
  it('a benefit is not added to a subsidy on the same service, unless the family chose it', () => {
    expect(reliefOf(base)).toMatchObject({ benefitKop: 0n, subsidyKop: 30_000n });
    expect(reliefOf({ ...base, choice: 'benefit' })).toMatchObject({ benefitKop: 5_000n, subsidyKop: 0n });
    expect(reliefOf({ ...base, subsidyKop: 0n })).toMatchObject({ benefitKop: 5_000n, subsidyKop: 0n });
  });
  it('monetised relief leaves the bill at the full price and is reported', () => {
    expect(reliefOf({ ...base, subsidyKop: 0n, benefitRegime: 'monetised' })).toEqual({
      benefitKop: 0n, subsidyKop: 0n, reportedBenefitKop: 5_000n, reportedSubsidyKop: 0n,
    });
    expect(reliefOf({ ...base, subsidyRegime: 'monetised' })).toEqual({
      benefitKop: 0n, subsidyKop: 0n, reportedBenefitKop: 0n, reportedSubsidyKop: 30_000n,
    });
  });
});
