import type { LawAnswer, LawApi } from '@komplat/debt/contract';
import { addDays, daysBetween, Dec, DomainError, Money, Period } from '@komplat/kernel';
import type { ClaimParameters } from '../../contract/claim.schema.ts';
import type { PackSnapshot } from '../../contract/pack.schema.ts';

export interface CalcCover {
  readonly on: string;
  readonly kop: bigint;
}
/** One month of one service as it is claimed. */
export interface CalcMonth {
  readonly service_id: number;
  readonly service: string;
  readonly service_name: string;
  readonly month: string;
  readonly due_on: string;
  readonly charged_kop: bigint;
  readonly covered_kop: bigint;
  readonly debt_kop: bigint;
  readonly part: 'debt' | 'penalty';
  readonly covers: readonly CalcCover[];
  /** Of the contract, per cent a day; undefined when none is agreed. */
  readonly penaltyRate: string | undefined;
}
/** What every calculation of a run shares. */
export interface CalcTerms {
  readonly law: LawApi;
  readonly asOf: string;
  readonly parameters: Pick<ClaimParameters, 'method' | 'missingIndex' | 'penalty'>;
  readonly ratePercent: string;
  readonly excludeMoratorium: boolean;
  readonly indexVersion: number;
  /** First day whose penalty is still in time. */
  readonly penaltyFrom: string;
}
type Addition = PackSnapshot['calculation']['rows'][number];
type Parameter = PackSnapshot['calculation']['parameters'][number];
export interface CalcTotals {
  readonly principal: Money;
  readonly inflation: Money;
  readonly interest: Money;
  readonly penalty: Money;
}
export interface Calculation {
  readonly rows: readonly Addition[];
  readonly totals: CalcTotals;
  readonly trace: readonly unknown[];
  readonly parameters: readonly Parameter[];
}
interface Part {
  readonly rows: readonly Addition[];
  readonly trace: readonly unknown[];
  readonly parameters: readonly Parameter[];
}

const ZERO = '0.00';
const text = (kop: bigint): string => Money.ofKop(kop).toString();
const sumOf = (rows: readonly Addition[], field: 'inflation' | 'interest' | 'penalty'): Money =>
  Money.sum(rows.map((row) => Money.parse(row[field])));
const indexOptions = ({ parameters, indexVersion }: CalcTerms): { indexVersion: number; missingIndex?: 'unchanged' } => ({
  indexVersion,
  ...(parameters.missingIndex === 'unchanged' ? { missingIndex: 'unchanged' } : {}),
});

/** What covered a month, with its days: sums whose day nobody knows count as paid in time, to the debtor's favour. */
export function coversOf({ covers, covered_kop: covered, due_on: due }: CalcMonth): { on: string; amount: string }[] {
  const known = covers.reduce((sum, { kop }) => sum + kop, 0n);
  if (known > covered) throw new DomainError('legal.claim.cover-above', { sum: text(known - covered) });
  const undated = covered > known ? [{ on: due, amount: text(covered - known) }] : [];
  return [...undated, ...covers.map(({ on, kop }) => ({ on, amount: text(kop) }))];
}

/**
 * Inflation losses, interest and penalty of one item by the method of its run. What the method leaves of the principal must be
 * what is open in the books: otherwise nothing is claimed (`legal.claim.balance-differs`).
 */
export async function calculate(months: readonly CalcMonth[], terms: CalcTerms, territory: string | undefined): Promise<Calculation> {
  const debts = months.filter(({ part }) => part === 'debt');
  const { method } = terms.parameters;
  const parts: Part[] = [];
  if (method === 'A' || method === 'A-fifo') {
    if (debts.length > 0) parts.push(await byAct(debts, method, terms));
  } else {
    for (const month of debts) parts.push(method === 'C' ? await byBank(month, terms) : await byBureau(month, terms, territory));
  }
  if (terms.parameters.penalty === 'claim') for (const month of months) if (month.penaltyRate) parts.push(await penaltyOf(month, { ...terms, rate: month.penaltyRate, territory }));
  const rows = parts.flatMap((part) => part.rows);
  return {
    rows,
    totals: {
      principal: Money.ofKop(debts.reduce((sum, { debt_kop: kop }) => sum + kop, 0n)),
      inflation: sumOf(rows, 'inflation'),
      interest: sumOf(rows, 'interest'),
      penalty: sumOf(rows, 'penalty'),
    },
    trace: parts.flatMap((part) => part.trace),
    parameters: distinct(parts.flatMap((part) => part.parameters)),
  };
}

async function byBureau(month: CalcMonth, terms: CalcTerms, territory: string | undefined): Promise<Part> {
  const { law, asOf, ratePercent, excludeMoratorium } = terms;
  const answer = await law.inflationInterest({
    method: 'B',
    amount: text(month.charged_kop),
    dueOn: month.due_on,
    asOf,
    payments: coversOf(month),
    ratePercent,
    excludeMoratorium,
    ...(excludeMoratorium && territory ? { territory } : {}),
    parameters: indexOptions(terms),
  });
  const { result } = answer;
  if (!('periods' in result)) throw new DomainError('legal.claim.method-answer', { method: 'B' });
  const open = text(month.debt_kop);
  if (result.remaining !== open) {
    throw new DomainError('legal.claim.balance-differs', { month: month.month, service: month.service_name, counted: result.remaining, open });
  }
  const rows = result.periods.map((row) => ({
    month: month.month, service: month.service, from: row.from, to: row.to, days: row.days, balance: row.balance, index: row.index,
    inflation: row.inflation, interest: row.interest, penalty: ZERO,
  }));
  return partOf(rows, answer, month);
}

