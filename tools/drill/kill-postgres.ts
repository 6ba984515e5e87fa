import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@komplat/testing';
import { accruedBatches, CITY, closeFigures, withSite } from './close-drills.ts';
import { type CloseSite, person } from './close-site.ts';
import { type DrillResult, type DrillSession, must } from './drill.ts';
import { accountNumber, CHANNEL } from './intake-site.ts';
import { openPostgres, type OwnPostgres } from './own-postgres.mjs';
import { plantChannels, plantSmallCity } from './small-city.ts';

const MOST_MS_BACK = 30_000;
const DESK = person('cashier');

/** Payments that are taken while the month closes: each is repeated under its own id until it is acknowledged. */
class Takings {
  readonly acknowledged = new Map<string, string>();
  repeats = 0;
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

  static amount = (number: number): string => `${10 + number}.50`;

  private async run(): Promise<void> {
    for (let number = 1; !this.stopping; number += 1) {
      const externalId = `r1-${number}`;
      const account = accountNumber(1 + ((number * 37) % CITY.accounts));
      const request = { channel: CHANNEL, externalId, account, amount: Takings.amount(number) };
      for (;;) {
        const answer = await this.site.intake.accept(request, DESK).catch(() => undefined);
        if (answer) this.acknowledged.set(externalId, answer.paymentId);
        if (answer || this.stopping) break;
        this.repeats += 1;
        await pause(50);
      }
    }
  }
}

/** R1: kill -9 of PostgreSQL during the close and the intake of payments. */
export async function killPostgres(): Promise<DrillSession> {
  const own = await openPostgres();
  const before = { ...process.env };
  const names = [...Object.keys(own.env), 'KOMPLAT_INSTANCE'];
  Object.assign(process.env, own.env, { KOMPLAT_INSTANCE: 'test' });
  const city = {
    ...CITY,
    plant: async ({ owner }: CloseSite['database']) => {
      await plantSmallCity(owner, CITY);
      await plantChannels(owner, CHANNEL);
    },
  };
  return {
    run: (seed) =>
      withSite(city, (site) => once(seed, site, own)).catch((error: unknown) => {
        throw new Error(`${error instanceof Error ? error.message : String(error)}; its PostgreSQL said: ${own.lastWords()}`);
      }),
    close: async () => {
      for (const name of names) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      await own.remove();
    },
  };
}

async function once(seed: number, site: CloseSite, own: OwnPostgres): Promise<DrillResult> {
  await site.startWorker();
  const takings = new Takings(site);
  takings.start();
  await site.start();
  const after = 1 + (seed % 10);
  const accrued = async (): Promise<boolean> => {
    await site.passRed();
    return (await accruedBatches(site)) >= after;
  };
  await waitUntil('some batches are accrued', accrued, 60_000);
  await pause((seed * 13) % 60);
  const taken = takings.acknowledged.size;
  const killedAt = Date.now();
  await own.kill();
  await own.start();
  const serverUpMs = Date.now() - killedAt;
  await waitUntil('payments are taken again', () => takings.acknowledged.size > taken + 1, 60_000);
  const backMs = Date.now() - killedAt;
  must(backMs <= MOST_MS_BACK, `back after ${backMs} ms`);
  const digest = await site.finish();
  await takings.stop();
  const { batches, ...close } = await closeFigures(site);
  const intake = await compare(site, takings);
  return {
    drill: 'R1',
    seed,
    moment: `${after} batches and ${taken} payments done`,
    lost: close.lost + intake.lost,
    duplicates: close.duplicates + intake.duplicates,
    laws: close.laws,
    backMs,
    facts: { digest, batches, payments: takings.acknowledged.size, repeats: takings.repeats, serverUpMs },
  };
}

/** What was acknowledged is there with its whole sum; nothing is there twice. */
async function compare(site: CloseSite, { acknowledged }: Takings): Promise<Pick<DrillResult, 'lost' | 'duplicates'>> {
  const rows = await site.database.owner.query<{ id: bigint; external_id: string; lines: string }>(
    `select p.id, p.external_id, to_char((select -sum(e.amount_kop) from billing.pub_ledger_v1 e where e.posting_id = p.posting_id) / 100.0,
       'FM999999990.00') as lines from payments.payment p where p.source = $1`,
    [CHANNEL],
  );
  const found = new Map(rows.map((row) => [row.external_id, row]));
  const lost = [...acknowledged].filter(([externalId, paymentId]) => {
    const row = found.get(externalId);
    return row?.id.toString() !== paymentId || row.lines !== Takings.amount(Number(externalId.slice(3)));
  });
  // The last one may have been stopped before its acknowledgement.
  return { lost: lost.length, duplicates: Math.max(0, rows.length - acknowledged.size - 1) + (rows.length - found.size) };
}
