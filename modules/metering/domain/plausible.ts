import { Dec } from '@komplat/kernel';

/** Limits in force for a service on a day: rows of `metering.rule`. */
export interface ReadingLimits {
  /** Most that one meter can show in a month; null = no rule. */
  readonly most: Dec | null;
  /** How many times the own average is a jump; null = no rule. */
  readonly jump: Dec | null;
  /** From which share of the dial on a fall is taken for its turn; null = no rule. */
  readonly rolloverShare: Dec | null;
}
export interface ReadingCheck {
  readonly value: Dec;
  /** The reading before, or what the dial showed when it was installed. */
  readonly before: Dec;
  readonly digits: number;
  /** Months since the reading before, at least 1. */
  readonly months: number;
  readonly average: Dec | null;
  readonly limits: ReadingLimits;
}
export type ReadingVerdict =
  | { readonly outcome: 'good'; readonly used: Dec }
  /** Nobody may pass it. */
  | {
      readonly outcome: 'refused';
      readonly rule: 'too-many-digits' | 'below-last';
      readonly used: Dec;
      readonly limit: Dec;
    }
  /** Passes when a person says that the dial was looked at again. */
  | {
      readonly outcome: 'ask';
      readonly rule: 'rollover' | 'above-most' | 'jump';
      readonly used: Dec;
      readonly limit: Dec;
    };

/** Whether a reading can be true: the first rule that it breaks and that nobody has passed yet. */
export function checkReading(given: ReadingCheck, passed: readonly string[] = []): ReadingVerdict {
  const { value, before, digits, months, average, limits } = given;
  const dial = new Dec(10).pow(digits);
  if (value.gte(dial)) return { outcome: 'refused', rule: 'too-many-digits', used: value, limit: dial };
  const turned = value.lt(before);
  const used = value.minus(before).plus(turned ? dial : 0);
  const most = limits.most?.times(months) ?? null;
  if (turned) {
    const fromDay = dial.times(limits.rolloverShare ?? 1);
    if (before.lt(fromDay) || (most !== null && used.gt(most)))
      return { outcome: 'refused', rule: 'below-last', used: value.minus(before), limit: before };
    if (!passed.includes('rollover')) return { outcome: 'ask', rule: 'rollover', used, limit: before };
  }
  if (most !== null && used.gt(most) && !passed.includes('above-most'))
    return { outcome: 'ask', rule: 'above-most', used, limit: most };
  const jump =
    limits.jump !== null && average !== null && average.gt(0) ? limits.jump.times(average).times(months) : null;
  if (jump !== null && used.gt(jump) && !passed.includes('jump') && !passed.includes('above-most'))
    return { outcome: 'ask', rule: 'jump', used, limit: jump };
  return { outcome: 'good', used };
}