async function byBank(month: CalcMonth, terms: CalcTerms): Promise<Part> {
  const { law, asOf, ratePercent } = terms;
  const [balance, from] = [text(month.debt_kop), addDays(month.due_on, 1)];
  const answer = await law.inflationInterest({ method: 'C', amount: balance, overdueFrom: from, overdueTo: asOf, ratePercent, parameters: indexOptions(terms) });
  const { result } = answer;
  if (!('indexed' in result)) throw new DomainError('legal.claim.method-answer', { method: 'C' });
  const growth = Money.parse(result.indexed).sub(Money.parse(balance));
  const row = {
    month: month.month, service: month.service, from, to: asOf, days: result.days, balance, index: result.coefficient,
    inflation: growth.isNegative() ? ZERO : growth.toString(), interest: Money.round(new Dec(result.interest)).toString(), penalty: ZERO,
  };
  return partOf([row], answer, month);
}

/** Whole months up to the last full one; rows are rounded so that they add up to the total, which the method rounds once. */
async function byAct(months: readonly CalcMonth[], method: 'A' | 'A-fifo', terms: CalcTerms): Promise<Part> {
  const first = months.map(({ month }) => month).toSorted()[0] ?? terms.asOf;
  const span = Period.range(Period.parse(first), Period.ofDay(terms.asOf).previous()).map(String);
  const covers = months.flatMap(coversOf).map(({ on, amount }) => ({ month: on.slice(0, 7) < first ? first : on.slice(0, 7), amount }));
  const answer = await terms.law.inflationInterest({
    method,
    openingDebt: ZERO,
    months: span.map((month) => ({
      month,
      charged: text(months.reduce((sum, each) => (each.month === month ? sum + each.charged_kop : sum), 0n)),
      paid: Money.sum(covers.filter((each) => each.month === month).map(({ amount }) => Money.parse(amount))).toString(),
    })),
    ratePercent: terms.ratePercent,
    parameters: indexOptions(terms),
  });
  const { result } = answer;
  if (!('principal' in result)) throw new DomainError('legal.claim.method-answer', { method });
  let [exact, shown] = [new Dec(0), Money.zero];
  const rows = result.rows.map((row, at): Addition => {
    exact = exact.plus(row.interest);
    const interest = Money.round(exact).sub(shown);
    shown = shown.add(interest);
    const month = Period.parse(row.month);
    const last = at === result.rows.length - 1;
    return {
      month: row.month, service: '', from: month.firstDay, to: month.lastDay, days: month.days, balance: row.debt, index: row.coefficient,
      inflation: last ? Money.round(new Dec(result.inflation)).toString() : ZERO, interest: interest.toString(), penalty: ZERO,
    };
  });
  return { rows, trace: answer.trace, parameters: answer.parameters };
}

interface PenaltyTerms extends CalcTerms {
  readonly rate: string;
  readonly territory: string | undefined;
}

async function penaltyOf(month: CalcMonth, { law, asOf, territory, penaltyFrom, rate }: PenaltyTerms): Promise<Part> {
  const first = addDays(month.due_on, 1);
  const late = first < penaltyFrom ? [{ from: first, to: addDays(penaltyFrom, -1), ground: 'ЦКУ ст. 258 ч. 2' }] : [];
  const answer = await law.penalty({
    amount: text(month.charged_kop), dueOn: month.due_on, asOf, payments: coversOf(month), ratePercentPerDay: rate, blockers: late,
    ...(territory ? { territory } : {}),
  });
  const { result } = answer;
  const row = {
    month: month.month, service: month.service, from: result.startsOn, to: asOf, days: result.days, balance: text(month.debt_kop), index: '1',
    inflation: ZERO, interest: ZERO, penalty: result.penalty,
  };
  return partOf(result.days > 0 ? [row] : [], answer, month);
}

function partOf(rows: readonly Addition[], { trace, parameters }: LawAnswer<unknown>, { month, service }: CalcMonth): Part {
  return { rows, parameters, trace: trace.map((line) => ({ month, service, line })) };
}

/** The first day whose penalty may still be claimed on a day: the term of a penalty is one year and was stopped with the others. */
export async function penaltyStart(law: LawApi, asOf: string, first: string): Promise<string> {
  const inTime = async (day: string): Promise<boolean> =>
    (await law.limitation({ dueOn: addDays(day, -1), kind: 'penalty', asOf })).result.daysLeft >= 0;
  let [low, high] = [first, asOf];
  while (low < high) {
    const middle = addDays(low, Math.floor(daysBetween(low, high) / 2));
    if (await inTime(middle)) high = middle;
    else low = addDays(middle, 1);
  }
  return low;
}

/** Every version of every rule once; the marks stay with it. */
function distinct(parameters: readonly Parameter[]): Parameter[] {
  return [...new Map(parameters.map((each) => [`${each.id}|${each.version}|${each.mark}`, { id: each.id, version: each.version, mark: each.mark }])).values()];
}
