/** Latin letters and digits that look like Cyrillic ones; banks write them instead (formats.md section 0). */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['a', 'а'], ['c', 'с'], ['e', 'е'], ['i', 'і'], ['o', 'о'], ['p', 'р'], ['x', 'х'], ['y', 'у'], ['k', 'к'], ['m', 'м'],
  ['h', 'н'], ['b', 'в'], ['t', 'т'], ['ï', 'ї'],
]);
const CYRILLIC = /[а-яіїєґ]/i;
const APOSTROPHES = /[’`ʼ"´]/g;

/** Small letters, one kind of apostrophe, Latin look-alikes folded in words that have a Cyrillic letter. */
export function foldName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(APOSTROPHES, "'")
    .split(/\s+/)
    .map((word) => (CYRILLIC.test(word) ? [...word.toLowerCase()].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join('') : word.toLowerCase()))
    .join(' ')
    .trim();
}

/** Escapes what `like` would take as a pattern. */
export const likePattern = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
