import { type Dec, DomainError, Money, Period, roundHalfAwayFromZero } from '@komplat/kernel';
import { spanDays } from './days.ts';
import type { IndexTable } from './index-table.ts';
import { interestFor, type LawStep, ONE, type Proved, round4, shown } from './law-trace.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export interface BankInput {
  readonly amount: Money;
  /** First and last day of the delay, both counted. */
  readonly overdueFrom: string;
  readonly overdueTo: string;
  readonly ratePercent: Dec;
  readonly indices: IndexTable;
  readonly calendar: WorkingCalendar;
}
export interface BankResult {
  readonly days: number;
  /** Rounded to four decimals of a hryvnia. */
  readonly interest: Dec;
  /** Rounded to three decimals. */
  readonly coefficient: Dec;
  readonly indexed: Money;
  readonly months: readonly Period[];
}

const [YEAR_DAYS, LAST_DAY_OF_FIRST_HALF, COEFFICIENT_DIGITS] = [365, 15, 3];
const LAW = 'ЦКУ ст. 625 ч. 2';

/** Method C (bank system ABS BARS, law.md 4.5.3): always 365 days a year, index months by rounding both dates. */
export function bankCalculation(input: BankInput): Proved<BankResult> {
  if (input.overdueTo < input.overdueFrom) throw new DomainError('debt.days-reversed', { path: 'overdueTo' });
  const days = spanDays({ from: input.overdueFrom, to: input.overdueTo });
  const raw = interestFor(input.amount, input.ratePercent, days, YEAR_DAYS);
  const months = indexMonths(input);
  const product = input.indices.product(months);
  const coefficient = roundHalfAwayFromZero(product, COEFFICIENT_DIGITS);
  const indexed = Money.round(input.amount.toDecimal().times(coefficient));
  const value = { days, interest: round4(raw), coefficient, indexed, months };
  return { value, trace: steps(input, value, { raw, product }), parameters: input.indices.used() };
}

/**
 * A begin that is not a banking day moves to the one before it; dates in one month have no index months. Then a day up to
 * the 15th counts as the first of its month, a later one as the first of the next; the end's month is not included.
 */
function indexMonths({ overdueFrom, overdueTo, calendar }: BankInput): Period[] {
  const begin = calendar.onOrBefore(overdueFrom);
  if (Period.ofDay(begin).equals(Period.ofDay(overdueTo))) return [];
  return Period.range(nearestMonth(begin), nearestMonth(overdueTo).previous());
}

function nearestMonth(day: string): Period {
  const month = Period.ofDay(day);
  return Number(day.slice(8)) > LAST_DAY_OF_FIRST_HALF ? month.next() : month;
}

function steps(input: BankInput, value: BankResult, { raw, product }: { raw: Dec; product: Dec }): LawStep[] {
  const base = input.amount.toString();
  const [first, last] = [value.months[0], value.months.at(-1)];
  const span = first && last ? `${String(first)}..${String(last)}` : 'none';
  return [
    {
      rule: 'debt.interest.C',
      law: LAW,
      base,
      rate: `${input.ratePercent.toString()} % / ${YEAR_DAYS}`,
      days: value.days,
      raw: shown(raw),
      rounding: 'half-away-0.0001',
      amount: value.interest.toString(),
      paramsVersion: 'C',
    },
    {
      rule: 'debt.coefficient.C',
      law: LAW,
      base: span,
      rate: shown(product),
      raw: shown(product),
      rounding: 'half-away-0.001',
      amount: value.coefficient.toString(),
      paramsVersion: 'C',
    },
    {
      rule: 'debt.inflation.C',
      law: LAW,
      base,
      rate: shown(value.coefficient.minus(ONE)),
      raw: shown(input.amount.toDecimal().times(value.coefficient)),
      rounding: 'half-away-0.01',
      amount: value.indexed.toString(),
      paramsVersion: 'C',
    },
  ];
}
