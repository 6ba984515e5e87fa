import { addDays, daysBetween, Period } from '@komplat/kernel';
import { averageOf, monthsWithout, type Average, type Basis, type GapFacts, type HouseFacts } from './gap.ts';
import { Ratio, ZERO } from '../contract/ratio.ts';
import type { EntitlementInput } from './relief.ts';

/** Half-open range of days; an open end is null. */
export interface Days {
  readonly from: string | null;
  readonly to: string | null;
}
export interface TariffInput extends Days {
  readonly id: number;
  readonly tier: number;
  readonly tierFrom: string;
  readonly tierTo: string | null;
  readonly mode: 'marginal' | 'whole';
  readonly price: string;
}
export interface NormInput extends Days {
  readonly id: number;
  readonly value: string;
  readonly per: string;
}
export interface MeterInput {
  readonly digits: number;
  readonly initial: string;
  readonly previous: string | null;
  readonly current: string | null;
}
/** A person of the dwelling, less the days of approved absence. */
export interface Resident extends Days {
  readonly absent?: readonly Days[];
}
/** An act of quality or non-delivery that concerns the dwelling. */
export interface ActInput extends Days {
  readonly number: string;
  readonly kind: 'non-delivery' | 'quality';
  /** Share of the month's charge for each day of poor quality. */
  readonly percent: string;
}
/** Everything that one charge depends on, as published by the modules that own it. */
export interface ChargeFacts {
  readonly method: 'area' | 'heated-area' | 'meter' | 'norm' | 'per-person' | 'fixed' | 'linked';
  readonly supply: Days;
  /** Heating season when the tariff is seasonal; `none` = no season touches the month. */
  readonly season?: Days | 'none';
  readonly scale: number;
  readonly areas: readonly (Days & { readonly total: string; readonly heated: string })[];
  readonly residents: readonly Resident[];
  readonly meters: readonly MeterInput[];
  readonly norms: readonly NormInput[];
  readonly tariffs: readonly TariffInput[];
  readonly linked: readonly ChargeFacts[];
  /** Needed where a meter was not read or was charged ahead of its readings. */
  readonly gap?: GapFacts;
  readonly house?: HouseFacts;
  readonly acts?: readonly ActInput[];
  /** Rights that lower this bill in the month; absent when there is none. */
  readonly entitlements?: readonly EntitlementInput[];
  /** Other supplies by the same meters in the month: their days before this one, and the days of all. */
  readonly share?: { readonly before: number; readonly total: number; readonly last: boolean };
}

export interface PricedPart {
  readonly days: number;
  readonly quantity: Ratio;
  readonly price: string;
  readonly tariffId: number;
}
export interface Recomputed {
  readonly quantity: Ratio;
  readonly kop: bigint;
  readonly parts: readonly PricedPart[];
  readonly personDays: number;
  readonly days: number;
  /** Quantities of the linked services, when the charge stands on them. */
  readonly linked: readonly Ratio[];
  readonly basis: Basis;
  readonly estimate?: Estimate;
  readonly reduction?: Reduction;
}
/** What acts took off; the charge is already less by it. */
export interface Reduction {
  readonly fullKop: bigint;
  readonly kop: bigint;
  readonly percent: Ratio;
  readonly acts: readonly { readonly number: string; readonly days: number }[];
}
/** How a volume came about that is not simply a reading less the one before. */
export interface Estimate {
  /** Months without a reading, this one included; 0 in the month of the true-up. */
  readonly months: number;
  readonly average?: Average;
  /** What the meters that were read showed. */
  readonly known: Ratio;
  readonly aheadBefore: Ratio;
  readonly charged: Ratio;
}
export type RecomputeResult = { readonly failed: string } | { readonly done: Recomputed };

/** A day lies in a half-open range. */
export const covers = (range: Days, day: string): boolean =>
  (range.from === null || range.from <= day) && (range.to === null || day < range.to);

/**
 * The charge of one supply for one month, counted day by day. A second implementation: it shares no code with the SQL of
 * the mass accrual and is what the trace shows (law.md 1.3, 1.7).
 */
