import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Face {
  readonly file: string;
  readonly range: string;
}
/** Cyrillic with the hryvnia, Latin, Polish and Turkish letters; the ranges are those of the package. */
const FACES: readonly Face[] = [
  { file: 'inter-cyrillic-wght-normal.woff2', range: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116' },
  {
    file: 'inter-latin-wght-normal.woff2',
    range:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  },
  { file: 'inter-cyrillic-ext-wght-normal.woff2', range: 'U+0460-052F,U+1C80-1C8A,U+20B4,U+2DE0-2DFF,U+A640-A69F,U+FE2E-FE2F' },
];
let css: string | undefined;

/** `@font-face` rules of Inter with the fonts inside: a page that is printed has no network. */
export function printFonts(): string {
  css ??= FACES.map(faceRule).join('\n');
  return css;
}

/** The font files inside every PDF, with their hashes: part of what a document was made of. */
export const printFontFiles = (): readonly { readonly name: string; readonly sha256: string }[] =>
  FACES.map(({ file }) => ({ name: file, sha256: createHash('sha256').update(bytesOf(file)).digest('hex') }));

const bytesOf = (file: string): Buffer => readFileSync(createRequire(import.meta.url).resolve(`@fontsource-variable/inter/files/${file}`));

function faceRule({ file, range }: Face): string {
  const data = bytesOf(file).toString('base64');
  return `@font-face{font-family:Inter;font-weight:100 900;font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
}
