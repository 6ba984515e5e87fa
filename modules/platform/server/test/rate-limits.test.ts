import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@komplat/kernel';
import { RateLimits } from '../src/index.ts';

const ROWS = [
  { bucket: 'search', login: '*', per_minute: 5 },
  { bucket: 'search', login: 'busy', per_minute: 8 },
];
const START = 1_000_000;

async function limits(): Promise<RateLimits> {
  const made = new RateLimits({ query: (async () => ROWS) as never });
  await made.read(START);
  return made;
}
function takes(made: RateLimits, login: string, at: number, bucket = 'search'): number | 'yes' {
  try {
    made.take(bucket, login, at);
    return 'yes';
  } catch (error) {
    if (error instanceof DomainError && error.status === 429) return Number(error.params.seconds);
    throw error;
  }
}

describe('requests a minute', () => {
  it('as many as the row says, then the seconds to wait, then as many again', async () => {
    const made = await limits();
    expect(Array.from({ length: 6 }, (_, second) => takes(made, 'a', START + second * 1_000))).toEqual(['yes', 'yes', 'yes', 'yes', 'yes', 55]);
    expect(takes(made, 'a', START + 59_999)).toBe(1);
    expect(takes(made, 'a', START + 60_000)).toBe('yes');
  });

  it('each login for itself, with a number of its own where there is one; what has no row is free', async () => {
    const made = await limits();
    const count = (login: string, bucket?: string): number =>
      Array.from({ length: 20 }, () => takes(made, login, START, bucket)).filter((answer) => answer === 'yes').length;
    expect([count('a'), count('b'), count('busy'), count('a', 'other')]).toEqual([5, 5, 8, 20]);
  });

  it('a database that does not answer changes nothing', async () => {
    let down = false;
    const made = new RateLimits({ query: (async () => (down ? Promise.reject(new Error('down')) : ROWS)) as never });
    await made.read(START);
    down = true;
    await made.read(START + 20_000);
    expect(Array.from({ length: 6 }, () => takes(made, 'a', START + 20_000)).at(-1)).toBe(60);
  });

  it('costs less than a microsecond or two', async () => {
    const made = new RateLimits({ query: (async () => [{ bucket: 'search', login: '*', per_minute: 10_000_000 }]) as never });
    await made.read(START);
    const started = performance.now();
    for (let n = 0; n < 200_000; n += 1) made.take('search', 'a', START);
    expect((performance.now() - started) / 200_000).toBeLessThan(0.02);
  });
});
