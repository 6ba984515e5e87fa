import type { Database, Logger } from '@komplat/server';

const EVERY_MS = 60_000;
const MONTHS_AHEAD = 2;
/** One worker of a site at a time. */
const LOCK = 7_311_411;

/** Moves the operating day in Kyiv's midnight and keeps the months ahead open. In training the day stands still. */
export class Calendar {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly profile: 'training' | 'production',
    private readonly log: Pick<Logger, 'warn' | 'info'>,
  ) {}

  start(): void {
    void this.tick();
    this.timer = setInterval(() => void this.tick(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    try {
      await this.once();
    } catch (error) {
      this.log.warn({ err: error }, 'the calendar could not be moved');
    }
  }

  /** True when the day was moved. */
  async once(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [turn] = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [LOCK]);
      if (!turn?.mine) return false;
      const moved = this.profile === 'production' && (await moveDay(tx));
      await tx.query(
        `select platform.ensure_lanes(platform.current_period(), (platform.current_period() + interval '${MONTHS_AHEAD} months')::date,
           array(select id from tariffs.pub_provider_v1 where active @> platform.today()))
         where platform.current_period() is not null`,
      );
      if (moved) this.log.info({}, 'a new operating day');
      return moved;
    });
  }
}

/** The day of the wall clock in Kyiv; the operating day never goes back. */
async function moveDay(tx: { query<R extends object>(sql: string): Promise<R[]> }): Promise<boolean> {
  const [row] = await tx.query<{ day: string }>(
    `select (now() at time zone 'Europe/Kyiv')::date as day
     where (now() at time zone 'Europe/Kyiv')::date > coalesce(platform.today(), 'epoch')`,
  );
  if (!row) return false;
  await tx.query(`update platform.operating_day set state = 'closed' where state = 'open'`);
  await tx.query(
    `insert into platform.operating_day (day, state) values ((now() at time zone 'Europe/Kyiv')::date, 'open')
     on conflict (day) do update set state = 'open'`,
  );
  return true;
}
