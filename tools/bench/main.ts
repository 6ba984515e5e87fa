import 'reflect-metadata';
import { benchBills } from './bills.ts';
import { benchCard } from './card.ts';
import { benchClaims } from './claims.ts';
import { benchClose, benchGrowth } from './close.ts';
import { benchDebtors } from './debtors.ts';
import { benchHistory } from './history.ts';
import { benchIntake } from './intake.ts';
import { benchPacks } from './packs.ts';
import { benchRecalculation } from './recalculation.ts';
import { benchSearch } from './search.ts';

const [name = '', ...rest] = process.argv.slice(2);
const options = Object.fromEntries(
  rest.filter((part) => part.startsWith('--')).map((part) => part.slice(2).split('=')).map(([key = '', value = '']) => [key, Number(value)]),
);
const BENCHES: Readonly<Record<string, (options: Readonly<Record<string, number>>) => Promise<object>>> = {
  bills: benchBills,
  card: benchCard,
  claims: benchClaims,
  close: benchClose,
  debtors: benchDebtors,
  growth: benchGrowth,
  history: benchHistory,
  intake: benchIntake,
  packs: benchPacks,
  recalculation: benchRecalculation,
  search: benchSearch,
};
const bench = BENCHES[name];
if (bench) {
  process.stdout.write(`${JSON.stringify(await bench(options), null, 2)}\n`);
  process.exit(0);
}
process.stderr.write(`Usage: npm run bench -- NAME [--accounts=N] [--pairs=N]; names: ${Object.keys(BENCHES).join(', ')}\n`);
process.exitCode = 2;
