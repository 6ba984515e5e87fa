import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ENTRY = fileURLToPath(new URL('../src/index.ts', import.meta.url));
const BUILDER = fileURLToPath(new URL('main.ts', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache', 'komplat');
const FAILURE_CONVERTER = join(ROOT, 'modules', 'platform', 'temporal', 'failure-converter.cjs');

const run = promisify(execFile);

/** Everything the code of a workflow can be made of. */
function inputs(): string[] {
  const under = (folder: string, names: readonly string[]): string[] => names.map((name) => join(ROOT, folder, name));
  const entries = (folder: string): string[] => readdirSync(join(ROOT, folder)).toSorted();
  return [
    join(ROOT, 'package-lock.json'),
    FAILURE_CONVERTER,
    ...entries('workflows').flatMap((id) => under(`workflows/${id}`, ['package.json', 'src'])),
    ...entries('modules').flatMap((id) => under(`modules/${id}`, ['package.json', 'contract', 'domain'])),
    ...under('modules/platform', ['kernel/src', 'temporal/workflow']),
  ];
}

function files(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => files(join(path, name)));
}

function inputHash(): string {
  const hash = createHash('sha256');
  const sources = inputs().flatMap(files).filter((path) => /\.(ts|cjs|json)$/.test(path) && !path.endsWith('.test.ts'));
  for (const path of sources) {
    hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}

const targetPath = (): string => join(CACHE, `workflows-${inputHash()}.js`);

/** Path of the code of all workflows; built when their sources have changed since the last time. */
export async function workflowBundle(): Promise<string> {
  const target = targetPath();
  if (existsSync(target)) return target;
  // The bundler takes hundreds of megabytes that a worker would never give back: it runs in a process of its own.
  await run(process.execPath, ['--import', './tools/run/typescript.mjs', BUILDER], { cwd: ROOT });
  if (!existsSync(target)) throw new Error('the workflows changed while they were bundled: start again');
  return target;
}

/** What the builder's process does. */
export async function buildBundle(): Promise<string> {
  const target = targetPath();
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: ENTRY,
    failureConverterPath: FAILURE_CONVERTER,
    logger: new DefaultLogger('WARN'),
  });
  mkdirSync(CACHE, { recursive: true });
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, target);
  return target;
}
