// Builds the portal when anything that goes into it changed since its last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { childEnvironment } from './apps.mjs';
import { productNodePath, root } from './paths.mjs';
import { lastLines, readJson, run, say, StackError, withProgress, writeFileAtomic, writeJson } from './util.mjs';

const portal = join(root, 'apps', 'portal');
const stamp = join(portal, '.next', 'komplat-build.json');
const skipped = new Set(['node_modules', '.next', 'dist', 'test', '.komplat-test', 'coverage']);

function folders() {
  const modules = readdirSync(join(root, 'modules')).filter((name) => name !== 'platform');
  return [
    portal,
    ...modules.flatMap((name) => ['portal', 'contract', 'domain'].map((part) => join(root, 'modules', name, part))),
    ...['ui', 'api-client', 'kernel'].map((name) => join(root, 'modules', 'platform', name)),
  ].filter((path) => existsSync(path));
}

function* filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile() && entry.name !== 'next-env.d.ts' && !entry.name.endsWith('.tsbuildinfo')) yield path;
  }
}

/** Hash of everything that the build reads. Addresses are not part of it: the portal asks for them when it runs. */
export function portalInputs() {
  const hash = createHash('sha256');
  for (const path of [join(root, 'package-lock.json'), ...folders().flatMap((folder) => [...filesIn(folder)])]) {
    hash.update(`${relative(root, path)}\n`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Builds the portal unless the last build is of the same files. */
export async function buildPortal(environment, log, signal) {
  const inputs = portalInputs();
  if (readJson(stamp, {}).inputs === inputs && existsSync(join(portal, '.next', 'BUILD_ID')))
    return say('Portal: the build is current');
  await withProgress('Portal: building the pages: 1 to 2 minutes', async () => {
    const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
    const env = { ...childEnvironment(environment), NEXT_TELEMETRY_DISABLED: '1' };
    const { code, stdout, stderr } = await run(productNodePath, [next, 'build'], {
      cwd: portal,
      env,
      allowFailure: true,
      signal,
    });
    writeFileAtomic(log, stdout + stderr);
    if (code !== 0) throw new StackError(`The portal could not be built; ${log}:\n${lastLines(stdout + stderr, 30)}`);
    writeJson(stamp, { inputs });
  });
}
