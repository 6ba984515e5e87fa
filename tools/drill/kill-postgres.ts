import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@komplat/testing';
import { accruedBatches, checkOncePerBatch, checkSums, type DrillResult, must, withSite } from './close-drills.ts';
import type { CloseSite } from './close-site.ts';
import { openPostgres, type OwnPostgres } from './own-postgres.mjs';

const CITY = { accounts: 3_000, period: '2026-11', batchAccounts: 500 };
const MOST_SECONDS_BACK = 30;

/** Payments that are taken while the month closes: one after the other, each known by its number. */
class Intake {
  readonly acknowledged = new Map<number, bigint>();
  failures = 0;
  attempts = 0;
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly site: CloseSite) {}

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.attempts += 1;
      const id = this.attempts;
      try {
        const [row] = await this.site.database.db.query<{ posting: bigint }>(
          `select billing.post_payment($1, $2, $3, '2026-11-01', '2026-11-20', 'drill', null) as posting`,
          [id, 1 + ((id * 37) % CITY.accounts), 1_000 + id],
        );
        if (row) this.acknowledged.set(id, row.posting);
      } catch {
        this.failures += 1;
        await pause(50);
      }
    }
  }
}

/** R1: kill -9 of PostgreSQL during the close and the intake of payments. */
export async function killPostgres(seed: number): Promise<DrillResult> {
  const own = await openPostgres();
  const before = { ...process.env };
  Object.assign(process.env, own.env, { KOMPLAT_INSTANCE: 'test' });
  try {
    return await withSite(CITY, (site) => drill(seed, site, own));
  } finally {
    for (const name of [...Object.keys(own.env), 'KOMPLAT_INSTANCE']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await own.remove();
  }
}

async function drill(seed: number, site: CloseSite, own: OwnPostgres): Promise<DrillResult> {
  await site.startWorker();
  const intake = new Intake(site);
  intake.start();
  await site.start();
  const after = 1 + (seed % 10);
  await waitUntil('some batches are accrued', async () => (await accruedBatches(site)) >= after, 60_000);
  await pause((seed * 13) % 60);
  const taken = intake.acknowledged.size;
  await own.kill();
  const killedAt = Date.now();
  await own.start();
  const upAt = Date.now();
  await waitUntil('payments are taken again', () => intake.acknowledged.size > taken + 1, 60_000);
  const backSeconds = Math.round((Date.now() - killedAt) / 100) / 10;
  const digest = await site.finish();
  await intake.stop();
  must(backSeconds <= MOST_SECONDS_BACK, `back after ${backSeconds} s`);
  await checkAcknowledged(site, intake);
  const batches = await checkOncePerBatch(site);
  await checkSums(site);
  const facts = {
    digest, batches, payments: intake.acknowledged.size, failures: intake.failures, serverUpMs: upAt - killedAt, backSeconds,
  };
  return { drill: 'R1', seed, facts };
}

/** What was acknowledged is there; nothing is there twice. */
async function checkAcknowledged(site: CloseSite, { acknowledged, attempts }: Intake): Promise<void> {
  const rows = await site.database.owner.query<{ document: number; posting: bigint; count: number; kop: bigint }>(
    `select p.document_id::int as document, min(p.id) as posting, count(distinct p.id)::int as count, sum(e.amount_kop)::bigint as kop
     from billing.posting p join billing.ledger_entry e on e.posting_id = p.id where p.document_kind = 'payment' group by p.document_id`,
  );
  const found = new Map(rows.map((row) => [row.document, row]));
  for (const [id, posting] of acknowledged) {
    const row = found.get(id);
    must(row !== undefined && row.posting === posting, `payment ${id} was acknowledged and is there`);
    must(row.count === 1 && row.kop === BigInt(-(1_000 + id)), `payment ${id} is there once with its whole sum`);
  }
  must(found.size <= attempts, 'nothing is there that nobody sent');
}
