import { describe, expect, it } from '@jest/globals';
import { ApiError, urlOf, type ApiClient, type CallOptions } from '../src/index.ts';
import { PageParts } from '../src/page-parts.tsx';

/** A server that answers the call of the page with the given parts and remembers what it was asked. */
function pageOf(parts: readonly object[] | Error): { page: PageParts; asked: string[] } {
  const asked: string[] = [];
  const client: Pick<ApiClient, 'call'> = {
    call: <T>(path: string, { query }: CallOptions = {}) => {
      asked.push(urlOf('', path, query));
      return parts instanceof Error ? Promise.reject(parts) : Promise.resolve({ parts } as T);
    },
  };
  const api: ApiClient = { call: client.call, download: () => Promise.reject(new Error('not asked for')) };
  return { page: new PageParts(api, 'pages/account-card/7', { asOf: '2026-10-15', knownAt: undefined }), asked };
}
const ready = (read: string, answer: unknown): object => ({ id: read, read, state: 'ready', status: 200, answer });

describe('the parts of a page', () => {
  it('come by one call for all who read, whatever the order of the query', async () => {
    const { page, asked } = pageOf([ready('a/7?months=12&asOf=2026-10-15', { a: 1 }), ready('b/7', { b: 2 })]);
    const taken = await Promise.all([
      page.take('debt', 'a/7', { asOf: '2026-10-15', months: 12, knownAt: undefined }),
      page.take('debt', 'b/7', {}),
      page.take('debt', 'c/7', {}),
    ]);
    expect(taken).toEqual([{ data: { a: 1 } }, { data: { b: 2 } }, undefined]);
    expect(asked).toEqual(['/pages/account-card/7?asOf=2026-10-15&views=common%2Cdebt']);
  });

  it('are given out once: who reads again asks for itself', async () => {
    const { page, asked } = pageOf([ready('a/7', 1)]);
    expect(await page.take('debt', 'a/7', {})).toEqual({ data: 1 });
    expect(await page.take('debt', 'a/7', {})).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('of another view are asked for without those of all views; after a change all come anew', async () => {
    const { page, asked } = pageOf([ready('a/7', 1)]);
    await page.take('overview', 'a/7', {});
    await page.take('debt', 'a/7', {});
    page.renew();
    expect(await page.take('debt', 'a/7', {})).toEqual({ data: 1 });
    expect(asked.map((url) => new URLSearchParams(url.split('?')[1]).get('views'))).toEqual(['common,overview', 'debt', 'common,debt']);
  });

  it('one that failed is thrown to its reader alone, one that was slow is asked for by itself', async () => {
    const problem = { code: 'billing.account.unknown', params: { number: '7' }, detail: 'немає' };
    const { page } = pageOf([
      { id: 'x', read: 'a/7', state: 'failed', status: 404, answer: problem },
      { id: 'y', read: 'b/7', state: 'slow' },
      ready('c/7', 3),
    ]);
    await expect(page.take('debt', 'a/7', {})).rejects.toEqual(new ApiError(404, problem, ''));
    expect(await page.take('debt', 'b/7', {})).toBeUndefined();
    expect(await page.take('debt', 'c/7', {})).toEqual({ data: 3 });
  });

  it('that did not come at all leave every reader to itself', async () => {
    const { page } = pageOf(new Error('offline'));
    expect(await page.take('debt', 'a/7', {})).toBeUndefined();
  });
});
