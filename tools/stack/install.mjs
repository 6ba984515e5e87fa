// Installs the packages of the checkout when they are missing or older than package-lock.json. Runs on Node 20.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productNodePath, root, stateRoot } from './paths.mjs';
import * as pins from './pins.mjs';
import { locked } from './procs.mjs';
import { readJson, run, StackError, which, withProgress } from './util.mjs';

const stamp = join(root, 'node_modules', '.komplat-stamp');
const lockFile = join(root, 'package-lock.json');

const lockHash = () =>
  existsSync(lockFile) ? createHash('sha256').update(readFileSync(lockFile)).digest('hex') : 'none';

/** True when npm's own record of what is installed names every package of the lock file in its version. */
export function installedMatches(lock, installed) {
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    if (!path.includes('node_modules/') || wanted.optional || wanted.devOptional || wanted.link) return true;
    return installed.packages?.[path]?.version === wanted.version;
  });
}

function upToDate() {
  if (!existsSync(productNodePath)) return false;
  const hash = lockHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'), null);
  if (!installed || !installedMatches(readJson(lockFile, {}), installed)) return false;
  writeFileSync(stamp, hash);
  return true;
}

function npm(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(which('npm') ?? 'npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => reject(new StackError('npm is missing; it comes with Node')));
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new StackError(`npm ${args[0]} ended with ${code}`))));
  });
}

/** Makes sure that node_modules is what package-lock.json says and that the product's own Node runs. */
export async function ensureInstalled() {
  if (!upToDate()) {
    await locked(join(stateRoot, 'install.json'), async () => {
      if (upToDate()) return;
      const command = existsSync(lockFile) ? 'ci' : 'install';
      await withProgress(`Packages: npm ${command}: about 900 packages, 1 to 3 minutes`, () =>
        npm([command, '--include=dev', '--no-audit', '--no-fund']),
      );
      writeFileSync(stamp, lockHash());
    });
  }
  const { code, stdout } = await run(productNodePath, ['--version'], { allowFailure: true });
  if (code !== 0 || !stdout.startsWith(`v${pins.productNode}.`)) {
    throw new StackError(
      `The npm package "node" did not bring Node ${pins.productNode} (install scripts may be off): npm rebuild node`,
    );
  }
}
