// Temporal development server of an instance, with its state in one SQLite file.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { alive, end, launch, readPids } from './procs.mjs';
import { lastLogLines, run, StackError, waitFor } from './util.mjs';

const namespace = 'komplat';
const retention = '30d';

/** Makes the namespace; on a server that has it already nothing changes. */
export async function ensureNamespace(cli, address) {
  const ask = (...args) => run(cli, ['--address', address, 'operator', 'namespace', ...args], { allowFailure: true });
  // No `describe` before `create`: the server would remember for a moment that there is no such namespace.
  const made = await ask('create', '--namespace', namespace, '--retention', retention);
  if (made.code !== 0 && !/already exists/i.test(made.stderr + made.stdout)) {
    throw new StackError(`Temporal: the namespace could not be made: ${made.stderr.trim()}`);
  }
  await waitFor('the Temporal namespace', 20, async () => (await ask('describe', '--namespace', namespace)).code === 0);
}

/** Starts Temporal unless it runs, waits until it answers, makes the namespace. */
export async function startTemporal({ paths, ports, programs, owner }) {
  const address = `127.0.0.1:${ports.temporal}`;
  const running = alive(readPids(paths).temporal);
  if (!running) {
    mkdirSync(paths.temporal, { recursive: true });
    const args = [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(ports.temporal),
      '--headless',
      '--db-filename',
      join(paths.temporal, 'temporal.db'),
      '--sqlite-pragma',
      'journal_mode=wal',
      '--sqlite-pragma',
      'synchronous=normal',
      // The default of 20 reads a second makes ten steps of a workflow take a second.
      '--dynamic-config-value',
      'history.transferProcessorMaxPollRPS=1000',
      '--dynamic-config-value',
      'history.timerProcessorMaxPollRPS=1000',
      '--log-level',
      'warn',
    ];
    launch(paths, 'temporal', programs.temporal, args, { env: process.env, cwd: paths.temporal, owner });
  }
  await waitFor('Temporal', 60, async () => {
    if (!alive(readPids(paths).temporal)) {
      throw new StackError(`Temporal ended while starting:\n${lastLogLines(paths.logOf('temporal'))}`);
    }
    const health = ['--address', address, 'operator', 'cluster', 'health'];
    return (await run(programs.temporal, health, { allowFailure: true })).code === 0;
  });
  if (!running) await ensureNamespace(programs.temporal, address);
}

/** Returns only when the process is gone: the file must not be touched while the server still stops. */
export const stopTemporal = (paths) => end(paths, 'temporal', { seconds: 20 });
