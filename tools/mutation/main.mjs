// `npm run mutate [-- PART OF A FILE NAME]`: changes the listed pure files one place at a time and counts what their tests notice.
// Stryker 10 copies the whole checkout and runs Jest anew for every mutant; this keeps the tests of one file loaded in a worker.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FILES } from './files.mjs';
import { findMutants, parse, switched } from './mutants.mjs';

const LIMIT_MS = 20_000;
const NONE = -1;
const say = (text) => process.stdout.write(`${text}\n`);

/** A loaded test process; `ask` answers with the first failure, or `timeout` when the mutant does not come to an end. */
async function open(data) {
  const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: data, stdout: true, stderr: true });
  const next = () =>
    new Promise((done) => {
      const timer = setTimeout(() => finish({ failure: 'timeout' }), LIMIT_MS);
      const finish = (message) => {
        clearTimeout(timer);
        worker.removeAllListeners('message');
        worker.removeAllListeners('error');
        done(message);
      };
      worker.once('message', finish);
      worker.once('error', (error) => finish({ failure: `crash: ${error.message}`, crashed: true }));
    });
  const ready = await next();
  const ask = (id) => {
    const answer = next();
    worker.postMessage(id);
    return answer;
  };
  return { ready, ask, close: () => worker.terminate() };
}

async function mutate({ file, tests, target }) {
  const path = resolve(file);
  const source = parse(file, readFileSync(path, 'utf8'));
  const mutants = findMutants(source);
  const data = (initial) => ({ file: path, code: switched(source, mutants, file), testFiles: tests.map((test) => resolve(test)), initial });
  let session = await open(data(NONE));
  const plain = session.ready.ready ? await session.ask(NONE) : session.ready;
  if (plain.failure) throw new Error(`${file}: tests fail without any change: ${plain.failure}`);
  const survivors = [];
  for (const mutant of mutants) {
    const failure = await run(mutant);
    if (failure === undefined) survivors.push(mutant);
  }
  await session.close();
  return { file, total: mutants.length, survivors, source, target };

  async function run({ id, isStatic }) {
    if (isStatic) {
      const fresh = await open(data(id));
      const { failure } = fresh.ready.ready ? await fresh.ask(id) : fresh.ready;
      await fresh.close();
      return failure;
    }
    const { failure, crashed } = await session.ask(id);
    if (failure === 'timeout' || crashed) {
      await session.close();
      session = await open(data(NONE));
    }
    return failure;
  }
}

const part = process.argv[2] ?? '';
const began = Date.now();
const counts = new Map(); // by target: mutants and survivors
for (const entry of FILES.filter(({ file }) => file.includes(part))) {
  const { file, total, survivors, source, target } = await mutate(entry);
  const share = total === 0 ? 1 : (total - survivors.length) / total;
  const { all, lost } = counts.get(target) ?? { all: 0, lost: 0 };
  counts.set(target, { all: all + total, lost: lost + survivors.length });
  say(`${file}: ${total} mutants, ${total - survivors.length} killed, ${survivors.length} survived, ${(share * 100).toFixed(1)} %`);
  for (const { line, what, start, end } of survivors) say(`  ${file}:${line} ${what}   ${source.text.slice(start, end).slice(0, 90).replaceAll(/\s+/g, ' ')}`);
}
for (const [target, { all, lost }] of counts) {
  const score = all === 0 ? 1 : (all - lost) / all;
  say(`${all} mutants, ${all - lost} killed, ${lost} survived: ${(score * 100).toFixed(1)} % (target ${target * 100} %)`);
  if (score < target) process.exitCode = 1;
}
say(`${Math.round((Date.now() - began) / 1000)} s`);
