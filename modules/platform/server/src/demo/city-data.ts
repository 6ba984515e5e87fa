import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const FOLDER = new URL('../../../../../infra/city/', import.meta.url);

/** One row of a table of `infra/city`. An unknown column is a mistake, an empty one is `''`. */
export class CityRow {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }
  text(column: string): string {
    const value = this.#values.get(column);
    if (value === undefined) throw new RangeError(`no column ${column} in the data of the city`);
    return value;
  }
  optional(column: string): string | null {
    return this.text(column) || null;
  }
  number(column: string): number {
    const value = Number(this.text(column));
    if (!Number.isFinite(value)) throw new RangeError(`not a number in ${column}: ${this.text(column)}`);
    return value;
  }
  yes(column: string): boolean {
    return this.text(column) === 'yes';
  }
}

const tables = new Map<string, readonly CityRow[]>();

/** Data of the demonstration city: streets, houses, names, providers, tariffs, norms. */
export function cityTable(name: string): readonly CityRow[] {
  const known = tables.get(name);
  if (known) return known;
  const lines: string[][] = parse(readFileSync(new URL(`${name}.csv`, FOLDER), 'utf8'), { skip_empty_lines: true });
  const [header = [], ...body] = lines;
  const rows = body.map((line) => new CityRow(new Map(header.map((column, index) => [column, line[index] ?? '']))));
  tables.set(name, rows);
  return rows;
}

/** `'[2020-01-01,2021-01-01)'` of a first and a last day in force; no last day = open. */
export function dayRange(first: string, last: string | null): string {
  return `[${first},${last ? dayAfter(last) : ''})`;
}

const DAY_MS = 86_400_000;

export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The account that shows a case which must occur in every city; undefined when the city has fewer accounts. */
export function caseAccount(name: string, accounts: number): number | undefined {
  const row = cityTable('cases').find((each) => each.text('case') === name);
  if (!row) throw new RangeError(`no case ${name} in the data of the city`);
  return row.number('account') <= accounts ? row.number('account') : undefined;
}
