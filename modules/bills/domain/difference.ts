import { explainDifference, type ServiceMonth } from '@komplat/billing/contract';
import type { Period } from '@komplat/kernel';
import { grossKop, isReceived, type LineFacts, type MonthBefore, monthKop, type Words } from './facts.ts';
import { decimalText, priceText, quantityDigits, shortName, shortUnit } from './text.ts';

/** A piece of the difference between two months, in words. */
export interface DifferencePart extends Words {
  readonly kop: bigint;
}
export interface Difference {
  readonly before: bigint;
  readonly difference: bigint;
  /** Add up to `difference`. */
  readonly parts: readonly DifferencePart[];
  /** Services that cost the same as a month ago. */
  readonly same: number;
}
const MOST_PARTS = 5;
const magnitude = (kop: bigint): bigint => (kop < 0n ? -kop : kop);

/** Why the sum of the month is not that of the month before, by the rule of the card; null when there was no month before. */
export function differenceOf(lines: readonly LineFacts[], month: Period): Difference | null {
  if (lines.every((line) => line.before === null)) return null;
  const before = lines.flatMap((line) => (line.before ? [serviceOf(line, line.before)] : []));
  const found = explainDifference({ days: month.previous().days, services: before }, { days: month.days, services: lines.map((line) => serviceOf(line, line)) });
  const byKey = new Map(lines.map((line) => [keyOf(line), line]));
  const parts = found.parts.flatMap((part): DifferencePart[] => {
    const line = byKey.get(keyOf(part));
    if (!line) return [];
    const value = (text: string | null): string => numberText(part.cause, text, line);
    const params = { service: shortName(line.name), before: value(part.before), after: value(part.after), unit: lineUnit(line) };
    const isLate = part.cause === 'ended' && !isReceived(line);
    return [{ key: isLate ? 'bills.difference.not-received' : `billing.difference.${part.cause}`, params, kop: part.kop }];
  });
  const changed = lines.filter((line) => monthKop(line) !== (line.before ? monthKop(line.before) : 0n));
  return { before: found.beforeKop, difference: found.afterKop - found.beforeKop, parts: folded(parts), same: lines.length - changed.length };
}

const keyOf = ({ service, provider }: { readonly service: string; readonly provider: string }): string => `${service}/${provider}`;
const SUMS = new Set(['tariff', 'average-price', 'amount', 'recalculation', 'benefit', 'subsidy']);

/** A value of the explanation as it is read: sums with kopecks, volumes as in the table. */
function numberText(cause: string, value: string | null, line: LineFacts): string {
  if (value === null) return '';
  if (SUMS.has(cause)) return priceText(value);
  return cause === 'quantity' ? quantityDigits(value, lineUnit(line)) : decimalText(value);
}

function serviceOf({ service, provider }: LineFacts, month: MonthBefore): ServiceMonth {
  const sums = {
    service, provider, chargedKop: month.charged, recalculatedKop: month.recalculated, benefitKop: month.benefit, subsidyKop: month.subsidy,
  };
  const { method, quantity, price, tariffId, normId, persons, personDays, area } = month;
  if (month.charges !== 1 || method === null || quantity === null) return sums;
  return { ...sums, inputs: { method, quantity, price, tariffId, normId, persons, personDays, area, grossKop: grossKop(month) } };
}

/** The largest are named, the smallest are one line. */
function folded(parts: readonly DifferencePart[]): readonly DifferencePart[] {
  const sorted = parts.toSorted((a, b) => (magnitude(a.kop) === magnitude(b.kop) ? 0 : magnitude(a.kop) > magnitude(b.kop) ? -1 : 1));
  if (sorted.length <= MOST_PARTS) return sorted;
  const rest = sorted.slice(MOST_PARTS - 1);
  const kop = rest.reduce((sum, part) => sum + part.kop, 0n);
  return [...sorted.slice(0, MOST_PARTS - 1), { key: 'bills.difference.rest', params: { count: rest.length }, kop }];
}

/** Heating is sold by Gcal or by m²: the unit of the tariff that was used is the right one. */
export const lineUnit = ({ priceUnit, unit }: Pick<LineFacts, 'priceUnit' | 'unit'>): string =>
  shortUnit((priceUnit?.split('/').at(-1) ?? unit).replace(/^грн\s*/, ''));
