/** How a column is written: `money` and `decimal` come as decimal text, `day` as `2026-11-23`. */
export type ColumnKind = 'text' | 'money' | 'decimal' | 'integer' | 'day';

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly kind: ColumnKind;
  /** Characters. */
  readonly width?: number;
}
export type CellValue = string | number | null;
export type SheetRow = Readonly<Record<string, CellValue>>;

/** A table to be written: rows are taken one by one, so a sheet of any length needs little memory. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<SheetRow> | Iterable<SheetRow>;
  /** Lines above the header: what it is, of which month, when it was made. */
  readonly heading?: readonly string[];
  /** A last row in bold. */
  readonly totals?: SheetRow;
}
