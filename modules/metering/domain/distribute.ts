import { assert, type Calculated, Dec, DomainError, roundHalfAwayFromZero, type TraceLine } from '@komplat/kernel';

/** A flat as the distribution of a house meter sees it. Volumes in units of the service, areas in m². */
export interface DistributedFlat {
  readonly id: string;
  readonly area: Dec;
  readonly persons: number;
  /** Of one person a month; of heat: of one m² a month. */
  readonly norm: Dec;
  /** What its own meter showed; absent where it has none. */
  readonly metered?: Dec | undefined;
}
export interface DistributeInput {
  readonly kind: 'water' | 'heat';
  readonly houseVolume: Dec;
  /** Shops and offices with meters of their own: taken off first. */
  readonly nonResidential?: Dec;
  /** Share of the house volume for common areas and in-house systems, 0 to 1; of water usually 0: its needs are what remains. */
  readonly commonShare: Dec;
  /** Decision of the co-owners: 0.2 to 0.9 or 1.1 to 2, 1 = none; multiplies the common share. */
  readonly commonCoefficient?: Dec;
  /** House needs are divided by area or by persons. */
  readonly needsBy?: 'area' | 'persons';
  readonly flats: readonly DistributedFlat[];
}
export interface FlatPart {
  readonly id: string;
  /** Own volume: of the flat's meter, or what the distribution gives it. */
  readonly volume: Dec;
  /** Its share of house needs. */
  readonly part: Dec;
}
export interface Distribution {
  readonly flats: readonly FlatPart[];
  readonly metered: Dec;
  /** What is left for flats without meters and for the house; negative in a shortfall. */
  readonly rest: Dec;
  readonly houseNeeds: Dec;
  /** By how much the flats' meters show more than the house meter; otherwise 0. */
  readonly shortfall: Dec;
}

const SCALES = { water: 3, heat: 6 } as const;
const WEIGHT_SCALE = 8;
const LAW = 'Law 2119-VIII art. 10; Minregion 315 of 22.11.2018';

const unitsOf = (value: Dec, scale: number): bigint =>
  BigInt(roundHalfAwayFromZero(value.times(new Dec(10).pow(scale)), 0).toFixed(0));
const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

/**
 * Splits whole units by whole weights: rounded down, what remains goes one by one to the largest dropped fraction, then to
 * the first in the list. The parts sum to the whole.
 */
