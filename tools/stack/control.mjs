// For drills and tests: kill and start single servers and processes of an instance, and wait until they are healthy.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { appReady, startApp } from './apps.mjs';
import { loadEnvironment } from './env.mjs';
import { instancePaths } from './paths.mjs';
import { alive, end, killHard, readPids } from './procs.mjs';
import { down, up } from './up.mjs';
import { StackError, waitFor, writeJson } from './util.mjs';

/** Time in which a running `npm start` takes the death of the server as part of a drill. */
const drillSeconds = 300;

/** `kill -9` of a server (postgres, temporal, keycloak) or process (api, worker, portal) with its whole group. */
export async function kill(instance, name) {
  const paths = instancePaths(instance);
  writeJson(paths.drill, { server: name, until: Date.now() + drillSeconds * 1000 });
  if (!(await killHard(paths, name))) throw new StackError(`${name} of "${instance}" does not run`);
}

/** Starts a server that was killed, on its old port and data, and waits until it is healthy. */
export async function startServer(instance, name) {
  const paths = instancePaths(instance);
  const environment = await up(instance, { owner: ownerOf(paths) });
  rmSync(paths.drill, { force: true });
  if (!alive(readPids(paths)[name])) throw new StackError(`${name} of "${instance}" did not start`);
  return environment;
}

/** The same kind of run as the other processes, so that `npm stop` ends this one too. */
function ownerOf(paths) {
  return Object.values(readPids(paths)).find((entry) => alive(entry))?.owner ?? 'stack';
}

/** Starts api, worker or portal of an instance without a supervisor, and waits until it is ready. */
export async function startProcess(instance, name) {
  const paths = instancePaths(instance);
  const environment = environmentOf(instance);
  if (!alive(readPids(paths)[name])) startApp(paths, name, environment, ownerOf(paths));
  await waitFor(name, 120, () => {
    if (!alive(readPids(paths)[name])) throw new StackError(`${name} ended while starting; ${paths.logOf(name)}`);
    return appReady(name, environment);
  });
  return environment;
}

/** Ends one process of an instance politely. */
export const stopProcess = (instance, name) => end(instancePaths(instance), name);

/** True when the server or process of the instance lives. */
export const runs = (instance, name) => alive(readPids(instancePaths(instance))[name]);

/** pid of a server or process, or undefined. */
export const pidOf = (instance, name) =>
  runs(instance, name) ? readPids(instancePaths(instance))[name].pid : undefined;

export const environmentOf = (instance) => loadEnvironment(instancePaths(instance));
export const logOf = (instance, name) => join(instancePaths(instance).logs, `${name}.log`);
export { down, up };
