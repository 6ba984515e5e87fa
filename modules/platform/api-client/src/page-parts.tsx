'use client';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { ApiError, type Problem } from './errors.ts';
import { useApi } from './api-context.tsx';
import { urlOf, type ApiClient, type QueryValues } from './http.ts';

/** A part as `GET pages/:page/:subject` answers it. */
interface Part {
  readonly id: string;
  readonly read: string;
  readonly state: 'ready' | 'failed' | 'slow';
  readonly status?: number;
  readonly answer?: unknown;
}
type Parts = Map<string, Part>;

/** Parts that nobody took are thrown away after this time: a read that comes later asks for itself. */
const KEPT_MS = 5_000;
const COMMON = 'common';

/** One name for a read, whatever the order of its query. */
function nameOf(path: string, query: QueryValues = {}): string {
  const [start, fixed] = urlOf('', path, query).split('?');
  const search = new URLSearchParams(fixed);
  search.sort();
  return `${start}?${search.toString()}`;
}

/**
 * The reads of the parts of one page, brought by one call. Each answer is given out once: whoever reads again asks the route of the
 * part itself. What failed as a whole, was slow or is not among the parts is asked for in the same way.
 */
export class PageParts {
  private waves = new Map<string, Promise<Parts>>();

  constructor(
    private readonly api: ApiClient,
    private readonly path: string,
    private readonly query: QueryValues,
  ) {}

  /** The answer of a read of a view of the page, or `undefined`; throws what the read was refused with. */
  async take<T>(view: string, path: string, query: QueryValues): Promise<{ readonly data: T } | undefined> {
    const name = nameOf(path, query);
    const wave = await (this.waves.get(view) ?? this.ask(view));
    const part = wave.get(name);
    wave.delete(name);
    if (!part || part.state === 'slow') return undefined;
    if (part.state === 'failed') throw new ApiError(part.status ?? 500, part.answer as Problem, '');
    return { data: part.answer as T };
  }

  /** Something changed: the next reads share one new call. */
  renew(): void {
    this.waves = new Map();
  }

  private ask(view: string): Promise<Parts> {
    const views = this.waves.size === 0 && view !== COMMON ? `${COMMON},${view}` : view;
    const wave = this.api
      .call<{ readonly parts: readonly Part[] }>(this.path, { query: { ...this.query, views } })
      .then(({ parts }) => new Map(parts.map((part) => [nameOf(part.read), part])))
      .catch((): Parts => new Map())
      .then((parts) => {
        setTimeout(() => parts.clear(), KEPT_MS);
        return parts;
      });
    this.waves.set(view, wave);
    return wave;
  }
}

/** What a read asks before it asks the server. */
export interface PartTaker {
  take<T>(path: string, query: QueryValues): Promise<{ readonly data: T } | undefined>;
  renew(): void;
}
const PartsContext = createContext<PartTaker | undefined>(undefined);

/** The parts of the page around; `undefined` where a page brings none. */
export const usePageParts = (): PartTaker | undefined => useContext(PartsContext);

/** Lets all reads below it share one call of the page: `page` and `subject` name it, `view` is its open tab, `query` its own query. */
export function PagePartsProvider(props: {
  readonly page: string;
  readonly subject: string;
  readonly view: string;
  readonly query: QueryValues;
  readonly children: ReactNode;
}): ReactNode {
  const { view } = props;
  const api = useApi();
  const path = `pages/${props.page}/${encodeURIComponent(props.subject)}`;
  const asked = JSON.stringify(props.query);
  const parts = useMemo(() => new PageParts(api, path, JSON.parse(asked) as QueryValues), [api, path, asked]);
  const taker = useMemo<PartTaker>(
    () => ({ take: (read, query) => parts.take(view, read, query), renew: () => parts.renew() }),
    [parts, view],
  );
  return <PartsContext.Provider value={taker}>{props.children}</PartsContext.Provider>;
}
