import type { DeclensionClass, Word } from './declension-classes.ts';

type Rule = readonly [RegExp, DeclensionClass];

const VOWELS = /[аеєиіїоуюя]/g;
const syllables = (word: string): number => word.match(VOWELS)?.length ?? 0;

/** -ар that is soft; others (Гончар, Комар, Маляр, Скляр, Столяр) are hard. */
const SOFT_AR = /(?:бонд|кобз|кух|пушк|шинк|ток|крам|граб|вівч|пис|слюс|палам|лим)ар$/;

/** The first ending that fits decides. */
const NOUN_IN_A: readonly Rule[] = [
  [/[жчшщ]а$/, 'AM'],
  [/а$/, 'A'],
  [/(?:[аеєиіїоуюяй]|')я$/, 'YAJ'],
  [/я$/, 'YA'],
];
const MAN: readonly Rule[] = [
  [/(?:их|[уюіїеєи])$/, 'IND'],
  [/о$/, 'O'],
  [/ий$/, 'ADJ'],
  [/ній$/, 'ADJS'],
  [/й$/, 'J'],
  [/(?:ишин|ів|їв)$/, 'POSN'],
  [/(?:ов|ев|єв|ін|їн)$/, 'POS'],
  [SOFT_AR, 'KS'],
  [/ь$/, 'KS'],
  [/[жчшщ]$/, 'KM'],
  ...NOUN_IN_A,
  [/./, 'K'],
];
const WOMAN: readonly Rule[] = [
  [/(?:ськ|цьк|зьк)а$/, 'ADJ'],
  [/(?:ов|ев|єв|ін|їн)а$/, 'POS'],
  [/[жшд]ня$/, 'ADJS'],
  ...NOUN_IN_A,
  [/./, 'IND'],
];
const MAN_GIVEN: readonly Rule[] = [
  [/[уюіїеєи]$/, 'IND'],
  [/о$/, 'O'],
  [/й$/, 'J'],
  [/ь$/, 'KS'],
  [/[жчшщ]$/, 'KM'],
  ...NOUN_IN_A,
  [/./, 'K'],
];
const WOMAN_GIVEN: readonly Rule[] = [...NOUN_IN_A, [/[уюіїеєио]$/, 'IND'], [/./, 'F3']];

const firstFit = (rules: readonly Rule[], word: string): DeclensionClass =>
  rules.find(([ending]) => ending.test(word))?.[1] ?? 'IND';

/** A surname that is in no table, by its ending: a person has to look at the result. */
export function guessSurname(nominative: string, sex: 'm' | 'f'): Word {
  const word = nominative.toLowerCase();
  if (sex === 'f') return { nominative, class: firstFit(WOMAN, word), obliqueStem: null };
  if (/[еє]ць$/.test(word)) return { nominative, class: 'ETS', obliqueStem: stemOfEts(nominative) };
  if (word.endsWith('ок') && syllables(word) > 1) return { nominative, class: 'OK', obliqueStem: null };
  return { nominative, class: firstFit(MAN, word), obliqueStem: null };
}

/** A given name that is in no table, by its ending. */
export const guessGivenName = (nominative: string, sex: 'm' | 'f'): Word => ({
  nominative,
  class: firstFit(sex === 'm' ? MAN_GIVEN : WOMAN_GIVEN, nominative.toLowerCase()),
  obliqueStem: null,
});

/** Швець keeps its е; Коломієць, Стрілець: -ійц-, -льц-; the others drop the е. */
function stemOfEts(nominative: string): string | null {
  if (syllables(nominative.toLowerCase()) === 1) return nominative.slice(0, -1);
  if (/[ії]єць$/i.test(nominative)) return `${nominative.slice(0, -3)}йц`;
  return /лець$/i.test(nominative) ? `${nominative.slice(0, -3)}ьц` : null;
}
