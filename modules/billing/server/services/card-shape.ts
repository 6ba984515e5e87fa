import { Period } from '@komplat/kernel';
import type {
  Card,
  CardEntry,
  CardMonth,
  CardOpenItem,
  CardPayment,
  CardService as CardServiceView,
} from '../../contract/card.schema.ts';

type Kop = number;
type Note = Record<string, string> | null;
/** What `billing.card_page` answers: rows are arrays, sums are whole kopecks. */
export interface RawCard {
  readonly number: string;
  readonly version: number;
  readonly newest: string;
  readonly first: string;
  readonly services: readonly [number, number, string, string, string, string, Kop, number, boolean][] | null;
  readonly turnover: readonly RawTurnover[] | null;
  readonly lanes: readonly [string, number, string][] | null;
  readonly items: readonly [number, number, string, string, Kop, Kop][] | null;
  readonly payments: readonly RawPayment[] | null;
  readonly loaded: readonly [string, string, string, string, Kop, string | null, number | null][] | null;
  readonly allocations: readonly [number, string, Kop][] | null;
  readonly entries: readonly RawEntry[] | null;
}
type RawTurnover = readonly [number, number, string, Kop, Kop, Kop, Kop, Kop, Kop, boolean];
type RawPayment = readonly [
  string, string, string, string, string, Kop, string | null, number | null, string, boolean, readonly [number, number, number, Kop][],
];
type RawEntry = readonly [string, string, string, number, number, Kop, string, string, string, string, string | null, Note];

export interface CardAsk {
  readonly months: number;
  readonly before?: string | undefined;
  readonly asOf?: string | undefined;
  readonly knownAt?: string | undefined;
}
interface Names {
  readonly service: string;
  readonly provider: string;
}
interface Shape {
  readonly raw: RawCard;
  readonly months: readonly string[];
  /** First day after the window. */
  readonly end: string;
  /** Only services that the reader may see. */
  readonly names: ReadonlyMap<number, Names>;
  readonly lanes: ReadonlyMap<string, string>;
  readonly allocations: ReadonlyMap<number, readonly [number, string, Kop][]>;
  readonly turnover: ReadonlyMap<number, ReadonlyMap<string, RawTurnover>>;
}
const PROVIDERS = 65_536;
const keyOf = (service: number, provider: number): number => service * PROVIDERS + provider;

