import { type Cell, cityTable, dayAfter } from '@komplat/server';
import type { StreetPlan } from './plan.ts';

const ORDINALS = ['', '', '2-га ', '3-тя ', '4-та ', '5-та '];

function shortTypes(): ReadonlyMap<string, string> {
  return new Map(cityTable('streets').map((row) => [row.text('type'), row.text('type_short')]));
}

/** Names of a street with the days they were in force; streets of further districts are «2-га», «3-тя» and so on. */
export function* streetNames(streets: readonly StreetPlan[]): Generator<readonly Cell[]> {
  const short = shortTypes();
  for (const { id, row, copy } of streets) {
    const prefix = ORDINALS[copy] ?? `${copy + 1}-та `;
    const name = (type: string, text: string, from: string, until: string, act: string | null): readonly Cell[] => [
      id,
      type,
      short.get(type) ?? type,
      prefix + text,
      `[${from},${until})`,
      act,
    ];
    const [older, old] = [row.optional('older_renamed_on'), row.optional('renamed_on')];
    if (older) yield name(row.text('older_type'), row.text('older_name'), '', older, null);
    if (old) yield name(row.text('old_type'), row.text('old_name'), older ?? '', old, row.optional('older_act'));
    yield name(row.text('type'), row.text('name'), old ?? '', '', row.optional('act'));
  }
}

/** Aliases of the accounts that the sample registers name. */
export function* sampleAliases(accounts: number): Generator<readonly Cell[]> {
  const first = new Map([
    ['H0001', 0],
    ['H0002', 40],
  ]);
  for (const row of cityTable('sample-aliases')) {
    const offset = first.get(row.text('house')) ?? 0;
    const numbers = row.text('numbers').split(' ');
    for (const [index, number] of numbers.entries()) {
      const account = offset + row.number('first_flat') + index;
      if (account <= accounts) yield [account, row.text('owner'), number, `[${ALIASES_SINCE},)`];
    }
  }
}
export const ALIASES_SINCE = '2007-03-01';

/** Accounts of the samples were opened before 2008. */
export function isSampleAccount(account: number): boolean {
  return account <= 33 || (account >= 41 && account <= 50);
}

/** When an account was opened: with the Centre in 1997, with the house, or later by a sale. */
export function openedOn(account: number, yearBuilt: number, share: number, today: string): string {
  const earliest = yearBuilt < 1997 ? '1997-01-01' : `${yearBuilt + 1}-01-01`;
  if (share < 0.5) return earliest;
  const last = isSampleAccount(account) ? '2007-01-01' : dayAfter(today, -1200);
  if (last <= earliest) return earliest;
  const days = (Date.parse(last) - Date.parse(earliest)) / 86_400_000;
  const day = dayAfter(earliest, Math.floor(((share - 0.5) / 0.5) * days));
  return `${day.slice(0, 7)}-01`;
}
