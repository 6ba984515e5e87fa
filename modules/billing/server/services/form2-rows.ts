import type { Form2Row } from '@komplat/benefits/contract';
import { Dec, Money, type Period, Period as Month } from '@komplat/kernel';
import { isVolume, recompute, type ReliefPart, reliefOf } from '../../domain/index.ts';
import { loadChargeFacts, type Reader } from './charge-facts.ts';

/** Benefit of one service of an account in the books of the reported month, for one month. Kopecks, as it stands on the form. */
export interface Booked {
  readonly account_id: number;
  readonly service_id: number;
  readonly service: string;
  readonly service_name: string;
  readonly month: string;
  readonly kop: bigint;
}
/** Whom the form names: a right and its person. */
export interface Right {
  readonly holding: string;
  readonly person: string;
  readonly category: string;
}
interface AccountFacts {
  readonly number: string;
  readonly address: string;
  readonly holder: string;
}
/** What the rows of the form are made of, besides the books. */
export interface Form2World {
  readonly edrpou: string;
  readonly month: Period;
  readonly accounts: ReadonlyMap<number, AccountFacts>;
  /** By holding, and the newest one by account. */
  readonly rights: ReadonlyMap<string, Right>;
  readonly ofAccount: ReadonlyMap<number, Right>;
  readonly names: ReadonlyMap<string, string>;
  readonly taxNumbers: ReadonlyMap<string, string | null>;
  readonly categories: ReadonlyMap<string, { readonly name: string; readonly edarpCode: string | null; readonly percent: string }>;
}
/** One right on one charge as the second calculation finds it; `measured` = the service has a volume. */
export type Part = ReliefPart & { readonly measured: boolean };
type Parts = ReadonlyMap<string, readonly Part[]>;

const [MOST_ACCOUNTS, VOLUME_DIGITS] = [1_000, 6];
const HUNDRED = 100;
/** A benefit in the books without a right that explains it. */
export const NO_RIGHT = '?';

/** The rights of a month on the charges of a provider, by `account/service`. */
export async function partsOf(db: Reader, month: string, provider: number, accounts: readonly number[]): Promise<Parts> {
  const period = Month.ofDay(month);
  const found = new Map<string, Part[]>();
  for (let at = 0; at < accounts.length; at += MOST_ACCOUNTS) {
    const supplies = await loadChargeFacts(db, period, provider, accounts.slice(at, at + MOST_ACCOUNTS));
    for (const { accountId, serviceId, facts } of supplies) {
      const result = recompute(period, facts);
      if (!('done' in result)) continue;
      const parts = reliefOf(period, facts, result.done).parts.map((part) => ({ ...part, measured: isVolume(facts) }));
      const key = `${accountId}/${serviceId}`;
      found.set(key, [...(found.get(key) ?? []), ...parts]);
    }
  }
  return found;
}

/** The sum of the books divided among rights as the calculation divides it: what it leaves over goes with the last one, so nothing is lost. */
export function divided(kop: bigint, weights: readonly bigint[]): readonly bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) return weights.map((_, at) => (at === weights.length - 1 ? kop : 0n));
  let [weight, given] = [0n, 0n];
  return weights.map((own) => {
    weight += own;
    const upto = (kop * weight) / whole;
    const part = upto - given;
    given = upto;
    return part;
  });
}

/** Rows of the form for one line of the books: one a right; one without a right where the calculation finds none. */
export function rowsOf(booked: Booked, parts: readonly Part[], world: Form2World): readonly Form2Row[] {
  const sums = divided(booked.kop, parts.map(({ kop }) => kop));
  const rows = parts.flatMap((part, at) => {
    const sum = sums[at] ?? 0n;
    return sum === 0n ? [] : [rowOf(booked, sum, part, world)];
  });
  return rows.length > 0 ? rows : [withoutPart(booked, world)];
}

function rowOf(booked: Booked, kop: bigint, part: Part, world: Form2World): Form2Row {
  const right = world.rights.get(part.holding ?? '') ?? world.ofAccount.get(booked.account_id);
  const [price, percent] = [new Dec(part.price.text(VOLUME_DIGITS)), new Dec(part.percent)];
  const unit = price.times(percent).div(HUNDRED);
  const exact = new Dec(part.volume.text(VOLUME_DIGITS));
  // a change of an earlier month is told by the volume that its sum is worth
  const volume = kop === part.kop || unit.isZero() ? exact : new Dec(kop.toString()).div(HUNDRED).div(unit);
  return {
    ...common(booked, kop, right, world), ...categoryOf(part.category, world),
    from: part.first, to: part.last, covered: part.covered, percent, volume: part.measured ? volume : null, tariff: price,
  };
}

/** The right was taken back since: the form names the last one of the account, and what cannot be known stays empty. */
function withoutPart(booked: Booked, world: Form2World): Form2Row {
  const right = world.ofAccount.get(booked.account_id);
  const period = Month.ofDay(booked.month);
  return {
    ...common(booked, booked.kop, right, world), ...categoryOf(right?.category ?? NO_RIGHT, world),
    from: period.firstDay, to: period.lastDay, covered: right ? 1 : 0, percent: new Dec(world.categories.get(right?.category ?? '')?.percent ?? 0),
    volume: null, tariff: new Dec(0),
  };
}

type Common = Pick<Form2Row, 'provider' | 'taxNumber' | 'fullName' | 'address' | 'account' | 'month' | 'service' | 'sum' | 'entitlementDocument'>;

function common(booked: Booked, kop: bigint, right: Right | undefined, world: Form2World): Common {
  const account = world.accounts.get(booked.account_id);
  return {
    provider: world.edrpou,
    taxNumber: right ? (world.taxNumbers.get(right.person) ?? '') : '',
    fullName: (right && world.names.get(right.person)) ?? account?.holder ?? '',
    address: account?.address ?? '',
    account: account?.number ?? '',
    month: world.month,
    service: booked.service,
    sum: Money.ofKop(kop),
    entitlementDocument: '',
  };
}

function categoryOf(code: string, world: Form2World): Pick<Form2Row, 'category' | 'categoryName' | 'edarpCode'> {
  const known = world.categories.get(code);
  return { category: code, categoryName: known?.name ?? code, edarpCode: known?.edarpCode ?? null };
}
