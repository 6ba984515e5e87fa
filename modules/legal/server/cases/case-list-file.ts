import { DomainError } from '@komplat/kernel';
import { parse } from 'csv-parse/sync';
import type ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { type ListCells, missingColumn } from '../../domain/index.ts';

export const MOST_ROWS = 5_000;
const DAY_LENGTH = 10;

/** Rows of a CSV (UTF-8 or Windows-1251, comma or semicolon) or of the first sheet of an XLSX, by the words of the header. */
export async function readListFile(bytes: Buffer, name: string, kind: 'court' | 'executor'): Promise<ListCells[]> {
  const kindOfFile = name.split('.').at(-1)?.toLowerCase();
  if (kindOfFile !== 'csv' && kindOfFile !== 'xlsx') throw new DomainError('legal.list.file-kind', { name });
  const table = kindOfFile === 'csv' ? csvRows(bytes, name) : await sheetRows(bytes, name);
  const [head, ...rows] = table.filter((row) => row.some((cell) => cell.trim() !== ''));
  if (!head) throw new DomainError('legal.list.file-empty', { name });
  const header = head.map((cell) => cell.trim().toLowerCase());
  const missing = missingColumn(kind, header);
  if (missing) throw new DomainError('legal.list.column-missing', { column: missing });
  if (rows.length > MOST_ROWS) throw new DomainError('legal.list.rows-many', { rows: rows.length, most: MOST_ROWS });
  return rows.map((row) => Object.fromEntries(header.map((column, at) => [column, (row[at] ?? '').trim()])));
}

function csvRows(bytes: Buffer, name: string): string[][] {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    text = iconv.decode(bytes, 'win1251');
  }
  const [first = ''] = text.split('\n');
  const delimiter = first.split(';').length > first.split(',').length ? ';' : ',';
  try {
    return parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch {
    throw new DomainError('legal.list.file-empty', { name });
  }
}

async function sheetRows(bytes: Buffer, name: string): Promise<string[][]> {
  const { default: excel }: { default: typeof ExcelJS } = await import('exceljs'); // a megabyte of code that is wanted once a month
  const book = new excel.Workbook();
  try {
    await book.xlsx.load(new Uint8Array(bytes).buffer);
  } catch {
    throw new DomainError('legal.list.file-empty', { name });
  }
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      cells[column - 1] = cell.value instanceof Date ? cell.value.toISOString().slice(0, DAY_LENGTH) : cell.text;
    });
    rows.push(Array.from(cells, (cell) => cell ?? ''));
  });
  return rows;
}
