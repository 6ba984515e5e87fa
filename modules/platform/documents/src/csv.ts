import type { Sheet } from './sheet.ts';

export interface CsvOptions {
  readonly separator?: ',' | ';' | '\t';
  /** Byte order mark, so that Excel opens UTF-8 as UTF-8. */
  readonly bom?: boolean;
}
/** A cell that a spreadsheet would run as a formula. Numbers with a minus stay numbers. */
const FORMULA = /^[=+\-@\t\r|%]/;
const NUMBER = /^-?\d+([.,]\d+)?$/;

/** Lines of a CSV file (RFC 4180, CRLF). Text that begins like a formula gets an apostrophe in front. */
export async function* csvLines(
  sheet: Sheet,
  { separator = ';', bom = false }: CsvOptions = {},
): AsyncGenerator<string> {
  const line = (values: readonly string[]): string =>
    `${values.map((value) => quoted(value, separator)).join(separator)}\r\n`;
  yield (bom ? '\uFEFF' : '') + line(sheet.columns.map((column) => guarded(column.title)));
  for await (const row of sheet.rows) {
    yield line(sheet.columns.map((column) => cell(row[column.key] ?? null)));
  }
  if (sheet.totals) {
    const { totals } = sheet;
    yield line(sheet.columns.map((column) => cell(totals[column.key] ?? null)));
  }
}

export async function csvText(sheet: Sheet, options: CsvOptions = {}): Promise<string> {
  let text = '';
  for await (const line of csvLines(sheet, options)) text += line;
  return text;
}

const cell = (value: string | number | null): string => (value === null ? '' : guarded(String(value)));
const guarded = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
const quoted = (text: string, separator: string): string =>
  text.includes('"') || text.includes('\n') || text.includes('\r') || text.includes(separator)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
