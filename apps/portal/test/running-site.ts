import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { plugins } from '@komplat/all/server';
import { testDatabase, testEnv, waitUntil, type TestDatabase } from '@komplat/testing';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const ROOT = process.cwd();
const NODE = join(ROOT, 'node_modules', '.bin', 'node');
const LOGS = join(ROOT, '.komplat', 'test', 'logs');
const SWC = ['--import', './tools/run/typescript.mjs'];
const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
const START_MS = 120_000;
const CITY = ['city', 'create', '--accounts', '40', '--months', '3'];

/** A whole site of its own: fresh database with a small city, API, worker and portal on the ports of the test servers. */
export interface RunningSite {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly database: TestDatabase;
  /** Ends one process of the site, to see what the portal says then. */
  kill(name: AppName): Promise<void>;
  stop(): Promise<void>;
}

type AppName = 'api' | 'worker' | 'portal';
type Environment = Readonly<Record<string, string>>;

function start(name: string, args: readonly string[], env: Environment, cwd = ROOT): ChildProcess {
  mkdirSync(LOGS, { recursive: true });
  const log = createWriteStream(join(LOGS, `browser-${name}.log`));
  const child = spawn(NODE, [...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return child;
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(child.exitCode)));

async function runToEnd(name: string, args: readonly string[], env: Environment, cwd = ROOT): Promise<void> {
  const code = await exitOf(start(name, args, env, cwd));
  if (code !== 0) throw new Error(`${name} ended with ${code}, see ${join(LOGS, `browser-${name}.log`)}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: 'manual' })).status < 500;
  } catch {
    return false;
  }
}

/** A name space of its own: another suite's worker must not take this site's work. */
async function ownNamespace(address: string): Promise<string> {
  const namespace = `portal-${randomBytes(4).toString('hex')}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await waitUntil('a name space of Temporal', () =>
    connection.workflowService.describeNamespace({ namespace }).then(
      () => true,
      () => false,
    ),
  );
  await connection.close();
  return namespace;
}

async function environmentOf(database: TestDatabase): Promise<Environment> {
  const env = testEnv();
  return {
    ...env,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_CLOSE_URL: database.closeUrl,
    TEMPORAL_NAMESPACE: await ownNamespace(env.TEMPORAL_ADDRESS ?? ''),
    KOMPLAT_PROFILE: 'training',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

/** The build is that of the stack: it is made again only when a source has changed. */
async function buildPortal(env: Environment): Promise<void> {
  const code = `
    const { buildPortal } = await import(${JSON.stringify(join(ROOT, 'tools/stack/portal-build.mjs'))});
    await buildPortal(process.env, ${JSON.stringify(join(LOGS, 'portal-build.log'))});`;
  await runToEnd('build', ['--input-type=module', '-e', code], env);
}

/** Starts everything; the caller stops it. */
export async function startSite(): Promise<RunningSite> {
  const database = await testDatabase(plugins);
  const env = await environmentOf(database);
  await runToEnd('migrate', [...SWC, 'apps/migrate/src/main.ts'], env);
  await runToEnd('city', [...SWC, 'apps/cli/src/main.ts', ...CITY], env);
  await buildPortal(env);
  const portalArgs = [NEXT, 'start', '--port', env['PORTAL_PORT'] ?? '', '--hostname', '127.0.0.1'];
  const running: Record<AppName, ChildProcess> = {
    api: start('api', [...SWC, 'apps/api/src/main.ts'], env),
    worker: start('worker', [...SWC, 'apps/worker/src/main.ts'], env),
    portal: start('portal', portalArgs, env, join(ROOT, 'apps', 'portal')),
  };
  const end = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGTERM');
    await exitOf(child);
  };
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(running).map(end));
    await database.drop();
  };
  const url = env['PORTAL_URL'] ?? '';
  try {
    const ready = [
      `${env['API_URL']}/health/ready`,
      `http://127.0.0.1:${env['WORKER_HEALTH_PORT']}/health/ready`,
      `${url}/config.json`,
    ];
    for (const address of ready) await waitUntil(address, () => answers(address), START_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, env, database, kill: (name) => end(running[name]), stop };
}
