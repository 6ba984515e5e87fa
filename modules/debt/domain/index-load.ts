import { Dec, DomainError, Period } from '@komplat/kernel';

export interface IndexValue {
  readonly month: string;
  readonly value: string;
}
/** What a load does to the table; a month whose value stays the same is in neither list. */
export interface IndexChanges {
  readonly added: readonly IndexValue[];
  readonly revised: readonly (IndexValue & { readonly before: string })[];
}

/** Sanity rules used when loading (law.md 4.6): 80 <= v <= 130, no gaps, revised values are told. */
const [LEAST, MOST] = [80, 130];

/** Compares a load with the table in force. Refuses `debt.index.range`, `.twice`, `.gap`, `.nothing-new`. */
export function indexChanges(inForce: ReadonlyMap<string, string>, load: readonly IndexValue[]): IndexChanges {
  const seen = new Set<string>();
  for (const { month, value } of load) {
    const number = new Dec(value);
    if (number.lt(LEAST) || number.gt(MOST)) throw new DomainError('debt.index.range', { month, value, least: LEAST, most: MOST });
    if (seen.has(month)) throw new DomainError('debt.index.twice', { month });
    seen.add(month);
  }
  const sorted = load.toSorted((a, b) => (a.month < b.month ? -1 : 1));
  const added = sorted.filter(({ month }) => !inForce.has(month));
  checkGaps(inForce, added);
  const revised = sorted.flatMap(({ month, value }) => {
    const before = inForce.get(month);
    return before === undefined || new Dec(before).eq(value) ? [] : [{ month, value, before }];
  });
  if (added.length + revised.length === 0) throw new DomainError('debt.index.nothing-new', {});
  return { added, revised };
}

/** New months stand right after the last one known, one after another. */
function checkGaps(inForce: ReadonlyMap<string, string>, added: readonly IndexValue[]): void {
  let last = [...inForce.keys()].toSorted().at(-1);
  for (const { month } of added) {
    const expected = last === undefined ? month : Period.parse(last).next().toString();
    if (month !== expected) throw new DomainError('debt.index.gap', { month, expected });
    last = month;
  }
}
