// Installs the packages of the checkout when they are missing or older than package-lock.json. Runs on Node 20.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productNodePath, root, stateRoot } from './paths.mjs';
import * as pins from './pins.mjs';
import { locked } from './procs.mjs';
import { lastLines, readJson, run, say, StackError, which, withProgress } from './util.mjs';

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

const options = ['--include=dev', '--no-audit', '--no-fund'];

/**
 * Installs exactly what the lock file says. A registry without the packages of other systems makes a lock file without
 * them, which `npm ci` refuses; `npm install` takes the same versions from it and leaves the file alone.
 */
async function install() {
  const npm = (args) => run(which('npm') ?? 'npm', [...args, ...options], { cwd: root, allowFailure: true });
  const exact = await npm(['ci']);
  if (exact.code === 0) return;
  say('Packages: the lock file holds this system only; npm install with its versions');
  const { code, stderr } = await npm(['install', '--no-save']);
  if (code !== 0) throw new StackError(`The packages could not be installed:\n${lastLines(stderr, 30)}`);
}

/** Makes sure that node_modules is what package-lock.json says and that the product's own Node runs. */
export async function ensureInstalled() {
  if (!upToDate()) {
    await locked(join(stateRoot, 'install.json'), async () => {
      if (upToDate()) return;
      await withProgress('Packages: npm: about 900 packages, 1 to 3 minutes', install);
      const installed = readJson(join(root, 'node_modules', '.package-lock.json'), {});
      if (!installedMatches(readJson(lockFile, {}), installed))
        say('Packages: some versions differ from the lock file');
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
