// Writes every generated file; with --check compares and fails when one is out of date.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const node = join(folder, '..', '..', 'node_modules', '.bin', 'node');
const generators = readdirSync(folder).filter((file) => file.endsWith('.mjs') && file !== 'all.mjs').toSorted();
let failed = 0;
for (const generator of generators) {
  const { status } = spawnSync(node, [join(folder, generator), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.stdout.write(`${generator}: ${status === 0 ? 'up to date' : 'differs or failed'}\n`);
  failed += status === 0 ? 0 : 1;
}
process.exitCode = failed > 0 ? 1 : 0;
