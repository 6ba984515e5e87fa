import { dec, Money } from '@komplat/kernel';
import { grossKop, isReceived, type LineFacts, monthKop, type Words } from './facts.ts';
import { decimalText, moneyText, quantityDigits, shortName, shortUnit } from './text.ts';

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

/** Why the sum of the month is not that of the month before; null when there was no month before. */
export function differenceOf(lines: readonly LineFacts[]): Difference | null {
  if (lines.every((line) => line.before === null)) return null;
  const before = lines.reduce((sum, line) => sum + (line.before ? monthKop(line.before) : 0n), 0n);
  const now = lines.reduce((sum, line) => sum + monthKop(line), 0n);
  const parts = lines.flatMap(partsOf).filter(({ kop }) => kop !== 0n);
  const changed = lines.filter((line) => monthKop(line) !== (line.before ? monthKop(line.before) : 0n));
  return { before, difference: now - before, parts: folded(parts), same: lines.length - changed.length };
}

/** The largest are named, the smallest are one line. */
function folded(parts: readonly DifferencePart[]): readonly DifferencePart[] {
  const sorted = parts.toSorted((a, b) => (magnitude(a.kop) === magnitude(b.kop) ? 0 : magnitude(a.kop) > magnitude(b.kop) ? -1 : 1));
  if (sorted.length <= MOST_PARTS) return sorted;
  const rest = sorted.slice(MOST_PARTS - 1);
  const kop = rest.reduce((sum, part) => sum + part.kop, 0n);
  return [...sorted.slice(0, MOST_PARTS - 1), { key: 'bills.difference.rest', params: { count: rest.length }, kop }];
}

function partsOf(line: LineFacts): DifferencePart[] {
  const name = shortName(line.name);
  const { before } = line;
  const whole = monthKop(line) - (before ? monthKop(before) : 0n);
  if (whole === 0n) return [];
  if (before === null || (grossKop(before) === 0n && !before.quantity && grossKop(line) !== 0n)) {
    const key = before === null ? 'bills.difference.started' : 'bills.difference.appeared';
    const rest = smallParts(line, name);
    const kop = whole - rest.reduce((sum, part) => sum + part.kop, 0n);
    return [{ key, params: { name, quantity: quantityText(line) }, kop }, ...rest];
  }
  if (!line.accrued && grossKop(line) === 0n) {
    const rest = smallParts(line, name);
    const kop = whole - rest.reduce((sum, part) => sum + part.kop, 0n);
    return [{ key: isReceived(line) ? 'bills.difference.ended' : 'bills.difference.not-received', params: { name }, kop }, ...rest];
  }
  return [...chargeParts(line, name), ...smallParts(line, name)];
}

/** Tariff at the new quantity, the rest is the quantity: the two add up to the difference of the charges. */
function chargeParts(line: LineFacts, name: string): DifferencePart[] {
  const { before } = line;
  if (before === null) return [];
  const kop = grossKop(line) - grossKop(before);
  if (kop === 0n) return [];
  const tariffKop = tariffPart(line);
  const tariff = {
    key: 'bills.difference.tariff',
    params: { name, now: decimalText(line.price ?? ''), before: decimalText(before.price ?? '') },
    kop: tariffKop,
  };
  return [tariff, quantityPart(line, name, kop - tariffKop)];
}

function tariffPart({ price, quantity, prices, before }: LineFacts): bigint {
  if (before === null || price === null || quantity === null || before.price === null) return 0n;
  if (price === before.price || prices > 1 || before.prices > 1) return 0n;
  return Money.round(dec(price).minus(dec(before.price)).times(dec(quantity))).kop;
}

function quantityPart(line: LineFacts, name: string, kop: bigint): DifferencePart {
  const { before, persons, quantity } = line;
  const isPersons = line.method === 'per-person' || line.method === 'norm';
  if (isPersons && before !== null && persons !== null && before.persons !== null && persons !== before.persons) {
    return { key: 'bills.difference.persons', params: { name, now: persons, before: before.persons }, kop };
  }
  if (quantity !== null && before?.quantity && quantity !== before.quantity) {
    const params = { name, now: quantityText(line), before: quantityDigits(before.quantity, lineUnit(line)) };
    return { key: 'bills.difference.quantity', params, kop };
  }
  return { key: 'bills.difference.charge', params: { name }, kop };
}

/** What is not the charge: benefit, recalculation, subsidy. */
function smallParts(line: LineFacts, name: string): DifferencePart[] {
  const before = line.before ?? { netted: 0n, benefit: 0n, recalculated: 0n, subsidy: 0n };
  const benefit = line.benefit - line.netted - (before.benefit - before.netted);
  const part = (key: string, kop: bigint, was: bigint): DifferencePart => ({
    key,
    params: { name, before: moneyText(was) },
    kop,
  });
  return [
    part('bills.difference.benefit', benefit, before.benefit - before.netted),
    part(line.recalculated === 0n ? 'bills.difference.no-recalculation' : 'bills.difference.recalculation', line.recalculated - before.recalculated, before.recalculated),
    part('bills.difference.subsidy', line.subsidy - before.subsidy, before.subsidy),
  ].filter(({ kop }) => kop !== 0n);
}

/** Heating is sold by Gcal or by m²: the unit of the tariff that was used is the right one. */
export const lineUnit = ({ priceUnit, unit }: Pick<LineFacts, 'priceUnit' | 'unit'>): string =>
  shortUnit((priceUnit?.split('/').at(-1) ?? unit).replace(/^грн\s*/, ''));

/** `194 кВт·год`, or nothing when the service has no quantity. */
export function quantityText(line: Pick<LineFacts, 'quantity' | 'unit' | 'priceUnit'>): string {
  const unit = lineUnit(line);
  return line.quantity === null ? '' : `${quantityDigits(line.quantity, unit)} ${unit}`;
}
