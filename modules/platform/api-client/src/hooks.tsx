'use client';
import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useRef, useSyncExternalStore } from 'react';
import { useApi } from './api-context.tsx';
import { connection } from './connection.ts';
import { ApiError, OfflineError } from './errors.ts';
import type { CallOptions, QueryValues } from './http.ts';
import { usePageParts } from './page-parts.tsx';

/** The store of fetched data: an answered refusal is final, a missing connection is tried again by hand. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, refetchOnWindowFocus: false, staleTime: 5_000 },
      mutations: { retry: false },
    },
  });

/** One page of a list that is read by keyset. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Settings of a read: `every` polls, `enabled` waits, `fresh` is for how many milliseconds an answer needs no second asking. */
export interface ReadOptions {
  readonly every?: number | false;
  readonly enabled?: boolean;
  readonly fresh?: number;
}

/** Reads for a hook: a part that the page brings is taken from there, everything else is asked of the server. */
function useAsk(): <T>(path: string, query: QueryValues, signal: AbortSignal) => Promise<T> {
  const api = useApi();
  const parts = usePageParts();
  return async <T,>(path: string, query: QueryValues, signal: AbortSignal) => {
    const brought = await parts?.take<T>(path, query);
    return brought ? brought.data : api.call<T>(path, { query, signal });
  };
}

/** Reads one resource and keeps the old data on screen while the next is on its way. */
export function useRead<T>(path: string, query: QueryValues = {}, options: ReadOptions = {}): UseQueryResult<T, Error> {
  const ask = useAsk();
  return useQuery<T, Error>({
    queryKey: [path, query],
    queryFn: ({ signal }) => ask<T>(path, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: options.every ?? false,
    enabled: options.enabled ?? true,
    ...(options.fresh === undefined ? {} : { staleTime: options.fresh }),
  });
}

/** Reads a keyset list page by page. */
export function useList<T, P extends Page<T> = Page<T>>(
  path: string,
  query: QueryValues = {},
  options: ReadOptions = {},
): UseInfiniteQueryResult<InfiniteData<P, string | undefined>, Error> {
  const ask = useAsk();
  return useInfiniteQuery<P, Error, InfiniteData<P, string | undefined>, readonly unknown[], string | undefined>({
    queryKey: [path, 'list', query],
    queryFn: ({ pageParam, signal }) => ask<P>(path, { ...query, after: pageParam }, signal),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: options.every ?? false,
    enabled: options.enabled ?? true,
  });
}

/** One act: what is called and which reads are stale afterwards (by the beginning of their path). */
export interface Act {
  readonly path: string;
  readonly options?: CallOptions;
}

/** Keys of repetition for acts that bring none: the same request after a lost answer or a double click has the same key. */
function useRepeatKey(): { keyOf: (act: Act) => string; answered: () => void } {
  const last = useRef<{ readonly request: string; readonly bytes: CallOptions['bytes']; readonly key: string }>(undefined);
  return {
    keyOf: ({ path, options: { json, query, bytes } = {} }) => {
      const request = JSON.stringify([path, json ?? null, query ?? null]);
      if (last.current?.request !== request || last.current.bytes !== bytes) last.current = { request, bytes, key: crypto.randomUUID() };
      return last.current.key;
    },
    answered: () => void (last.current = undefined),
  };
}

/** Writes, with a key of repetition; on success every read whose path begins with one of `touches` is read again. */
export function useAct<T>(touches: readonly string[]): UseMutationResult<T, Error, Act> {
  const api = useApi();
  const store = useQueryClient();
  const parts = usePageParts();
  const { keyOf, answered } = useRepeatKey();
  return useMutation<T, Error, Act>({
    mutationFn: (act) => api.call<T>(act.path, { method: 'POST', idempotencyKey: keyOf(act), ...act.options }),
    onError: (error) => error instanceof ApiError && answered(),
    onSuccess: () => {
      answered();
      parts?.renew();
      // not awaited: fresh data may take away the very component that waits to say that the act is done
      void store.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          typeof path === 'string' && touches.some((start) => path.startsWith(start)),
      });
    },
  });
}

/** Reads again every read whose path begins with one of the given words: something changed elsewhere. */
export function useRefresh(): (starts: readonly string[]) => void {
  const store = useQueryClient();
  const parts = usePageParts();
  return (starts) => {
    parts?.renew();
    void store.invalidateQueries({
      predicate: ({ queryKey: [path] }) => typeof path === 'string' && starts.some((start) => path.startsWith(start)),
    });
  };
}

/** Since when the server does not answer; `undefined` while it does. */
export const useOfflineSince = (): number | undefined =>
  useSyncExternalStore(connection.subscribe, connection.offlineSince, () => undefined);

/** Whether the server was not reached: the page then keeps its data and says since when. */
export const isOffline = (error: unknown): boolean => error instanceof OfflineError;

/** Whether the API refused for want of a permission. */
export const isForbidden = (error: unknown): boolean => error instanceof ApiError && error.status === 403;

/** Whether the thing asked for is not there. */
export const isMissing = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
