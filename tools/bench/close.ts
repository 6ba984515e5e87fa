import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { dataConverter } from '@komplat/temporal/server';
import { withDatabase, type TestDatabase, testEnv } from '@komplat/testing';
import { ImportPoster } from '../../modules/payments/server/services/import-poster.ts';
import { CloseSite } from '../drill/close-site.ts';
import { LOAD } from './close-load.ts';
import { machine, median, psql } from './server.ts';

const PERIOD = '2026-10';
const REGISTER = '00000000-0000-7000-8000-000000000001';
const BATCH_ACCOUNTS = 20_000;
/** How often a person's page looks at the lanes. */
const LOOK_MS = 250;
const MEBIBYTE = 2 ** 20;

interface Round {
  readonly baselineMs: number;
  readonly postMs: number;
  readonly closeMs: number;
  readonly ratio: number;
  readonly workerRssMb: number;
  readonly events: number;
  readonly largestPayload: number;
}

/** The month close through the product (processes, activities, SQL) against the baseline's transaction on the same data. */
export async function benchClose({ accounts = 200_000, pairs = 1 }: { accounts?: number; pairs?: number }): Promise<object> {
  const rounds: Round[] = [];
  for (let pair = 0; pair < pairs; pair += 1) rounds.push(await oneRound(accounts));
  return { machine: machine(), accounts, rounds, medianRatio: median(rounds.map(({ ratio }) => ratio)) };
}

/** Times for growing numbers of accounts, and the exponent of their growth (least squares of the logarithms). */
export async function benchGrowth({ most = 200_000 }: { most?: number }): Promise<object> {
  const sizes = [most / 8, most / 4, most / 2, most];
  const points = [];
  for (const accounts of sizes) {
    const { postMs, closeMs, ratio } = await oneRound(accounts);
    points.push({ accounts, ms: postMs + closeMs, ratio });
  }
  return { machine: machine(), points, exponent: slope(points.map(({ accounts, ms }) => [Math.log(accounts), Math.log(ms)] as const)) };
}

async function oneRound(accounts: number): Promise<Round> {
  let baselineMs = 0;
  const plant = async (database: TestDatabase): Promise<void> => {
    const admin = withDatabase(testEnv().DATABASE_ADMIN_URL ?? '', database.name);
    psql(admin, 'close/generate.sql', { n: accounts });
    await database.owner.query('select 1');
    await asAdmin(admin, 'delete from b.benefit; grant usage on schema b to komplat_owner; grant select on all tables in schema b to komplat_owner');
    psql(admin, 'close/accrual.sql');
    await septemberOf(admin, accounts);
    for (const [, sql] of LOAD) await database.owner.query(sql);
    await asAdmin(admin, 'vacuum analyze');
    psql(admin, 'close/reset.sql');
    baselineMs = psql(admin, 'close/close.sql', { lo: 1, hi: accounts });
    await asAdmin(admin, 'checkpoint');
  };
  const site = await CloseSite.open({ accounts, period: PERIOD, batchAccounts: BATCH_ACCOUNTS, plant });
  try {
    const poster = new ImportPoster(site.database.db);
    const postMs = await timed(async () => {
      while ((await poster.postBatch(REGISTER)).left);
    });
    const pid = await site.startWorker();
    let rss = 0;
    const watch = setInterval(() => (rss = Math.max(rss, rssOf(pid))), 500);
    const closeMs = await timed(async () => {
      await site.start();
      await site.finish(3_600_000, LOOK_MS);
    });
    clearInterval(watch);
    const history = await historyOf(site.namespace);
    return { baselineMs, postMs, closeMs, ratio: (postMs + closeMs) / baselineMs, workerRssMb: Math.round(rss / MEBIBYTE), ...history };
  } finally {
    await site.close();
  }
}

/** The charges of the month before are those of a real month: one close of the baseline, undone after it. */
export async function septemberOf(admin: string, accounts: number): Promise<void> {
  psql(admin, 'close/reset.sql');
  psql(admin, 'close/close.sql', { lo: 1, hi: accounts });
  await asAdmin(
    admin,
    'create table b.september as select account_id, service_id, net from b.accrual; grant select on b.september to komplat_owner',
  );
  psql(admin, 'close/accrual.sql');
  psql(admin, 'close/reset.sql');
}

/** Events of all processes of the close, and the largest payload of one event in bytes. */
async function historyOf(namespace: string): Promise<{ events: number; largestPayload: number }> {
  const connection = await Connection.connect({ address: testEnv().TEMPORAL_ADDRESS ?? '' });
  const client = new Client({ connection, namespace, dataConverter: dataConverter(testEnv().TEMPORAL_CODEC_KEYS ?? '') });
  let [events, largestPayload] = [0, 0];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    events += history.events?.length ?? 0;
    for (const event of history.events ?? []) largestPayload = Math.max(largestPayload, JSON.stringify(event).length);
  }
  await connection.close();
  return { events, largestPayload };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of sql.split(';')) await client.query(statement);
  await client.end();
}

const rssOf = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
};

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const above = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return above / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
