import type { PackRow } from '../../contract/pack-view.schema.ts';

/** Letters of numbers by the official table (Постанова КМУ 55 від 27.01.2010); only capitals stand in numbers. */
const LATIN: Readonly<Record<string, string>> = { П: 'P', С: 'S', Н: 'N', З: 'Z', Д: 'D', Т: 'T', В: 'V', К: 'K', О: 'O', Р: 'R' };
const KINDS: Readonly<Record<PackRow['kind'], string>> = { order: 'nakaz', claim: 'pozov' };
/** The run is told by its year and number: its letter says nothing more than the kind. */
const RUN_LETTER = /^\p{Lu}-/u;

/** A number as it may stand in the name of a file: Latin letters, digits, dots and dashes. */
export const latinOf = (text: string): string =>
  [...text].map((letter) => LATIN[letter] ?? letter).join('').replaceAll(/[^A-Za-z0-9.]+/g, '-').replaceAll(/^-+|-+$/g, '');

/** `nakaz-2026-0001-7-0421057316.pdf`: kind, number, account, and what the file is unless it is the whole pack. */
export function packFileName({ kind, number, account }: Pick<PackRow, 'kind' | 'number' | 'account'>, file: string): string {
  const what = file.replace(/^pack\./, '.').replace(/^(?=[a-z])/, '-');
  return `${KINDS[kind]}-${latinOf(number.replace(RUN_LETTER, ''))}-${account}${what}`;
}
