const plain = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'object' ? JSON.stringify(value, safely) : String(value);
};
export const safely = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rows as a table with aligned columns. */
export function table(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => plain(row[column])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => (line[at] ?? '').length)));
  return cells.map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ').trimEnd()).join('\n');
}

/** An answer for a person: fields as lines, lists of rows as tables. */
export function humanText(answer: unknown): string {
  if (!isRow(answer)) return plain(answer);
  const lines = Object.entries(answer).map(([name, value]) =>
    Array.isArray(value) && value.length > 0 && value.every(isRow) ? `${name}:\n${table(value)}` : `${name}: ${plain(value)}`,
  );
  return lines.join('\n');
}
