import { feminineSurname, type GrammarCase, inCase, type Word } from './declension-classes.ts';
import { guessGivenName, guessSurname } from './declension-guess.ts';

/** Words whose class is known, by nominative with the apostrophe U+0027. */
export interface NameDictionary {
  readonly surnames: { readonly m: ReadonlyMap<string, Word>; readonly f: ReadonlyMap<string, Word> };
  readonly givenNames: { readonly m: ReadonlyMap<string, Word>; readonly f: ReadonlyMap<string, Word> };
}
export interface PersonName {
  readonly surname: string;
  readonly givenName: string;
  /** Empty when there is none. */
  readonly patronymic: string;
}
export interface DeclinedName extends PersonName {
  /** False: a word is in no table, its ending decided; the document says «перевірте відмінювання». */
  readonly certain: boolean;
}

interface Declined {
  readonly text: string;
  readonly certain: boolean;
}

/** U+2019 and U+02BC are the same apostrophe as U+0027. */
export const foldApostrophe = (text: string): string => text.replaceAll(/[\u2019\u02BC]/g, "'");

/** A full name in the genitive or dative: every word on its own, the parts of a double surname too. */
export function declineName(name: PersonName, sex: 'm' | 'f', grammarCase: GrammarCase, dictionary: NameDictionary): DeclinedName {
  const surname = parts(name.surname, (part) => {
    const known = dictionary.surnames[sex].get(part);
    const word = known ?? guessSurname(part, sex);
    return { text: sex === 'm' ? inCase(word, grammarCase) : feminineSurname(word, grammarCase), certain: known !== undefined };
  });
  const givenName = parts(name.givenName, (part) => {
    const known = dictionary.givenNames[sex].get(part);
    return { text: inCase(known ?? guessGivenName(part, sex), grammarCase), certain: known !== undefined };
  });
  const patronymic = parts(name.patronymic, (part) => declinePatronymic(part, sex, grammarCase));
  return {
    surname: surname.text,
    givenName: givenName.text,
    patronymic: patronymic.text,
    certain: surname.certain && givenName.certain && patronymic.certain,
  };
}

/** Петрович: Петровича, Петровичу; Іванівна: Іванівни, Іванівні; anything else stays (Огли, Кизи). */
function declinePatronymic(word: string, sex: 'm' | 'f', grammarCase: GrammarCase): Declined {
  if (sex === 'm' && word.endsWith('ч')) return { text: word + (grammarCase === 'genitive' ? 'а' : 'у'), certain: true };
  if (sex === 'f' && word.endsWith('на')) return { text: word.slice(0, -1) + (grammarCase === 'genitive' ? 'и' : 'і'), certain: true };
  return { text: word, certain: word === '' };
}

/** Each part of a word with hyphens; a word in capitals comes back in capitals. */
function parts(text: string, decline: (part: string) => Declined): Declined {
  const done = foldApostrophe(text.trim()).split('-').map((part) => {
    const loud = part.length > 1 && part === part.toUpperCase();
    const { text: result, certain } = decline(loud ? capitalised(part) : part);
    return { text: loud ? result.toUpperCase() : result, certain };
  });
  return { text: done.map((part) => part.text).join('-'), certain: done.every(({ certain }) => certain) };
}

const capitalised = (word: string): string => word.slice(0, 1) + word.slice(1).toLowerCase();
