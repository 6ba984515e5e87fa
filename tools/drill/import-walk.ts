import { FileStore, systemActor } from '@komplat/server';
import { testEnv, waitUntil } from '@komplat/testing';
import { ImportDesk } from '../../modules/payments/server/services/import-desk.ts';
import { importOf } from '../../modules/payments/server/services/import-file.ts';
import { dbfFile, type GeneratedPayment } from '../../modules/payments/test/register-generator.ts';
import { brokenLaws, buildWorld, numberOf } from '../../modules/payments/test/world.ts';
import { withSite } from './close-drills.ts';
import type { CloseSite } from './close-site.ts';
import { type DrillResult, lawViolations, must } from './drill.ts';

const FLATS = 200;
const ROWS = 6_000;
export const IMPORT_SITE = {
  accounts: FLATS,
  period: '2026-11',
  batchAccounts: 500,
  plant: ({ owner }: CloseSite['database']) => buildWorld(owner, FLATS),
};
export const actor = systemActor('drill');

/** A register goes through its process: read, decided, posted with kill -9 of the worker on the way, a second one taken back. */
export const walkImport = (seed: number): Promise<DrillResult> => withSite(IMPORT_SITE, (site) => drill(seed, site));

/** The import desk of the site, with the files that its worker reads. */
export function deskOf({ database }: CloseSite): ImportDesk {
  const env = testEnv();
  const key = Buffer.from(env.KOMPLAT_MASTER_KEY ?? '', 'base64');
  return new ImportDesk(database.db, new FileStore(env.FILES_DIR ?? '', key, '2026a', database.db));
}

async function drill(seed: number, site: CloseSite): Promise<DrillResult> {
  const { database } = site;
  const desk = deskOf(site);
  const open =
    'select account_id, debt_month, service_id, provider_id, outstanding_kop::text as kop from billing.open_item order by 1, 2, 3, 4';

  await site.startWorker();
  const first = await stage(site, desk, register(seed, ROWS));
  await desk.order(first, 'post', undefined, actor);
  await waitUntil('some rows are posted', async () => (await postedRows(site, first)) > 0, 120_000);
  const killedAt = Date.now();
  await site.killWorker();
  const before = await postedRows(site, first);
  await site.startWorker();
  const backMs = Date.now() - killedAt;
  await reaches(site, first, 'posted');
  must((await postedRows(site, first)) === ROWS, 'every row is posted');
  const [sum] = await database.db.query<{ payments: number; kop: bigint }>(
    'select count(*)::int as payments, sum(amount_kop)::bigint as kop from payments.payment where import_id = $1',
    [first],
  );
  must(sum?.payments === ROWS && sum.kop === total(register(seed, ROWS)), 'every row is one payment');

  const itemsBefore = await database.db.query(open);
  const second = await stage(site, desk, register(seed + 1_000_000, 50));
  await desk.order(second, 'post', undefined, actor);
  await reaches(site, second, 'posted');
  await desk.order(second, 'rollback', 'the drill takes it back', actor);
  await reaches(site, second, 'rolled-back');
  must(JSON.stringify(await database.db.query(open)) === JSON.stringify(itemsBefore), 'open debts are as before');
  const broken = await brokenLaws(database);
  must(broken.length === 0, `laws: ${broken.join(', ')}`);
  return {
    drill: 'import-walk',
    seed,
    moment: `${before} of ${ROWS} rows posted`,
    lost: 0,
    duplicates: 0,
    laws: await lawViolations(database.db),
    backMs,
    facts: { rows: ROWS, postedBeforeKill: before },
  };
}

export function register(seed: number, rows: number): readonly GeneratedPayment[] {
  return Array.from({ length: rows }, (_, index) => ({
    account: numberOf(1 + ((index * 37 + seed) % FLATS)),
    name: 'Коваленко Оксана',
    address: 'вул. Мостова, 1',
    day: '2026-11-20',
    kop: 100n + BigInt(seed % 1_000) + BigInt(index),
  }));
}
const total = (payments: readonly GeneratedPayment[]): bigint => payments.reduce((sum, { kop }) => sum + kop, 0n);

export async function stage(site: CloseSite, desk: ImportDesk, payments: readonly GeneratedPayment[]): Promise<string> {
  const { id } = await desk.upload(
    dbfFile(payments),
    { preset: 'oschadbank-dbf', name: 'day.dbf', limit: 2 ** 26 },
    actor,
  );
  await reaches(site, id, 'staged');
  return id;
}

export async function reaches(site: CloseSite, id: string, state: string): Promise<void> {
  await waitUntil(`the file is ${state}`, async () => (await importOf(site.database.db, id))?.state === state, 180_000);
}

async function postedRows(site: CloseSite, id: string): Promise<number> {
  const [row] = await site.database.db.query<{ n: number }>(
    'select count(*)::int as n from payments.import_row where import_id = $1 and posted_at is not null',
    [id],
  );
  return row?.n ?? 0;
}