export function recompute(period: Period, facts: ChargeFacts): RecomputeResult {
  const days = activeDays(period, facts);
  if (days.length === 0) return { failed: 'out-of-season' };
  const measured = quantityOf(period, facts, days);
  if ('failed' in measured) return measured;
  const parts = price(facts, measured.quantity, days, isVolume(facts));
  if (!parts) return { failed: 'no-tariff' };
  const total = parts.reduce((sum, part) => sum.plus(part.amount), ZERO).units(2);
  const reduction = reductionOf(facts, days, total);
  return {
    done: {
      quantity: measured.quantity,
      kop: total - (reduction?.kop ?? 0n),
      ...(reduction ? { reduction } : {}),
      parts: parts.flatMap((part) => part.rows),
      personDays: measured.personDays,
      days: days.length,
      linked: measured.linked ?? [],
      basis: measured.basis ?? (facts.method === 'norm' ? 'norm' : 'reading'),
      ...(measured.estimate ? { estimate: measured.estimate } : {}),
    },
  };
}

/** Non-delivery takes its days, poor quality its percent a day, together at most everything; a meter shows by itself what did not come. */
function reductionOf(
  { acts = [], method }: ChargeFacts,
  days: readonly string[],
  fullKop: bigint,
): Reduction | undefined {
  const counted = acts
    .filter(({ kind }) => method !== 'meter' || kind === 'quality')
    .map((act) => ({ act, days: days.filter((day) => covers(act, day)).length }))
    .filter((found) => found.days > 0);
  if (counted.length === 0 || fullKop <= 0n) return undefined;
  const whole = Ratio.of(100);
  const sum = counted
    .map(({ act, days: lost }) =>
      act.kind === 'quality'
        ? Ratio.parse(act.percent).times(Ratio.of(lost))
        : whole.times(Ratio.of(lost, days.length)),
    )
    .reduce((all, part) => all.plus(part), ZERO);
  const percent = sum.compare(whole) > 0 ? whole : sum;
  const kop = Ratio.of(fullKop).times(percent).over(whole).units(0);
  return { fullKop, kop, percent, acts: counted.map(({ act, days: lost }) => ({ number: act.number, days: lost })) };
}

/** Charged by a volume, which is rounded before it is priced (law.md 1.7). */
export const isVolume = ({ method }: ChargeFacts): boolean => method === 'meter' || method === 'norm' || method === 'linked';

/** Days of the month on which the supply is charged: inside its dates and its season. */
export function activeDays(period: Period, facts: ChargeFacts): string[] {
  const all = Array.from({ length: period.days }, (_, index) => addDays(period.firstDay, index));
  const season = facts.season;
  return all.filter(
    (day) => covers(facts.supply, day) && (season === undefined || (season !== 'none' && covers(season, day))),
  );
}

type Measured =
  | {
      readonly quantity: Ratio;
      readonly personDays: number;
      readonly linked?: readonly Ratio[];
      readonly basis?: Basis;
      readonly estimate?: Estimate;
    }
  | { readonly failed: string };

function quantityOf(period: Period, facts: ChargeFacts, days: readonly string[]): Measured {
  switch (facts.method) {
    case 'meter':
      return withHouse(facts, meters(period, facts, days));
    case 'norm':
      return withHouse(facts, norms(period, facts, days));
    case 'per-person': {
      const personDays = present(facts, days);
      return { quantity: Ratio.of(personDays, period.days), personDays };
    }
    case 'fixed':
      return { quantity: Ratio.of(days.length, period.days), personDays: 0 };
    case 'linked':
      return linked(period, facts);
    default:
      return areas(period, facts, days);
  }
}

const isThere = (resident: Resident, day: string): boolean =>
  covers(resident, day) && !(resident.absent ?? []).some((absence) => covers(absence, day));

const present = (facts: ChargeFacts, days: readonly string[]): number =>
  days.reduce((sum, day) => sum + facts.residents.filter((resident) => isThere(resident, day)).length, 0);

