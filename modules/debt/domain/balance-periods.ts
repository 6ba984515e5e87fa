import { addDays, Money } from '@komplat/kernel';
import type { DaySpan } from './days.ts';

export interface Payment {
  readonly on: string;
  readonly amount: Money;
}
/** Days during which the debt stood still, both ends counted. */
export interface BalancePeriod extends DaySpan {
  readonly balance: Money;
}
export interface Balances {
  readonly periods: readonly BalancePeriod[];
  /** What is owed at the end of the last day; never negative. */
  readonly remaining: Money;
  /** What was paid above the debt by then. */
  readonly overpaid: Money;
}

/**
 * The debt from `first` to `last`, day by day. The day of a payment belongs to the next period: the debt of that day is
 * already smaller. Payments up to `first` lower the debt at once, later than `last` they do not count.
 */
export function balancePeriods(amount: Money, span: DaySpan, payments: readonly Payment[]): Balances {
  const counted = payments.filter(({ on }) => on <= span.to);
  const paidBy = (day: string): Money => Money.sum(counted.filter(({ on }) => on <= day).map((each) => each.amount));
  const owedOn = (day: string): Money => {
    const left = amount.sub(paidBy(day));
    return left.isNegative() ? Money.zero : left;
  };
  const changes = new Set(counted.map(({ on }) => on).filter((on) => on > span.from));
  const starts = span.from <= span.to ? [span.from, ...[...changes].toSorted()] : [];
  const periods = starts.map((from, index) => {
    const next = starts[index + 1];
    return { from, to: next === undefined ? span.to : addDays(next, -1), balance: owedOn(from) };
  });
  const left = amount.sub(paidBy(span.to));
  return {
    periods: periods.filter(({ balance }) => !balance.isZero()),
    remaining: left.isNegative() ? Money.zero : left,
    overpaid: left.isNegative() ? left.neg() : Money.zero,
  };
}
