// npm start: servers, schema, city, portal, processes; stays in the foreground until it is told to stop.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appReady, apps, runEntry, supervise } from './apps.mjs';
import { dropDatabase, ensureDatabases, hasCity } from './databases.mjs';
import { loadEnvironment, loadSecrets, profileOf } from './env.mjs';
import { instancePaths } from './paths.mjs';
import { buildPortal } from './portal-build.mjs';
import { alive, end, readPids } from './procs.mjs';
import { table } from './table.mjs';
import { down, endAll, self, serverNames, up } from './up.mjs';
import { lastLogLines, readJson, say, StackError, waitFor, writeJson } from './util.mjs';

const owner = 'start';
const instance = 'site';
const roles = [
  ['operator', 'оператор абонентського відділу'],
  ['cashier', 'касир'],
  ['accountant', 'бухгалтер'],
  ['accountant2', 'бухгалтер, друга пара рук'],
  ['lawyer', 'юрист'],
  ['passport-clerk', 'паспортист'],
  ['manager', 'керівник'],
  ['manager2', 'керівник, друга пара рук'],
  ['process-operator', 'оператор процесів'],
  ['provider-user', 'працівник надавача послуг'],
  ['social-protection', 'працівник соціального захисту'],
  ['employer', 'роботодавець'],
  ['condominium', 'ОСББ'],
  ['citizen', 'споживач'],
  ['security-admin', 'адміністратор безпеки'],
];

/** Resolves with the reason when the terminal, npm or `npm stop` wants the site to end. */
function stopRequest() {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => resolve(name));
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) resolve('the command that started it is gone');
    }, 1000);
    timer.unref();
  });
}

/** Rejects when a server of ours dies. */
async function watchServers(paths, state) {
  const own = serverNames.filter((name) => readPids(paths)[name]);
  while (!state.stopping) {
    await delay(500);
    const pids = readPids(paths);
    for (const name of own) {
      if (alive(pids[name]) || state.stopping) continue;
      throw new StackError(`${name} ended by itself:\n${lastLogLines(paths.logOf(name))}`);
    }
  }
}

async function prepareDatabase(paths, environment, signal) {
  const marker = join(paths.dir, 'city.json');
  const training = environment.KOMPLAT_PROFILE === 'training';
  const ours = environment.KOMPLAT_STACK_OWNS.split(',').includes('postgres');
  if (training && ours && readJson(marker, {}).state === 'creating') {
    say('The making of the training city was interrupted: beginning again with an empty database');
    await dropDatabase(environment.DATABASE_ADMIN_URL);
    await ensureDatabases(environment.DATABASE_ADMIN_URL, loadSecrets(paths, profileOf(process.env)));
  }
  await runEntry('Database schema', 'apps/migrate/src/main.ts', [], environment, signal);
  if (!training || (await hasCity(environment.DATABASE_OWNER_URL))) return;
  writeJson(marker, { state: 'creating' });
  await runEntry('Training city', 'apps/cli/src/main.ts', ['city', 'create'], environment, signal);
  writeJson(marker, { state: 'ready' });
}

function welcome(environment) {
  const lines = ['', `Komplat: ${environment.PORTAL_URL}`, `API: ${environment.API_URL}/api/openapi.json`];
  if (environment.KOMPLAT_PROFILE === 'training') {
    const rows = roles.map(([login, title]) => [login, environment.KOMPLAT_DEMO_PASSWORD, title]);
    lines.push('', table([['login', 'password', 'role'], ...rows]));
  }
  lines.push('', 'Ctrl+C or npm stop ends it.', '');
  process.stdout.write(lines.join('\n'));
}

async function startEverything(paths, running, state) {
  for (const name of Object.keys(apps)) await end(paths, name); // left behind by a start that was killed
  const { signal } = state.abort;
  let built;
  const environment = await up(instance, {
    owner,
    afterDatabase: (prepared) => {
      built = buildPortal(prepared, paths.logOf('portal-build'), signal);
      built.catch(() => undefined);
      return prepareDatabase(paths, prepared, signal);
    },
  });
  signal.throwIfAborted();
  state.watch = watchServers(paths, state);
  state.watch.catch(() => undefined);
  for (const name of ['api', 'worker']) running.push(supervise(paths, name, environment, owner));
  await built;
  signal.throwIfAborted();
  running.push(supervise(paths, 'portal', environment, owner));
  await Promise.race([
    Promise.all(running.map(({ name }) => waitFor(name, 120, () => appReady(name, environment), 200))),
    ...running.map(({ failed }) => failed.then((error) => Promise.reject(error))),
    state.watch,
  ]).catch((error) => {
    const logs = running.map(({ name }) => `--- ${name}\n${lastLogLines(paths.logOf(name), 8)}`);
    throw new StackError(`${error.message}\n${logs.join('\n')}`);
  });
  welcome(environment);
  return environment;
}

/** Runs the site until it is stopped. */
export async function start() {
  const paths = instancePaths(instance);
  const other = readJson(paths.start, null);
  if (alive(other)) {
    say(`Komplat is running already (pid ${other.pid})`);
    if (existsSync(paths.env)) welcome(loadEnvironment(paths));
    return 0;
  }
  writeJson(paths.start, self());
  const state = { stopping: false, abort: new AbortController() };
  const running = [];
  const asked = stopRequest();
  let code = 0;
  try {
    const begun = startEverything(paths, running, state);
    begun.catch(() => undefined);
    const early = await Promise.race([begun.then(() => undefined), asked]);
    const reason = early ?? (await Promise.race([asked, state.watch, ...running.map(({ failed }) => failed)]));
    if (reason instanceof Error) throw reason;
    say(`Stopping (${reason})`);
  } catch (error) {
    process.stderr.write(`${error instanceof StackError ? error.message : error.stack}\n`);
    code = 1;
  }
  state.stopping = true;
  state.abort.abort();
  await Promise.all(running.map(({ stop: stopApp }) => stopApp()));
  await endAll(instance, owner); // a start that is still under way holds the lock itself
  rmSync(paths.start, { force: true });
  say('Everything is stopped; the data stays in .komplat');
  return code;
}

/** Ends what a running start owns, and what a killed one left behind. */
export async function stop() {
  const paths = instancePaths(instance);
  const running = readJson(paths.start, null);
  if (alive(running)) {
    say(`Stopping Komplat (pid ${running.pid})`);
    process.kill(running.pid, 'SIGTERM');
    await waitFor('the end of the running start', 120, () => !alive(running), 100);
  }
  await down(instance, { owner });
  rmSync(paths.start, { force: true });
  say('Komplat is stopped');
}
