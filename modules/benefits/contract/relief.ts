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
