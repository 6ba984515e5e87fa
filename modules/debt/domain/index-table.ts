import { Dec, DomainError, type Period } from '@komplat/kernel';
import { ONE, type UsedParameter } from './law-trace.ts';

/** `refuse` names the month; `unchanged` and `100` leave the coefficient as it was (law.md 4.5). */
export type MissingIndex = 'refuse' | 'unchanged' | '100';

export interface IndexRow {
  readonly month: string;
  /** Previous month = 100. */
  readonly value: string;
  readonly mark: string;
}
export interface IndexTableData {
  readonly version: string;
  readonly rows: readonly IndexRow[];
}

const HUNDRED = 100;
const SURE = 'confirmed';

/** Monthly inflation indices of one calculation; remembers what it was asked for. */
export class IndexTable {
  readonly #rows: ReadonlyMap<string, IndexRow>;
  readonly #own: ReadonlyMap<string, string>;
  readonly #version: string;
  readonly #missing: MissingIndex;
  readonly #used = new Set<string>();
  readonly #absent = new Set<string>();

  /** `own`: indices that this one run uses instead of the table, by month. */
  constructor(table: IndexTableData, missing: MissingIndex = 'refuse', own: Readonly<Record<string, string>> = {}) {
    this.#rows = new Map(table.rows.map((row) => [row.month, row]));
    this.#own = new Map(Object.entries(own));
    this.#version = table.version;
    this.#missing = missing;
  }

  /** Index of a month divided by 100. A month without one is refused by name: `debt.index-missing`. */
  factor(month: Period): Dec {
    const name = month.toString();
    const value = this.#own.get(name) ?? this.#rows.get(name)?.value;
    if (value !== undefined) {
      this.#used.add(name);
      return new Dec(value).div(HUNDRED);
    }
    if (this.#missing === 'refuse') throw new DomainError('debt.index-missing', { month: name, path: 'parameters.indices' });
    this.#absent.add(name);
    return ONE;
  }

  /** Product of the indices of several months. */
  product(months: readonly Period[]): Dec {
    return months.reduce((product, month) => product.times(this.factor(month)), ONE);
  }

  /** What was used, with its marks. */
  used(): UsedParameter[] {
    const fromTable = [...this.#used].filter((month) => !this.#own.has(month)).toSorted();
    const unsure = fromTable.filter((month) => this.#rows.get(month)?.mark !== SURE);
    const own = [...this.#used].filter((month) => this.#own.has(month)).toSorted();
    const absent = [...this.#absent].toSorted();
    return [
      { id: 'debt.inflation-index', version: this.#version, mark: SURE, months: fromTable.length - unsure.length },
      ...unsure.slice(0, 1).map((month) => ({
        id: 'debt.inflation-index.unverified',
        version: `${this.#version}: ${month}..${unsure.at(-1) ?? month}`,
        mark: this.#rows.get(month)?.mark ?? '',
        months: unsure.length,
      })),
      { id: 'parameters.indices', version: own.join(', '), mark: 'override', months: own.length },
      { id: 'parameters.missingIndex', version: `${this.#missing}: ${absent.join(', ')}`, mark: 'override', months: absent.length },
    ]
      .filter(({ id, months }) => months > 0 || id === 'debt.inflation-index')
      .map(({ id, version, mark }) => ({ id, version, mark }));
  }
}
