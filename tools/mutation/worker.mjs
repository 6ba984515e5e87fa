// Loads the switched file and its tests once, then runs the tests for each mutant it is told of.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { file, code, testFiles, initial } = workerData;
const target = pathToFileURL(file).href;
const globals = new URL('jest-globals.mjs', import.meta.url).href;
globalThis.__mutant = initial;
registerHooks({
  resolve: (specifier, context, next) => (specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context)),
  load: (url, context, next) => (url === target ? { format: 'module', source: code, shortCircuit: true } : next(url, context)),
});

/** The name of the first test that fails; undefined = all passed. */
async function firstFailure(tests) {
  for (const { name, run } of tests) {
    try {
      await run();
    } catch (error) {
      return `${name}: ${String(error?.message ?? error).slice(0, 300)}`;
    }
  }
  return undefined;
}

try {
  for (const test of testFiles) await import(pathToFileURL(test).href);
  const { tests } = await import(globals);
  parentPort.on('message', async (id) => {
    globalThis.__mutant = id;
    parentPort.postMessage({ id, failure: await firstFailure(tests) });
  });
  parentPort.postMessage({ ready: true, tests: tests.length });
} catch (error) {
  parentPort.postMessage({ ready: false, failure: String(error?.stack ?? error) });
}
