import { reached } from './connection.ts';
import { ApiError, OfflineError, type Problem } from './errors.ts';

/** Anything that may stand in a query string; empty values are left out. */
export type QueryValues = Readonly<Record<string, string | number | boolean | undefined | null>>;

/** How one call differs from a plain GET. */
export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: QueryValues;
  readonly json?: unknown;
  readonly bytes?: Blob | ArrayBuffer;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string | number;
  readonly signal?: AbortSignal;
}

/** The rest of the world as the client sees it: given by the portal, replaced in tests. */
export interface ApiEnvironment {
  readonly base: string;
  readonly bearer: () => Promise<string>;
  readonly locale: () => string;
  readonly fetch?: typeof fetch;
  readonly wait?: (ms: number) => Promise<void>;
}

/** A typed door to the API: one method per kind of answer. */
export interface ApiClient {
  call<T>(path: string, options?: CallOptions): Promise<T>;
  download(path: string, query?: QueryValues): Promise<{ blob: Blob; name: string }>;
}

const RETRIED = new Set([502, 503, 504]);
const PAUSES = [250, 750];

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Builds `base/path?query`; path segments are already encoded by the caller. */
export function urlOf(base: string, path: string, query: QueryValues = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `${base}/${path}${text ? `?${text}` : ''}`;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return {};
  }
}

async function headersOf(environment: ApiEnvironment, options: CallOptions): Promise<Headers> {
  const headers = new Headers({ accept: 'application/json', 'accept-language': environment.locale() });
  headers.set('authorization', `Bearer ${await environment.bearer()}`);
  if (options.json !== undefined) headers.set('content-type', 'application/json');
  if (options.bytes !== undefined) headers.set('content-type', 'application/octet-stream');
  if (options.idempotencyKey) headers.set('idempotency-key', options.idempotencyKey);
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);
  return headers;
}

const bodyOf = (options: CallOptions): BodyInit | undefined =>
  options.json !== undefined ? JSON.stringify(options.json) : options.bytes;

/** Only a GET is repeated, and only when the answer says that the server was not able to try. */
export function createApiClient(environment: ApiEnvironment): ApiClient {
  const send = environment.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => fetch(input, init));
  const wait = environment.wait ?? sleep;

  async function attempt(path: string, options: CallOptions): Promise<Response> {
    const headers = await headersOf(environment, options);
    try {
      const response = await send(urlOf(environment.base, path, options.query), {
        method: options.method ?? 'GET',
        headers,
        body: bodyOf(options),
        signal: options.signal,
        cache: 'no-store',
      });
      reached(true);
      return response;
    } catch (error) {
      if (options.signal?.aborted) throw error;
      reached(false);
      throw new OfflineError(error);
    }
  }

  async function request(path: string, options: CallOptions): Promise<Response> {
    const pauses = (options.method ?? 'GET') === 'GET' ? PAUSES : [];
    for (const pause of pauses) {
      const response = await attempt(path, options);
      if (!RETRIED.has(response.status)) return accepted(response);
      await wait(pause);
    }
    return accepted(await attempt(path, options));
  }

  async function accepted(response: Response): Promise<Response> {
    if (response.ok) return response;
    throw new ApiError(response.status, await problemOf(response), response.headers.get('x-request-id') ?? '');
  }

  return {
    async call<T>(path: string, options: CallOptions = {}): Promise<T> {
      const response = await request(path, options);
      const text = await response.text();
      return (text ? JSON.parse(text) : undefined) as T;
    },
    async download(path: string, query: QueryValues = {}): Promise<{ blob: Blob; name: string }> {
      const response = await request(path, { query });
      const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(response.headers.get('content-disposition') ?? '');
      return { blob: await response.blob(), name: decodeURIComponent(named?.[1] ?? path.split('/').at(-1) ?? 'file') };
    },
  };
}
