// Processes of an instance: started in their own session, known by pid and start time, ended as a group.
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readJson, say, waitFor, writeJson } from './util.mjs';

const largestLog = 20 * 1024 * 1024;

/** Clock ticks since boot at which the process started, with its state; undefined when there is none. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: fields[19] };
  } catch {
    return undefined;
  }
}

const boot = existsSync('/proc/sys/kernel/random/boot_id')
  ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  : '';

/** What identifies a process: pids are used again, pid, start time and boot together are not. */
export function identify(pid) {
  return { pid, started: statOf(pid)?.started ?? '', boot };
}

export function alive(entry) {
  if (!entry || entry.boot !== boot) return false;
  const stat = statOf(entry.pid);
  return stat !== undefined && stat.state !== 'Z' && stat.started === entry.started;
}

/** Leftovers of a group whose leader is dead: their group number cannot be given to anybody else meanwhile. */
const orphaned = (entry) => entry.boot === boot && statOf(entry.pid) === undefined && groupAlive(entry.pid);

function groupAlive(pid) {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What is recorded of an instance, by name. One file for each, so that two commands do not undo each other's. */
export function readPids(paths) {
  if (!existsSync(paths.pids)) return {};
  const names = readdirSync(paths.pids).filter((file) => file.endsWith('.json'));
  const entries = names.map((file) => [file.slice(0, -'.json'.length), readJson(join(paths.pids, file), null)]);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== null));
}

export function recordPid(paths, name, entry) {
  const path = join(paths.pids, `${name}.json`);
  if (entry) writeJson(path, entry);
  else rmSync(path, { force: true });
}

function openLog(path) {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > largestLog) renameSync(path, `${path}.1`);
  return openSync(path, 'a');
}

/** Starts a process in its own session; output goes to its log. Gives the child and its identity. */
export function launch(paths, name, command, args, { env, cwd, uid, gid, owner = 'stack' } = {}) {
  const log = openLog(paths.logOf(name));
  try {
    const child = spawn(command, args, { env, cwd, uid, gid, detached: true, stdio: ['ignore', log, log] });
    child.on('error', (error) => say(`${name}: ${error.message}`));
    const entry = { ...identify(child.pid ?? 0), owner };
    recordPid(paths, name, entry);
    child.unref();
    return { child, entry };
  } finally {
    closeSync(log);
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ends a recorded process: politely, then with its whole group. Returns when the pid is gone. */
export async function end(paths, name, { polite = 'SIGTERM', seconds = 20 } = {}) {
  const entry = readPids(paths)[name];
  if (!entry) return false;
  const was = alive(entry);
  if (was) {
    signal(entry.pid, polite);
    const until = Date.now() + seconds * 1000;
    while (alive(entry) && Date.now() < until) await delay(50);
  }
  if (was ? groupAlive(entry.pid) : orphaned(entry)) {
    signal(-entry.pid, 'SIGKILL');
    await waitFor(`${name} (pid ${entry.pid}) to end`, 20, () => !groupAlive(entry.pid), 50);
  }
  recordPid(paths, name, undefined);
  return was;
}

/** kill -9 of the process and its whole group, for drills. */
export async function killHard(paths, name) {
  const entry = readPids(paths)[name];
  if (!alive(entry)) return false;
  signal(-entry.pid, 'SIGKILL');
  await waitFor(`${name} (pid ${entry.pid}) to die`, 20, () => !alive(entry) && !groupAlive(entry.pid), 20);
  recordPid(paths, name, undefined);
  return true;
}

/** Holds a lock file of this process while `work` runs; waits for a living holder. */
export async function locked(path, work) {
  let told = false;
  mkdirSync(dirname(path), { recursive: true });
  await waitFor(
    `the lock ${path}`,
    900,
    () => {
      try {
        writeFileSync(path, JSON.stringify(identify(process.pid)), { flag: 'wx' });
        return true;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = readJson(path, null);
      // A file without content is being written at this moment, or was left by a power cut.
      if (holder ? !alive(holder) : existsSync(path) && Date.now() - statSync(path).mtimeMs > 5000)
        rmSync(path, { force: true });
      else if (!told) {
        told = true;
        say(`Another run (pid ${holder?.pid ?? '?'}) is at work on the same servers; waiting for it`);
      }
      return false;
    },
    200,
  );
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
