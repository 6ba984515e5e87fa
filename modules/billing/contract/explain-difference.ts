import { Ratio, ZERO } from './ratio.ts';

/** Why a sum of one service differs from that of the month before. */
export type DifferenceCause =
  | 'tariff' | 'average-price' | 'quantity' | 'area' | 'norm' | 'persons' | 'days' | 'started' | 'ended' | 'amount'
  | 'recalculation' | 'benefit' | 'subsidy';

/** Inputs of one mass charge as the accrual row keeps them. Sums are kopecks, the rest decimal text. */
export interface ChargeInputs {
  readonly method: string;
  readonly quantity: string;
  /** Price of the tariff version that the row names; null when there is none. */
  readonly price: string | null;
  readonly tariffId: number | null;
  readonly normId: number | null;
  readonly persons: number | null;
  readonly personDays: number | null;
  readonly area: string | null;
  /** Before the benefit that was netted in the row. */
  readonly grossKop: bigint;
}

/** What one service of one provider adds to the sum of a month. Kopecks; benefits and subsidies are negative. */
export interface ServiceMonth {
  readonly service: string;
  readonly provider: string;
  readonly chargedKop: bigint;
  readonly recalculatedKop: bigint;
  readonly benefitKop: bigint;
  readonly subsidyKop: bigint;
  /** One row of the mass charge; absent when the sum came as a sum (history of the old system) or from several rows. */
  readonly inputs?: ChargeInputs | undefined;
}

/** A month of an account: how many days it has, and its services. */
export interface AccountMonth {
  readonly days: number;
  readonly services: readonly ServiceMonth[];
}

