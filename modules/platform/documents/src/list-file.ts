import { Readable, PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvLines } from './csv.ts';
import type { CellValue, Column, Sheet, SheetRow } from './sheet.ts';
import { writeXlsx } from './xlsx.ts';

export type ListFormat = 'xlsx' | 'csv';

/** A column of a list and how its cell is read from a row. */
export interface FileColumn<R> extends Column {
  readonly value: (row: R) => CellValue;
}
/** All rows of a filter with their totals, as the database hands them over. */
export interface ListContent<S> {
  readonly rows: AsyncIterable<S>;
  readonly totals: { readonly count: number; readonly sums: Readonly<Record<string, string>> };
}
export interface ListFile<S, R> {
  readonly title: string;
  /** The filter in words; what is not set is left out. */
  readonly filter: readonly (string | undefined)[];
  readonly columns: readonly FileColumn<R>[];
  readonly toRow: (row: S) => R;
  readonly ask: {
    readonly format: ListFormat;
    /** Keys of the columns in the wished order; all when nobody chose. */
    readonly columns?: readonly string[] | undefined;
    readonly ids?: readonly string[] | undefined;
  };
  /** Who gets the file, for the line on top. */
  readonly by: string;
  readonly say: (key: string, params?: Readonly<Record<string, unknown>>) => string;
}

export const LIST_TYPES: Readonly<Record<ListFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/**
 * Writes a list into a stream while its rows are read. `read` hands the rows over and ends when they are written; when
 * it fails, or when nobody reads the file any more, the other side ends too.
 */
export function listFile<S, R>(
  file: ListFile<S, R>,
  read: (work: (content: ListContent<S>) => Promise<void>) => Promise<void>,
): Readable {
  const out = new PassThrough();
  const columns = chosenOf(file);
  const { title: name, say, ask } = file;
  const write = async ({ rows, totals }: ListContent<S>): Promise<void> => {
    const sum = { ...totals.sums, [columns[0]?.key ?? '']: say('platform.file.total', { count: totals.count }) };
    const sheet = { name, heading: headingOf(file), columns, rows: cellsOf(file, columns, rows, out), totals: sum };
    await writeSheet(sheet, ask.format, out);
  };
  read(write).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
}

function headingOf<S, R>({ title, filter, ask, by, say }: ListFile<S, R>): readonly string[] {
  const clock = new Intl.DateTimeFormat('uk-UA', { timeZone: 'Europe/Kyiv', dateStyle: 'short', timeStyle: 'short' });
  const words = filter.filter((word) => word).join(', ');
  return [
    title,
    say('platform.file.filter', { filter: words || say('platform.file.all'), marked: ask.ids?.length ?? 0 }),
    say('platform.file.made', { at: clock.format(new Date()), name: by }),
  ];
}

function chosenOf<S, R>({ columns, ask }: ListFile<S, R>): readonly FileColumn<R>[] {
  const found = (ask.columns ?? []).flatMap((key) => columns.filter((column) => column.key === key));
  return found.length > 0 ? found : columns;
}

async function* cellsOf<S, R>(
  { toRow }: ListFile<S, R>,
  columns: readonly FileColumn<R>[],
  rows: AsyncIterable<S>,
  out: Writable,
): AsyncGenerator<SheetRow> {
  for await (const source of rows) {
    if (out.destroyed) throw new Error('nobody reads the file any more');
    const row = toRow(source);
    const cells: Record<string, CellValue> = {};
    for (const { key, value } of columns) cells[key] = value(row);
    yield cells;
  }
}

async function writeSheet(sheet: Sheet, format: ListFormat, out: Writable): Promise<void> {
  if (format === 'xlsx') await writeXlsx(sheet, out);
  else await pipeline(Readable.from(csvWithHeading(sheet)), out);
}

async function* csvWithHeading(sheet: Sheet): AsyncGenerator<string> {
  const lines = csvLines(sheet);
  yield '\uFEFF';
  for (const line of sheet.heading ?? []) yield `"${line.replaceAll('"', '""')}"\r\n`;
  yield* lines;
}

/** Headers of the answer that carries the file. */
export const listHeaders = (name: string, format: ListFormat): { type: string; disposition: string } => ({
  type: LIST_TYPES[format],
  disposition: `attachment; filename="${name}.${format}"`,
});
