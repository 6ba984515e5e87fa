import type { ReactNode } from 'react';
import { useSearchState } from '../router.tsx';

/** What the server says of the whole filter. */
export interface Totals {
  readonly count: number;
  readonly sums: Readonly<Record<string, string>>;
}

/** One column: how its head and its cells look. The first column names the row. */
export interface Column<T> {
  readonly key: string;
  readonly title: ReactNode;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'right' | 'center';
  readonly width?: number | string;
  readonly wrap?: boolean;
  readonly className?: string;
  /** The server can put the rows in the order of this column. */
  readonly sortable?: boolean;
  /** Identity: always shown, always at its place. */
  readonly fixed?: boolean;
  /** Shown only when a person chooses it. */
  readonly spare?: boolean;
  /** Acts and marks: no name in the chooser, not in the file. */
  readonly bare?: boolean;
  /** Name of the filter in the address that `F` opens from this column. */
  readonly filter?: string;
  /** Name of the sum of the whole filter that stands under this column. */
  readonly sum?: string;
}

/** Classes of a cell by the place of its text. */
export const alignClass = (align: Column<unknown>['align']): string =>
  align === 'right' ? 'r' : align === 'center' ? 'c' : '';

/** How a table stands: all of it is in the address, so a colleague with the link sees the same. */
export interface TableView<T> {
  readonly shown: readonly Column<T>[];
  /** All columns that may be chosen, in the order of the person. */
  readonly choice: readonly Column<T>[];
  readonly sort: string | undefined;
  readonly dense: boolean;
  readonly setSort: (sort: string | undefined) => void;
  readonly setDense: (dense: boolean) => void;
  /** `undefined` puts back the columns as they were made. */
  readonly setColumns: (keys: readonly string[] | undefined) => void;
}

const known = <T>(columns: readonly Column<T>[], keys: readonly string[]): readonly Column<T>[] =>
  keys.flatMap((key) => columns.filter((column) => column.key === key && !column.fixed && !column.bare));

/** Order and choice of columns, sort and density. `first` is the order of the server when nobody asked. */
export function useTableView<T>(columns: readonly Column<T>[], first: string | undefined): TableView<T> {
  const [search, set] = useSearchState();
  const keys = search.get('cols')?.split(',').filter(Boolean);
  const free = columns.filter((column) => !column.fixed && !column.bare);
  const chosen = keys ? known(columns, keys) : free.filter((column) => !column.spare);
  return {
    shown: [...columns.filter((column) => column.fixed), ...chosen, ...columns.filter((column) => column.bare)],
    choice: [...chosen, ...free.filter((column) => !chosen.includes(column))],
    sort: search.get('sort') ?? first,
    dense: search.get('rows') === 'dense',
    setSort: (sort) => set({ sort: sort === first ? undefined : sort }),
    setDense: (dense) => set({ rows: dense ? 'dense' : undefined }),
    setColumns: (next) => set({ cols: next?.join(',') }),
  };
}

/** The next order of a column: up, down, as the server has it. */
export function nextSort(key: string, sort: string | undefined): string | undefined {
  if (sort === key) return `-${key}`;
  return sort === `-${key}` ? undefined : key;
}

/** The word of `aria-sort` for a column. */
export const sortOf = (key: string, sort: string | undefined): 'ascending' | 'descending' | undefined =>
  sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined;