/** One reason with its part of the difference. `before` and `after` are the values that changed, as decimal text. */
export interface DifferencePart {
  readonly cause: DifferenceCause;
  readonly service: string;
  readonly provider: string;
  readonly kop: bigint;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Difference {
  /** What the month before and this month ask for: charged, recalculated, benefit and subsidy. */
  readonly beforeKop: bigint;
  readonly afterKop: bigint;
  /** In the order of the services; their sums add up to `afterKop - beforeKop` exactly. */
  readonly parts: readonly DifferencePart[];
}

interface Pair {
  readonly before: ServiceMonth | undefined;
  readonly after: ServiceMonth | undefined;
  readonly days: { readonly before: number; readonly after: number };
}

/** What a charge is made of: price × unit × persons × share of the month. A factor that the method does not know is one. */
interface Factors {
  readonly price: Ratio;
  readonly unit: Ratio;
  readonly persons: Ratio;
  readonly share: Ratio;
}

const ONE = Ratio.of(1);

/**
 * Why the sum of a month differs from that of the month before (scope S6.1, the order of the bill of law.md 1.7).
 * One factor after another moves from the old value to the new one: persons, days, volume or area or norm, price. What the sum
 * changes by a step is the part of that factor, so the parts add up to the difference whatever is rounded in between.
 */
export function explainDifference(before: AccountMonth, after: AccountMonth): Difference {
  const keys = [...new Set([...after.services, ...before.services].map(keyOf))];
  const find = (month: AccountMonth, key: string): ServiceMonth | undefined =>
    month.services.find((service) => keyOf(service) === key);
  const parts = keys.flatMap((key) =>
    partsOf({ before: find(before, key), after: find(after, key), days: { before: before.days, after: after.days } }),
  );
  return { beforeKop: sumOf(before), afterKop: sumOf(after), parts };
}

const keyOf = ({ service, provider }: ServiceMonth): string => `${service}/${provider}`;
const wholeOf = (service: ServiceMonth): bigint =>
  service.chargedKop + service.recalculatedKop + service.benefitKop + service.subsidyKop;
const sumOf = ({ services }: AccountMonth): bigint => services.reduce((sum, service) => sum + wholeOf(service), 0n);

function partsOf(pair: Pair): DifferencePart[] {
  const { before, after } = pair;
  const named = after ?? before;
  if (!named) return [];
  const part = (cause: DifferenceCause, from: bigint, to: bigint): DifferencePart => ({
    cause,
    service: named.service,
    provider: named.provider,
    kop: to - from,
    before: hryvnias(from),
    after: hryvnias(to),
  });
  return [
    ...chargeParts(pair, part),
    part('recalculation', before?.recalculatedKop ?? 0n, after?.recalculatedKop ?? 0n),
    part('benefit', benefitOf(before), benefitOf(after)),
    part('subsidy', before?.subsidyKop ?? 0n, after?.subsidyKop ?? 0n),
  ].filter(({ kop }) => kop !== 0n);
}

/** Netted in the charge itself or written as a line of its own: for the payer it is the same benefit. */
const benefitOf = (service: ServiceMonth | undefined): bigint =>
  service === undefined ? 0n : service.benefitKop + (service.chargedKop - grossOf(service));
const grossOf = (service: ServiceMonth | undefined): bigint => service?.inputs?.grossKop ?? service?.chargedKop ?? 0n;

type Whole = (cause: DifferenceCause, from: bigint, to: bigint) => DifferencePart;

function chargeParts({ before, after, days }: Pair, part: Whole): DifferencePart[] {
  const [from, to] = [grossOf(before), grossOf(after)];
  if (from === to) return [];
  if (from === 0n) return [part('started', from, to)];
  if (to === 0n) return [part('ended', from, to)];
  const [old, now] = [before?.inputs, after?.inputs];
  if (!old || !now || kindOf(old) !== kindOf(now)) return [part('amount', from, to)];
  return factorParts({ old, now, days, part: (cause, kop, was, is) => ({ ...part(cause, 0n, kop), before: was, after: is }) });
}

interface FactorInput {
  readonly old: ChargeInputs;
  readonly now: ChargeInputs;
  readonly days: Pair['days'];
  readonly part: (cause: DifferenceCause, kop: bigint, before: string, after: string) => DifferencePart;
}

function factorParts({ old, now, days, part }: FactorInput): DifferencePart[] {
  const nominal = isNominal(old) && isNominal(now);
  const plain = old.method !== now.method;
  const [was, is] = [factorsOf(old, days.before, { nominal, plain }), factorsOf(now, days.after, { nominal, plain })];
  const steps = stepsOf({ old, now, was, is, days, nominal, plain }).filter(({ changed }) => changed);
  if (steps.length === 0) return [part('amount', now.grossKop - old.grossKop, hryvnias(old.grossKop), hryvnias(now.grossKop))];
  const start = value(was);
  let state = was;
  let reached = 0n;
  return steps.map((step, index) => {
    state = { ...state, [step.factor]: is[step.factor] };
    const isLast = index === steps.length - 1;
    const upto = isLast ? now.grossKop - old.grossKop : value(state).minus(start).units(2);
    const kop = upto - reached;
    reached = upto;
    return part(step.cause, kop, step.before, step.after);
  });
}

/** Volumes compare with each other however they were found; another method is another thing that is charged. */
const VOLUMES = new Set(['meter', 'norm', 'average', 'house', 'linked']);
const kindOf = ({ method }: ChargeInputs): string => (VOLUMES.has(method) ? 'volume' : method);

const value = ({ price, unit, persons, share }: Factors): Ratio => price.times(unit).times(persons).times(share);

/** The charge is quantity × price of the named version: no steps of a tariff, no change of it within the month. */
const isNominal = (inputs: ChargeInputs): boolean =>
  inputs.price !== null && Ratio.parse(inputs.quantity).times(Ratio.parse(inputs.price)).units(2) === inputs.grossKop;

function factorsOf(inputs: ChargeInputs, monthDays: number, { nominal, plain }: Pick<StepInput, 'nominal' | 'plain'>): Factors {
  const quantity = Ratio.parse(inputs.quantity);
  const average = quantity.isZero() ? ZERO : Ratio.of(inputs.grossKop, 100n).over(quantity);
  const price = nominal && inputs.price !== null ? Ratio.parse(inputs.price) : average;
  const { persons, personDays } = inputs;
  if (plain) return { price, persons: ONE, share: ONE, unit: quantity };
  if (persons && personDays) {
    const share = Ratio.of(personDays, persons * monthDays);
    return { price, persons: Ratio.of(persons), share, unit: quantity.over(Ratio.of(personDays, monthDays)) };
  }
  const area = inputs.area === null ? ZERO : Ratio.parse(inputs.area);
  if ((inputs.method === 'area' || inputs.method === 'heated-area') && !area.isZero()) {
    return { price, persons: ONE, share: quantity.over(area), unit: area };
  }
  if (inputs.method === 'fixed') return { price, persons: ONE, share: quantity, unit: ONE };
  return { price, persons: ONE, share: ONE, unit: quantity };
}

interface Step {
  readonly cause: DifferenceCause;
  readonly factor: keyof Factors;
  readonly changed: boolean;
  readonly before: string;
  readonly after: string;
}
interface StepInput extends Omit<FactorInput, 'part'> {
  readonly was: Factors;
  readonly is: Factors;
  /** Both sums are quantity × price of the named version. */
  readonly nominal: boolean;
  /** The volumes were found in different ways: only they themselves can be compared. */
  readonly plain: boolean;
}

function stepsOf({ old, now, was, is, days, nominal, plain }: StepInput): Step[] {
  const step = (cause: DifferenceCause, factor: keyof Factors, scale: number): Step => ({
    cause,
    factor,
    changed: was[factor].compare(is[factor]) !== 0,
    before: was[factor].text(scale),
    after: is[factor].text(scale),
  });
  const sameNorm = old.method === 'norm' && old.normId !== null && old.normId === now.normId;
  const share = step('days', 'share', 6);
  const unit = step(plain ? 'quantity' : unitCause(old), 'unit', 6);
  const price = step(nominal ? 'tariff' : 'average-price', 'price', nominal ? 6 : 4);
  return [
    step('persons', 'persons', 0),
    { ...share, before: was.share.times(Ratio.of(days.before)).text(2), after: is.share.times(Ratio.of(days.after)).text(2) },
    // the volume of a norm is rounded to its scale, so the same norm may seem to differ in its last digit
    { ...unit, changed: unit.changed && !sameNorm },
    { ...price, changed: price.changed && !(nominal && old.tariffId === now.tariffId) },
  ];
}

function unitCause({ method, persons }: ChargeInputs): DifferenceCause {
  if (method === 'area' || method === 'heated-area') return 'area';
  return method === 'norm' && persons ? 'norm' : 'quantity';
}

function hryvnias(kop: bigint): string {
  const digits = (kop < 0n ? -kop : kop).toString().padStart(3, '0');
  return `${kop < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
