import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { API_PORT, bankToken, startApi } from './api.ts';
import { LOAD_INTAKE } from './intake-load.ts';
import { type BenchDatabase, benchDatabase, machine, median, psql } from './server.ts';

const CLIENTS = 8;

interface IntakeOptions {
  readonly accounts?: number;
  readonly pairs?: number;
  readonly seconds?: number;
  /** 1 = the baseline's single call is measured too. It uses up open items of the baseline, so then take more accounts. */
  readonly oneCall?: number;
}

/** Payments a second by HTTP against the baseline's statements, in turn, on the same server. */
export async function benchIntake({ accounts = 50_000, pairs = 5, seconds = 6, ...more }: IntakeOptions): Promise<object> {
  const bench = await benchDatabase('bench_intake');
  psql(bench.urls.admin, 'intake/generate.sql', { n: accounts });
  for (const sql of LOAD_INTAKE) await bench.owner.query(sql);
  await bench.owner.query(
    `insert into administration.role_permission values ('channel', 'payments.accept') on conflict do nothing`,
  );
  const stop = await startApi(bench);
  try {
    await load(accounts, 4, 'warm');
    await bench.owner.query('vacuum analyze'); // what autovacuum does a minute later: plans of empty tables are made anew
    await load(accounts, 3, 'again');
    const rounds = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const statements = pgbench(bench, 'statements.pgb', accounts, seconds);
      const product = await load(accounts, seconds, `r${pair}`);
      const oneCall = more.oneCall ? { oneCall: pgbench(bench, 'one-call.pgb', accounts, seconds) } : {};
      rounds.push({ statements, product, ratio: product / statements, ...oneCall });
    }
    return {
      machine: machine(),
      accounts,
      rounds,
      medianRatio: median(rounds.map(({ ratio }) => ratio)),
    };
  } finally {
    await stop();
    await bench.end();
  }
}

function pgbench({ urls }: BenchDatabase, script: string, accounts: number, seconds: number): number {
  const file = fileURLToPath(new URL(`./baseline/intake/${script}`, import.meta.url));
  const args = ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-T', String(seconds), '-D', `n=${accounts}`, '-f', file, urls.admin];
  const output = execFileSync('pgbench', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Number(/tps = ([\d.]+)/.exec(output)?.[1] ?? 0);
}

/** Eight clients in a process of their own; every answer must be 201. */
async function load(accounts: number, seconds: number, run: string): Promise<number> {
  const script = fileURLToPath(new URL('./intake-client.mjs', import.meta.url));
  const args = [script, API_PORT, CLIENTS, seconds, accounts, `${run}-${Date.now()}`].map(String);
  const env = { ...process.env, BENCH_TOKEN: await bankToken() };
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] }));
}
