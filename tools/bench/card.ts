import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { API_PORT, bankToken, startApi } from './api.ts';
import { LOAD_CARD, LOAD_CARD_END, LOAD_CARD_MONTH } from './card-load.ts';
import { type BenchDatabase, benchDatabase, machine, median } from './server.ts';

const BARE_PORT = API_PORT + 1;
const CLIENTS = 8;
const YEAR = 12;
const RIGHTS = ['billing.card.read'];

interface CardOptions {
  /** Accounts of the city with the long history. */
  readonly accounts?: number;
  readonly months?: number;
  /** Accounts of the wide city of one year. */
  readonly wide?: number;
  readonly pairs?: number;
  readonly seconds?: number;
}
interface Load {
  readonly rate: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly bytes: number;
  /** Median time by range of accounts. */
  readonly medians: readonly number[];
}
/** The subscriber card by HTTP: first screen and whole history, against a bare server over the same database, in turn. */
export async function benchCard({ accounts = 300, months = 350, wide = 5_000, pairs = 5, seconds = 4 }: CardOptions): Promise<object> {
  const deep = await city('bench_card_deep', { accounts, months, young: accounts });
  const year = await city('bench_card_year', { accounts, months: YEAR });
  const broad = await city('bench_card_wide', { accounts: wide, months: YEAR });
  const first = await ofCity(deep, accounts, async (run) => ({
    depth: await depth(run, { accounts, pairs, seconds }),
    first: await rounds(pairs, () => [run.bare(`/first/{n}/${YEAR}`, seconds), run.product(`card?months=${YEAR}`, seconds)]),
    alone: run.product(`card?months=${YEAR}`, seconds, 1),
    whole: await rounds(pairs, () => [run.bare('/whole/{n}', seconds), run.product(`card?months=${months}`, seconds)]),
    rows: await rounds(pairs, () => [run.bare('/rows/{n}', seconds), run.product(`card?months=${months}`, seconds)]),
    page: run.product(`months?limit=36&after=2004-01`, seconds),
    past: run.product('card?months=12&asOf=2010-06-15&knownAt=2012-01-01', seconds),
  }));
  const shallow = await ofCity(year, accounts, async (run) => run.product(`card?months=${YEAR}`, seconds));
  const many = await ofCity(broad, wide, async (run) => run.product(`card?months=${YEAR}`, seconds));
  const width = await between(broad, year, { wide, accounts }, pairs, seconds);
  for (const { end } of [deep, year, broad]) await end();
  return {
    machine: machine(), accounts, months, wide, clients: CLIENTS,
    firstScreen: { ...first.first, alone: first.alone, floor: 0.55 },
    depth: { months, against: YEAR, ...first.depth, limit: 1.15 },
    width: { accounts: wide, against: accounts, medianRatio: width },
    wholeCard: { sameContent: first.whole, rowsOnly: first.rows, limit: 2 },
    oldPageOf36Months: first.page,
    pastDay: first.past,
    shallow, many,
  };
}

interface CitySize {
  readonly accounts: number;
  readonly months: number;
  /** Further accounts that have the last year only. */
  readonly young?: number;
}

/** A database with a history, loaded without the guards of the months: they are what the close is measured with. */
async function city(name: string, { accounts, months, young = 0 }: CitySize): Promise<BenchDatabase> {
  const bench = await benchDatabase(name);
  const { owner } = bench;
  await owner.transaction(async (tx) => {
    await tx.query(`set local session_replication_role = replica`);
    await tx.query('alter table tariffs.supply drop constraint supply_account_id_service_id_provider_id_valid_excl');
    for (const sql of LOAD_CARD) await tx.query(sql, [accounts + young, months]);
    for (let back = months; back >= 1; back -= 1) {
      const day = new Date(Date.UTC(2026, 10 - back, 1)).toISOString().slice(0, 10);
      const living = back <= YEAR ? accounts + young : accounts;
      await tx.query(LOAD_CARD_MONTH[0] ?? '', [living, day]);
      if (back < months) await tx.query(LOAD_CARD_MONTH[1] ?? '', [back < YEAR ? living : accounts, day, true]);
    }
    for (const sql of LOAD_CARD_END) await tx.query(sql, [accounts + young, months]);
  });
  await owner.query(`insert into administration.user_scope values ('komplat-bank', 'all', '*')`);
  await owner.query(`insert into administration.role_permission select 'channel', unnest($1::text[]) on conflict do nothing`, [RIGHTS]);
  await owner.query('vacuum analyze');
  return bench;
}

