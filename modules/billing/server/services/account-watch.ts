import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { type Actor, Database, type Logger, LOGGER } from '@komplat/server';
import type { Changes, ChangesQuery } from '../../contract/changes.schema.ts';
import { seenAccount } from './visibility.ts';

interface Waiter {
  readonly account: number;
  readonly since: string;
  readonly answer: (version: string) => void;
}
/** Open cards learn of a payment within this time and the way of one request. */
const LOOK_MS = 250;
const LOOK = 'select s.account_id, s.version from billing.account_state s where s.account_id = any ($1::int[])';

/**
 * Open cards wait here for a change. One query for all of them looks at the versions, however many wait; nothing is asked while
 * nobody waits, and no posting pays for it.
 */
@Injectable()
export class AccountWatch implements BeforeApplicationShutdown {
  private readonly waiters = new Set<Waiter>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Answers as soon as the version is not `since`, or after `wait` seconds; `gone` is called by the caller that went away. */
  async changes(number: string, { since, wait }: ChangesQuery, actor: Actor, whenGone: (gone: () => void) => void): Promise<Changes> {
    const account = await seenAccount(this.database, number, actor);
    if (account.version !== since || wait === 0) return { version: account.version, changed: account.version !== since };
    const version = await this.wait(account.id, since, wait * 1_000, whenGone);
    return { version, changed: version !== since };
  }

  beforeApplicationShutdown(): void {
    for (const waiter of this.waiters) waiter.answer(waiter.since);
  }

  private wait(account: number, since: string, ms: number, whenGone: (gone: () => void) => void): Promise<string> {
    return new Promise((resolve) => {
      const answer = (version: string): void => {
        clearTimeout(end);
        this.waiters.delete(waiter);
        resolve(version);
      };
      const waiter: Waiter = { account, since, answer };
      const end = setTimeout(() => answer(since), ms);
      whenGone(() => answer(since));
      this.waiters.add(waiter);
      this.timer ??= setTimeout(() => void this.look(), LOOK_MS);
    });
  }

  private async look(): Promise<void> {
    try {
      const accounts = [...new Set([...this.waiters].map(({ account }) => account))];
      const rows = await this.database.prepared<{ account_id: number; version: bigint }>('billing.card.watch', LOOK, [accounts]);
      const versions = new Map(rows.map((row) => [row.account_id, row.version.toString()]));
      for (const waiter of [...this.waiters]) {
        const version = versions.get(waiter.account);
        if (version !== undefined && version !== waiter.since) waiter.answer(version);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'versions of open cards were not read');
    }
    this.timer = this.waiters.size > 0 ? setTimeout(() => void this.look(), LOOK_MS) : undefined;
  }
}
