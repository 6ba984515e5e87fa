import { PassThrough, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import ExcelJS from 'exceljs';
import type { CellValue, Column, Sheet, SheetRow } from './sheet.ts';

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

/** Writes one sheet as .xlsx, row by row. Text is never taken for a formula. */
export const writeXlsx = (sheet: Sheet, out: Writable): Promise<void> => writeBook([sheet], out);

async function writeBook(sheets: readonly Sheet[], out: Writable): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  for (const sheet of sheets) await addSheet(workbook, sheet);
  await workbook.commit();
}

async function addSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheet: Sheet): Promise<void> {
  const worksheet = workbook.addWorksheet(sheet.name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31));
  worksheet.columns = sheet.columns.map((column) => ({
    key: column.key,
    width: column.width ?? (column.kind === 'text' ? 28 : 16),
  }));
  for (const line of sheet.heading ?? []) worksheet.addRow([line]).commit();
  const header = worksheet.addRow(sheet.columns.map((column) => column.title));
  header.font = { bold: true };
  header.commit();
  for await (const row of sheet.rows) addRow(worksheet, sheet.columns, row, false);
  if (sheet.totals) addRow(worksheet, sheet.columns, sheet.totals, true);
  worksheet.commit();
}

/** The same in memory, for sheets that are small by nature. */
export const xlsxBytes = (sheet: Sheet): Promise<Buffer> => xlsxBook([sheet]);

/** Several sheets of one book, in memory. */
export async function xlsxBook(sheets: readonly Sheet[]): Promise<Buffer> {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await Promise.all([writeBook(sheets, stream), finished(stream)]);
  return Buffer.concat(chunks);
}

function addRow(worksheet: ExcelJS.Worksheet, columns: readonly Column[], row: SheetRow, bold: boolean): void {
  const added = worksheet.addRow(columns.map((column) => toCell(column, row[column.key] ?? null)));
  for (const [index, column] of columns.entries()) {
    const cell = added.getCell(index + 1);
    cell.numFmt = FORMATS[column.kind];
    if (bold) cell.font = { bold: true };
  }
  added.commit();
}

function toCell({ kind }: Column, value: CellValue): string | number | Date | null {
  if (value === null || kind === 'text') return value === null ? null : String(value);
  const text = String(value);
  if (kind === 'day') return new Date(`${text}T00:00:00Z`);
  const isExact = DECIMAL.test(text) && text.replaceAll(/\D/g, '').length <= MOST_DIGITS;
  return isExact ? Number(text) : text;
}
