import { type Calculated, Dec, DomainError, Money, type RoundingId, type TraceLine } from '@komplat/kernel';

/** A rate of art. 4 of the law on the court fee; shares of the subsistence minimum, or per cent of the price with limits. */
export type FeeRate =
  | { readonly form: 'fixed'; readonly share: Dec }
  | { readonly form: 'percent'; readonly percent: Dec; readonly minimum: Dec; readonly maximum: Dec };

export interface CourtFeeRule {
  /** Subsistence minimum of able-bodied persons on 1 January of the year. */
  readonly base: Money;
  readonly rate: FeeRate;
  readonly price?: Money | undefined;
  readonly appeal: boolean;
  readonly electronic: boolean;
  /** 1.5: an appeal costs 150 % of what the claim cost. */
  readonly appealFactor: Dec;
  /** 0.8 for documents filed through the electronic court. */
  readonly electronicFactor: Dec;
}
export interface CourtFee {
  readonly base: Money;
  readonly fee: Money;
  readonly minimum: Money;
  readonly maximum: Money;
}

const LAW = 'Закон 3674-VI «Про судовий збір» ст. 4';
const HUNDRED = 100;

/**
 * The rate, then its limits, then × 1.5 for an appeal (the limits too), then × 0.8 last; the limits shown are those before × 0.8
 * (law.md 5.3). Rounded once, in the end.
 */
export function courtFee(rule: CourtFeeRule): Calculated<CourtFee> {
  const base = rule.base.toDecimal();
  const { raw, minimum, maximum, text } = byRate(rule, base);
  const limited = Dec.min(Dec.max(raw, minimum), maximum);
  const factor = rule.appeal ? rule.appealFactor : new Dec(1);
  const whole = limited.times(factor);
  const reduced = rule.electronic ? whole.times(rule.electronicFactor) : whole;
  const value = {
    base: rule.base,
    fee: Money.round(reduced),
    minimum: Money.round(minimum.times(factor)),
    maximum: Money.round(maximum.times(factor)),
  };
  return {
    value,
    trace: [
      step('legal.fee.rate', text, raw, 'none'),
      step('legal.fee.limits', `${minimum.toString()}..${maximum.toString()}`, limited, 'none'),
      ...(rule.appeal ? [step('legal.fee.appeal', rule.appealFactor.toString(), whole, 'none')] : []),
      ...(rule.electronic ? [step('legal.fee.electronic', rule.electronicFactor.toString(), reduced, 'none')] : []),
      step('legal.fee.total', '', reduced, 'half-away-0.01', value.fee.toString()),
    ],
  };
}

export interface FeeCredit {
  readonly credited: Money;
  readonly toPay: Money;
}

/** The fee of a refused or cancelled order is not returned but credited when the claim is filed, up to the fee of the claim (law.md 5.1). */
export function creditFee(fee: Money, paidForOrder: Money): Calculated<FeeCredit> {
  const credited = paidForOrder.cmp(fee) > 0 ? fee : paidForOrder;
  const toPay = fee.sub(credited);
  return {
    value: { credited, toPay },
    trace: [step('legal.fee.credit', paidForOrder.toString(), credited.toDecimal(), 'none', toPay.toString())],
  };
}

function byRate({ rate, price }: CourtFeeRule, base: Dec): { raw: Dec; minimum: Dec; maximum: Dec; text: string } {
  if (rate.form === 'fixed') {
    const raw = base.times(rate.share);
    return { raw, minimum: raw, maximum: raw, text: `${base.toString()} × ${rate.share.toString()}` };
  }
  if (!price) throw new DomainError('legal.fee.price-missing', { path: 'price' });
  return {
    raw: price.toDecimal().times(rate.percent).div(HUNDRED),
    minimum: base.times(rate.minimum),
    maximum: base.times(rate.maximum),
    text: `${price.toString()} × ${rate.percent.toString()} %`,
  };
}

const step = (rule: string, base: string, raw: Dec, rounding: RoundingId, amount?: string): TraceLine => ({
  rule,
  law: LAW,
  base,
  rate: '',
  raw: raw.toString(),
  rounding,
  amount: amount ?? raw.toString(),
  paramsVersion: '1',
});
