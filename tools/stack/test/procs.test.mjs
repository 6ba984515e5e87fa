import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { alive, end, identify, killHard, launch, locked, readPids, recordPid } from '../procs.mjs';
import { unzip } from '../unzip.mjs';
import { run, waitFor } from '../util.mjs';

const folder = mkdtempSync(join(tmpdir(), 'komplat-stack-'));
const paths = { pids: join(folder, 'pids'), logOf: (name) => join(folder, `${name}.log`) };
after(() => rmSync(folder, { recursive: true }));

const exists = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a process is known by pid and start time: another one with the same pid is not taken for it', () => {
  const me = identify(process.pid);
  assert.equal(alive(me), true);
  assert.equal(alive({ ...me, started: '1' }), false);
  assert.equal(alive({ ...me, boot: 'another boot' }), false);
  assert.equal(alive(undefined), false);
});

test('a recorded pid that now belongs to somebody else is left alone', async () => {
  const stranger = spawn('sleep', ['60'], { detached: true });
  recordPid(paths, 'stranger', { ...identify(stranger.pid), started: '1' });
  assert.equal(await end(paths, 'stranger'), false);
  assert.equal(await killHard(paths, 'stranger'), false);
  assert.equal(exists(stranger.pid), true);
  stranger.kill('SIGKILL');
});

/** A leader that starts a child which does not listen to TERM, as kc.sh starts its JVM. */
async function launchFamily(name) {
  const script = `trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo $!; wait`;
  const { entry } = launch(paths, name, '/bin/sh', ['-c', script], { env: process.env });
  const child = await waitFor('the child', 5, () => Number(readFileSync(paths.logOf(name), 'utf8').trim()), 20);
  return { leader: entry.pid, child };
}

test('an unwilling process is ended with its whole group', async () => {
  const { leader, child } = await launchFamily('unwilling');
  assert.equal(await end(paths, 'unwilling', { seconds: 0.2 }), true);
  assert.deepEqual([exists(leader), exists(child)], [false, false]);
  assert.deepEqual(readPids(paths).unwilling, undefined);
});

test('what a killed leader left behind is ended too', async () => {
  const { leader, child } = await launchFamily('orphan');
  process.kill(leader, 'SIGKILL');
  await waitFor('the leader to die', 5, () => !exists(leader), 20);
  assert.equal(exists(child), true);
  await end(paths, 'orphan');
  assert.equal(exists(child), false);
});

test('two holders of a lock follow each other, and a dead holder does not block', async () => {
  const lock = join(folder, 'lock.json');
  writeFileSync(lock, JSON.stringify({ ...identify(process.pid), started: '1' }));
  const order = [];
  let release;
  const first = locked(lock, async () => {
    order.push('first in');
    await new Promise((resolve) => (release = resolve));
    order.push('first out');
  });
  await waitFor('the first holder', 5, () => release !== undefined, 20);
  const second = locked(lock, async () => order.push('second in'));
  release();
  await Promise.all([first, second]);
  assert.deepEqual(order, ['first in', 'first out', 'second in']);
});

// Written by Python's zipfile: top/bin/run.sh (stored, mode 755) and top/text.txt (deflated).
const zipOfPython = [
  'UEsDBBQAAAAAAAAAIVwdnfsECgAAAAoAAAAOAAAAdG9wL2Jpbi9ydW4uc2gjIS9iaW4vc2gKUEsDBBQAAAAIAAAAIVy2tj0RigAA',
  'ANjWAAAMAAAAdG9wL3RleHQudHh07cYxEQAwCAQwK7WKpa7coeFxVAk1kEzZSmdyM2dVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV',
  'VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV',
  'VVVVVVVV9d8HUEsBAhQDFAAAAAAAAAAhXB2d+wQKAAAACgAAAA4AAAAAAAAAAAAAAO2BAAAAAHRvcC9iaW4vcnVuLnNoUEsBAhQD',
  'FAAAAAgAAAAhXLa2PRGKAAAA2NYAAAwAAAAAAAAAAAAAAKSBNgAAAHRvcC90ZXh0LnR4dFBLBQYAAAAAAgACAHYAAADqAAAAAAA=',
];

test('a zip written by another program is unpacked byte for byte, with modes', async () => {
  const source = join(folder, 'source');
  const zip = join(folder, 'a.zip');
  const text = 'слово '.repeat(5000);
  writeFileSync(zip, Buffer.from(zipOfPython.join(''), 'base64'));
  unzip(zip, source, 1);
  assert.equal(readFileSync(join(source, 'text.txt'), 'utf8'), text);
  assert.equal((await run(join(source, 'bin', 'run.sh'), [])).code, 0);
});
