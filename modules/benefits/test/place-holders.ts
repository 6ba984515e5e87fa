/** One right in force in a dwelling: who stands under it and how much it gives. */
export interface HeldRight {
  readonly id: string;
  readonly percent: number;
  readonly withinNorm: boolean;
  readonly persons: readonly string[];
}
/** What is left of a right beside the others. */
export interface PlacedRight {
  readonly id: string;
  readonly covered: number;
  /** The family addition of the norm goes to this right. */
  readonly leads: boolean;
}

const before = (a: HeldRight, b: HeldRight): number => {
  if (a.percent !== b.percent) return b.percent - a.percent;
  if (a.withinNorm !== b.withinNorm) return a.withinNorm ? 1 : -1;
  return a.id < b.id ? -1 : 1;
};

/**
 * Several holders in one dwelling: each person stands under one right, that of the highest percent; so the covered persons are a union
 * and nobody counts twice. The family addition goes once, to the first right that has a norm. The law names no rule: needs a lawyer
 * (law.md 2.2, 2.3).
 */
export function placeHolders(rights: readonly HeldRight[]): readonly PlacedRight[] {
  const taken = new Set<string>();
  let addition = true;
  return rights.toSorted(before).flatMap((right) => {
    const own = new Set(right.persons.filter((person) => !taken.has(person)));
    if (own.size === 0) return [];
    for (const person of own) taken.add(person);
    const leads = addition && right.withinNorm;
    if (leads) addition = false;
    return [{ id: right.id, covered: own.size, leads }];
  });
}
