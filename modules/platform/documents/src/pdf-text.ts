import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFObject, type PDFPage } from 'pdf-lib';

/** Letters of a font by its codes; codes of composite fonts have two bytes. */
interface Font {
  readonly digits: number;
  readonly letters: ReadonlyMap<number, string>;
}
const latin = (stream: PDFObject | undefined): string =>
  stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1') : '';

/** Text of each page in the order of its drawing, spaces made one: what a reader would copy out of a PDF of Chromium. */
export async function pdfText(pdf: Uint8Array): Promise<readonly string[]> {
  const file = await PDFDocument.load(pdf, { updateMetadata: false });
  return file.getPages().map(pageText);
}

function pageText(page: PDFPage): string {
  const fonts = fontsOf(page);
  let font: Font | undefined;
  let text = '';
  for (const [token, name, shown] of contentsOf(page).matchAll(/\/(F\d+) [\d.]+ Tf|(?:<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\)])*)\)) ?Tj|\bET\b/g)) {
    if (name !== undefined) font = fonts.get(name);
    else if (token === 'ET') text += ' ';
    else if (font) text += spelled(shown ?? hexOf(token), font);
  }
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A string in brackets as hexadecimal digits. */
function hexOf(token: string): string {
  const inside = token.slice(token.indexOf('(') + 1, token.lastIndexOf(')'));
  const plain = inside.replaceAll(/\\([0-7]{1,3}|.)/gs, (_, sign: string) => (/^[0-7]/.test(sign) ? String.fromCodePoint(Number.parseInt(sign, 8)) : (ESCAPED[sign] ?? sign)));
  return Buffer.from(plain, 'latin1').toString('hex');
}
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const spelled = (hex: string, { digits, letters }: Font): string =>
  (hex.match(new RegExp(`.{${digits}}`, 'g')) ?? []).map((code) => letters.get(Number.parseInt(code, 16)) ?? '').join('');

function contentsOf(page: PDFPage): string {
  const contents = page.node.Contents();
  return contents instanceof PDFArray ? contents.asArray().map((part) => latin(page.doc.context.lookup(part))).join('\n') : latin(contents);
}

function fontsOf(page: PDFPage): ReadonlyMap<string, Font> {
  const fonts = page.node.Resources()?.lookup(PDFName.of('Font'));
  if (!(fonts instanceof PDFDict)) return new Map();
  const found = fonts.keys().map((key): readonly [string, Font] => {
    const font = fonts.lookup(key, PDFDict);
    const digits = font.lookup(PDFName.of('Subtype'))?.toString() === '/Type0' ? 4 : 2;
    return [key.decodeText(), { digits, letters: lettersOf(latin(font.lookup(PDFName.of('ToUnicode')))) }];
  });
  return new Map(found);
}

/** Reads a `ToUnicode` table: single codes and ranges of codes. */
function lettersOf(table: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, from = '', to = '', first] of table.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)>(?: <([0-9A-F]+)>)?/gi)) {
    if (first === undefined) letters.set(Number.parseInt(from, 16), utf16(to));
    else {
      const [low, high, letter] = [Number.parseInt(from, 16), Number.parseInt(to, 16), Number.parseInt(first, 16)];
      for (let code = low; code <= high && high - low < 65_536; code += 1) letters.set(code, String.fromCodePoint(letter + code - low));
    }
  }
  return letters;
}
const utf16 = (hex: string): string => (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');
