// Small helpers without dependencies; they run on Node 20.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const began = Date.now();

/** A sentence for the person in front of the terminal, without a stack trace. */
export class StackError extends Error {}

export function say(text) {
  const seconds = ((Date.now() - began) / 1000).toFixed(0).padStart(4);
  process.stdout.write(`[${seconds} s] ${text}\n`);
}

export function readJson(path, otherwise) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (otherwise !== undefined && (error.code === 'ENOENT' || error instanceof SyntaxError)) return otherwise;
    throw error;
  }
}

/** Writes the whole file or nothing. */
export function writeFileAtomic(path, text, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}`;
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, path);
}

export const writeJson = (path, value, mode) => writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`, mode);

export async function sha256(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** Path of a program on PATH, or undefined. */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (!folder || folder.includes('node_modules')) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

const running = new Set();

/** Ends the programs that `run` waits for, before this process gives up. */
export function endRunning() {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs a program to its end and gives its output; refuses on a code other than 0 unless `allowFailure`. */
export function run(command, args, { allowFailure = false, input, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...options,
    });
    running.add(child);
    child.on('close', () => running.delete(child));
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk) => (stdout += chunk));
    child.stderr?.on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) =>
      allowFailure ? resolve({ code: 127, stdout, stderr: error.message }) : reject(error),
    );
    child.on('close', (code) => {
      if (code === 0 || allowFailure) resolve({ code: code ?? 1, stdout, stderr });
      else
        reject(new StackError(`${command} ${args[0] ?? ''} ended with ${code}:\n${lastLines(stderr || stdout, 15)}`));
    });
    if (input !== undefined) child.stdin.end(input);
  });
}

export const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

export function lastLogLines(path, count = 20) {
  return existsSync(path) ? lastLines(readFileSync(path, 'utf8').slice(-20_000), count) : '(no log)';
}

/** Asks `check` until it gives something true; a limit ends it. */
export async function waitFor(what, seconds, check, pause = 100) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const result = await check();
    if (result) return result;
    if (Date.now() > end) throw new StackError(`${what}: not reached in ${seconds} s`);
    await delay(pause);
  }
}

/** True when the address answers with a status below 400. */
export async function answers(url, limit = 2000) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(limit), redirect: 'manual' });
    await response.arrayBuffer();
    return response.status < 400;
  } catch {
    return false;
  }
}

/** Runs `work` and tells every 20 s that it still goes on. */
export async function withProgress(text, work) {
  const started = Date.now();
  say(text);
  const timer = setInterval(
    () => say(`${text.split(':')[0]}: still at it, ${Math.round((Date.now() - started) / 1000)} s`),
    20_000,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
