import { describe, expect, it } from '@jest/globals';
import { cityTable, DemoRandom } from '@komplat/server';
import { planFlats } from './flats.ts';
import { HouseholdBuilder, taxNumber } from './household.ts';
import { planCity } from './plan.ts';
import { openedOn, streetNames } from './streets.ts';

const frame = (account: number) => ({
  account,
  today: '2026-11-23',
  openedOn: '1997-01-01',
  historyFrom: '2024-11-01',
  minorAlone: false,
  nobody: false,
});

describe('houses of a city', () => {
  it.each([1, 50, 2_314, 3_000, 45_012, 46_000])('%i accounts exactly', (accounts) => {
    const { houses } = planCity(accounts);
    expect(houses.reduce((sum, house) => sum + house.accounts, 0)).toBe(accounts);
    expect(new Set(houses.map(({ code }) => code)).size).toBe(houses.length);
  });

  it('starts with the sixty houses of the small demonstration', () => {
    const { houses } = planCity(2_314);
    expect(houses).toHaveLength(60);
    expect(houses.every(({ row }) => row.yes('small_demo'))).toBe(true);
    expect(houses.slice(0, 2).map(({ code, accounts }) => [code, accounts])).toEqual([
      ['H0001', 40],
      ['H0002', 60],
    ]);
  });

  it('goes on in further districts, never in 40 or 70: numbers that the sample registers use', () => {
    const { houses } = planCity(200_000);
    const districts = new Set(houses.map(({ district }) => district));
    expect(districts.has(7)).toBe(true);
    expect(districts.has(40) || districts.has(70)).toBe(false);
  });

  it('divides the area of a house to the hundredth', () => {
    for (const house of planCity(3_000).houses.slice(0, 40)) {
      const flats = planFlats(house, new DemoRandom(1, 'flats', house.code));
      expect(flats).toHaveLength(house.row.number('flats'));
      const area = flats.reduce((sum, flat) => sum + flat.area, 0);
      expect(area).toBe(Math.round(house.row.number('flats_area_m2') * 100));
      expect(flats.every((flat) => flat.area > 500 && flat.heatedArea <= flat.area)).toBe(true);
    }
  });

  it('gives every street one name at a time', () => {
    const names = [...streetNames(planCity(50).streets)];
    expect(names.filter(([, , , , valid]) => String(valid).endsWith(',)'))).toHaveLength(cityTable('streets').length);
  });

  it('opens accounts not before their house and those of the registers before 2008', () => {
    for (let step = 0; step < 100; step += 1) {
      expect(openedOn(7, 1974, step / 100, '2026-11-23') < '2008-01-01').toBe(true);
      expect(openedOn(700, 2005, step / 100, '2026-11-23') >= '2006-01-01').toBe(true);
    }
  });
});