interface Run {
  readonly bare: (path: string, seconds: number) => Load;
  readonly product: (query: string, seconds: number, clients?: number, ranges?: string) => Load;
}

/** Both servers over one database; each is warmed before it is measured. */
async function ofCity<T>(bench: BenchDatabase, accounts: number, work: (run: Run) => Promise<T>): Promise<T> {
  const stops = [await startApi(bench), await startBare(bench)];
  const token = await bankToken();
  const run: Run = {
    bare: (path, seconds) => load({ port: BARE_PORT, path, seconds, ranges: `1-${accounts}`, clients: CLIENTS }),
    product: (query, seconds, clients = CLIENTS, ranges = `1-${accounts}`) =>
      load({ port: API_PORT, path: `/api/v1/billing/accounts/{n}/${query}`, seconds, ranges, clients, token }),
  };
  try {
    run.product('card?months=12', 3);
    run.bare('/first/{n}/12', 3);
    return await work(run);
  } finally {
    for (const stop of stops) await stop();
  }
}

/** Accounts of thirty years against those of one year, request by request on the same server. */
async function depth(run: Run, { accounts, pairs, seconds }: { accounts: number; pairs: number; seconds: number }): Promise<object> {
  const ranges = `1-${accounts},${accounts + 1}-${2 * accounts}`;
  const ratios = Array.from({ length: pairs }, () => {
    const [old = 0, young = 1] = run.product(`card?months=${YEAR}`, seconds, 1, ranges).medians;
    return old / young;
  });
  return { medianRatio: median(ratios), ratios };
}

/** The wide city against the small one: how many times slower its first screen is, the median of three pairs. */
async function between(
  one: BenchDatabase,
  other: BenchDatabase,
  sizes: { readonly wide: number; readonly accounts: number },
  pairs: number,
  seconds: number,
): Promise<number> {
  const ratios: number[] = [];
  for (let pair = 0; pair < Math.min(pairs, 3); pair += 1) {
    const slow = await ofCity(one, sizes.wide, async (run) => run.product('card?months=12', seconds, 1));
    const fast = await ofCity(other, sizes.accounts, async (run) => run.product('card?months=12', seconds, 1));
    ratios.push(slow.p50 / fast.p50);
  }
  return median(ratios);
}

/** Baseline and product in turn; the ratio of their rates, product over baseline. */
async function rounds(pairs: number, pair: () => readonly [Load, Load]): Promise<object> {
  const measured = Array.from({ length: pairs }, () => {
    const [baseline, product] = pair();
    return { baseline, product, ratio: product.rate / baseline.rate };
  });
  return { medianRatio: median(measured.map(({ ratio }) => ratio)), rounds: measured };
}

function load(of: { port: number; path: string; clients: number; seconds: number; ranges: string; token?: string }): Load {
  const script = fileURLToPath(new URL('./card-client.mjs', import.meta.url));
  const args = [script, of.port, of.path, of.clients, of.seconds, of.ranges].map(String);
  const env = { ...process.env, BENCH_TOKEN: of.token ?? '' };
  const measured: Load = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] }));
  return measured;
}

async function startBare({ urls }: BenchDatabase): Promise<() => Promise<void>> {
  const script = fileURLToPath(new URL('./card-bare.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, String(BARE_PORT), urls.app], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  return () =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
}
