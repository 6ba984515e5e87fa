import { describe, expect, it } from '@jest/globals';
import { Dec } from '@komplat/kernel';
import fc from 'fast-check';
import { DistributeCalculator, distributeCalculator } from '../server/calculators/distribute.calculator.ts';
import { distribute, type DistributeInput } from '../domain/index.ts';

const d = (text: string | number): Dec => new Dec(text);
const flat = (id: string, area: string, persons: number, metered?: string, norm = '4.2') => ({
  id,
  area: d(area),
  persons,
  norm: d(norm),
  ...(metered === undefined ? {} : { metered: d(metered) }),
});
const run = (input: Omit<DistributeInput, 'commonShare'> & { commonShare?: Dec }) => {
  const { value } = distribute({ commonShare: d(0), ...input });
  return {
    parts: value.flats.map(({ id, volume, part }) => `${id}: ${volume.toString()} + ${part.toString()}`),
    needs: value.houseNeeds.toString(),
    shortfall: value.shortfall.toString(),
  };
};

describe('metering.distribute: skeleton of law.md 1.3', () => {
  it('water: 100 − 60 = 40; flats without meters take their norm, 16.8; 23.2 of house needs go by area', () => {
    // norms 3 × 4.2 and 1 × 4.2; 23.2 by 50 : 60 : 40 of 150
    const flats = [flat('1', '50', 2, '60'), flat('2', '60', 3), flat('3', '40', 1)];
    expect(run({ kind: 'water', houseVolume: d(100), flats })).toEqual({
      parts: ['1: 60 + 7.733', '2: 12.6 + 9.28', '3: 4.2 + 6.187'],
      needs: '23.2',
      shortfall: '0',
    });
  });
  it('water: a rest below the norms is divided by persons and nothing is left for the house', () => {
    const flats = [flat('1', '50', 2, '60'), flat('2', '60', 3), flat('3', '40', 1)];
    expect(run({ kind: 'water', houseVolume: d(70), flats }).parts).toEqual(['1: 60 + 0', '2: 7.5 + 0', '3: 2.5 + 0']);
  });
  it('water: a house meter below the flats: no needs, norm × persons, and the difference is named', () => {
    const flats = [flat('1', '50', 2, '60'), flat('2', '60', 3), flat('3', '40', 1, '12.5')];
    expect(run({ kind: 'water', houseVolume: d(70), flats })).toEqual({
      parts: ['1: 60 + 0', '2: 12.6 + 0', '3: 12.5 + 0'],
      needs: '0',
      shortfall: '2.5',
    });
  });
  it('equal fractions: the unit that remains goes to the lowest id, as a number', () => {
    const flats = [flat('10', '1', 1, '0'), flat('9', '1', 1, '0'), flat('2', '1', 1, '0')];
    expect(run({ kind: 'water', houseVolume: d('0.005'), flats }).parts).toEqual([
      '2: 0 + 0.002',
      '9: 0 + 0.002',
      '10: 0 + 0.001',
    ]);
  });
  it('heat: common areas and systems by area over all, rooms by area over flats without meters', () => {
    // 10 Gcal: 1 for the house; 9 − 2 = 7 by 60 : 40; needs by 50 : 60 : 40
    const flats = [flat('1', '50', 2, '2'), flat('2', '60', 3), flat('3', '40', 1)];
    expect(run({ kind: 'heat', houseVolume: d(10), commonShare: d('0.1'), flats })).toEqual({
      parts: ['1: 2 + 0.333333', '2: 4.2 + 0.4', '3: 2.8 + 0.266667'],
      needs: '1',
      shortfall: '0',
    });
  });
  it('the co-owners halve the common share: the rooms take the other half', () => {
    const flats = [flat('2', '60', 3), flat('3', '40', 1)];
    const input = {
      kind: 'heat',
      houseVolume: d(10),
      commonShare: d('0.2'),
      commonCoefficient: d('0.5'),
      flats,
    } as const;
    expect(run(input).parts).toEqual(['2: 5.4 + 0.6', '3: 3.6 + 0.4']);
  });
  it('shops are taken off first, and needs may go by persons', () => {
    const flats = [flat('1', '50', 1, '10'), flat('2', '50', 3, '10')];
    const input = { kind: 'water', houseVolume: d(30), nonResidential: d(6), needsBy: 'persons', flats } as const;
    expect(run(input).parts).toEqual(['1: 10 + 1', '2: 10 + 3']);
  });
  it('refuses a house without flats, a flat twice, and needs that nobody can carry', () => {
    expect(() => run({ kind: 'water', houseVolume: d(1), flats: [] })).toThrow('metering.distribute.no-flats');
    expect(() => run({ kind: 'water', houseVolume: d(1), flats: [flat('1', '1', 1), flat('1', '1', 1)] })).toThrow(
      'metering.distribute.same-flat',
    );
    expect(() => run({ kind: 'water', houseVolume: d(1), flats: [flat('1', '0', 0, '0')] })).toThrow(
      'metering.distribute.no-weights',
    );
  });
});

