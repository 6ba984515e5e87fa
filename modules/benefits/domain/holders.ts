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

export type Regime = 'netted' | 'monetised';
export interface ServiceRelief {
  /** Sum of the benefit by the calculation, kopecks. */
  readonly benefitKop: bigint;
  /** Sum of the subsidy by the award of the month, kopecks. */
  readonly subsidyKop: bigint;
  readonly choice: 'benefit' | 'subsidy';
  readonly benefitRegime: Regime;
  readonly subsidyRegime: Regime;
}
export interface BillRelief {
  /** What the bill takes off, kopecks. */
  readonly benefitKop: bigint;
  readonly subsidyKop: bigint;
  /** What is only reported to the body that pays it to the person. */
  readonly reportedBenefitKop: bigint;
  readonly reportedSubsidyKop: bigint;
}

/**
 * Benefit against subsidy on one service in one month: where there is a subsidy a benefit is not added, unless the family chose the
 * benefit (law.md 2.4). Netted relief lowers the bill, monetised relief is paid to the person: the bill shows the full price.
 */
export function reliefOf(input: ServiceRelief): BillRelief {
  const both = input.benefitKop > 0n && input.subsidyKop > 0n;
  const benefit = both && input.choice === 'subsidy' ? 0n : input.benefitKop;
  const subsidy = both && input.choice === 'benefit' ? 0n : input.subsidyKop;
  const netted = (regime: Regime, kop: bigint): bigint => (regime === 'netted' ? kop : 0n);
  const benefitKop = netted(input.benefitRegime, benefit);
  const subsidyKop = netted(input.subsidyRegime, subsidy);
  return { benefitKop, subsidyKop, reportedBenefitKop: benefit - benefitKop, reportedSubsidyKop: subsidy - subsidyKop };
}
