// Writes what the portal needs from the manifests of the modules: routes, registry of parts, list of message files.
// `node tools/gen/portal.mjs` writes, `--check` compares and fails on a difference.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const APP = 'apps/portal/app/(modules)';
const KEPT = new Set([`${APP}/layout.tsx`]);
const HEAD = '// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.\n';

const moduleIds = () =>
  readdirSync(join(ROOT, 'modules'))
    .filter((id) => existsSync(join(ROOT, 'modules', id, 'portal/manifest.ts')))
    .sort();

/** A manifest is data inside one call: the import and the call are taken off, the rest is plain JavaScript. */
async function readManifest(id) {
  const source = readFileSync(join(ROOT, 'modules', id, 'portal/manifest.ts'), 'utf8');
  const data = source.replace(/^import .*$/gm, '').replace('definePortalManifest(', '(');
  const { manifest } = await import(`data:text/javascript;charset=utf-8,${encodeURIComponent(data)}`);
  if (manifest.id !== id) throw new Error(`modules/${id}/portal/manifest.ts: id is "${manifest.id}"`);
  return manifest;
}

const quote = (text) => `'${text}'`;

function assertFiles(manifests) {
  const problems = manifests.flatMap(({ id, pages, slots }) =>
    [...pages, ...slots]
      .filter(({ file }) => !existsSync(join(ROOT, 'modules', id, 'portal', file)))
      .map(({ file }) => `modules/${id}/portal/${file} does not exist`),
  );
  const routes = manifests.flatMap(({ pages }) => pages.map(({ route }) => route));
  const foreign = manifests
    .filter(({ id }) => id !== 'administration')
    .flatMap(({ id, pages }) =>
      pages.filter(({ route }) => route.split('/')[0] !== id).map(({ route }) => `${id}: ${route}`),
    );
  if (new Set(routes).size !== routes.length) problems.push('two pages have the same route');
  problems.push(...foreign.map((route) => `route outside of its module: ${route}`));
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function routeFiles(manifest) {
  return manifest.pages.flatMap((page) => {
    const folder = page.route ? `${APP}/${page.route}` : APP;
    const up = relative(folder, 'apps/portal/src');
    return [
      [
        `${folder}/page.tsx`,
        `${HEAD}import { Guarded } from '@komplat/ui';
import { Page as Content } from '@komplat/${manifest.id}/portal/${page.file}';
import { titled } from '${up}/title.ts';

export const generateMetadata = titled(${quote(page.title)});

export default function Page() {
  return (
    <Guarded permission=${JSON.stringify(page.permission)}>
      <Content />
    </Guarded>
  );
}
`,
      ],
      [`${folder}/loading.tsx`, `${HEAD}export { RouteLoading as default } from '${up}/shell/route-states.tsx';\n`],
      [
        `${folder}/error.tsx`,
        `${HEAD}'use client';\n\nexport { RouteError as default } from '${up}/shell/route-states.tsx';\n`,
      ],
    ];
  });
}

function registryFile(manifests) {
  const names = manifests.map(({ id }) => id.replace(/-(.)/g, (_, letter) => letter.toUpperCase()));
  const imports = manifests.map(
    ({ id }, at) => `import { manifest as ${names[at]} } from '@komplat/${id}/portal/manifest.ts';`,
  );
  const slots = manifests.flatMap(({ id, slots: own }) => own.map((slot) => ({ id, ...slot })));
  const places = [...new Set(slots.map(({ slot }) => slot))].sort();
  const entry = ({ id, file, permission, order }) => `    {
      id: '${id}/${file}',
      permission: '${permission}',
      order: ${order},
      component: lazy(() => import('@komplat/${id}/portal/${file}').then(({ Slot }) => ({ default: Slot }))),
    },`;
  const place = (name) =>
    [`  '${name}': [`, ...slots.filter(({ slot }) => slot === name).map(entry), '  ],'].join('\n');
  return [
    'modules/all/portal.ts',
    `${HEAD}import type { PortalManifest, SlotRegistry } from '@komplat/ui';
import { lazy } from 'react';
${imports.join('\n')}

/** Manifests of all modules. */
export const manifests: readonly PortalManifest[] = [${names.join(', ')}];

/** Parts that modules give to pages of other modules; each is loaded when it is shown. */
export const slots: SlotRegistry = {
${places.map(place).join('\n')}
};
`,
  ];
}

/** Message files in the order of loading: shared, portal, modules. */
function messageFiles(locale) {
  const modules = readdirSync(join(ROOT, 'modules'))
    .filter((id) => id !== 'platform' && existsSync(join(ROOT, 'modules', id, 'contract/messages')))
    .sort();
  return [
    `modules/platform/ui/messages/${locale}.json`,
    `apps/portal/messages/${locale}.json`,
    `modules/platform/server/messages/${locale}.json`,
    ...modules.flatMap((id) => {
      const folder = `modules/${id}/contract/messages`;
      const names = readdirSync(join(ROOT, folder)).sort();
      return names
        .filter((name) => name === `${locale}.json` || name.endsWith(`.${locale}.json`))
        .map((name) => `${folder}/${name}`);
    }),
  ].filter((path) => existsSync(join(ROOT, path)));
}

/** One catalogue a language: the portal may not import the contracts of modules, so their texts are copied together. */
function catalogueFiles() {
  return ['uk', 'en'].map((locale) => {
    const all = messageFiles(locale).map((file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')));
    const keys = all.flatMap((catalogue) => Object.keys(catalogue));
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    if (twice.length > 0) throw new Error(`texts with the same key: ${twice.join(', ')}`);
    const texts = Object.fromEntries(Object.entries(Object.assign({}, ...all)).sort(([a], [b]) => (a < b ? -1 : 1)));
    return [`apps/portal/src/generated/${locale}.json`, `${JSON.stringify(texts, null, 2)}\n`];
  });
}

function existingRoutes(folder = APP) {
  const at = join(ROOT, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { withFileTypes: true }).flatMap((item) => {
    const path = `${folder}/${item.name}`;
    return item.isDirectory() ? existingRoutes(path) : [path];
  });
}

function removeEmpty(folder) {
  for (let at = folder; at !== APP && existsSync(join(ROOT, at)); at = dirname(at)) {
    if (readdirSync(join(ROOT, at)).length > 0) return;
    rmdirSync(join(ROOT, at));
  }
}

/** Writes the files; with `check` only tells which ones differ. */
export async function generate({ check = false } = {}) {
  const manifests = await Promise.all(moduleIds().map(readManifest));
  assertFiles(manifests);
  const wanted = new Map([...manifests.flatMap(routeFiles), registryFile(manifests), ...catalogueFiles()]);
  const stale = existingRoutes().filter((path) => !wanted.has(path) && !KEPT.has(path));
  const changed = [...wanted].filter(([path, text]) => {
    const at = join(ROOT, path);
    return !existsSync(at) || readFileSync(at, 'utf8') !== text;
  });
  if (check) return [...changed.map(([path]) => path), ...stale];
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
  for (const path of stale) {
    rmSync(join(ROOT, path));
    removeEmpty(dirname(path));
  }
  return [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const different = await generate({ check: process.argv.includes('--check') });
  for (const path of different) console.error(`differs from its source: ${path}`);
  if (different.length > 0) process.exitCode = 1;
}
