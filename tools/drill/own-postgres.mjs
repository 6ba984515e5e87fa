// A PostgreSQL of a drill's own, made and started by the stack's code: killing it disturbs nobody else.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureDatabases } from '../stack/databases.mjs';
import { stateRoot } from '../stack/paths.mjs';
import { startPostgres, stopPostgres } from '../stack/postgres.mjs';
import { killHard } from '../stack/procs.mjs';
import { lastLogLines } from '../stack/util.mjs';
import { freePort } from './free-port.ts';

const START_TRIES = 40;
const START_PAUSE_MS = 250;
const LOGINS = { DATABASE_OWNER_URL: 'komplat_owner', DATABASE_URL: 'komplat_app', DATABASE_CLOSE_URL: 'komplat_close', DATABASE_REPORT_URL: 'komplat_report' };

/**
 * After a kill -9 of the postmaster its backends live until they notice; for so long the shared memory is in use and a new
 * server ends at once. It is started again, as a service manager does.
 */
async function startAgain(start) {
  for (let left = START_TRIES; ; left -= 1) {
    try {
      return await start();
    } catch (error) {
      if (left === 0 || !/still in use|already exists/.test(error.message)) throw error;
      await delay(START_PAUSE_MS);
    }
  }
}

export async function openPostgres() {
  const dir = join(stateRoot, `drill-${process.pid}`);
  const paths = {
    dir,
    pids: join(dir, 'pids'),
    logs: join(dir, 'logs'),
    postgres: join(dir, 'postgres'),
    logOf: (name) => join(dir, 'logs', `${name}.log`),
  };
  mkdirSync(paths.logs, { recursive: true });
  const password = randomBytes(18).toString('hex');
  const secrets = { POSTGRES_PASSWORD: password };
  for (const login of Object.values(LOGINS)) secrets[`${login.toUpperCase()}_PASSWORD`] = password;
  const ports = { postgres: await freePort() };
  const url = (login, database) => `postgresql://${login}:${password}@127.0.0.1:${ports.postgres}/${database}`;
  const start = () => startAgain(() => startPostgres({ instance: 'test', paths, ports, secrets, owner: 'drill' }));
  await start();
  const admin = url('postgres', 'postgres');
  await ensureDatabases(admin, secrets);
  const logins = Object.entries(LOGINS).map(([name, login]) => [name, url(login, 'komplat')]);
  return {
    env: { DATABASE_ADMIN_URL: admin, ...Object.fromEntries(logins) },
    start,
    kill: () => killHard(paths, 'postgres'),
    lastWords: () => lastLogLines(paths.logOf('postgres')),
    remove: async () => {
      await stopPostgres(paths);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
