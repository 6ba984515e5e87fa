import { Dec, DomainError, Money, Period } from '@komplat/kernel';
import { daysOfYear } from './days.ts';
import type { IndexTable } from './index-table.ts';
import { interestFor, type LawStep, ONE, type Proved, shown, ZERO } from './law-trace.ts';

/** `A`: product of the indices on the balance; `A-fifo`: every charge indexed from the month after its own (law.md 4.5.1). */
export type ActMethod = 'A' | 'A-fifo';

export interface ActMonth {
  readonly month: Period;
  /** Hryvnias; a correction may be negative. */
  readonly charged: Money;
  readonly paid: Money;
}
export interface ActInput {
  readonly method: ActMethod;
  readonly openingDebt: Money;
  readonly months: readonly ActMonth[];
  readonly ratePercent: Dec;
  /** The charge of a month bears no interest in that month. */
  readonly excludeCurrentCharge: boolean;
  readonly fees: readonly { readonly name: string; readonly amount: Money }[];
  readonly indices: IndexTable;
}
export interface ActRow {
  readonly month: Period;
  readonly debt: Money;
  readonly interest: Dec;
  readonly coefficient: Dec;
  readonly loss: Dec;
}
export interface ActResult {
  readonly principal: Money;
  readonly interest: Dec;
  readonly coefficient: Dec;
  readonly inflation: Dec;
  readonly total: Dec;
  readonly days: number;
  readonly rows: readonly ActRow[];
}

const LAW = 'ЦКУ ст. 625 ч. 2';

/** Act of a co-owners' association: whole months, month-end balance, no rounding until the end. */
export function actCalculation(input: ActInput): Proved<ActResult> {
  checkMonths(input.months);
  const inflationOf = input.method === 'A' ? balanceInflation(input) : lotInflation(input);
  let debt = input.openingDebt;
  const rows: ActRow[] = input.months.map((each, index) => {
    debt = debt.add(each.charged).sub(each.paid);
    const base = input.excludeCurrentCharge ? debt.sub(each.charged) : debt;
    const owed = base.isNegative() ? Money.zero : base;
    const interest = interestFor(owed, input.ratePercent, each.month.days, daysOfYear(each.month.year));
    return { month: each.month, debt, interest, ...inflationOf(each, index, debt) };
  });
  const last = rows.at(-1);
  const interest = rows.reduce((sum, row) => sum.plus(row.interest), ZERO);
  const inflation = last?.loss ?? ZERO;
  const fees = Money.sum(input.fees.map(({ amount }) => amount));
  const value = {
    principal: debt,
    interest,
    coefficient: last?.coefficient ?? ONE,
    inflation,
    total: debt.toDecimal().plus(interest).plus(inflation).plus(fees.toDecimal()),
    days: input.months.reduce((sum, { month }) => sum + month.days, 0),
    rows,
  };
  return { value, trace: steps(input, value), parameters: input.indices.used() };
}

/** Months follow one another: a gap would lose days and an index. */
function checkMonths(months: readonly ActMonth[]): void {
  months.forEach(({ month }, index) => {
    const before = months[index - 1]?.month;
    if (before && !before.next().equals(month)) {
      throw new DomainError('debt.months-gap', { expected: before.next().toString(), found: month.toString(), path: `months.${index}.month` });
    }
  });
}

type Inflation = Pick<ActRow, 'coefficient' | 'loss'>;
type InflationOf = (month: ActMonth, index: number, debt: Money) => Inflation;

/** `A`: all indices except the first month's, applied to the balance; never negative, none without a debt. */
function balanceInflation({ indices }: ActInput): InflationOf {
  let coefficient: Dec = ONE;
  return ({ month }, index, debt) => {
    if (index > 0) coefficient = coefficient.times(indices.factor(month));
    const owed = debt.isNegative() ? ZERO : debt.toDecimal();
    return { coefficient, loss: Dec.max(owed.times(coefficient.minus(ONE)), ZERO) };
  };
}

interface Lot {
  left: Money;
  coefficient: Dec;
}

/**
 * `A-fifo`, every month in this order: payments extinguish the oldest lots, the lots that are left are indexed, the
 * charge becomes a new lot. What was paid above all lots waits for the next charge. The coefficient shown is the mean of the
 * lots by their sums; each lot is a debt of its own, so deflation of one does not lower the loss of another.
 */
function lotInflation({ openingDebt, indices }: ActInput): InflationOf {
  let lots: Lot[] = [];
  let advance = Money.zero;
  const put = (sum: Money): void => {
    const covered = smaller(sum, advance);
    advance = advance.sub(covered);
    if (!sum.sub(covered).isZero()) lots.push({ left: sum.sub(covered), coefficient: ONE });
  };
  const pay = (sum: Money): void => {
    let rest = sum;
    for (const lot of lots) {
      const part = smaller(lot.left, rest);
      lot.left = lot.left.sub(part);
      rest = rest.sub(part);
    }
    lots = lots.filter(({ left }) => !left.isZero());
    advance = advance.add(rest);
  };
  const post = (sum: Money): void => (sum.isNegative() ? pay(sum.neg()) : put(sum));
  post(openingDebt);
  return ({ month, charged, paid }) => {
    pay(paid);
    if (lots.length > 0) {
      const factor = indices.factor(month);
      for (const lot of lots) lot.coefficient = lot.coefficient.times(factor);
    }
    post(charged);
    return summed(lots);
  };
}

function summed(lots: readonly Lot[]): Inflation {
  const total = Money.sum(lots.map(({ left }) => left));
  const indexed = lots.reduce((sum, { left, coefficient }) => sum.plus(left.toDecimal().times(coefficient)), ZERO);
  const loss = lots.reduce(
    (sum, { left, coefficient }) => sum.plus(Dec.max(left.toDecimal().times(coefficient.minus(ONE)), ZERO)),
    ZERO,
  );
  return { coefficient: total.isZero() ? ONE : indexed.div(total.toDecimal()), loss };
}

const smaller = (a: Money, b: Money): Money => (a.cmp(b) < 0 ? a : b);

function steps(input: ActInput, value: ActResult): LawStep[] {
  const version = input.method;
  const rows = value.rows.map(
    (row): LawStep => ({
      rule: `debt.interest.${input.method}`,
      law: LAW,
      base: row.debt.toString(),
      rate: `${input.ratePercent.toString()} % / ${daysOfYear(row.month.year)}`,
      days: row.month.days,
      raw: shown(row.interest),
      rounding: 'none',
      amount: `${row.month.toString()}: ${shown(row.interest)}`,
      paramsVersion: version,
    }),
  );
  const inflation: LawStep = {
    rule: `debt.inflation.${input.method}`,
    law: LAW,
    base: value.principal.toString(),
    rate: shown(value.coefficient),
    raw: shown(value.inflation),
    rounding: 'none',
    amount: shown(value.inflation),
    paramsVersion: version,
  };
  const fees = input.fees.map(
    ({ name, amount }): LawStep => ({
      rule: 'debt.fee',
      base: name,
      rate: '',
      raw: amount.toString(),
      rounding: 'none',
      amount: amount.toString(),
      paramsVersion: version,
    }),
  );
  return [...rows, inflation, ...fees];
}
