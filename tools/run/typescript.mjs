// `node --import ./tools/run/typescript.mjs FILE.ts` runs TypeScript from its source: every file is compiled once by SWC and kept under
// node_modules/.cache/komplat/source until its text changes. In the thread itself, without the compiler in memory when nothing has
// changed; threads that the process starts inherit nothing when an entry imports this file.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'komplat');
const sources = join(cache, 'source');
const require = createRequire(import.meta.url);
const options = (tsx) => ({
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true, tsx },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true, react: { runtime: 'automatic' } },
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  inlineSourcesContent: false,
  swcrc: false,
});
const salt = `${readFileSync(require.resolve('@swc/core/package.json'), 'utf8')}${JSON.stringify(options(false))}`;
mkdirSync(sources, { recursive: true });
enableCompileCache(join(cache, 'code'));
process.setSourceMapsEnabled(true);

const hash = (...texts) => texts.reduce((sum, text) => sum.update(text).update('\0'), createHash('sha256')).digest('hex');

/** One kept file for each source; its last line says of which text it is. */
function compiled(path) {
  const text = readFileSync(path, 'utf8');
  const mark = `//${hash(salt, text)}`;
  const kept = join(sources, `${hash(path).slice(0, 32)}.mjs`);
  try {
    const code = readFileSync(kept, 'utf8');
    if (code.endsWith(mark)) return code;
  } catch {
    // not compiled yet
  }
  const { code } = require('@swc/core').transformSync(text, { ...options(path.endsWith('x')), filename: path });
  const draft = `${kept}.${process.pid}`;
  writeFileSync(draft, `${code}\n${mark}`);
  renameSync(draft, kept);
  return code;
}

const isTypeScript = (url) => /^file:.*\.tsx?$/.test(url);
registerHooks({
  /** A neighbour by its full name: nothing to look for. */
  resolve(specifier, context, next) {
    const near = /^\.\.?\/.*\.tsx?$/.test(specifier) && isTypeScript(context.parentURL ?? '');
    return near ? { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    if (!isTypeScript(url)) return next(url, context);
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});
