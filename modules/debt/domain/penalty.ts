import { addDays, Dec, Money } from '@komplat/kernel';
import { balancePeriods, type Payment } from './balance-periods.ts';
import { type DaySpan, overlap, spanDays, without } from './days.ts';
import { type LawStep, type Proved, shown, ZERO } from './law-trace.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export interface PenaltyWindow extends DaySpan {
  readonly ground: string;
}
export interface PenaltyInput {
  readonly amount: Money;
  /** Last day to pay. */
  readonly dueOn: string;
  /** The day of calculation is counted. */
  readonly asOf: string;
  readonly payments: readonly Payment[];
  /** Of the contract, per cent of the debt a day. */
  readonly ratePercentPerDay: Dec;
  /** Highest lawful rate: 0.01 % a day. */
  readonly maxRatePercent: Dec;
  /** Highest lawful sum: 100 % of the debt. */
  readonly maxSharePercent: Dec;
  /** Days on which no penalty is charged: moratoria and the statutory blockers. */
  readonly windows: readonly PenaltyWindow[];
  readonly calendar: WorkingCalendar;
}
export interface Penalty {
  readonly startsOn: string;
  /** Days for which the penalty was counted. */
  readonly days: number;
  readonly penalty: Money;
  /** The rate or the sum was cut down to what the law allows. */
  readonly capped: boolean;
  readonly cappedBy: readonly ('rate' | 'debt')[];
  readonly rateApplied: Dec;
  readonly excluded: readonly PenaltyWindow[];
}

const LAW = 'Закон 2189-VIII ст. 26';
const HUNDRED = 100;

/** Penalty from the first working day after the last day to pay (Law 2189-VIII art. 26; law.md 4.3, 4.4). */
export function penalty(input: PenaltyInput): Proved<Penalty> {
  const startsOn = input.calendar.onOrAfter(addDays(input.dueOn, 1));
  const counted = { from: startsOn, to: input.asOf };
  const rate = Dec.min(input.ratePercentPerDay, input.maxRatePercent);
  const { periods } = balancePeriods(input.amount, counted, input.payments);
  const parts = periods.flatMap(({ balance, ...span }) =>
    without(span, input.windows).map((part) => {
      const days = spanDays(part);
      return { ...part, balance, days, raw: balance.toDecimal().times(rate).times(days).div(HUNDRED) };
    }),
  );
  const sum = parts.reduce((total, { raw }) => total.plus(raw), ZERO);
  const most = input.amount.toDecimal().times(input.maxSharePercent).div(HUNDRED);
  const cappedBy = [
    ...(input.ratePercentPerDay.gt(rate) ? (['rate'] as const) : []),
    ...(sum.gt(most) ? (['debt'] as const) : []),
  ];
  const value = {
    startsOn,
    days: parts.reduce((total, { days }) => total + days, 0),
    penalty: Money.round(Dec.min(sum, most)),
    capped: cappedBy.length > 0,
    cappedBy,
    rateApplied: rate,
    excluded: excludedIn(counted, input.windows),
  };
  const steps = parts.map(
    (part): LawStep => ({
      rule: 'debt.penalty.period',
      law: LAW,
      base: part.balance.toString(),
      rate: `${rate.toString()} %, ${part.from}..${part.to}`,
      days: part.days,
      raw: shown(part.raw),
      rounding: 'none',
      amount: shown(part.raw),
      paramsVersion: '1',
    }),
  );
  return { value, trace: [...steps, totalStep(value, { sum, most })], parameters: [] };
}

const excludedIn = (counted: DaySpan, windows: readonly PenaltyWindow[]): PenaltyWindow[] =>
  windows
    .flatMap((window) => overlap(window, counted) ?? [])
    .toSorted((a, b) => (a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1));

const totalStep = (value: Penalty, { sum, most }: { sum: Dec; most: Dec }): LawStep => ({
  rule: 'debt.penalty.total',
  law: LAW,
  base: `<= ${shown(most)}`,
  rate: value.rateApplied.toString(),
  days: value.days,
  raw: shown(sum),
  rounding: 'half-away-0.01',
  amount: value.penalty.toString(),
  paramsVersion: '1',
});
