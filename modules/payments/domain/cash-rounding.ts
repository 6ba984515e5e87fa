import { Money, type TraceLine } from '@komplat/kernel';

/** A rule of the National Bank for sums paid in cash. Kopecks. */
export interface CashRule {
  readonly stepKop: bigint;
  readonly act: string;
  readonly mark: string;
}
export interface CashRounding {
  readonly rounded: Money;
  /** What the desk takes more (or less, negative) than the sum; it is booked apart, the account gets the exact sum. */
  readonly difference: Money;
  readonly line: TraceLine;
}

/**
 * To the nearest step, a half away from zero: with 50 kopecks 1-24 go down, 25-49 up to 50, 51-74 down to 50, 75-99 up (law.md 1.7).
 * Only cash is rounded.
 */
export function roundCash(amount: Money, rule: CashRule): CashRounding {
  const { kop } = amount;
  const size = kop < 0n ? -kop : kop;
  const whole = ((2n * size + rule.stepKop) / (2n * rule.stepKop)) * rule.stepKop;
  const rounded = Money.ofKop(kop < 0n ? -whole : whole);
  return {
    rounded,
    difference: rounded.sub(amount),
    line: {
      rule: 'payments.cash-rounding', law: rule.act, base: amount.toString(), rate: Money.ofKop(rule.stepKop).toString(), raw: amount.toString(),
      rounding: 'none', amount: rounded.toString(), paramsVersion: rule.act,
    },
  };
}
