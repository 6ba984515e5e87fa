'use client';
import { useList, type Page, type QueryValues, type ReadOptions } from '@komplat/api-client';
import { useRouter } from '../router.tsx';
import type { Totals } from './columns.ts';

/** A page of a list that the server sorts and sums. */
export interface ListPage<T> extends Page<T> {
  readonly totals?: Totals | undefined;
}

/** Pages of a keyset list, as `useTable` gives them. */
export interface Pages<T> {
  readonly data:
    { readonly pages: readonly { readonly items: readonly T[]; readonly totals?: Totals | undefined }[] } | undefined;
  readonly error: Error | null;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isPlaceholderData?: boolean;
  readonly fetchNextPage: () => unknown;
  readonly refetch: () => unknown;
}

/** A list with what is needed to write it into a file. */
export interface TableSource<T, P extends ListPage<T> = ListPage<T>> extends Pages<T> {
  readonly data: { readonly pages: readonly P[] } | undefined;
  readonly path: string;
  readonly filters: QueryValues;
}

/** Reads a list in the order of the address. */
export function useTable<T, P extends ListPage<T> = ListPage<T>>(
  path: string,
  filters: QueryValues = {},
  options: ReadOptions = {},
): TableSource<T, P> {
  const { search } = useRouter();
  const pages = useList<T, P>(path, { ...filters, sort: search.get('sort') }, options);
  return {
    data: pages.data,
    error: pages.error,
    hasNextPage: pages.hasNextPage,
    isFetchingNextPage: pages.isFetchingNextPage,
    isPlaceholderData: pages.isPlaceholderData,
    fetchNextPage: () => pages.fetchNextPage(),
    refetch: () => pages.refetch(),
    path,
    filters,
  };
}

/** A short list that came whole: it is put in order here. */
export function wholeList<T>(
  read: { readonly error: Error | null; readonly isPlaceholderData?: boolean; readonly refetch: () => unknown },
  rows: readonly T[] | undefined,
  totals?: Totals,
): Pages<T> {
  return {
    data: rows && { pages: [{ items: rows, totals }] },
    error: read.error,
    hasNextPage: false,
    isFetchingNextPage: false,
    isPlaceholderData: read.isPlaceholderData ?? false,
    fetchNextPage: () => undefined,
    refetch: () => read.refetch(),
  };
}
