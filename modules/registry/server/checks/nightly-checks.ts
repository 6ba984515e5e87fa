import { Database, LOGGER, type Logger } from '@komplat/server';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CheckRunner } from './check-runner.ts';

const EVERY_MS = 60_000;
/** Hours of Kyiv in which a run may begin, both included. */
const NIGHT = { from: 1, to: 4 };
/** One worker of a site at a time. */
const LOCK = 7_311_421;

/** Once a night, between one and five in Kyiv, all rules run over the whole base. */
@Injectable()
export class NightlyChecks implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CheckRunner) private readonly runner: CheckRunner,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => (this.running ??= this.tick().finally(() => (this.running = undefined))), EVERY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async tick(): Promise<void> {
    try {
      await this.once();
    } catch (error) {
      this.log.warn({ err: error }, 'the nightly checks could not run');
    }
  }

  /** True when the rules were run: it is night and they have not run tonight, or they never ran. The lock is held while they run. */
  async once(hours = NIGHT): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [turn] = await tx.query<{ due: boolean }>(DUE, [LOCK, hours.from, hours.to]);
      if (!turn?.due) return false;
      await tx.query(`select set_config('idle_in_transaction_session_timeout', '0', true)`);
      const report = await this.runner.run({ startedBy: 'system:nightly-checks' });
      this.log.info(report, 'nightly checks');
      return true;
    });
  }
}

/** A base whose rules have never run does not wait for the night. */
const DUE = `
  select platform.today() is not null and pg_try_advisory_xact_lock($1) and (
    not exists (select from registry.check_run where scope = 'all' and finished_at is not null)
    or extract(hour from now() at time zone 'Europe/Kyiv') between $2::int and $3::int
      and not exists (select from registry.check_run where scope = 'all' and finished_at is not null and started_by = 'system:nightly-checks'
        and (started_at at time zone 'Europe/Kyiv')::date = (now() at time zone 'Europe/Kyiv')::date)) as due`;
