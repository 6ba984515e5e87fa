/** Single-byte pages of Ukrainian files, detection of a page by letter statistics, decoding of pieces. */
export type CodePage = 'windows-1251' | 'cp866' | 'cp1125' | 'utf-8';

const CP1125_TAIL = 'ҐґЄєІіЇї';

function highHalf(label: string): string {
  return new TextDecoder(label).decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128));
}

const CP866_HIGH = highHalf('ibm866');
const CP1125_HIGH = `${CP866_HIGH.slice(0, 0xf2 - 128)}${CP1125_TAIL}${CP866_HIGH.slice(0xfa - 128)}`;

/** Decodes a stream of pieces; a single-byte page has no state, UTF-8 keeps a cut character. */
export function pieceDecoder(page: CodePage): (bytes: Uint8Array) => string {
  if (page === 'cp1125') return (bytes) => decodeBytes(bytes, page);
  const label = page === 'cp866' ? 'ibm866' : page;
  const decoder = new TextDecoder(label, { ignoreBOM: false });
  return (bytes) => decoder.decode(bytes, { stream: true });
}

export function decodeBytes(bytes: Uint8Array, page: CodePage): string {
  if (page !== 'cp1125') return new TextDecoder(page === 'cp866' ? 'ibm866' : page).decode(bytes);
  let text = '';
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : (CP1125_HIGH[byte - 128] ?? '?');
  return text;
}

// Share of letters in Ukrainian text, per mille, from general frequency tables; what is not listed is rare or foreign.
const FREQUENCY: ReadonlyMap<string, number> = new Map(
  Object.entries({
    о: 94,
    а: 83,
    и: 61,
    н: 66,
    і: 58,
    в: 52,
    е: 48,
    р: 47,
    т: 51,
    с: 41,
    к: 40,
    л: 37,
    у: 33,
    д: 31,
    м: 31,
    п: 28,
    я: 22,
    з: 22,
    ь: 18,
    г: 16,
    б: 16,
    ч: 13,
    х: 11,
    й: 11,
    ж: 8,
    ю: 8,
    ц: 7,
    ш: 7,
    ї: 6,
    є: 6,
    щ: 4,
    ф: 3,
    ґ: 1,
    ы: 10,
    э: 3,
    ъ: 1,
    ё: 1,
    '№': 3,
    '’': 2,
    '«': 2,
    '»': 2,
    '–': 1,
    '—': 1,
    ʼ: 1,
  }),
);
const LETTER_PENALTY = -60;
const CASE_PENALTY = -40;

function scoreText(text: string): { readonly score: number; readonly letters: number } {
  let sum = 0;
  let letters = 0;
  let previousLower = false;
  for (const char of text) {
    if (char.charCodeAt(0) < 128) {
      previousLower = false;
      continue;
    }
    letters += 1;
    const lower = char.toLowerCase();
    const weight = FREQUENCY.get(lower);
    sum += weight ?? LETTER_PENALTY;
    const isLower = char === lower;
    if (previousLower && !isLower) sum += CASE_PENALTY; // "пРИВІТ": upper case after lower case inside a word
    previousLower = isLower && weight !== undefined;
  }
  return { score: letters === 0 ? 0 : sum / letters, letters };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const MIN_LETTERS = 12;
const MARGIN = 15;

export interface Detection {
  readonly page: CodePage;
  /** False when the text has too few letters beyond ASCII to tell. */
  readonly certain: boolean;
}

/** Which page the letters of a text speak for; `fallback` when they say nothing. */
export function detectCodePage(bytes: Uint8Array, fallback: CodePage): Detection {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { page: 'utf-8', certain: true };
  let high = 0;
  for (const byte of bytes) if (byte >= 128) high += 1;
  if (high < MIN_LETTERS) return { page: fallback, certain: false };
  if (isUtf8(bytes)) return { page: 'utf-8', certain: true };
  const scored = (['windows-1251', 'cp866', 'cp1125'] as const)
    .map((page) => ({ page, score: scoreText(decodeBytes(bytes, page)).score }))
    .sort((a, b) => b.score - a.score);
  const own = scored.find((each) => each.page === fallback);
  const best = scored[0];
  if (best === undefined) return { page: fallback, certain: false };
  if (own !== undefined && best.score - own.score < MARGIN && !isBetterUkrainian(bytes, best.page, fallback)) {
    return { page: fallback, certain: best.page === fallback };
  }
  return { page: best.page, certain: best.score > 0 };
}

/** cp866 and cp1125 differ only in bytes F2-F9: any of the letters і І ґ Ґ there tells them apart. */
function isBetterUkrainian(bytes: Uint8Array, best: CodePage, fallback: CodePage): boolean {
  if (best !== 'cp1125' || fallback !== 'cp866') return false;
  let seen = 0;
  for (const byte of bytes) if (byte >= 0xf6 && byte <= 0xf9) seen += 1;
  return seen > 2;
}