const cases = fc.record({
  kind: fc.constantFrom('water' as const, 'heat' as const),
  house: fc.integer({ min: 0, max: 5_000_000 }),
  share: fc.integer({ min: 0, max: 100 }),
  flats: fc.array(
    fc.record({
      area: fc.integer({ min: 1, max: 20_000 }),
      persons: fc.integer({ min: 0, max: 7 }),
      norm: fc.integer({ min: 0, max: 9_000 }),
      metered: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 30 },
  ),
});

describe('laws of the distribution', () => {
  it('the parts sum to the whole, no part is negative, and nobody pays above the norm for what no meter showed', () => {
    fc.assert(
      fc.property(cases, ({ kind, house, share, flats }) => {
        const given = flats.map(({ area, persons, norm, metered }, index) => ({
          id: String(index + 1),
          area: d(area).div(100),
          persons,
          norm: d(norm).div(1000),
          ...(metered === undefined ? {} : { metered: d(metered).div(1000) }),
        }));
        const { value } = distribute({
          kind,
          houseVolume: d(house).div(1000),
          commonShare: d(share).div(100),
          flats: given,
        });
        const own = value.flats.reduce((sum, { volume }) => sum.plus(volume), d(0));
        const parts = value.flats.reduce((sum, { part }) => sum.plus(part), d(0));
        expect(parts.eq(value.houseNeeds)).toBe(true);
        if (value.shortfall.isZero()) expect(own.plus(parts).eq(d(house).div(1000))).toBe(true);
        else expect(value.houseNeeds.isZero()).toBe(true);
        for (const [index, { volume, part }] of value.flats.entries()) {
          expect(volume.gte(0) && part.gte(0)).toBe(true);
          const { metered, norm = d(0), persons = 0 } = given[index] ?? {};
          if (!metered && kind === 'water') expect(volume.lte(norm.times(persons).plus('0.0005'))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
  it('does not depend on the order of the flats', () => {
    fc.assert(
      fc.property(cases, ({ kind, house, share, flats }) => {
        const given = flats.map(({ area, persons, norm }, index) => ({
          id: String(index + 1),
          area: d(area),
          persons,
          norm: d(norm),
        }));
        const input = { kind, houseVolume: d(house), commonShare: d(share).div(100) };
        const text = (of: typeof given) => JSON.stringify(distribute({ ...input, flats: of }).value);
        expect(text(given.toReversed())).toBe(text(given));
      }),
      { numRuns: 50 },
    );
  });
});

describe('calculator', () => {
  it('runs its own example and keeps the ids as they came', async () => {
    const { result } = await new DistributeCalculator().run(distributeCalculator.example);
    expect(result).toMatchObject({ houseNeeds: '23.2', shortfall: '0' });
    expect(result).toHaveProperty('flats.0', { id: 1, volume: '60', part: '7.733' });
  });
});
