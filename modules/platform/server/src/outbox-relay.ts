import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '@komplat/kernel';
import type { EventHandler } from '@komplat/plugin-api';
import type { Database } from './db/database.ts';

interface PendingRow {
  readonly id: string;
  readonly seq: bigint;
  readonly type: string;
  readonly aggregate: string;
  readonly payload: unknown;
  readonly attempts: number;
}
interface Failure {
  readonly message: string;
  /** A service is down: that is no fault of the event, which waits for as long as it takes. */
  readonly down: boolean;
}
export interface RelayLog {
  warn(details: object, message: string): void;
}

const BATCH = 100;
const MAX_ATTEMPTS = 12;
const IDLE_MS = 500;
const MAX_BACKOFF_SECONDS = 600;
const DOWN_SECONDS = 10;
const UNAVAILABLE = 503;

/**
 * The only poller of the system. Takes batches of events, oldest first and in order for each aggregate, hands them to
 * their handlers, tries failed ones again with a growing pause, and puts them aside (dead letter) in the end. An event
 * whose handler meets a service that is down is never put aside.
 */
export class OutboxRelay {
  private stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly handlers: ReadonlyMap<string, readonly EventHandler[]>,
    private readonly log: RelayLog,
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const taken = await this.once().catch((error: unknown) => {
        this.log.warn({ err: error }, 'outbox batch failed');
        return 0;
      });
      if (taken === 0) await wait(IDLE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /** One batch; returns how many events were delivered or put off. */
  async once(): Promise<number> {
    return this.database.transaction(async (tx) => {
      // An event waits while an older one of the same aggregate is still pending.
      const rows = await tx.query<PendingRow>(
        `select o.id, o.seq, o.type, o.aggregate, o.payload, o.attempts from platform.outbox o
         where o.done_at is null and o.dead_at is null and o.next_at <= now()
           and not exists (select 1 from platform.outbox earlier where earlier.aggregate = o.aggregate and earlier.seq < o.seq
             and earlier.done_at is null and earlier.dead_at is null)
         order by o.seq limit ${BATCH} for update skip locked`,
      );
      for (const row of rows) {
        const failure = await this.deliver(row);
        if (failure === undefined) await tx.query('update platform.outbox set done_at = now() where id = $1', [row.id]);
        else await this.putOff(tx, row, failure);
      }
      return rows.length;
    });
  }

  private async deliver(row: PendingRow): Promise<Failure | undefined> {
    try {
      for (const handler of this.handlers.get(row.type) ?? []) {
        await handler.handle({ id: row.id, type: row.type, payload: row.payload });
      }
      return undefined;
    } catch (error) {
      this.log.warn({ err: error, event: row.id, type: row.type }, 'event handler failed');
      const down = error instanceof DomainError && error.status === UNAVAILABLE;
      return { message: error instanceof Error ? error.message.slice(0, 500) : 'unknown', down };
    }
  }

  private async putOff(tx: { query: Database['query'] }, row: PendingRow, { message, down }: Failure): Promise<void> {
    const attempts = down ? row.attempts : row.attempts + 1;
    const pause = down ? DOWN_SECONDS : Math.min(2 ** attempts, MAX_BACKOFF_SECONDS);
    await tx.query(
      `update platform.outbox set attempts = $2::smallint, last_error = $3, next_at = now() + make_interval(secs => $4::int),
         dead_at = case when $2::smallint >= ${MAX_ATTEMPTS} then now() end where id = $1`,
      [row.id, attempts, message, pause],
    );
  }
}