describe('people', () => {
  const builder = new HouseholdBuilder();
  const households = Array.from({ length: 4_000 }, (_, index) =>
    builder.build(frame(index + 1), new DemoRandom(5, 'household', index + 1)),
  );
  const residents = households.flatMap((household) =>
    household.residences.filter(({ until }) => until === null).flatMap(({ person }) => household.persons[person] ?? []),
  );

  it('live in households of the sizes of 2026', () => {
    const share = (size: number): number =>
      households.filter((household) => household.residences.filter(({ until }) => until === null).length === size)
        .length / households.length;
    expect(Math.abs(share(0) - 0.06)).toBeLessThan(0.02);
    expect(Math.abs(share(1) - 0.3)).toBeLessThan(0.025);
    expect(Math.abs(share(2) - 0.31)).toBeLessThan(0.025);
    expect(Math.abs(share(3) - 0.19)).toBeLessThan(0.025);
  });

  it('have the ages of the city within one point of the pyramid', () => {
    const spans = [
      [0, 6, 5],
      [7, 17, 10],
      [18, 29, 11],
      [30, 44, 23],
      [45, 59, 22],
      [60, 69, 15],
      [70, 79, 9.5],
      [80, 120, 4.5],
    ] as const;
    for (const [from, to, percent] of spans) {
      const found = residents.filter(({ birthDate }) => {
        const age = (Date.parse('2026-11-23') - Date.parse(birthDate)) / 86_400_000 / 365.25;
        return age >= from && age < to + 1;
      }).length;
      expect(Math.abs((found / residents.length) * 100 - percent)).toBeLessThan(1);
    }
  });

  it('are women in 54 of 100 cases, of those over 70 in 68', () => {
    const share = (people: typeof residents): number => people.filter(({ sex }) => sex === 'f').length / people.length;
    expect(Math.abs(share(residents) - 0.54)).toBeLessThan(0.015);
    const old = residents.filter(({ birthDate }) => birthDate < '1956-11-23');
    expect(Math.abs(share(old) - 0.68)).toBeLessThan(0.03);
  });

  it('are born, die, come, go and sell their flats as often as the profiles say', () => {
    const years = (Date.parse('2026-11-23') - Date.parse('2024-11-01')) / 86_400_000 / 365.25;
    const moves = households.flatMap(({ residences }) => residences);
    const ended = (reason: string): number => moves.filter((move) => move.until !== null && move.reason === reason).length;
    const began = (reason: string): number =>
      moves.filter((move) => move.until === null && move.reason === reason && move.from >= '2024-11-01').length;
    const sales = households.filter(({ residences }) => residences.some((move) => move.until !== null && move.reason === 'sale'));
    const yearly = (count: number, of: number): number => (count / of / years) * 100;
    expect(Math.abs(yearly(began('birth'), residents.length) - 0.6)).toBeLessThan(0.2);
    expect(Math.abs(yearly(ended('death'), residents.length) - 1.7)).toBeLessThan(0.3);
    expect(Math.abs(yearly(ended('departure') + ended('sale'), residents.length) - 3.5)).toBeLessThan(0.4);
    expect(Math.abs(yearly(began('arrival') + began('sale'), residents.length) - 3)).toBeLessThan(0.4);
    expect(Math.abs(yearly(sales.length, households.length) - 2.2)).toBeLessThan(0.3);
  });

  it('live at one address at a time, and nobody before birth', () => {
    for (const { residences, persons, openedOn: opened } of households) {
      expect(new Set(residences.map(({ person }) => person)).size).toBe(residences.length);
      for (const { person, from, until } of residences) {
        expect(from >= (persons[person]?.birthDate ?? '9999') && from >= opened && (until === null || from < until)).toBe(true);
      }
    }
  });

  it('never bear the full name of a well known person', () => {
    const blocked = new Set(cityTable('blocked-names').map((row) => row.text('full_name')));
    const all = households.flatMap(({ persons }) => persons);
    expect(all.filter((one) => blocked.has(`${one.surname} ${one.given} ${one.patronymic}`))).toEqual([]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('have patronymics and surnames of their sex', () => {
    for (const one of residents.slice(0, 500)) expect(one.patronymic).toMatch(one.sex === 'm' ? /ч$/ : /а$/);
  });

  it('have tax numbers with the birth day, the sex and a right check digit (law.md 11.1)', () => {
    const valid = (text: string): boolean => {
      const digits = [...text].map(Number);
      const sum = [-1, 5, 7, 9, 4, 6, 10, 5, 7].reduce(
        (total, weight, index) => total + weight * (digits[index] ?? 0),
        0,
      );
      return (((sum % 11) + 11) % 11) % 10 === digits[9];
    };
    expect([valid('1759013776'), valid('1759013770')]).toEqual([true, false]);
    expect(taxNumber('1900-01-01', 'f', new DemoRandom(1)).slice(0, 5)).toBe('00001');
    for (const one of residents.filter(({ taxNumber: number }) => number !== null)) {
      expect(valid(one.taxNumber ?? '')).toBe(true);
      expect(Number(one.taxNumber?.[8]) % 2).toBe(one.sex === 'm' ? 1 : 0);
    }
  });

  it('are the same twice, and others with another seed', () => {
    const again = builder.build(frame(17), new DemoRandom(5, 'household', 17));
    expect(again).toEqual(households[16]);
    expect(builder.build(frame(17), new DemoRandom(6, 'household', 17))).not.toEqual(again);
  });
});
