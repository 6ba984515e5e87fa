import { Readable, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { CellValue, Column, Sheet, SheetRow } from './sheet.ts';
import { zipPieces } from './zip.ts';

const KINDS: readonly Column['kind'][] = ['text', 'money', 'decimal', 'integer', 'day'];
const FORMATS: Readonly<Record<Column['kind'], string>> = {
  text: '@',
  money: '#,##0.00',
  decimal: '#,##0.######',
  integer: '#,##0',
  day: 'dd.mm.yyyy',
};
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;
/** Excel keeps 15 significant digits: longer numbers stay text rather than lose a kopeck. */
const MOST_DIGITS = 15;
/** Day 0 of a spreadsheet, in milliseconds. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** Characters of one piece: large enough for the packer, small enough for the memory. */
const PIECE = 32_768;
const [PLAIN, BOLD] = [0, 1];
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Writes one sheet as .xlsx while its rows are read, no faster than it is taken. Text is never taken for a formula. */
export const writeXlsx = (sheet: Sheet, out: Writable): Promise<void> => pipeline(bookOf([sheet]), out);

/** The same in memory, for sheets that are small by nature. */
export const xlsxBytes = (sheet: Sheet): Promise<Buffer> => xlsxBook([sheet]);

/** Several sheets of one book, in memory. */
export const xlsxBook = (sheets: readonly Sheet[]): Promise<Buffer> => buffer(bookOf(sheets));

/** A book as ECMA-376 wants it, with its texts in the cells: no table of texts has to be kept. */
const bookOf = (sheets: readonly Sheet[]): Readable =>
  Readable.from(
    zipPieces([
      { name: '[Content_Types].xml', pieces: [contentTypes(sheets.length)] },
      { name: '_rels/.rels', pieces: [relations([['officeDocument', 'xl/workbook.xml']])] },
      { name: 'xl/workbook.xml', pieces: [workbook(sheets)] },
      { name: 'xl/_rels/workbook.xml.rels', pieces: [relations([...sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const), ['styles', 'styles.xml']])] },
      { name: 'xl/styles.xml', pieces: [STYLES] },
      ...sheets.map((sheet, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, pieces: worksheet(sheet) })),
    ]),
    { objectMode: false },
  );

/** The sheet in pieces of some size: a piece a row would cost more than the row. */
async function* worksheet({ columns, heading = [], rows, totals }: Sheet): AsyncGenerator<string> {
  const widths = columns.map(({ kind, width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width ?? (kind === 'text' ? 28 : 16)}" customWidth="1"/>`);
  const names = columns.map((_, at) => letters(at));
  let at = 0;
  const line = (cells: readonly Cell[]): string => {
    at += 1;
    let xml = `<row r="${at}">`;
    for (const [column, { kind, value, style }] of cells.entries()) xml += cellXml(kind, value, `r="${names[column] ?? 'A'}${at}" s="${style}"`);
    return `${xml}</row>`;
  };
  const rowLine = (row: SheetRow, weight: number): string => line(columns.map(({ key, kind }) => ({ kind, value: row[key] ?? null, style: styleOf(kind, weight) })));
  let piece = `${HEAD}<worksheet xmlns="${MAIN}"><cols>${widths.join('')}</cols><sheetData>`;
  for (const words of heading) piece += line([{ kind: 'text', value: words, style: PLAIN }]);
  piece += line(columns.map(({ title }) => ({ kind: 'text', value: title, style: BOLD })));
  for await (const row of rows) {
    piece += rowLine(row, PLAIN);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (totals) piece += rowLine(totals, BOLD);
  yield `${piece}</sheetData></worksheet>`;
}

interface Cell {
  readonly kind: Column['kind'];
  readonly value: CellValue;
  readonly style: number;
}
const LETTERS = 26;
/** Name of a column: 0 is A, 26 is AA. */
const letters = (column: number): string => (column < LETTERS ? '' : letters(Math.floor(column / LETTERS) - 1)) + String.fromCodePoint(65 + (column % LETTERS));

function cellXml(kind: Column['kind'], value: CellValue, place: string): string {
  if (value === null) return `<c ${place}/>`;
  const text = String(value);
  if (kind === 'day') return `<c ${place}><v>${(Date.parse(`${text}T00:00:00Z`) - EPOCH) / DAY_MS}</v></c>`;
  const isExact = kind !== 'text' && DECIMAL.test(text) && (text.length <= MOST_DIGITS || text.replaceAll(/\D/g, '').length <= MOST_DIGITS);
  return isExact ? `<c ${place}><v>${text}</v></c>` : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML cannot hold is left out (XML 1.0, 2.2). */
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ODD = /[&<>"]|[^\u0020-\u007E\u00A0-\uD7FF]/u;
const xmlText = (text: string): string => (ODD.test(text) ? text.replaceAll(UNFIT, '').replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign) : text);

/** Styles: plain, bold, then two of each kind. */
const styleOf = (kind: Column['kind'], weight: number): number => 2 + KINDS.indexOf(kind) * 2 + weight;
const FIRST_FORMAT = 164;
const CELL_STYLES = [
  ...[PLAIN, BOLD].map((font) => ({ font, format: 0 })),
  ...KINDS.flatMap((_, at) => [PLAIN, BOLD].map((font) => ({ font, format: FIRST_FORMAT + at }))),
];
const FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>';
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}">
<numFmts count="${KINDS.length}">${KINDS.map((kind, at) => `<numFmt numFmtId="${FIRST_FORMAT + at}" formatCode="${xmlText(FORMATS[kind])}"/>`).join('')}</numFmts>
<fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="${CELL_STYLES.length}">${CELL_STYLES.map(
  ({ font, format }) => `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
).join('')}</cellXfs>
</styleSheet>`;

/** Excel's own limits for the name of a sheet. */
const nameOf = ({ name }: Sheet): string => name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);
const workbook = (sheets: readonly Sheet[]): string => `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets
  .map((sheet, at) => `<sheet name="${xmlText(nameOf(sheet))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
  .join('')}</sheets></workbook>`;
const relations = (targets: readonly (readonly [kind: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`;
const contentTypes = (sheets: number): string => `${HEAD}<Types xmlns="${PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${PART}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${PART}.styles+xml"/>
${Array.from({ length: sheets }, (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${PART}.worksheet+xml"/>`).join('')}</Types>`;
