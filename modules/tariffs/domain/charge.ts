import {
  type Calculated,
  Dec,
  DomainError,
  Money,
  Period,
  roundHalfAwayFromZero,
  type TraceLine,
} from '@komplat/kernel';

/** Methods of law.md 1.3; `linked` and `fixed` are charged on what other rules give them. */
export type ChargeMethod = 'area' | 'heated-area' | 'meter' | 'norm' | 'per-person' | 'fixed';

export interface Tier {
  readonly from: Dec;
  readonly to: Dec | null;
  readonly price: Dec;
}
export interface ChargeInput {
  readonly method: ChargeMethod;
  readonly tariff: Dec;
  readonly area?: Dec;
  readonly previous?: Dec;
  readonly current?: Dec;
  readonly digits?: number;
  readonly norm?: Dec;
  readonly persons?: number;
  /** Days that each of the persons was present; the whole month when absent. */
  readonly daysPresent?: number;
  readonly month?: Period;
  /** Decimals of the volume: m³ and kWh 3, Gcal 6. */
  readonly quantityScale?: number;
  readonly tiers?: readonly Tier[];
  readonly tierMode?: 'marginal' | 'whole';
}
export interface Charge {
  readonly quantity: Dec;
  readonly amount: Money;
}

/** A quantity as a fraction, so that days of a month are divided once, after the multiplication by the price. */
interface Fraction {
  readonly num: Dec;
  readonly den: number;
  readonly text: string;
  readonly rounding: TraceLine['rounding'];
}
const ROUNDINGS: Readonly<Record<number, TraceLine['rounding']>> = {
  2: 'half-away-0.01',
  3: 'half-away-0.001',
  6: 'half-away-0.000001',
};

const need = <T>(value: T | undefined, field: string): T => {
  if (value === undefined) throw new DomainError('tariffs.charge.missing', { field });
  return value;
};
const short = (value: Dec): string => value.toSignificantDigits(20).toString();

/** The charge of one service for one month: volume first, rounded; then times the tariff, rounded once (law.md 1.3, 1.7). */
export function charge(input: ChargeInput): Calculated<Charge> {
  const quantity = quantityOf(input);
  const value = quantity.num.div(quantity.den);
  const price = priceOf(input, quantity);
  const amount = Money.round(price.raw.div(quantity.den));
  return {
    value: { quantity: value, amount },
    trace: [
      {
        rule: `tariffs.quantity.${input.method}`,
        law: LAWS[input.method],
        base: quantity.text,
        rate: '',
        raw: short(value),
        rounding: quantity.rounding,
        amount: short(value),
        paramsVersion: '1',
        ...(input.daysPresent === undefined ? {} : { days: input.daysPresent }),
      },
      {
        rule: 'tariffs.amount',
        base: short(value),
        rate: price.text,
        raw: short(price.raw.div(quantity.den)),
        rounding: 'half-away-0.01',
        amount: amount.toString(),
        paramsVersion: '1',
      },
    ],
  };
}

const LAWS: Readonly<Record<ChargeMethod, string>> = {
  area: 'Law 2189-VIII art. 10, 12 of 09.11.2017',
  'heated-area': 'Law 2189-VIII art. 10 of 09.11.2017',
  meter: 'Law 2119-VIII art. 9 of 22.06.2017',
  norm: 'CMU 690 of 05.07.2019',
  'per-person': 'Law 2320-IX art. 24 of 20.06.2022',
  fixed: 'CMU 808 of 21.08.2019',
};

function quantityOf(input: ChargeInput): Fraction {
  switch (input.method) {
    case 'area':
    case 'heated-area': {
      const area = need(input.area, 'area');
      return { num: area, den: 1, text: area.toString(), rounding: 'none' };
    }
    case 'meter':
      return volume(consumption(input), input, '');
    case 'norm': {
      const { persons, days, whole } = presence(input);
      const norm = need(input.norm, 'norm');
      return volume(
        norm.times(persons).times(days).div(whole),
        input,
        `${norm.toString()} × ${persons} × ${days}/${whole}`,
      );
    }
    case 'per-person': {
      const { persons, days, whole } = presence(input);
      return { num: new Dec(persons).times(days), den: whole, text: `${persons} × ${days}/${whole}`, rounding: 'none' };
    }
    case 'fixed':
      return { num: new Dec(1), den: 1, text: '1', rounding: 'none' };
  }
}

function volume(raw: Dec, { quantityScale = 3, ...input }: ChargeInput, text: string): Fraction {
  const num = roundHalfAwayFromZero(raw, quantityScale);
  const shown = text || `${need(input.current, 'current').toString()} − ${need(input.previous, 'previous').toString()}`;
  return { num, den: 1, text: shown, rounding: ROUNDINGS[quantityScale] ?? 'none' };
}

/** A reading below the previous one means that the dial of `digits` digits went over its end. */
function consumption(input: ChargeInput): Dec {
  const previous = need(input.previous, 'previous');
  const current = need(input.current, 'current');
  if (current.gte(previous)) return current.minus(previous);
  return new Dec(10).pow(need(input.digits, 'digits')).plus(current).minus(previous);
}

function presence(input: ChargeInput): { persons: number; days: number; whole: number } {
  const persons = need(input.persons, 'persons');
  if (input.daysPresent === undefined) return { persons, days: 1, whole: 1 };
  const whole = need(input.month, 'month').days;
  if (input.daysPresent > whole)
    throw new DomainError('tariffs.charge.too-many-days', { days: input.daysPresent, month: whole });
  return { persons, days: input.daysPresent, whole };
}

/** Sum before the division by the fraction's denominator. */
function priceOf(input: ChargeInput, { num, den }: Fraction): { raw: Dec; text: string } {
  if (!input.tiers) return { raw: num.times(input.tariff), text: input.tariff.toString() };
  const bound = (value: Dec): Dec => value.times(den);
  if (input.tierMode === 'whole') {
    const tier = input.tiers.find(
      ({ from, to }, index) => (index === 0 || num.gt(bound(from))) && (!to || num.lte(bound(to))),
    );
    if (!tier) throw new DomainError('tariffs.charge.no-tier', { quantity: num.div(den).toString() });
    return { raw: num.times(tier.price), text: tier.price.toString() };
  }
  const parts = input.tiers
    .map(({ from, to, price }) => ({ price, part: Dec.max(Dec.min(num, to ? bound(to) : num).minus(bound(from)), 0) }))
    .filter(({ part }) => part.gt(0));
  const raw = parts.reduce((sum, { price, part }) => sum.plus(price.times(part)), new Dec(0));
  return {
    raw,
    text: parts.map(({ price, part }) => `${part.div(den).toString()} × ${price.toString()}`).join(' + ') || '0',
  };
}
