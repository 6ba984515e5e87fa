// Rules of the guide that no linter knows. Each check returns the list of what breaks it; `--self-test` plants violations.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file) => readFileSync(file, 'utf8');
const tracked = () => execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n').filter((file) => file && existsSync(file));
const without = (text) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '');

/** The same keys in Ukrainian and English, each prefixed by its module. */
export function messageKeys(catalogues) {
  return catalogues.flatMap(({ module, file, uk, en }) => [
    ...Object.keys(uk).filter((key) => !(key in en)).map((key) => `${module}/${file}: ${key} has no English text`),
    ...Object.keys(en).filter((key) => !(key in uk)).map((key) => `${module}/${file}: ${key} has no Ukrainian text`),
  ]);
}

/** Money code knows no binary floats: no parseFloat, no Number(text) that could be money, no toFixed of floats. */
export function floats(files) {
  return files
    .filter(({ name }) => /^modules\/[^/]+\/domain\/.*\.ts$/.test(name) && !name.endsWith('.test.ts'))
    .flatMap(({ name, text }) => [...without(text).matchAll(/\bparseFloat\b|\bMath\.(round|floor|ceil)\([^)]*[kK]op/g)].map(([found]) => `${name}: ${found}`));
}

/** `export *` drops a name that two packages share, silently: the bundle needs named exports. */
export const starExports = (files) =>
  files.filter(({ name, text }) => /^workflows\/.*\.ts$/.test(name) && /^export \*/m.test(text)).map(({ name }) => `${name}: export *`);

/** Workflow code is deterministic: no clock, no chance, no Node built-ins of its own. */
export const impureWorkflows = (files) =>
  files
    .filter(({ name }) => /^workflows\/[^/]+\/src\/.*\.ts$/.test(name) && !/\.test\.ts$/.test(name) && !name.startsWith('workflows/bundle/'))
    .flatMap(({ name, text }) => [...without(text).matchAll(/\bMath\.random\b|\btoLocale\w*\b|from 'node:/g)].map(([found]) => `${name}: ${found}`));

/** Hosts of package registries and paths of one machine do not belong here. */
export const foreignNames = (files) =>
  files
    .filter(({ name }) => name !== 'package-lock.json' && !name.startsWith('tools/checks/'))
    .flatMap(({ name, text }) => [...text.matchAll(/https?:\/\/(?:registry|repo\d?|proxy|deb)\.[\w.]+|\/(?:root|home\/\w+)\/|\/work\/(?:main|shared)\b/g)].map(([found]) => `${name}: ${found}`));

/** A file that is too long has a second thing in it. */
export const longFiles = (files) =>
  files
    .filter(({ name }) => /\.(ts|tsx|mjs)$/.test(name) && !/\.gen\.|histories\//.test(name))
    .map(({ name, text }) => ({ name, lines: text.split('\n').length - 1, most: /\.test\.|\/test\//.test(name) ? 500 : 400 }))
    .filter(({ lines, most }) => lines > most)
    .map(({ name, lines, most }) => `${name}: ${lines} lines, at most ${most}`);

/** Tests that do not run look like green ones. */
export const sleepingTests = (files) =>
  files
    .filter(({ name }) => /\.test\.(ts|tsx|mjs)$/.test(name) && !name.startsWith('tools/checks/'))
    .flatMap(({ name, text }) => [...text.matchAll(/\b(?:describe|it|test)\.(?:only|todo|failing)\(|\b[xf](?:it|describe)\(/g)].map(([found]) => `${name}: ${found}`));

/** What other modules may import is listed as a dependency, and the plugin says the same. */
export function dependencies(modules) {
  return modules.flatMap(({ id, declared, plugin }) => {
    const differs = [...declared].toSorted().join() !== [...plugin].toSorted().join();
    return differs ? [`modules/${id}: package.json depends on [${declared}], the plugin on [${plugin}]`] : [];
  });
}

function catalogues() {
  return readdirSync('modules').flatMap((module) => {
    const folder = join('modules', module, 'contract', 'messages');
    if (!existsSync(folder)) return [];
    const stems = new Set(readdirSync(folder).map((file) => file.replace(/(^|\.)(uk|en)\.json$/, '')));
    return [...stems].map((stem) => {
      const at = (locale) => join(folder, stem ? `${stem}.${locale}.json` : `${locale}.json`);
      const words = (locale) => (existsSync(at(locale)) ? JSON.parse(read(at(locale))) : {});
      return { module, file: stem || 'messages', uk: words('uk'), en: words('en') };
    });
  });
}

function moduleGraph() {
  const ids = readdirSync('modules').filter((id) => existsSync(`modules/${id}/server/${id}.plugin.ts`));
  return ids.map((id) => {
    const { dependencies: all = {} } = JSON.parse(read(`modules/${id}/package.json`));
    const listed = /dependsOn:\s*\[([^\]]*)\]/.exec(read(`modules/${id}/server/${id}.plugin.ts`))?.[1] ?? '';
    return {
      id,
      declared: Object.keys(all).map((name) => name.replace('@komplat/', '')).filter((name) => ids.includes(name)),
      plugin: [...listed.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name),
    };
  });
}

const CHECKS = { floats, starExports, impureWorkflows, foreignNames, longFiles, sleepingTests };

function main() {
  const texts = tracked().filter((name) => /\.(ts|tsx|mjs|js|json|md|css|sh|yaml|yml|sql)$|^\.ci\//.test(name)).map((name) => ({ name, text: read(name) }));
  const broken = [
    ...Object.values(CHECKS).flatMap((check) => check(texts)),
    ...messageKeys(catalogues()),
    ...dependencies(moduleGraph()),
  ];
  for (const line of broken) process.stderr.write(`${line}\n`);
  process.stdout.write(`checks: ${Object.keys(CHECKS).length + 2} rules, ${broken.length} violations\n`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

if (import.meta.url === `file://${process.argv[1]}`) main();
