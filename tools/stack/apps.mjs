// The processes of the product: API, worker, portal. Started in their own groups and started again when they die.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { productNodePath, root } from './paths.mjs';
import { end, launch } from './procs.mjs';
import { answers, lastLogLines, run, say, StackError } from './util.mjs';

const tsEntry = (path) => ['--import', join(root, 'tools/run/typescript.mjs'), join(root, path)];
const next = join('node_modules', 'next', 'dist', 'bin', 'next');

/** What each process is, and how it tells that it is ready. */
export const apps = {
  api: {
    entry: 'apps/api/src/main.ts',
    // A small young generation: a file of any length is written in the memory of the start.
    args: () => ['--max-semi-space-size=8', ...tsEntry('apps/api/src/main.ts')],
    ready: (environment) => `${environment.API_URL}/health/ready`,
  },
  worker: {
    entry: 'apps/worker/src/main.ts',
    // Its own entry registers the compiler; a small young generation keeps the process below 400 MB.
    args: () => ['--max-semi-space-size=4', join(root, 'apps/worker/src/start.mjs')],
    ready: (environment) => `http://127.0.0.1:${environment.WORKER_HEALTH_PORT}/health/ready`,
  },
  portal: {
    entry: 'apps/portal/package.json',
    cwd: join(root, 'apps', 'portal'),
    args: (environment) => [join(root, next), 'start', '--port', environment.PORTAL_PORT, '--hostname', '127.0.0.1'],
    ready: (environment) => environment.PORTAL_URL,
  },
};

/** The environment of a child: ours, then the instance's, with the product's own programs first on PATH. */
export const childEnvironment = (environment) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
  ...environment,
  NODE_ENV: 'production',
  // Two pools of memory for all threads instead of one for each: a fifth of a process less.
  MALLOC_ARENA_MAX: '2',
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
});

/** Runs a TypeScript program of the product to its end; its output goes through. */
export async function runEntry(what, path, args, environment, signal) {
  if (!existsSync(join(root, path))) throw new StackError(`${what}: ${path} is missing`);
  const started = Date.now();
  say(`${what}: ${path} ${args.join(' ')}`.trim());
  await run(productNodePath, [...tsEntry(path), ...args], {
    cwd: root,
    env: childEnvironment(environment),
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  say(`${what}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function startApp(paths, name, environment, owner) {
  const app = apps[name];
  if (!existsSync(join(root, app.entry))) throw new StackError(`${name}: ${app.entry} is missing`);
  return launch(paths, name, productNodePath, app.args(environment), {
    cwd: app.cwd ?? root,
    env: childEnvironment(environment),
    owner,
  });
}

export const appReady = (name, environment) => answers(apps[name].ready(environment), 5000);

/** Pause before the next start: short at first, never longer than half a minute. */
export const backoff = (restarts) => Math.min(500 * 2 ** restarts, 30_000);

/** True when one more start would be too many: ten in five minutes. */
export const tooMany = (starts, now) => starts.filter((at) => now - at < 300_000).length > 10;

/**
 * Keeps a process alive. `failed` resolves with the reason when it dies too often; `stop` ends it for good.
 */
export function supervise(paths, name, environment, owner) {
  const starts = [];
  let stopping = false;
  let give;
  const failed = new Promise((resolve) => (give = resolve));
  const begin = () => {
    const { child, entry } = startApp(paths, name, environment, owner);
    starts.push(Date.now());
    child.on('exit', (code, signal) => {
      if (!stopping) again(code ?? signal, entry).catch(give);
    });
  };
  const again = async (how) => {
    if (tooMany(starts, Date.now())) {
      return give(new StackError(`${name} dies again and again:\n${lastLogLines(paths.logOf(name))}`));
    }
    const recent = starts.filter((at) => Date.now() - at < 60_000).length - 1;
    say(`${name} ended (${how}); starting it again in ${backoff(recent) / 1000} s`);
    await end(paths, name, { seconds: 1 });
    await delay(backoff(recent));
    if (!stopping) begin();
  };
  begin();
  const stop = async () => {
    stopping = true;
    await end(paths, name);
  };
  return { name, failed, stop };
}
