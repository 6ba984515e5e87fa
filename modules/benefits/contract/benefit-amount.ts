import { type Calculated, Dec, DomainError, Money, roundHalfAwayFromZero, type TraceLine } from '@komplat/kernel';

/** Sum of one benefit on one service for one month. Quantities in the unit of the service, tariff in hryvnias for a unit. */
export interface BenefitAmountInput {
  readonly quantity: Dec;
  /** Decimals of the volume (m³ and kWh 3, Gcal 6); null = areas and persons, which are not rounded. */
  readonly quantityScale: number | null;
  /** Of one person; null = without a norm. */
  readonly norm: Dec | null;
  /** Of the family, once; 0 when there is none. */
  readonly normAddition: Dec;
  readonly tariff: Dec;
  /** From above 0 to 100. */
  readonly percent: Dec;
  /** Persons under the benefit, the holder among them. */
  readonly covered: number;
  /** All residents. */
  readonly persons: number;
}
export interface BenefitAmount {
  readonly quantityWithBenefit: Dec;
  readonly benefit: Money;
  readonly toPay: Money;
}

const ROUNDINGS: Readonly<Record<number, TraceLine['rounding']>> = { 2: 'half-away-0.01', 3: 'half-away-0.001', 6: 'half-away-0.000001' };
const HUNDRED = 100;
const DIGITS = 20;
const shown = (value: Dec): string => value.toSignificantDigits(DIGITS).toString();

/** A benefit above 100 % would pay for somebody else: `benefits.percent.out-of-range`. */
export function checkPercent(percent: Dec): void {
  if (percent.lte(0) || percent.gt(HUNDRED)) throw new DomainError('benefits.percent.out-of-range', { percent: percent.toString() });
}

function checkPersons({ covered, persons }: BenefitAmountInput): void {
  if (persons < 1) throw new DomainError('benefits.amount.no-persons', { persons });
  if (covered < 1 || covered > persons) throw new DomainError('benefits.amount.covered', { covered, persons });
}

/**
 * `V_benefit = min(V x covered / persons, norm x covered + addition)`, `benefit = V_benefit x T x percent / 100` (law.md 2.3). The
 * volume is rounded before it is priced, the sum once, half away from zero. Errors: `benefits.percent.out-of-range`,
 * `benefits.amount.no-persons`, `benefits.amount.covered`.
 */
export function benefitAmount(input: BenefitAmountInput): Calculated<BenefitAmount> {
  checkPercent(input.percent);
  checkPersons(input);
  const { covered, persons, tariff, percent, norm, normAddition, quantityScale: scale } = input;
  const rounded = (value: Dec): Dec => (scale === null ? value : roundHalfAwayFromZero(value, scale));
  const quantity = rounded(input.quantity);
  const share = quantity.times(covered).div(persons);
  const limit = norm === null ? null : norm.times(covered).plus(normAddition);
  const raw = limit === null || share.lt(limit) ? share : limit;
  const quantityWithBenefit = rounded(raw);
  const sum = quantityWithBenefit.times(tariff).times(percent).div(HUNDRED);
  const benefit = Money.round(sum);
  const charge = Money.round(quantity.times(tariff));
  const limitText = norm === null ? 'без норми' : `${norm.toString()} × ${covered} + ${normAddition.toString()}`;
  const line = { paramsVersion: '1', law: 'Law 3551-XII art. 12-16 of 22.10.1993' } as const;
  return {
    value: { quantityWithBenefit, benefit, toPay: charge.sub(benefit) },
    trace: [
      {
        ...line,
        rule: 'benefits.quantity',
        base: `${shown(quantity)} × ${covered} / ${persons}`,
        rate: limitText,
        raw: shown(raw),
        rounding: scale === null ? 'none' : (ROUNDINGS[scale] ?? 'none'),
        amount: shown(quantityWithBenefit),
      },
      {
        ...line,
        rule: 'benefits.amount',
        base: shown(quantityWithBenefit),
        rate: `${tariff.toString()} × ${percent.toString()} %`,
        raw: shown(sum),
        rounding: 'half-away-0.01',
        amount: benefit.toString(),
      },
      {
        ...line,
        rule: 'benefits.to-pay',
        base: charge.toString(),
        rate: benefit.toString(),
        raw: charge.sub(benefit).toString(),
        rounding: 'none',
        amount: charge.sub(benefit).toString(),
      },
    ],
  };
}
