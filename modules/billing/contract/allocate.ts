import { DomainError } from '@komplat/kernel';

export type AllocationRule = 'oldest-then-service-order' | 'oldest-then-proportional';

export interface OpenItemInput {
  readonly month: string;
  readonly service: string;
  readonly provider: string | null;
  readonly outstanding: bigint;
}
export interface ServiceAmount {
  readonly service: string;
  readonly provider: string | null;
  readonly amount: bigint;
}
export interface AllocateInput {
  readonly openItems: readonly OpenItemInput[];
  /** Weights of an advance: charges of the last month; the order of services decides between equals. */
  readonly lastAccruals: readonly ServiceAmount[];
  readonly amount: bigint;
  readonly named?: readonly ServiceAmount[];
  readonly rule?: AllocationRule;
  /** Services from the one that is paid first. */
  readonly serviceOrder: readonly string[];
}
export interface AllocationLine extends ServiceAmount {
  readonly month: string;
}
export interface Allocated {
  readonly allocations: readonly AllocationLine[];
  readonly advances: readonly ServiceAmount[];
}
interface Item extends OpenItemInput {
  rest: bigint;
}

/**
 * One credit over the open items of an account: named lines stay where they were named, the rest pays the oldest month
 * first, what remains is an advance in proportion to the last charges (model.md 3.1).
 */
export function allocate(input: AllocateInput): Allocated {
  const rank = new Map(input.serviceOrder.map((service, index) => [service, index]));
  const place = (service: string): number => rank.get(service) ?? input.serviceOrder.length;
  const items: Item[] = input.openItems
    .filter((item) => item.outstanding > 0n)
    .map((item) => ({ ...item, rest: item.outstanding }))
    .toSorted(
      (a, b) =>
        compare(a.month, b.month) || place(a.service) - place(b.service) || compare(a.provider ?? '', b.provider ?? ''),
    );
  const advances: ServiceAmount[] = [];
  let unnamed = input.amount;
  for (const line of input.named ?? []) {
    unnamed -= line.amount;
    const matches = items.filter(
      (item) => item.service === line.service && (line.provider === null || item.provider === line.provider),
    );
    const rest = cover(matches, line.amount);
    if (rest > 0n)
      advances.push({
        service: line.service,
        provider: line.provider ?? matches.at(-1)?.provider ?? null,
        amount: rest,
      });
  }
  if (unnamed < 0n) throw new DomainError('billing.allocate.named-exceed', {});
  unnamed =
    input.rule === 'oldest-then-proportional' ? coverProportionally(items, unnamed, place) : cover(items, unnamed);
  advances.push(...split(unnamed, input.lastAccruals, place));
  return {
    allocations: items
      .filter((item) => item.rest < item.outstanding)
      .map(({ month, service, provider, outstanding, rest }) => ({
        month,
        service,
        provider,
        amount: outstanding - rest,
      })),
    advances: merged(advances, place),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function cover(items: readonly Item[], amount: bigint): bigint {
  let left = amount;
  for (const item of items) {
    const part = left < item.rest ? left : item.rest;
    item.rest -= part;
    left -= part;
  }
  return left;
}

/** The month that cannot be paid in full is paid in proportion; the remainder to the largest debt, then the first service. */
function coverProportionally(items: readonly Item[], amount: bigint, place: (service: string) => number): bigint {
  let left = amount;
  for (const month of [...new Set(items.map((item) => item.month))]) {
    const open = items.filter((item) => item.month === month && item.rest > 0n);
    const debt = open.reduce((sum, item) => sum + item.rest, 0n);
    if (left >= debt) {
      left = cover(open, left);
      continue;
    }
    const parts = split(
      left,
      open.map((item) => ({ service: item.service, provider: item.provider, amount: item.rest })),
      place,
    );
    for (const item of open)
      item.rest -= parts.find((part) => part.service === item.service && part.provider === item.provider)?.amount ?? 0n;
    return 0n;
  }
  return left;
}

/** Parts by weight rounded down; what remains goes to the largest weight, then to the first service. */
function split(amount: bigint, weights: readonly ServiceAmount[], place: (service: string) => number): ServiceAmount[] {
  if (amount === 0n) return [];
  const total = weights.reduce((sum, weight) => sum + weight.amount, 0n);
  if (total <= 0n) throw new DomainError('billing.allocate.no-supply', {});
  const parts = weights.map((weight) => ({ ...weight, part: (amount * weight.amount) / total }));
  const rest = amount - parts.reduce((sum, { part }) => sum + part, 0n);
  const [largest] = parts.toSorted((a, b) => {
    if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
    return place(a.service) - place(b.service) || compare(a.provider ?? '', b.provider ?? '');
  });
  return parts
    .map((item) => ({
      service: item.service,
      provider: item.provider,
      amount: item.part + (item === largest ? rest : 0n),
    }))
    .filter((item) => item.amount > 0n);
}

function merged(lines: readonly ServiceAmount[], place: (service: string) => number): ServiceAmount[] {
  const sums = new Map<string, ServiceAmount>();
  for (const line of lines) {
    const key = `${line.service}/${line.provider ?? ''}`;
    sums.set(key, { ...line, amount: (sums.get(key)?.amount ?? 0n) + line.amount });
  }
  return [...sums.values()].toSorted(
    (a, b) => place(a.service) - place(b.service) || compare(a.provider ?? '', b.provider ?? ''),
  );
}
