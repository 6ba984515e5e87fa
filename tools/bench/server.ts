import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { plugins } from '@komplat/all/server';
import { compose } from '@komplat/plugin-api';
import { Database, migrate } from '@komplat/server';
import pg from 'pg';

export interface BenchDatabase {
  readonly name: string;
  readonly urls: { readonly admin: string; readonly owner: string; readonly app: string; readonly close: string };
  readonly owner: Database;
  readonly app: Database;
  readonly close: Database;
  end(): Promise<void>;
}
const at = (variable: string, name: string): string => {
  const url = new URL(process.env[variable] ?? '');
  url.pathname = `/${name}`;
  return url.toString();
};

/** A database of its own beside the site's, with the product's tables; made anew. */
export async function benchDatabase(name: string): Promise<BenchDatabase> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_ADMIN_URL ?? '' });
  await client.connect();
  await client.query(`drop database if exists ${name} with (force)`);
  await client.query(`create database ${name} owner komplat_owner`);
  await client.end();
  await migrate(at('DATABASE_OWNER_URL', name), compose(plugins), 2026);
  return keptDatabase(name);
}

/** The database that a run before left, as it is. */
export function keptDatabase(name: string): BenchDatabase {
  const urls = { admin: at('DATABASE_ADMIN_URL', name), owner: at('DATABASE_OWNER_URL', name), app: at('DATABASE_URL', name), close: at('DATABASE_CLOSE_URL', name) };
  const open = (url: string): Database => new Database({ url, maxConnections: 8, statementTimeoutMs: 0 });
  const [owner, app, close] = [open(urls.admin), open(urls.app), open(urls.close)];
  const end = async (): Promise<void> => {
    await Promise.all([owner, app, close].map((database) => database.onApplicationShutdown()));
  };
  return { name, urls, owner, app, close, end };
}

/** Runs a file of the baseline by `psql`; the whole output goes to the standard error of the bench when it fails. */
export function psql(url: string, file: string, variables: Readonly<Record<string, number>> = {}): number {
  const path = fileURLToPath(new URL(`./baseline/${file}`, import.meta.url));
  const started = performance.now();
  const sets = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  execFileSync('psql', [url, '-X', '-q', '-v', 'ON_ERROR_STOP=1', ...sets, '-f', path], { stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - started;
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
