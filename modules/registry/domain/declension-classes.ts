import { assert } from '@komplat/kernel';

/** Cases that court papers need. */
export type GrammarCase = 'genitive' | 'dative';
/** Classes of words: what changes at the end in the two cases (orthography of 2019). */
export type DeclensionClass =
  | 'O' | 'K' | 'KM' | 'KS' | 'J' | 'ETS' | 'OK' | 'ALT' | 'ADJ' | 'ADJS' | 'POS' | 'POSN' | 'A' | 'AM' | 'YA' | 'YAJ' | 'F3' | 'IND';

interface Change {
  /** What is taken off the nominative. */
  readonly cut: RegExp;
  readonly genitive: string;
  readonly dative: string;
}

const change = (cut: RegExp, genitive: string, dative: string): Change => ({ cut, genitive, dative });
const NOTHING = /$/;

/** Men's words, and words that decline alike for both sexes. */
const MASCULINE: Readonly<Record<DeclensionClass, Change>> = {
  O: change(/о$/, 'а', 'у'),
  K: change(NOTHING, 'а', 'у'),
  KM: change(NOTHING, 'а', 'у'),
  KS: change(/ь$/, 'я', 'ю'),
  J: change(/й$/, 'я', 'ю'),
  ETS: change(/ець$/, 'ця', 'цю'),
  OK: change(/ок$/, 'ка', 'ку'),
  ALT: change(NOTHING, 'а', 'у'),
  ADJ: change(/ий$/, 'ого', 'ому'),
  ADJS: change(/ій$/, 'ього', 'ьому'),
  POS: change(NOTHING, 'а', 'у'),
  POSN: change(NOTHING, 'а', 'у'),
  A: change(/а$/, 'и', 'і'),
  AM: change(/а$/, 'і', 'і'),
  YA: change(/я$/, 'і', 'і'),
  YAJ: change(/я$/, 'ї', 'ї'),
  F3: change(/ь$/, 'і', 'і'),
  IND: change(NOTHING, '', ''),
};
/** A woman's surname changes only in these classes. */
const FEMININE: Readonly<Partial<Record<DeclensionClass, Change>>> = {
  ADJ: change(/а$/, 'ої', 'ій'),
  ADJS: change(/я$/, 'ьої', 'ій'),
  POS: change(/а$/, 'ої', 'ій'),
  A: MASCULINE.A,
  AM: MASCULINE.AM,
  YA: MASCULINE.YA,
  YAJ: MASCULINE.YAJ,
};
/** A stem after which -ї is written; Ілля, whose stem ends in a consonant, has -і. */
const AFTER_VOWEL = /[аеєиіїоуюяй']$/i;
/** г, к, х before the -і of the dative. */
const SOFTENED: Readonly<Record<string, string>> = { г: 'з', к: 'ц', х: 'с' };

export interface Word {
  readonly nominative: string;
  readonly class: DeclensionClass;
  /** Stem of the other cases where it is not the nominative's: Сокіл, Сокол-. */
  readonly obliqueStem: string | null;
}

/** A word of a man, or a given name of either sex. */
export const inCase = (word: Word, grammarCase: GrammarCase): string => put(word, MASCULINE[word.class], grammarCase);

/** A woman's surname: unchanged outside of adjectives and nouns on -а, -я. */
export function feminineSurname(word: Word, grammarCase: GrammarCase): string {
  const rule = FEMININE[word.class];
  return rule ? put(word, rule, grammarCase) : word.nominative;
}

function put(word: Word, rule: Change, grammarCase: GrammarCase): string {
  const { nominative, obliqueStem } = word;
  if (obliqueStem !== null) return obliqueStem + endingOnStem(word.class, rule[grammarCase]);
  const stem = nominative.replace(rule.cut, '');
  if (word.class === 'A' && grammarCase === 'dative') return softened(stem) + rule.dative;
  if (word.class === 'YAJ' && !AFTER_VOWEL.test(stem)) return stem + MASCULINE.YA[grammarCase];
  return stem + rule[grammarCase];
}

/** The stem of ETS and OK words already holds the consonant that the ending repeats: Коломійц-я. */
const endingOnStem = (kind: DeclensionClass, ending: string): string =>
  kind === 'ETS' || kind === 'OK' ? ending.slice(1) : ending;

function softened(stem: string): string {
  const last = stem.at(-1);
  assert(last !== undefined, 'a word has a stem');
  return stem.slice(0, -1) + (SOFTENED[last] ?? last);
}
