import { createHash, randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { compose, type ModulePlugin } from '@komplat/plugin-api';
import { Database, migrate } from '@komplat/server';
import pg from 'pg';
import { testEnv } from './test-env.ts';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly ownerUrl: string;
  readonly closeUrl: string;
  /** Login of the API and the worker. */
  readonly db: Database;
  /** Login of the month close. */
  readonly closeDb: Database;
  /** Login of the migrations: for arranging a test, never for what is tested. */
  readonly owner: Database;
  drop(): Promise<void>;
}
const LOCK = 7_311_407;

/** A fresh database with the tables of all given modules, cloned from a template that is made once a set of migrations. */
export async function testDatabase(plugins: readonly ModulePlugin[]): Promise<TestDatabase> {
  const env = testEnv();
  const adminUrl = env.DATABASE_ADMIN_URL ?? '';
  const name = `t_${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
  const template = await ensureTemplate(adminUrl, env.DATABASE_OWNER_URL ?? '', plugins);
  await admin(adminUrl, (client) => client.query(`create database ${name} template ${template} owner komplat_owner`));
  const at = (url: string | undefined): string => withDatabase(url ?? '', name);
  const open = (url: string, maxConnections: number): Database => new Database({ url, maxConnections, statementTimeoutMs: 0 });
  const db = open(at(env.DATABASE_URL), 12);
  const closeDb = open(at(env.DATABASE_CLOSE_URL), 4);
  const owner = open(at(env.DATABASE_OWNER_URL), 2);
  const drop = async (): Promise<void> => {
    await Promise.all([db, closeDb, owner].map((database) => database.onApplicationShutdown()));
    await admin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { name, url: at(env.DATABASE_URL), ownerUrl: at(env.DATABASE_OWNER_URL), closeUrl: at(env.DATABASE_CLOSE_URL), db, closeDb, owner, drop };
}

async function ensureTemplate(adminUrl: string, ownerUrl: string, plugins: readonly ModulePlugin[]): Promise<string> {
  const template = `tpl_${hashOfMigrations(plugins)}`;
  await admin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount) return;
    const unfinished = `${template}_new`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished} owner komplat_owner`);
    await migrate(withDatabase(ownerUrl, unfinished), compose(plugins), 2026);
    await client.query(`alter database ${unfinished} rename to ${template}`);
  });
  return template;
}

function hashOfMigrations(plugins: readonly ModulePlugin[]): string {
  const digest = createHash('sha256');
  for (const plugin of plugins) {
    const folder = plugin.id === 'platform' ? 'modules/platform/server/src' : `modules/${plugin.id}/server`;
    for (const file of globSync(`${folder}/{migrations/**/*,db/migrate}.ts`).toSorted()) digest.update(file).update(readFileSync(file));
    digest.update(plugin.migrations.map((migration) => migration.name).join(','));
  }
  return digest.digest('hex').slice(0, 16);
}

export function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.toString();
}

async function admin<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
