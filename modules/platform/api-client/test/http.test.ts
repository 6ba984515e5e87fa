import { describe, expect, it, jest } from '@jest/globals';
import { ApiError, createApiClient, OfflineError, urlOf, type ApiClient } from '../src/index.ts';

type Answer = () => Response;

function clientOf(answers: readonly Answer[]): { client: ApiClient; sent: Request[]; waited: number[] } {
  const queue = [...answers];
  const sent: Request[] = [];
  const waited: number[] = [];
  const client = createApiClient({
    base: 'http://api.test/api/v1',
    bearer: () => Promise.resolve('secret'),
    locale: () => 'uk',
    wait: (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
    fetch: (input, init) => {
      sent.push(new Request(String(input), init));
      const answer = queue.shift();
      return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('fetch failed'));
    },
  });
  return { client, sent, waited };
}

const ok: Answer = () => Response.json({ done: true });
const unavailable: Answer = () => new Response('', { status: 503 });

describe('the API client', () => {
  it('carries bearer, language, idempotency key and version', async () => {
    const { client, sent } = clientOf([ok]);
    await client.call('payments/accept', {
      method: 'POST',
      json: { amount: '1.00' },
      idempotencyKey: 'k-1',
      ifMatch: 7,
    });
    const [request] = sent;
    expect(request?.headers.get('authorization')).toBe('Bearer secret');
    expect(request?.headers.get('accept-language')).toBe('uk');
    expect(request?.headers.get('idempotency-key')).toBe('k-1');
    expect(request?.headers.get('if-match')).toBe('"7"');
    expect(await request?.json()).toEqual({ amount: '1.00' });
  });

  it('repeats a GET that could not be tried, and never a POST', async () => {
    const reading = clientOf([unavailable, unavailable, ok]);
    await expect(reading.client.call('x')).resolves.toEqual({ done: true });
    expect(reading.waited).toHaveLength(2);
    const writing = clientOf([unavailable, ok]);
    await expect(writing.client.call('x', { method: 'POST' })).rejects.toBeInstanceOf(ApiError);
    expect(writing.sent).toHaveLength(1);
  });

  it('makes an error of the problem with code, values and request id', async () => {
    const problem = { title: 'Недозволено', status: 422, code: 'billing.lane.not-open', params: { period: '2026-11' } };
    const { client } = clientOf([() => Response.json(problem, { status: 422, headers: { 'x-request-id': '7c1f' } })]);
    const error = await client.call('x').catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      status: 422,
      code: 'billing.lane.not-open',
      params: { period: '2026-11' },
      requestId: '7c1f',
    });
  });

  it('tells a missing connection from a refusal', async () => {
    const { client } = clientOf([]);
    await expect(client.call('x', { method: 'POST' })).rejects.toBeInstanceOf(OfflineError);
  });

  it('stops when the caller aborts', async () => {
    const abort = new AbortController();
    const send = jest.fn<typeof fetch>(() => Promise.reject(new DOMException('stop', 'AbortError')));
    const client = createApiClient({ base: '', bearer: () => Promise.resolve(''), locale: () => 'uk', fetch: send });
    abort.abort();
    await expect(client.call('x', { signal: abort.signal })).rejects.toThrow('stop');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('leaves empty values out of the address', () => {
    expect(urlOf('/api', 'x', { a: 1, b: '', c: undefined, d: null, e: 'й' })).toBe('/api/x?a=1&e=%D0%B9');
  });
});
