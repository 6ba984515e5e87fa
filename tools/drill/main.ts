import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWorker, undisturbed } from './close-drills.ts';
import { walkMonth } from './close-walk.ts';
import { doubleSubmit } from './double-submit.ts';
import { bySeed, type DrillOptions, type OpenDrill } from './drill.ts';
import { walkImport } from './import-walk.ts';
import { type IntakeSite, openIntakeSite } from './intake-site.ts';
import { killApi } from './kill-api.ts';
import { killClaims } from './kill-claims.ts';
import { killPostgres } from './kill-postgres.ts';
import { killTemporal, loseTemporal } from './kill-temporal.ts';
import { repeatedFiles } from './repeated-files.ts';
import { startTwice } from './start-twice.ts';
import { type DrillRow, isGood, tableOf } from './table.ts';

const DRILLS: Readonly<Record<string, OpenDrill>> = {
  'double-submit': doubleSubmit,
  'import-walk': bySeed(walkImport),
  'kill-api': killApi,
  'kill-claims': killClaims,
  'kill-postgres': killPostgres,
  'kill-temporal': killTemporal,
  'kill-worker': killWorker,
  'lose-temporal': loseTemporal,
  'repeated-files': repeatedFiles,
  'start-twice': startTwice,
  undisturbed: bySeed(undisturbed),
  walk: bySeed(walkMonth),
};
const USAGE = `Usage: npm run drill -- NAME[,NAME] [--seed FIRST] [--seeds HOW-MANY] [--short] [--expect DIGEST]
Drills: ${Object.keys(DRILLS).join(', ')}
`;

function whole(argv: readonly string[], name: string, fallback: number): number {
  const at = argv.indexOf(name);
  const value = at < 0 ? fallback : Number(argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} needs a whole number above 0`);
  return value;
}

async function main(argv: readonly string[]): Promise<number> {
  const names = (argv[0] ?? '').split(',');
  if (names.some((name) => DRILLS[name] === undefined)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const first = whole(argv, '--seed', 1);
  const seeds = Array.from({ length: whole(argv, '--seeds', 1) }, (_, index) => first + index);
  const at = argv.indexOf('--expect');
  let site: Promise<IntakeSite> | undefined;
  const intake = (): Promise<IntakeSite> => (site ??= openIntakeSite());
  const options = { expected: at < 0 ? undefined : argv[at + 1], short: argv.includes('--short'), intake };
  const rows: DrillRow[] = [];
  try {
    for (const name of names) rows.push(...(await runAll(name, seeds, options)));
  } finally {
    await (await site?.catch(() => undefined))?.close();
  }
  process.stderr.write(tableOf(rows));
  return rows.every(isGood) ? 0 : 1;
}

/** Every seed is run, whatever became of the others; each leaves one line of JSON. */
async function runAll(name: string, seeds: readonly number[], options: DrillOptions): Promise<DrillRow[]> {
  const open = DRILLS[name];
  if (!open) return [];
  const session = await open(options);
  const rows: DrillRow[] = [];
  try {
    for (const seed of seeds) {
      const row: DrillRow = await session.run(seed).then(
        (result) => ({ drill: result.drill, seed, result }),
        (error: unknown) => ({ drill: name, seed, failure: error instanceof Error ? error.message : String(error) }),
      );
      rows.push(row);
      process.stdout.write(`${JSON.stringify(row.result ?? row)}\n`);
    }
  } finally {
    await session.close();
  }
  return rows;
}

const scratch = mkdtempSync(join(tmpdir(), 'komplat-drill-'));
process.env.TMPDIR = scratch;
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
