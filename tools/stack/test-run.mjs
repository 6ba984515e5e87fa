// npm test: servers of the test instance, every test target of the workspace, one sum.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { childEnvironment } from './apps.mjs';
import { instancePaths, productNodePath, root } from './paths.mjs';
import { isGood, jestCounts, jestFailures, noCounts, report, tapCounts } from './results.mjs';
import { down, up } from './up.mjs';
import { readJson, run, say, StackError } from './util.mjs';

const resultsOf = (projectRoot) => join(root, projectRoot, '.komplat-test', 'results.json');

let current;

function passThrough(command, args, options) {
  return new Promise((resolve) => {
    current = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    current.on('error', () => resolve(127));
    current.on('exit', (code) => resolve(code ?? 1));
  });
}

function nxProgram() {
  const { bin } = readJson(join(root, 'node_modules', 'nx', 'package.json'));
  return join(root, 'node_modules', 'nx', typeof bin === 'string' ? bin : bin.nx);
}

/** Every project that has a test target, with its folder. */
async function projects(paths, env) {
  const file = join(paths.dir, 'projects.json');
  await run(productNodePath, [nxProgram(), 'graph', `--file=${file}`], { cwd: root, env });
  const nodes = Object.values(readJson(file).graph.nodes);
  return nodes
    .filter(({ data }) => data.targets?.test)
    .map(({ name, data }) => ({ name, folder: data.root }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Tests of the tools: plain JavaScript, by the test runner of Node. */
async function toolTests(paths, env) {
  const files = ['stack', 'checks'].flatMap((tool) => {
    const folder = join(root, 'tools', tool, 'test');
    return readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.test.mjs'))
      .map((name) => join(folder, name));
  });
  const tap = join(paths.logs, 'stack-tests.tap');
  const code = await passThrough(
    productNodePath,
    [
      '--test',
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tap}`,
      ...files,
    ],
    { env },
  );
  const counts = existsSync(tap) ? tapCounts(readFileSync(tap, 'utf8')) : noCounts;
  return { code, counts };
}

async function runAll(environment, paths) {
  const env = {
    ...childEnvironment(environment),
    NODE_ENV: 'test',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
  };
  const tested = await projects(paths, env);
  for (const { folder } of tested) {
    rmSync(resultsOf(folder), { force: true });
    mkdirSync(dirname(resultsOf(folder)), { recursive: true });
  }
  const own = await toolTests(paths, env);
  const args = ['run-many', '-t', 'test', '--parallel=1', '--outputStyle=stream'];
  const code = tested.length === 0 ? 0 : await passThrough(productNodePath, [nxProgram(), ...args], { env });
  // A project without any test writes nothing; one that broke before it could write is told by the code.
  const rows = tested.map(({ name, folder }) => {
    const results = readJson(resultsOf(folder), null);
    return results ? { project: name, counts: jestCounts(results), failures: jestFailures(results) } : { project: name };
  });
  rows.push({ project: 'tools/stack', counts: own.counts });
  return { rows, good: code === 0 && own.code === 0 };
}

/** Runs all tests; the last line is the sum, the code 1 unless all is well. */
export async function test() {
  const paths = instancePaths('test');
  const owner = 'test-run';
  let interrupted = false;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      interrupted = true;
      current?.kill('SIGTERM');
    });
  }
  let outcome;
  // What tests put into the folder of temporary files goes with the run; a short path, because sockets lie in it too.
  const scratch = mkdtempSync(join(tmpdir(), 'komplat-test-'));
  try {
    outcome = await runAll({ ...(await up('test', { owner })), TMPDIR: scratch }, paths);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    if (!process.env.KOMPLAT_KEEP) await down('test', { owner });
  }
  if (interrupted) throw new StackError('The tests were interrupted');
  const { sum, text } = report(outcome.rows);
  if (!outcome.good && sum.failed === 0) say('A target ended with an error, see above');
  process.stdout.write(`\n${text}`);
  return isGood(sum, outcome.good) ? 0 : 1;
}
