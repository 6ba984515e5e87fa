// apps/api/openapi.json from the routes of all modules. No server is needed: nothing is asked of a database.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const target = join(root, 'apps', 'api', 'openapi.json');
const address = 'postgresql://nobody@127.0.0.1:1/none';
const { status, stdout, stderr } = spawnSync(
  join(root, 'node_modules', '.bin', 'node'),
  ['--import', join(root, 'tools/run/typescript.mjs'), join(root, 'apps', 'api', 'src', 'openapi.ts')],
  {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: {
      ...process.env,
      KOMPLAT_PROFILE: 'training',
      DATABASE_URL: address,
      DATABASE_CLOSE_URL: address,
      FILES_DIR: join(root, '.komplat', 'none'),
      KOMPLAT_MASTER_KEY: Buffer.alloc(32).toString('base64'),
      LOG_LEVEL: 'silent',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      TEMPORAL_NAMESPACE: 'komplat',
      TEMPORAL_CODEC_KEYS: `none:${Buffer.alloc(32).toString('base64')}`,
    },
  },
);
if (status !== 0) {
  process.stderr.write(stderr);
  process.exit(1);
}
if (process.argv.includes('--check')) {
  const same = existsSync(target) && readFileSync(target, 'utf8') === stdout;
  if (!same) process.stderr.write('apps/api/openapi.json is out of date: run npm run gen\n');
  process.exit(same ? 0 : 1);
}
writeFileSync(target, stdout);
