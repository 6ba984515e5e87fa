import { addDays, Dec, Money, Period } from '@komplat/kernel';
import { balancePeriods, type BalancePeriod, type Payment } from './balance-periods.ts';
import { byYear, daysOfYear, type DaySpan, fullMonths, spanDays, without } from './days.ts';
import type { IndexTable } from './index-table.ts';
import { interestFor, type LawStep, ONE, type Proved, shown } from './law-trace.ts';

export interface BureauInput {
  readonly amount: Money;
  /** Last day to pay; the first counted day is the next one. */
  readonly dueOn: string;
  /** The day of calculation is counted. */
  readonly asOf: string;
  readonly payments: readonly Payment[];
  readonly ratePercent: Dec;
  readonly indices: IndexTable;
  /** Windows in which neither interest nor inflation is claimed (law.md 4.4). */
  readonly excluded: readonly DaySpan[];
}
export interface BureauRow extends DaySpan {
  readonly days: number;
  readonly balance: Money;
  readonly interest: Money;
  /** Whole calendar months of the whole constant-balance period; they stand in its last row. */
  readonly fullMonths: readonly Period[];
  readonly index: Dec;
  readonly inflation: Money;
}
export interface BureauResult {
  readonly periods: readonly BureauRow[];
  readonly interest: Money;
  readonly inflation: Money;
  readonly remaining: Money;
}

const LAW = 'ЦКУ ст. 625 ч. 2';

/**
 * Method B (a law bureau's published calculator, law.md 4.5.2): first overdue day to the day of calculation, a row for
 * every constant balance and calendar year, interest by 365 or 366, indices of the full months inside the constant-balance
 * period including those of deflation, a negative sum is 0, every row rounded to kopecks.
 */
export function bureauCalculation(input: BureauInput): Proved<BureauResult> {
  const overdue = { from: addDays(input.dueOn, 1), to: input.asOf };
  const { periods, remaining, overpaid } = balancePeriods(input.amount, overdue, input.payments);
  const parts = periods.flatMap((period) =>
    without(period, input.excluded).map((part) => ({ ...part, balance: period.balance })),
  );
  const rows = parts.flatMap((part) => rowsOf(part, input));
  const interest = Money.sum(rows.map((row) => row.interest));
  const inflation = Money.sum(rows.map((row) => row.inflation));
  return {
    value: { periods: rows, interest, inflation, remaining },
    trace: [...rows.flatMap((row) => stepsOf(row, input)), ...overpaidStep(overpaid)],
    parameters: input.indices.used(),
  };
}

function rowsOf(period: BalancePeriod, { ratePercent, indices }: BureauInput): BureauRow[] {
  const months = fullMonths(period);
  const index = indices.product(months);
  const growth = Money.round(period.balance.toDecimal().times(index.minus(ONE)));
  const years = byYear(period);
  return years.map((part, place) => {
    const last = place === years.length - 1;
    const yearDays = daysOfYear(Period.ofDay(part.from).year);
    return {
      ...part,
      days: spanDays(part),
      balance: period.balance,
      interest: Money.round(interestFor(period.balance, ratePercent, spanDays(part), yearDays)),
      fullMonths: last ? months : [],
      index: last ? index : ONE,
      inflation: last && !growth.isNegative() ? growth : Money.zero,
    };
  });
}

function stepsOf(row: BureauRow, { ratePercent }: BureauInput): LawStep[] {
  const yearDays = daysOfYear(Period.ofDay(row.from).year);
  const interest: LawStep = {
    rule: 'debt.interest.B',
    law: LAW,
    base: row.balance.toString(),
    rate: `${ratePercent.toString()} % / ${yearDays}, ${row.from}..${row.to}`,
    days: row.days,
    raw: shown(interestFor(row.balance, ratePercent, row.days, yearDays)),
    rounding: 'half-away-0.01',
    amount: row.interest.toString(),
    paramsVersion: 'B',
  };
  if (row.fullMonths.length === 0) return [interest];
  const [first, last] = [row.fullMonths[0], row.fullMonths.at(-1)];
  return [
    interest,
    {
      rule: 'debt.inflation.B',
      law: LAW,
      base: row.balance.toString(),
      rate: `${shown(row.index)}, ${String(first)}..${String(last)}`,
      raw: shown(row.balance.toDecimal().times(row.index.minus(ONE))),
      rounding: 'half-away-0.01',
      amount: row.inflation.toString(),
      paramsVersion: 'B',
    },
  ];
}

const overpaidStep = (overpaid: Money): LawStep[] =>
  overpaid.isZero()
    ? []
    : [
        {
          rule: 'debt.overpaid',
          base: overpaid.toString(),
          rate: '',
          raw: overpaid.toString(),
          rounding: 'none',
          amount: overpaid.toString(),
          paramsVersion: 'B',
        },
      ];
