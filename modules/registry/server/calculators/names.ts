import { type CityRow, cityTable } from '@komplat/server';
import { Injectable } from '@nestjs/common';
import type { FullName, NameInCases, NamesApi } from '../../contract/names.api.ts';
import type { DeclensionClass, GrammarCase, Word } from '../../domain/declension-classes.ts';
import { type DeclinedName, declineName, type NameDictionary, type PersonName } from '../../domain/declension.ts';

const CLASSES: ReadonlySet<string> = new Set<DeclensionClass>([
  'O', 'K', 'KM', 'KS', 'J', 'ETS', 'OK', 'ALT', 'ADJ', 'ADJS', 'POS', 'POSN', 'A', 'AM', 'YA', 'YAJ', 'F3', 'IND',
]);
const isClass = (text: string): text is DeclensionClass => CLASSES.has(text);

function wordOf(row: CityRow, column: string): [string, Word] {
  const kind = row.text('declension_class');
  if (!isClass(kind)) throw new RangeError(`unknown class of declension: ${kind}`);
  const nominative = row.text(column);
  return [nominative, { nominative, class: kind, obliqueStem: row.optional('oblique_stem') }];
}
function readDictionary(): NameDictionary {
  const surnames = cityTable('surnames');
  const given = (sex: string): ReadonlyMap<string, Word> =>
    new Map(cityTable('given-names').filter((row) => row.text('sex') === sex).map((row) => wordOf(row, 'name')));
  return {
    surnames: {
      m: new Map(surnames.map((row) => wordOf(row, 'masculine'))),
      f: new Map(surnames.map((row) => wordOf(row, 'feminine'))),
    },
    givenNames: { m: given('M'), f: given('F') },
  };
}

const SEXES = { male: 'm', female: 'f' } as const;

/** The record decides, then the patronymic: -ич a man, -вна a woman. */
function sexOf({ sex, patronymic }: FullName): 'm' | 'f' | undefined {
  if (sex !== null) return SEXES[sex];
  if (patronymic?.endsWith('ич')) return 'm';
  return patronymic?.endsWith('вна') ? 'f' : undefined;
}

/** Declension of full names with the dictionary of the site. */
@Injectable()
export class Names implements NamesApi {
  readonly #dictionary = readDictionary();

  decline(name: PersonName, sex: 'm' | 'f', grammarCase: GrammarCase): DeclinedName {
    return declineName(name, sex, grammarCase, this.#dictionary);
  }

  inCases(name: FullName): NameInCases | undefined {
    const sex = sexOf(name);
    if (sex === undefined) return undefined;
    const person = { surname: name.surname, givenName: name.givenName, patronymic: name.patronymic ?? '' };
    const [genitive, dative] = [this.decline(person, sex, 'genitive'), this.decline(person, sex, 'dative')];
    return { genitive: wholeName(genitive), dative: wholeName(dative), certain: genitive.certain && dative.certain };
  }
}

const wholeName = ({ surname, givenName, patronymic }: PersonName): string => [surname, givenName, patronymic].filter((word) => word !== '').join(' ');
