import type { Period } from '@komplat/kernel';
import { Ratio, ZERO } from '../contract/ratio.ts';
import { activeDays, type ChargeFacts, covers, type Days, isVolume, type Recomputed } from './recompute.ts';

/** A right that lowers the bill of one service, as the module of benefits publishes it. */
export interface EntitlementInput extends Days {
  readonly category: string;
  /** The right itself; absent in tests of the rule alone. */
  readonly holding?: string;
  /** From above 0 to 100. */
  readonly percent: string;
  readonly covered: number;
  /** Of one person for a month; null = without a norm. */
  readonly norm: string | null;
  readonly addition: string;
}
/** One right on one charge. Volumes in the unit of the service, sums in kopecks. */
export interface ReliefPart {
  readonly category: string;
  readonly holding?: string;
  /** The first and the last day of the charge for which the right was in force. */
  readonly first: string;
  readonly last: string;
  readonly days: number;
  readonly persons: number;
  readonly covered: number;
  readonly percent: string;
  readonly volume: Ratio;
  readonly price: Ratio;
  readonly kop: bigint;
}
export interface Relief {
  readonly kop: bigint;
  readonly parts: readonly ReliefPart[];
}

const HUNDRED = Ratio.of(100);

/**
 * Benefits netted in a charge: `min(V x covered / persons, norm x covered + addition) x T x percent` (law.md 2.3), by the days for
 * which the right was in force; a tariff that changes inside the month or has tiers counts with its average. Never above the charge.
 */
export function reliefOf(period: Period, facts: ChargeFacts, charge: Recomputed): Relief {
  const rights = facts.entitlements ?? [];
  if (rights.length === 0 || charge.kop <= 0n) return { kop: 0n, parts: [] };
  const active = activeDays(period, facts);
  const price = priceOf(period, facts, charge);
  const parts = rights.flatMap((right) => {
    const days = active.filter((day) => covers(right, day));
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return [];
    const living = facts.residents.filter((resident) => covers(resident, first)).length;
    const persons = Math.max(living, right.covered);
    const ofVolume = charge.quantity.times(Ratio.of(right.covered, persons)).times(Ratio.of(days.length, active.length));
    const volume = rounded(facts, limited(right, ofVolume, Ratio.of(days.length, period.days)));
    const kop = volume.times(price).times(Ratio.parse(right.percent)).over(HUNDRED).units(2);
    const { category, covered, percent, holding } = right;
    return [{ category, ...(holding === undefined ? {} : { holding }), first, last, days: days.length, persons, covered, percent, volume, price, kop }];
  });
  const sum = parts.reduce((all, part) => all + part.kop, 0n);
  return { kop: sum > charge.kop ? charge.kop : sum, parts };
}

function limited(right: EntitlementInput, volume: Ratio, ofMonth: Ratio): Ratio {
  if (right.norm === null) return volume;
  const limit = Ratio.parse(right.norm).times(Ratio.of(right.covered)).plus(Ratio.parse(right.addition)).times(ofMonth);
  return volume.compare(limit) < 0 ? volume : limit;
}

const rounded = (facts: ChargeFacts, volume: Ratio): Ratio => (isVolume(facts) ? volume.round(facts.scale) : volume);

/** The tariff when one version without tiers holds for the whole month, otherwise what a unit cost on the average. */
function priceOf(period: Period, { tariffs }: ChargeFacts, { kop, quantity }: Recomputed): Ratio {
  const [only] = tariffs;
  const isWhole = only && (only.from === null || only.from <= period.firstDay) && (only.to === null || only.to > period.lastDay);
  const isFlat = only && only.tierTo === null && Ratio.parse(only.tierFrom).isZero();
  if (tariffs.length === 1 && isWhole && isFlat) return Ratio.parse(only.price);
  return quantity.isZero() ? ZERO : Ratio.of(kop, 100n).over(quantity);
}
