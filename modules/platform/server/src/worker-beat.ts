import type { Database } from './db/database.ts';
import { uuid7 } from './ids.ts';

const EVERY_MS = 5_000;
const SILENT = '20 seconds';

/** A worker tells the database every few seconds that it lives. */
export class WorkerBeat {
  private readonly worker = uuid7();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Pick<Database, 'query'>) {}

  async start(): Promise<void> {
    await this.once();
    // A beat that fails is told by its absence.
    this.timer = setInterval(() => void this.once().catch(() => undefined), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.database.query('delete from platform.worker_beat where worker = $1', [this.worker]).catch(() => undefined);
  }

  private async once(): Promise<void> {
    await this.database.query(
      `with old as (delete from platform.worker_beat where seen_at < now() - interval '1 day' and worker <> $1)
       insert into platform.worker_beat (worker) values ($1) on conflict (worker) do update set seen_at = now()`,
      [this.worker],
    );
  }
}

/** How many workers live at this moment. */
export async function livingWorkers(database: Pick<Database, 'query'>): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from platform.worker_beat where seen_at > now() - interval '${SILENT}'`,
  );
  return row?.count ?? 0;
}
