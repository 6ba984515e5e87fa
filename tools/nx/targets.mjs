import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const JEST = 'node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js';
const SHARED = [
  '{workspaceRoot}/jest.config.mjs',
  '{workspaceRoot}/tsconfig.base.json',
  '{workspaceRoot}/package-lock.json',
];
const TESTED = ['src', 'contract', 'domain', 'server', 'portal', 'test', 'workflow'];

const isPackageRoot = (file) => !/(^|\/)(node_modules|dist|\.next)\//.test(file);

/** Each Jest process writes its counts beside its package: a cache hit restores them, so it still counts. */
const testTarget = (root) => ({
  command: `mkdir -p ${root}/.komplat-test && ${JEST} --passWithNoTests --forceExit --roots ${root} --json --outputFile=${root}/.komplat-test/results.json`,
  cache: true,
  inputs: ['default', '^default', ...SHARED],
  outputs: ['{projectRoot}/.komplat-test'],
});

const lintTarget = (root) => ({
  command: `eslint --max-warnings 0 ${root}`,
  cache: true,
  inputs: ['default', '^default', '{workspaceRoot}/eslint.config.mjs'],
});

function targetsOf(root, folders) {
  const targets = { lint: lintTarget(root) };
  if (folders.some((folder) => TESTED.includes(folder))) targets.test = testTarget(root);
  return targets;
}

/** Infers lint and test for every workspace package: a package needs no project.json, only package.json. */
export const createNodesV2 = [
  '{apps,modules,workflows}/**/package.json',
  (files, _options, context) =>
    files.filter(isPackageRoot).map((file) => {
      const root = dirname(file);
      const at = join(context.workspaceRoot, root);
      const folders = existsSync(at) ? readdirSync(at) : [];
      return [file, { projects: { [root]: { root, targets: targetsOf(root, folders) } } }];
    }),
];

export default { name: 'workspace-targets', createNodesV2 };
