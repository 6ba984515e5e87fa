import { Period } from '@komplat/kernel';
import type { DemoCity } from '@komplat/plugin-api';
import { type Cell, copyRows, DemoRandom, type Tx } from '@komplat/server';
import { isSinking, lagOf } from './behaviour.ts';
import type { Payer } from './payers.ts';

const [QUARTER, SINKING_MONTHS] = [3, 15];
/** Kopecks of a month that stay unpaid: heat is nearly half of the debt (profiles of the city, section 7). */
const MONTHLY: Readonly<Record<string, readonly [least: number, most: number]>> = {
  HEAT: [60_000, 130_000],
  HW: [20_000, 50_000],
  MNT: [20_000, 50_000],
  SW: [15_000, 40_000],
};
const LEAST = [20_000, 50_000] as const;

interface SupplyRow {
  readonly account_id: number;
  readonly service_id: number;
  readonly provider_id: number;
  readonly service: string;
}

/** Debts of households that stopped paying before the history starts: one opening line a quarter and service. */
export async function openOldDebts(tx: Tx, city: DemoCity, payers: readonly Payer[]): Promise<void> {
  const first = Period.parse(city.current).plus(-city.months);
  const debtors = payers.filter((payer) => monthsOwed(payer, city.months) > 0);
  if (debtors.length === 0) return;
  const supplies = new Map<number, SupplyRow[]>(debtors.map((payer) => [payer.account, []]));
  for (const supply of await tx.query<SupplyRow>(SUPPLIES, [[...supplies.keys()], first.firstDay])) {
    supplies.get(supply.account_id)?.push(supply);
  }
  await tx.query(OPENING_IN);
  await copyRows(tx, 'opening_in', openings(city, first, debtors, supplies));
  await tx.query(`select billing.post_openings($1, 'city', 'opening-balance')`, [first.firstDay]);
}

function* openings(
  city: DemoCity,
  first: Period,
  debtors: readonly Payer[],
  supplies: ReadonlyMap<number, readonly SupplyRow[]>,
): Generator<readonly Cell[]> {
  for (const payer of debtors) {
    const random = new DemoRandom(city.seed, 'old-debt', payer.account);
    const own = supplies.get(payer.account) ?? [];
    for (let months = monthsOwed(payer, city.months); months > 0; months -= QUARTER) {
      const month = first.plus(-months).firstDay;
      for (const { account_id: account, service_id: service, provider_id: provider, service: code } of own) {
        yield [account, service, provider, month, random.int(...(MONTHLY[code] ?? LEAST)) * Math.min(QUARTER, months)];
      }
    }
  }
}

/** Months before the history that are still owed when it starts. */
function monthsOwed(payer: Payer, history: number): number {
  if (isSinking(payer)) return SINKING_MONTHS;
  if (lagOf(payer) > 0) return lagOf(payer);
  return payer.kind === 'court' ? payer.stopped - history : 0;
}

const SUPPLIES = `
  select s.account_id, s.service_id, s.provider_id, v.code as service from tariffs.pub_supply_v1 s
  join tariffs.pub_service_v1 v on v.id = s.service_id
  where s.account_id = any ($1::int[]) and v.code in ('MNT', 'HEAT', 'SW', 'HW') and s.valid @> $2::date
  order by s.account_id, s.service_id`;

const OPENING_IN = `
  create temp table opening_in (account_id int, service_id smallint, provider_id smallint, debt_month date, amount_kop bigint)
  on commit drop`;
