// The servers of an instance: up, down, reset, status.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabases } from './databases.mjs';
import { foreignServers, loadEnvironment, loadSecrets, profileOf, renderEnvironment, saveEnvironment } from './env.mjs';
import { buildKeycloak, startKeycloak, stopKeycloak } from './keycloak.mjs';
import { instancePaths, instances, root, stateRoot } from './paths.mjs';
import { portsOf } from './ports.mjs';
import { startPostgres, stopPostgres } from './postgres.mjs';
import { alive, end, identify, locked, readPids } from './procs.mjs';
import {
  resolveBouncyCastle,
  resolveChromium,
  resolveJava,
  resolveKeycloak,
  resolveTemporal,
  resolveTestServer,
} from './resolve.mjs';
import { table } from './table.mjs';
import { ensureNamespace, startTemporal, stopTemporal } from './temporal.mjs';
import { readJson, say, StackError, writeFileAtomic } from './util.mjs';

const stoppers = { keycloak: stopKeycloak, temporal: stopTemporal, postgres: stopPostgres };
export const serverNames = Object.keys(stoppers);

/** Programs that the stack needs; what is missing is fetched or built. All at the same time. */
export async function resolvePrograms({ instance, foreign = {} }) {
  const java = await resolveJava();
  const results = await Promise.allSettled([
    resolveTemporal(),
    foreign.keycloak ? undefined : resolveKeycloak(buildKeycloak),
    instance === 'test' ? resolveTestServer() : undefined,
    resolveChromium(),
  ]);
  const failures = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new StackError(failures.map(String).join('\n'));
  const [temporal, keycloak, testServerLib, chromium] = results.map(({ value }) => value);
  const bouncyCastle = instance === 'test' ? await resolveBouncyCastle(keycloak) : undefined;
  return { java, temporal, keycloak, testServerLib, chromium, bouncyCastle };
}

/** A small script that the Temporal SDK can call as the test server. */
function testServerScript(paths, programs) {
  if (!programs.testServerLib) return undefined;
  const path = join(paths.dir, 'temporal-test-server.sh');
  const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = [
    '#!/bin/sh',
    `TEST_SERVER_LIB=${quote(programs.testServerLib)} JAVA_BIN=${quote(programs.java)} \\`,
    `  exec ${quote(join(root, 'infra', 'temporal', 'test-server.sh'))} "$@"`,
  ];
  writeFileAtomic(path, `${lines.join('\n')}\n`, 0o755);
  return path;
}

async function allOrFirstError(works) {
  const results = await Promise.allSettled(works);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

function runningNames(paths) {
  const pids = readPids(paths);
  const names = Object.keys(pids).filter((name) => alive(pids[name]));
  return names.includes('keycloak') ? [...names, 'keycloakManagement'] : names;
}

/**
 * Starts what does not run, makes roles, database and namespace, writes the environment. Gives the environment.
 * `afterDatabase` goes on with the database while the other servers still start.
 */
export async function up(instance, { owner = 'stack', afterDatabase = () => undefined } = {}) {
  const paths = instancePaths(instance);
  mkdirSync(paths.logs, { recursive: true });
  mkdirSync(paths.files, { recursive: true });
  return locked(paths.lock, async () => {
    const profile = profileOf(process.env);
    const foreign = foreignServers(process.env);
    const secrets = loadSecrets(paths, profile);
    const programs = await resolvePrograms({ instance, foreign });
    const workers = runningNames(paths).map((name) => (name === 'worker' ? 'workerHealth' : name));
    const ports = await portsOf(instance, paths, workers);
    const environment = renderEnvironment({
      instance,
      profile,
      ports,
      secrets,
      foreign,
      filesDir: paths.files,
      programs: {
        temporal: programs.temporal,
        chromium: programs.chromium,
        testServer: testServerScript(paths, programs),
        bouncyCastle: programs.bouncyCastle,
        java: programs.java,
      },
    });
    const context = { instance, profile, paths, ports, secrets, programs, environment, owner };
    await allOrFirstError([
      (foreign.postgres ? Promise.resolve() : startPostgres(context))
        .then(() => ensureDatabases(environment.DATABASE_ADMIN_URL, secrets))
        .then(() => afterDatabase(environment)),
      foreign.temporal ? ensureNamespace(programs.temporal, foreign.temporal) : startTemporal(context),
      foreign.keycloak ? undefined : startKeycloak(context),
    ]);
    saveEnvironment(paths, environment);
    for (const [server, address] of Object.entries(foreign))
      if (address) say(`${server}: your own server, from the environment`);
    const places = `PostgreSQL ${ports.postgres}, Temporal ${ports.temporal}, Keycloak ${ports.keycloak}`;
    say(`The servers of "${instance}" are up: ${places}`);
    return environment;
  });
}

/** Ends what is recorded of the instance; with `owner` only what this kind of run started. Takes no lock. */
export async function endAll(instance, owner) {
  const paths = instancePaths(instance);
  const pids = readPids(paths);
  const mine = (name) => pids[name] && (!owner || pids[name].owner === owner);
  const apps = Object.keys(pids).filter((name) => !serverNames.includes(name) && mine(name));
  await Promise.all(apps.map((name) => end(paths, name)));
  for (const names of [['keycloak', 'temporal'], ['postgres']]) {
    await Promise.all(names.filter(mine).map((name) => stoppers[name](paths)));
  }
}

/** Ends the servers of the instance that the stack started, when nobody else is at work on them. */
export async function down(instance, { owner } = {}) {
  const paths = instancePaths(instance);
  if (existsSync(paths.dir)) await locked(paths.lock, () => endAll(instance, owner));
}

/** Removes the state folder and nothing else, after every process of it is gone. */
export async function reset(only) {
  for (const instance of only ? [only] : instances) {
    const paths = instancePaths(instance);
    const start = readJson(paths.start, null);
    if (alive(start) && start.pid !== process.pid) {
      throw new StackError(`"${instance}" is running (pid ${start.pid}): npm stop first`);
    }
    await down(instance);
    rmSync(paths.dir, { recursive: true, force: true });
  }
  if (!only) rmSync(stateRoot, { recursive: true, force: true });
  say(
    only
      ? `The state of "${only}" is removed`
      : 'The state folder .komplat is removed; fetched programs stay in the cache',
  );
}

/** One line for each process of each instance. */
export function status() {
  const rows = [];
  for (const instance of instances) {
    const paths = instancePaths(instance);
    if (!existsSync(paths.ports)) continue;
    const pids = readPids(paths);
    const ports = readJson(paths.ports, {});
    const environment = existsSync(paths.env) ? loadEnvironment(paths) : { KOMPLAT_STACK_OWNS: serverNames.join(',') };
    for (const name of [...serverNames, 'api', 'worker', 'portal']) {
      const port = ports[name === 'worker' ? 'workerHealth' : name];
      const own = (environment.KOMPLAT_STACK_OWNS ?? '').split(',');
      const foreign = serverNames.includes(name) && !own.includes(name);
      const state = foreign ? 'your own server' : alive(pids[name]) ? 'running' : 'stopped';
      rows.push([instance, name, state, state === 'running' ? String(pids[name].pid) : '', String(port ?? '')]);
    }
  }
  if (rows.length === 0) return 'Nothing was started here yet: npm start';
  return table([['instance', 'process', 'state', 'pid', 'port'], ...rows]);
}

/** Who we are, for the file that says that a start is running. */
export const self = () => identify(process.pid);
