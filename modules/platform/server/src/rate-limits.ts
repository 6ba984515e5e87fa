import { DomainError } from '@komplat/kernel';
import type { Database } from './db/database.ts';

interface Window {
  /** Milliseconds since 1970 at which it ends. */
  readonly end: number;
  taken: number;
}
const MINUTE_MS = 60_000;
const KEPT_MS = 15_000;
const MAX_WINDOWS = 10_000;

/**
 * How many requests of a kind one login may send in a minute. The limits are rows of `platform.rate_limit` (`*` = everybody), read
 * anew every 15 seconds beside the requests. The windows live in the memory of the process, so a request costs one look into
 * a map; with N processes of the API a client may send up to N times the limit.
 */
export class RateLimits {
  private limits: ReadonlyMap<string, number> = new Map();
  private readAt = 0;
  private reading = false;
  private readonly windows = new Map<string, Window>();

  constructor(private readonly database: Pick<Database, 'query'>) {}

  /** Throws 429 with the seconds to wait. Unknown kinds are free. */
  take(bucket: string, login: string, now = Date.now()): void {
    if (now - this.readAt > KEPT_MS && !this.reading) void this.read(now);
    const limit = this.limits.get(`${bucket} ${login}`) ?? this.limits.get(`${bucket} *`);
    if (limit === undefined) return;
    const key = `${bucket} ${login}`;
    const window = this.windows.get(key);
    if (!window || window.end <= now) {
      if (this.windows.size >= MAX_WINDOWS) this.windows.clear();
      this.windows.set(key, { end: now + MINUTE_MS, taken: 1 });
      return;
    }
    if (window.taken >= limit) {
      throw new DomainError('platform.too-many-requests', { limit, seconds: Math.ceil((window.end - now) / 1000) }, 429);
    }
    window.taken += 1;
  }

  /** A database that does not answer leaves the limits as they were. */
  async read(now = Date.now()): Promise<void> {
    this.reading = true;
    try {
      const rows = await this.database.query<{ bucket: string; login: string; per_minute: number }>(
        'select bucket, login, per_minute from platform.rate_limit',
      );
      this.limits = new Map(rows.map(({ bucket, login, per_minute: limit }) => [`${bucket} ${login}`, limit]));
    } catch {
      // kept as they are
    } finally {
      this.readAt = now;
      this.reading = false;
    }
  }
}
