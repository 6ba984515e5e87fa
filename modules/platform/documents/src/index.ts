export { csvLines, csvText, type CsvOptions } from './csv.ts';
export { dbfBytes, type DbfEncoding, type DbfField, DbfRefused, type DbfRow, readDbf } from './dbf.ts';
export type { CellValue, Column, ColumnKind, Sheet, SheetRow } from './sheet.ts';
export { writeXlsx, xlsxBytes } from './xlsx.ts';
