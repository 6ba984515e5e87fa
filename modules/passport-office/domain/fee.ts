import { type Calculated, type Dec, Money } from '@komplat/kernel';

/** A rate of the administrative fee: per cent of a base. */
export interface FeeRule {
  readonly percent: Dec;
  readonly act: string;
}

/** Administrative fee for declaring or registering residence: the share of the base, rounded to kopecks (Law 1871-IX; law.md 7.1). */
export function administrativeFee(base: Money, { percent, act }: FeeRule): Calculated<Money> {
  const raw = base.toDecimal().times(percent).div(100);
  const fee = Money.round(raw);
  return {
    value: fee,
    trace: [
      {
        rule: 'passport-office.fee', law: act, base: base.toString(), rate: `${percent.toString()} %`, raw: raw.toString(),
        rounding: 'half-away-0.01', amount: fee.toString(), paramsVersion: act,
      },
    ],
  };
}