export function split(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = sumOf(weights);
  assert(whole >= 0n && total > 0n, 'a whole of at least 0 and weights that are not all 0');
  const parts = weights.map((weight) => (whole * weight) / total);
  const order = weights
    .map((weight, index) => ({ index, dropped: (whole * weight) % total }))
    .toSorted((a, b) => (a.dropped === b.dropped ? a.index - b.index : a.dropped > b.dropped ? -1 : 1));
  let rest = whole - sumOf(parts);
  for (const { index } of order) {
    if (rest === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    rest -= 1n;
  }
  return parts;
}

/** Splits by weights so that nobody gets more than the own cap; what the caps leave is not given to anybody. */
export function splitCapped(whole: bigint, weights: readonly bigint[], caps: readonly bigint[]): bigint[] {
  const parts = weights.map(() => 0n);
  let open = weights.flatMap((weight, index) => (weight > 0n ? [index] : []));
  let rest = whole;
  for (;;) {
    const total = sumOf(open.map((index) => weights[index] ?? 0n));
    const full = open.filter((index) => rest * (weights[index] ?? 0n) >= (caps[index] ?? 0n) * total);
    if (open.length === 0 || full.length === 0) break;
    for (const index of full) {
      parts[index] = caps[index] ?? 0n;
      rest -= parts[index];
    }
    open = open.filter((index) => !full.includes(index));
  }
  if (open.length > 0) {
    const given = split(
      rest,
      open.map((index) => weights[index] ?? 0n),
    );
    for (const [at, index] of open.entries()) parts[index] = given[at] ?? 0n;
  }
  return parts;
}

const byId = (a: DistributedFlat, b: DistributedFlat): number =>
  a.id.localeCompare(b.id, 'en', { numeric: true, sensitivity: 'variant' });

/** Needs of the house and volumes of flats without meters out of one house meter (law.md 1.3). */
export function distribute(input: DistributeInput): Calculated<Distribution> {
  const scale = SCALES[input.kind];
  const flats = input.flats.toSorted(byId);
  if (flats.length === 0) throw new DomainError('metering.distribute.no-flats');
  if (flats.some((flat, index) => index > 0 && flats[index - 1]?.id === flat.id))
    throw new DomainError('metering.distribute.same-flat');
  const house = unitsOf(input.houseVolume, scale) - unitsOf(input.nonResidential ?? new Dec(0), scale);
  const metered = flats.map((flat) => (flat.metered ? unitsOf(flat.metered, scale) : undefined));
  const rest = house - sumOf(metered.map((volume) => volume ?? 0n));
  const caps = flats.map((flat) => unitsOf(flat.norm.times(input.kind === 'heat' ? flat.area : flat.persons), scale));
  const base = house < 0n ? 0n : house;
  const common = input.commonShare.times(input.commonCoefficient ?? new Dec(1));
  const wanted = unitsOf(new Dec(base.toString()).times(common), 0);
  const ownWeights = flats.map((flat, index) => weightOf(flat, metered[index] === undefined, input.kind));
  const { own, needs } = rest < 0n ? { own: caps, needs: 0n } : ownOf(input.kind, { rest, wanted, ownWeights, caps });
  const weights = flats.map((flat) =>
    unitsOf(input.needsBy === 'persons' ? new Dec(flat.persons) : flat.area, WEIGHT_SCALE),
  );
  if (needs > 0n && sumOf(weights) === 0n) throw new DomainError('metering.distribute.no-weights');
  const parts = needs > 0n ? split(needs, weights) : flats.map(() => 0n);
  const shown = (units: bigint): Dec => new Dec(units.toString()).div(new Dec(10).pow(scale));
  const value = {
    flats: flats.map(({ id }, index) => ({
      id,
      volume: shown(metered[index] ?? own[index] ?? 0n),
      part: shown(parts[index] ?? 0n),
    })),
    metered: shown(sumOf(metered.map((volume) => volume ?? 0n))),
    rest: shown(rest),
    houseNeeds: shown(needs),
    shortfall: shown(rest < 0n ? -rest : 0n),
  };
  return { value, trace: traceOf(input, value) };
}

const weightOf = (flat: DistributedFlat, isOpen: boolean, kind: DistributeInput['kind']): bigint =>
  !isOpen ? 0n : kind === 'heat' ? unitsOf(flat.area, WEIGHT_SCALE) : BigInt(flat.persons);

interface Rest {
  readonly rest: bigint;
  readonly wanted: bigint;
  readonly ownWeights: readonly bigint[];
  readonly caps: readonly bigint[];
}

/**
 * Water: the rest goes to flats without meters by persons, not above their norm, and what remains is house needs. Heat:
 * house needs are the common share, and the rest goes to flats without meters by area; with no such flat it is house needs.
 */
function ownOf(
  kind: DistributeInput['kind'],
  { rest, wanted, ownWeights, caps }: Rest,
): { own: bigint[]; needs: bigint } {
  const reserved = wanted < rest ? wanted : rest;
  if (sumOf(ownWeights) === 0n) return { own: ownWeights.map(() => 0n), needs: rest };
  const own = kind === 'heat' ? split(rest - reserved, ownWeights) : splitCapped(rest - reserved, ownWeights, caps);
  return { own, needs: rest - sumOf(own) };
}

function traceOf(
  input: DistributeInput,
  { metered, rest, houseNeeds, shortfall }: Omit<Distribution, 'flats'>,
): TraceLine[] {
  const rounding = input.kind === 'heat' ? 'half-away-0.000001' : 'half-away-0.001';
  const line = (rule: string, base: string, rate: string, amount: Dec): TraceLine => ({
    rule: `metering.distribute.${rule}`,
    law: LAW,
    base,
    rate,
    raw: amount.toString(),
    rounding,
    amount: amount.toString(),
    paramsVersion: '1',
  });
  const others = input.nonResidential ? ` − ${input.nonResidential.toString()}` : '';
  return [
    line('rest', `${input.houseVolume.toString()} − ${metered.toString()}${others}`, '', rest),
    rest.isNegative()
      ? line('shortfall', rest.toString(), '0', shortfall)
      : line('house-needs', rest.toString(), input.commonShare.toString(), houseNeeds),
  ];
}