function areas(period: Period, facts: ChargeFacts, days: readonly string[]): Measured {
  let sum = ZERO;
  for (const day of days) {
    const fact = facts.areas.find((area) => covers(area, day));
    if (!fact) return { failed: 'no-area' };
    sum = sum.plus(Ratio.parse(facts.method === 'area' ? fact.total : fact.heated));
  }
  return { quantity: sum.over(Ratio.of(period.days)), personDays: 0 };
}

function meters(period: Period, facts: ChargeFacts, days: readonly string[]): Measured {
  const { meters: all, scale, gap } = facts;
  if (all.length === 0) return { failed: 'no-meter' };
  let sum = ZERO;
  let isUnread = false;
  for (const { digits, initial, previous, current } of all) {
    if (current === null) {
      isUnread = true;
      continue;
    }
    const used = Ratio.parse(current).minus(Ratio.parse(previous ?? initial));
    sum = sum.plus(used.compare(ZERO) < 0 ? used.plus(Ratio.of(10n ** BigInt(digits))) : used);
  }
  const known = sum.round(scale);
  if (isUnread) return estimated(period, facts, days, known);
  const aheadBefore = Ratio.parse(gap?.ahead ?? '0');
  if (aheadBefore.isZero()) return { quantity: shareOf(known, facts, days), personDays: 0 };
  if (facts.share && !facts.share.last) return trueUp(ZERO, aheadBefore, ZERO);
  const rest = known.minus(aheadBefore);
  const charged = rest.compare(ZERO) < 0 ? ZERO : rest;
  return trueUp(known, aheadBefore, charged);
}

const trueUp = (known: Ratio, aheadBefore: Ratio, charged: Ratio): Measured => ({
  quantity: charged,
  personDays: 0,
  basis: 'true-up',
  estimate: { months: 0, known, aheadBefore, charged },
});

/** The part of one of several supplies by the same meters: cut at cumulated days, so the parts sum to the whole. */
function shareOf(volume: Ratio, { share, scale }: ChargeFacts, days: readonly string[]): Ratio {
  if (!share) return volume;
  const upto = (count: number): Ratio => volume.times(Ratio.of(count, share.total)).round(scale);
  return upto(share.before + days.length).minus(upto(share.before));
}

/** No reading: the average of the window for some months, then the norm; where there is no norm the average goes on. */
function estimated(period: Period, facts: ChargeFacts, days: readonly string[], known: Ratio): Measured {
  const { gap, scale } = facts;
  if (!gap) return { failed: 'no-reading' };
  const months = monthsWithout(period, gap);
  const average = averageOf(gap);
  const norm = norms(period, facts, days);
  const byNorm = 'failed' in norm ? undefined : norm;
  const common = {
    months,
    known: facts.share && !facts.share.last ? ZERO : known,
    aheadBefore: Ratio.parse(gap.ahead),
  };
  if (average && (months <= gap.averageLimit || !byNorm)) {
    const ofDays = Ratio.of(days.length, period.days);
    const charged = average.total.over(Ratio.of(average.span)).times(ofDays).round(scale);
    return { quantity: charged, personDays: 0, basis: 'average', estimate: { ...common, average, charged } };
  }
  if (!byNorm) return { failed: 'no-reading' };
  return { ...byNorm, basis: 'norm', estimate: { ...common, charged: byNorm.quantity } };
}

/** A signed act of the house meter: the volume of an unmetered flat comes from it, house needs come to every flat. */
function withHouse({ house, method, meters: own }: ChargeFacts, measured: Measured): Measured {
  if (!house) return measured;
  const needs = Ratio.parse(house.needs);
  if (method === 'meter' && own.length > 0)
    return 'failed' in measured ? measured : { ...measured, quantity: measured.quantity.plus(needs) };
  if (house.own === null) return measured;
  return { quantity: Ratio.parse(house.own).plus(needs), personDays: 0, basis: 'house-meter' };
}

