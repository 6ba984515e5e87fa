import { cityTable, type CityRow, type DemoRandom, Weighted } from '@komplat/server';

export type Sex = 'm' | 'f';
export interface Surname {
  readonly m: string;
  readonly f: string;
}
export interface FullName {
  readonly surname: string;
  readonly given: string;
  readonly patronymic: string;
}

const [FIRST_DECADE, LAST_DECADE, GENERATION] = [1930, 2020, 28];
const decadeOf = (year: number): number => Math.min(LAST_DECADE, Math.max(FIRST_DECADE, Math.floor(year / 10) * 10));

/** Draws names as they are given: by decade of birth, with the father's name a generation earlier. */
export class NameBook {
  readonly #surnames = new Weighted(cityTable('surnames'), (row) => row.number('weight'));
  readonly #given = new Map<string, Weighted<CityRow>>();
  readonly #patronymics = new Map(cityTable('father-names').map((row) => [row.text('father_name'), row]));
  readonly #blocked = new Set(cityTable('blocked-names').map((row) => row.text('full_name')));

  constructor() {
    for (const sex of ['m', 'f']) {
      const names = cityTable('given-names').filter((row) => row.text('sex').toLowerCase() === sex);
      for (let decade = FIRST_DECADE; decade <= LAST_DECADE; decade += 10) {
        this.#given.set(`${sex}${decade}`, new Weighted(names, (row) => row.number(`w${decade}`)));
      }
    }
  }

  surname(random: DemoRandom): Surname {
    const row = random.draw(this.#surnames);
    return { m: row.text('masculine'), f: row.text('feminine') };
  }
  given(random: DemoRandom, sex: Sex, birthYear: number): string {
    const names = this.#given.get(`${sex}${decadeOf(birthYear)}`);
    if (!names) throw new RangeError(`no names for ${sex} ${birthYear}`);
    return random.draw(names).text('name');
  }
  father(random: DemoRandom, birthYear: number): string {
    return this.given(random, 'm', birthYear - GENERATION);
  }
  /** A full name that is not one of a well known person: the given name is drawn again if it is. */
  full(random: DemoRandom, surname: string, sex: Sex, birthYear: number, father?: string): FullName {
    for (;;) {
      const given = this.given(random, sex, birthYear);
      const row = this.#patronymics.get(father ?? this.father(random, birthYear));
      if (!row) continue;
      const patronymic = row.text(sex === 'm' ? 'patronymic_m' : 'patronymic_f');
      if (!this.#blocked.has(`${surname} ${given} ${patronymic}`)) return { surname, given, patronymic };
    }
  }
}
