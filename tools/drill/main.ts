import 'reflect-metadata';
import { type DrillResult, killWorker, loseTemporal, startTwice, undisturbed } from './close-drills.ts';
import { walkMonth } from './close-walk.ts';
import { doubleSubmit } from './double-submit.ts';
import { walkImport } from './import-walk.ts';
import { killApi } from './kill-api.ts';
import { killPostgres } from './kill-postgres.ts';
import { repeatedFiles } from './repeated-files.ts';

/** `expected`: digest of an undisturbed close, when it is known already. */
const DRILLS: Readonly<Record<string, (seed: number, expected?: string) => Promise<DrillResult>>> = {
  'double-submit': doubleSubmit,
  'import-walk': walkImport,
  'kill-api': killApi,
  'kill-postgres': killPostgres,
  'kill-worker': killWorker,
  'lose-temporal': loseTemporal,
  'repeated-files': repeatedFiles,
  'start-twice': startTwice,
  undisturbed,
  walk: walkMonth,
};
const USAGE = `Usage: npm run drill -- NAME [--seed N] [--times N] [--expect DIGEST]\nDrills: ${Object.keys(DRILLS).join(', ')}\n`;

function option(argv: readonly string[], name: string, fallback: number): number {
  const at = argv.indexOf(name);
  const value = at < 0 ? fallback : Number(argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} needs a whole number above 0`);
  return value;
}

async function main(argv: readonly string[]): Promise<number> {
  const drill = DRILLS[argv[0] ?? ''];
  if (!drill) {
    process.stderr.write(USAGE);
    return 2;
  }
  const first = option(argv, '--seed', 1);
  const times = option(argv, '--times', 1);
  const at = argv.indexOf('--expect');
  for (let seed = first; seed < first + times; seed += 1) {
    process.stdout.write(`${JSON.stringify(await drill(seed, at < 0 ? undefined : argv[at + 1]))}\n`);
  }
  return 0;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