/** Whole kopecks as hryvnias. Numbers of JSON carry them exactly up to 90 trillion hryvnias. */
export function hryvnias(kop: Kop): string {
  if (kop === 0) return '0.00';
  const digits = String(kop < 0 ? -kop : kop).padStart(3, '0');
  return `${kop < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The card in the shape of the contract. `providers` = codes that the reader sees, null = all. */
export function shapeCard(raw: RawCard, ask: CardAsk, providers: readonly string[] | null): Card {
  const last = ask.before === undefined ? Period.ofDay(raw.newest) : Period.parse(ask.before).previous();
  const months = Array.from({ length: ask.months }, (_, step) => last.plus(-step).toString());
  const seen = (raw.services ?? []).filter((row) => providers === null || providers.includes(row[4]));
  const shape: Shape = {
    raw,
    months,
    end: last.next().firstDay,
    names: new Map(seen.map((row) => [keyOf(row[0], row[1]), { service: row[2], provider: row[4] }])),
    lanes: new Map((raw.lanes ?? []).map(([period, provider, state]) => [`${period.slice(0, 7)}/${provider}`, state])),
    allocations: grouped(raw.allocations ?? [], (row) => row[0]),
    turnover: byMonth(raw.turnover ?? []),
  };
  const total = seen.reduce((sum, row) => sum + row[6], 0);
  const version = String(raw.version);
  return {
    account: { number: raw.number, version },
    total: { balance: hryvnias(total) },
    services: seen.filter((row) => row[8]).map((row) => serviceOf(row, shape)),
    months,
    firstMonth: raw.first.slice(0, 7),
    asOf: ask.asOf ?? null,
    knownAt: ask.knownAt ?? null,
    knownFrom: null,
    openItems: itemsOf(shape),
    payments: newestFirst(paymentsOf(shape), providers === null ? loadedOf(raw) : []),
    entries: entriesOf(shape),
    version,
  };
}

/** Months from the newest back: the balance of today minus what came after a month is the balance at its end. */
function serviceOf(row: NonNullable<RawCard['services']>[number], shape: Shape): CardServiceView {
  const [service, provider, serviceCode, serviceName, providerCode, providerName, balance, debtMonths] = row;
  const own = shape.turnover.get(keyOf(service, provider));
  let closing = balance;
  if (own) for (const [period, turn] of own) if (period >= shape.end.slice(0, 7)) closing -= sumOf(turn);
  const months = shape.months.map((month): CardMonth => {
    const turn = own?.get(month);
    const opening = turn ? closing - sumOf(turn) : closing;
    const shown = monthOf(month, turn, { opening, closing });
    closing = opening;
    return {
      ...shown,
      state: laneState(shape.lanes.get(`${month}/${provider}`)),
      traceRef: turn?.[9] ? `accrual:${month}:${shape.raw.number}:${serviceCode}:${providerCode}` : null,
    };
  });
  return { serviceCode, serviceName, providerCode, providerName, balance: hryvnias(balance), debtMonths, months };
}

const sumOf = (turn: RawTurnover): Kop => turn[3] + turn[4] + turn[5] + turn[6] + turn[7] + turn[8];

const monthOf = (
  month: string,
  turn: RawTurnover | undefined,
  { opening, closing }: { readonly opening: Kop; readonly closing: Kop },
): Omit<CardMonth, 'state' | 'traceRef'> => ({
  month,
  opening: hryvnias(opening),
  charged: hryvnias(turn?.[3] ?? 0),
  recalculated: hryvnias(turn?.[4] ?? 0),
  benefit: hryvnias(turn?.[5] ?? 0),
  subsidy: hryvnias(turn?.[6] ?? 0),
  paid: hryvnias(turn?.[7] ?? 0),
  other: hryvnias(turn?.[8] ?? 0),
  closing: hryvnias(closing),
});

function laneState(state: string | undefined): CardMonth['state'] {
  switch (state) {
    case 'open':
    case 'closing':
    case 'verified':
    case 'released':
    case 'locked':
      return state;
    default:
      return 'none';
  }
}

const itemsOf = ({ raw, names }: Shape): CardOpenItem[] =>
  (raw.items ?? []).flatMap(([service, provider, month, dueOn, due, outstanding]) => {
    const name = names.get(keyOf(service, provider));
    if (!name) return [];
    return [{ month: month.slice(0, 7), ...name, dueOn, due: hryvnias(due), outstanding: hryvnias(outstanding) }];
  });

function paymentsOf({ raw, names, allocations }: Shape): CardPayment[] {
  return (raw.payments ?? []).flatMap((row) => {
    const [id, paidOn, receivedOn, bookedAt, channel, amount, importId, line, period, reversed, lines] = row;
    const own = lines.flatMap(([service, provider, credit, kop]) => {
      const name = names.get(keyOf(service, provider));
      return name ? [{ name, credit, kop }] : [];
    });
    if (own.length === 0) return [];
    const parts = own.flatMap(({ name, credit, kop }) => {
      const paid = allocations.get(credit) ?? [];
      const rest = paid.reduce((left, part) => left - part[2], kop);
      return [
        ...paid.map((part) => ({ month: part[1].slice(0, 7), ...name, amount: hryvnias(part[2]) })),
        ...(rest > 0 && !reversed ? [{ month: null, ...name, amount: hryvnias(rest) }] : []),
      ];
    });
    const isLate = period.slice(0, 7) !== paidOn.slice(0, 7);
    const note = { key: 'billing.note.other-month', params: { paidOn, month: period.slice(0, 7) } };
    return [
      {
        id, paidOn, receivedOn, bookedAt: new Date(bookedAt).toISOString(), channel, amount: hryvnias(amount), reversed, loaded: false,
        allocations: parts,
        ...(importId === null ? {} : { importId }),
        ...(line === null ? {} : { line }),
        ...(isLate ? { note } : {}),
      },
    ];
  });
}

/** Payments of the old system are of no provider: only a reader of all providers sees them. */
const loadedOf = ({ loaded }: RawCard): CardPayment[] =>
  (loaded ?? []).map(([id, paidOn, bookedAt, channel, amount, importId, line]) => ({
    id, paidOn, receivedOn: paidOn, bookedAt: new Date(bookedAt).toISOString(), channel, amount: hryvnias(amount), reversed: false, loaded: true,
    allocations: [],
    ...(importId === null ? {} : { importId }),
    ...(line === null ? {} : { line }),
  }));

/** Both lists stand newest first; so does what comes of them. */
const newestFirst = (booked: readonly CardPayment[], loaded: readonly CardPayment[]): CardPayment[] =>
  loaded.length === 0 ? [...booked] : [...booked, ...loaded].toSorted((a, b) => (a.paidOn < b.paidOn ? 1 : a.paidOn > b.paidOn ? -1 : 0));

const entriesOf = ({ raw, names }: Shape): CardEntry[] =>
  (raw.entries ?? []).flatMap((row) => {
    const [period, forPeriod, kind, service, provider, kop, bookedAt, bookedBy, documentKind, documentId, noteKey, params] = row;
    const name = names.get(keyOf(service, provider));
    if (!name) return [];
    return [
      {
        period: period.slice(0, 7), forPeriod: forPeriod.slice(0, 7), kind, ...name, amount: hryvnias(kop),
        bookedAt: new Date(bookedAt).toISOString(), bookedBy, document: { kind: documentKind, id: documentId },
        note: noteKey === null ? null : { key: noteKey, params: params ?? {} },
      },
    ];
  });

function byMonth(rows: readonly RawTurnover[]): Map<number, Map<string, RawTurnover>> {
  const found = new Map<number, Map<string, RawTurnover>>();
  for (const row of rows) {
    const key = keyOf(row[0], row[1]);
    const own = found.get(key) ?? new Map<string, RawTurnover>();
    found.set(key, own.set(row[2].slice(0, 7), row));
  }
  return found;
}

function grouped<T>(rows: readonly T[], key: (row: T) => number): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const row of rows) {
    const own = found.get(key(row));
    if (own) own.push(row);
    else found.set(key(row), [row]);
  }
  return found;
}
