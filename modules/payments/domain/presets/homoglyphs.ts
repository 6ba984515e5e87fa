const LATIN_TO_CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
  ï: 'ї',
};
const UPPER: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LATIN_TO_CYRILLIC).map(([from, to]) => [from.toUpperCase(), to.toUpperCase()]),
);
const CYRILLIC = /\p{Script=Cyrillic}/u;
const WORD = /[\p{L}0’'ʼ`]+/gu;

/** Banks write Latin i for і and other look-alikes: inside a word with Cyrillic letters they are folded back. */
export function foldHomoglyphs(text: string): string {
  return text.replaceAll(WORD, (word) => {
    if (!CYRILLIC.test(word)) return word;
    let folded = '';
    for (const char of word) folded += char === '0' ? '0' : (LATIN_TO_CYRILLIC[char] ?? UPPER[char] ?? char);
    return folded;
  });
}

const APOSTROPHES = /[’'ʼ`"]/gu;

/** A name for comparing: folded, lower case, one kind of apostrophe left out, single spaces. */
export function normaliseName(name: string): string {
  return foldHomoglyphs(name)
    .toLowerCase()
    .replaceAll(APOSTROPHES, '')
    .replaceAll(/[\s.]+/gu, ' ')
    .trim();
}

/** A column header for comparing: folded, lower case, letters and digits only, endings of cases cut. */
export function normaliseHeader(header: string): string {
  return foldHomoglyphs(header.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 4 ? word.replace(/[аеиіоуюяїєй]+$/u, '') : word))
    .join(' ');
}

/** Whether the payer of a row may be the holder: equal surname, or a masked or empty name that says nothing. */
export function sameSurname(payer: string | null, holder: string): boolean {
  const first = normaliseName(payer ?? '').split(' ')[0] ?? '';
  return first === '' || first === (normaliseName(holder).split(' ')[0] ?? '');
}
