import { assert, dec, Money, Period } from '@komplat/kernel';
import type { Age, BillContent, BillLine } from '../contract/bill.schema.ts';
import { differenceOf, lineUnit } from './difference.ts';
import { type BillFacts, grossKop, isReceived, type LineFacts, type MeterFacts, monthKop, type ReasonFacts, type Say } from './facts.ts';
import { shortName, shortUnit, withApostrophe } from './text.ts';

/** What only the issue knows. */
export interface Issue {
  readonly month: string;
  readonly part: number;
  readonly version: number;
  readonly number: string;
  readonly code: string;
  readonly issuedOn: string;
  readonly reason: string | null;
  readonly issuer: BillContent['issuer'];
}
/** Day to pay when no contract says another: the 20th of the next month (law.md 1.2, art. 9 of Law 2189-VIII). */
const DUE_DAY = 20;
const YEAR = 12;
const money = (kop: bigint): string => Money.ofKop(kop).toString();
const sum = (kops: readonly bigint[]): bigint => kops.reduce((total, kop) => total + kop, 0n);
const positive = (kop: bigint): bigint => (kop > 0n ? kop : 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The bill of one account and month; every sum of it adds up to the ledger. */
export function makeBill(facts: BillFacts, issue: Issue, say: Say): BillContent {
  const lines = facts.lines;
  const monthTotal = sum(lines.map(monthKop));
  const total = sum(lines.map((line) => line.closing));
  const received = sum(facts.later.map(({ kop }) => kop));
  const pay = least(positive(monthTotal), positive(total - received));
  const debt = agesOf(facts, issue.month);
  const aged = sum(debt.map(({ kop }) => kop));
  assert(total === sum(lines.map(({ opening, paid, other }) => opening + paid + other)) + monthTotal, 'a bill adds up');
  return {
    v: 1,
    number: issue.number,
    code: issue.code,
    account: facts.number,
    month: issue.month,
    part: issue.part,
    version: issue.version,
    issuedOn: issue.issuedOn,
    dueOn: dueOn(lines, issue.month),
    reason: issue.reason,
    issuer: issue.issuer,
    holder: withApostrophe(facts.holder),
    address: withApostrophe(facts.address),
    postcode: facts.postcode,
    area: facts.area,
    residents: facts.residents,
    lines: lines.map(toLine),
    monthTotal: money(monthTotal),
    earlier: money(total - monthTotal),
    total: money(total),
    pay: money(pay),
    recalculations: facts.reasons.filter(({ kind }) => kind !== 'subsidy').map((reason) => toReason(reason, say)),
    received: facts.later.map(({ kop, ...rest }) => ({ ...rest, amount: money(kop) })),
    debt: debt.map(({ age, kop }) => ({ age, amount: money(kop) })),
    advance: money(positive(aged - total)),
    readings: facts.meters.map(toReading),
    difference: toDifference(lines, Period.parse(issue.month), say),
    year: yearOf(facts, issue.month),
    notices: facts.notices.map(withApostrophe),
  };
}

function toLine(line: LineFacts): BillLine {
  const gross = grossKop(line);
  return {
    service: line.service,
    name: withApostrophe(shortName(line.name)),
    provider: line.provider,
    providerName: withApostrophe(line.providerName),
    code: line.exchange,
    providerAccount: line.providerAccount,
    received: isReceived(line),
    quantity: line.quantity,
    unit: lineUnit(line),
    price: line.prices > 1 ? null : line.price,
    gross: money(gross),
    benefit: money(line.benefit - line.netted),
    recalculated: money(line.recalculated),
    subsidy: money(line.subsidy),
    month: money(monthKop(line)),
    opening: money(line.opening),
    paid: money(line.paid),
    other: money(line.other),
    closing: money(line.closing),
  };
}

function toReason(reason: ReasonFacts, say: Say): { amount: string; text: string } {
  const name = withApostrophe(shortName(reason.name));
  const month = monthWords(reason.forMonth, say);
  const why = reason.key === null ? say(`bills.reason.${reason.kind}`, { month }) : say(reason.key, reason.params ?? {});
  return { amount: money(reason.kop), text: say('bills.reason.line', { name, why }) };
}

function toReading({ name, serial, before, now, unit, due, digits }: MeterFacts): BillContent['readings'][number] {
  const used = now === null ? null : dec(now).minus(dec(before));
  const round = used?.isNegative() ? used.plus(dec(`1${'0'.repeat(digits)}`)) : used;
  return { name: withApostrophe(shortName(name)), serial, before, now, quantity: round?.toString() ?? null, unit: shortUnit(unit), due };
}

function toDifference(lines: readonly LineFacts[], month: Period, say: Say): BillContent['difference'] {
  const found = differenceOf(lines, month);
  if (found === null) return null;
  assert(sum(found.parts.map(({ kop }) => kop)) === found.difference, 'the parts of the explanation add up');
  return {
    before: money(found.before),
    difference: money(found.difference),
    parts: found.parts.map(({ key, params, kop }) => ({ amount: money(kop), text: withApostrophe(say(key, params)) })),
    same: found.same,
  };
}

/** The earliest day of the account's contracts in the next month. */
function dueOn(lines: readonly LineFacts[], month: string): string {
  const days = lines.flatMap(({ dueDay }) => (dueDay === null ? [] : [dueDay]));
  const day = days.length === 0 ? DUE_DAY : Math.min(...days);
  return `${Period.parse(month).next().toString()}-${String(day).padStart(2, '0')}`;
}

/** Age of every kopeck that was owed at the end of the month, by the month it is of. */
function agesOf({ ages }: BillFacts, month: string): readonly { readonly age: Age; readonly kop: bigint }[] {
  const now = Period.parse(month).index;
  const ageOf = (of: string): Age => {
    const months = now - Period.parse(of).index;
    if (months === 0) return 'month';
    if (months <= 3) return 'quarter';
    if (months <= YEAR) return 'year';
    return months <= 3 * YEAR ? 'limitation' : 'old';
  };
  const kops = new Map<Age, bigint>();
  for (const { month: of, kop } of ages) kops.set(ageOf(of), (kops.get(ageOf(of)) ?? 0n) + kop);
  const order: readonly Age[] = ['month', 'quarter', 'year', 'limitation', 'old'];
  return order.flatMap((age) => (kops.get(age) ? [{ age, kop: kops.get(age) ?? 0n }] : []));
}

/** Twelve months to the bill's own; a month without data is a gap, not zero. */
function yearOf({ year }: BillFacts, month: string): BillContent['year'] {
  const known = new Map(year.map((row) => [row.month, row.kop]));
  const last = Period.parse(month);
  return Period.range(last.plus(1 - YEAR), last).map((period) => {
    const kop = known.get(period.toString());
    return { month: period.toString(), amount: kop === undefined ? null : money(kop) };
  });
}

/** `жовтень 2026`. */
export const monthWords = (month: string, say: Say): string =>
  say('bills.month', { month: String(Number(month.slice(5))), year: month.slice(0, 4) });
