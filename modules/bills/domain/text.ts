import { dec, roundHalfAwayFromZero } from '@komplat/kernel';

const NBSP = '\u00A0';
const MINUS = '\u2212';

const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, NBSP);

/** Kopecks as people read them: `3 215,72`, `−27,56`. */
export function moneyText(kop: bigint): string {
  const digits = (kop < 0n ? -kop : kop).toString().padStart(3, '0');
  return `${kop < 0n ? MINUS : ''}${grouped(digits.slice(0, -2))},${digits.slice(-2)}`;
}
/** `+1 186,29`. */
export const signedMoneyText = (kop: bigint): string => (kop > 0n ? `+${moneyText(kop)}` : moneyText(kop));

/** A decimal number without idle zeros: `67.080000` is `67,08`. */
export function decimalText(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = fraction.replace(/0+$/, '');
  return `${grouped(whole)}${digits ? `,${digits}` : ''}`;
}

/** Prices keep two decimals at least. */
export function priceText(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${grouped(whole)},${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** `2026-10-20` is `20.10.2026`. */
export const dayText = (day: string): string => day.split('-').reverse().join('.');

/**
 * The catalogue's name of a service for people: what stands in brackets when it is the common name («холодна вода»),
 * otherwise the name without the brackets.
 */
export function shortName(name: string): string {
  const common = /\(([^)\d]{3,20})\)\s*$/.exec(name)?.[1];
  if (common) return `${common.slice(0, 1).toUpperCase()}${common.slice(1)}`;
  return name.replace(/\s*\([^)]*\)\s*$/, '');
}

const UNITS: Readonly<Record<string, string>> = { особа: 'ос.', особу: 'ос.', особи: 'ос.', рахунок: 'міс.', квартира: 'кв.', квартиру: 'кв.' };
/** The unit of a service or tariff in a table: its first word, short. */
export function shortUnit(unit: string): string {
  const first = unit.split(/[\s;,]/).find((word) => word !== '') ?? unit;
  return UNITS[first] ?? first;
}

/** A quantity as it is read: three decimals are enough but for heat. */
export function quantityDigits(text: string, unit: string): string {
  const scale = unit.startsWith('Гкал') ? 6 : 3;
  return decimalText(roundHalfAwayFromZero(dec(text), scale).toString());
}

const VOWELS = 'аеєиіїоуюя';
const LETTERS = /[а-щьюяєіїґ’ʼ]{7,}/giu;
const isVowel = (letter: string | undefined): boolean => letter !== undefined && VOWELS.includes(letter);
const SHY = '\u00AD';

/**
 * Soft hyphens where Ukrainian words may be broken («Український правопис» 2019, § 54): between syllables, two letters
 * at least on both sides, дж and дз together, the soft sign and the apostrophe with the letter before, й with its vowel.
 */
export const hyphenated = (text: string): string => text.replaceAll(LETTERS, hyphenateWord);

function hyphenateWord(word: string): string {
  const low = word.toLowerCase();
  const vowels = [...low].flatMap((letter, at) => (isVowel(letter) ? [at] : []));
  let result = '';
  let from = 0;
  for (let step = 0; step + 1 < vowels.length; step += 1) {
    const at = breakBetween(low, vowels[step] ?? 0, vowels[step + 1] ?? 0);
    if (at < 2 || word.length - at < 2 || at - from < 2) continue;
    result += word.slice(from, at) + SHY;
    from = at;
  }
  return result + word.slice(from);
}

const NOWHERE = -1;

/** Place of the break between two vowels: the last consonant goes to the next syllable, with the pair it belongs to. */
function breakBetween(low: string, first: number, second: number): number {
  if (second === first + 1) return second;
  let at = second - 1;
  if ('’ʼ'.includes(low[at] ?? '')) return second;
  if (low[at] === 'ь') at -= 1; // ьо is one sound with its consonant
  const pair = low.slice(at - 1, at + 1);
  const place = (pair === 'дж' || pair === 'дз') && at - 1 > first ? at - 1 : at;
  return 'ь’ʼ'.includes(low[place] ?? '') ? NOWHERE : place;
}

/** The typographic apostrophe of Ukrainian words, whatever was typed. */
export const withApostrophe = (text: string): string => text.replaceAll(/(?<=\p{L})['`\u02BC\u2018\u201B](?=\p{L})/gu, '’');