function norms(period: Period, facts: ChargeFacts, days: readonly string[]): Measured {
  let sum = ZERO;
  let personDays = 0;
  for (const day of days) {
    const norm = facts.norms.find((candidate) => covers(candidate, day));
    if (!norm) return { failed: 'no-norm' };
    const persons = norm.per === 'person' ? present(facts, [day]) : 1;
    personDays += norm.per === 'person' ? persons : 0;
    sum = sum.plus(Ratio.parse(norm.value).times(Ratio.of(persons)));
  }
  return { quantity: sum.over(Ratio.of(period.days)).round(facts.scale), personDays };
}

function linked(period: Period, facts: ChargeFacts): Measured {
  if (facts.linked.length === 0) return { failed: 'no-linked-supply' };
  const parts: Ratio[] = [];
  for (const other of facts.linked) {
    const measured = quantityOf(period, other, activeDays(period, other));
    if ('failed' in measured) return { failed: 'linked-failed' };
    parts.push(measured.quantity);
  }
  return { quantity: parts.reduce((sum, part) => sum.plus(part), ZERO), personDays: 0, linked: parts };
}

interface Priced {
  readonly amount: Ratio;
  readonly rows: readonly PricedPart[];
}

/** Days with the same tariffs are one part; a volume is split by days and the last part takes the remainder. */
function price(facts: ChargeFacts, quantity: Ratio, days: readonly string[], volume: boolean): Priced[] | undefined {
  const parts: { tariffs: readonly TariffInput[]; days: number }[] = [];
  for (const [index, day] of days.entries()) {
    const tariffs = facts.tariffs.filter((tariff) => covers(tariff, day)).toSorted((a, b) => a.tier - b.tier);
    if (tariffs.length === 0) return undefined;
    const last = parts.at(-1);
    const follows = index > 0 && daysBetween(days[index - 1] ?? day, day) === 1;
    if (last && follows && sameTariffs(last.tariffs, tariffs)) last.days += 1;
    else parts.push({ tariffs, days: 1 });
  }
  let rest = quantity;
  const priced: Priced[] = [];
  for (const [index, part] of parts.entries()) {
    const portion = Ratio.of(part.days, days.length);
    const exact = quantity.times(portion);
    const share = !volume ? exact : index === parts.length - 1 ? rest : exact.round(facts.scale);
    rest = rest.minus(share);
    const amount = tiers(part.tariffs, share, portion, part.days);
    if (!amount) return undefined;
    priced.push(amount);
  }
  return priced;
}

const sameTariffs = (a: readonly TariffInput[], b: readonly TariffInput[]): boolean =>
  a.length === b.length && a.every((tariff, index) => tariff.id === b[index]?.id);

/** Bounds of the tiers are those of a whole month, so a part of the month has its share of them. */
function tiers(tariffs: readonly TariffInput[], quantity: Ratio, portion: Ratio, days: number): Priced | undefined {
  const rows: PricedPart[] = [];
  let amount = ZERO;
  for (const { id, tierFrom, tierTo, mode, price: text } of tariffs) {
    const low = Ratio.parse(tierFrom).times(portion);
    const high = tierTo === null ? null : Ratio.parse(tierTo).times(portion);
    const within =
      mode === 'whole' ? wholeTier(quantity, low, high) : marginalTier(quantity, low, high, rows.length === 0);
    if (!within) continue;
    rows.push({ days, quantity: within, price: text, tariffId: id });
    amount = amount.plus(within.times(Ratio.parse(text)));
  }
  return rows.length === 0 ? undefined : { amount, rows };
}

function wholeTier(quantity: Ratio, low: Ratio, high: Ratio | null): Ratio | undefined {
  const above = low.isZero() || quantity.compare(low) > 0;
  return above && (high === null || quantity.compare(high) <= 0) ? quantity : undefined;
}

function marginalTier(quantity: Ratio, low: Ratio, high: Ratio | null, first: boolean): Ratio | undefined {
  if (quantity.compare(low) <= 0) return first ? ZERO : undefined;
  const top = high !== null && quantity.compare(high) > 0 ? high : quantity;
  return top.minus(low);
}
