import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** All state of this checkout; `reset` removes it and nothing else. */
export const stateRoot = join(root, '.komplat');
/** Fetched and built programs, shared by all checkouts of the user. */
export const cacheRoot = process.env.KOMPLAT_CACHE ?? join(homedir(), '.cache', 'komplat');
/** The product's own Node, installed with the other packages. */
export const productNodePath = join(root, 'node_modules', '.bin', 'node');

export const instances = ['site', 'test', 'bench'];

/** Folder and files of one instance: `site`, `test`, or `bench` with the server settings of the baselines. */
export function instancePaths(instance) {
  if (!instances.includes(instance))
    throw new Error(`There is no instance "${instance}"; there are: ${instances.join(', ')}`);
  const dir = join(stateRoot, instance);
  return {
    dir,
    env: join(dir, 'stack.env'),
    pids: join(dir, 'pids'),
    ports: join(dir, 'ports.json'),
    secrets: join(dir, 'secrets.json'),
    lock: join(dir, 'lock.json'),
    start: join(dir, 'start.json'),
    logs: join(dir, 'logs'),
    files: join(dir, 'files'),
    postgres: join(dir, 'postgres'),
    temporal: join(dir, 'temporal'),
    keycloak: join(dir, 'keycloak'),
    logOf: (name) => join(dir, 'logs', `${name}.log`),
  };
}
