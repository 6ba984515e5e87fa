import { Period } from '@komplat/kernel';
import type { DemoCity } from '@komplat/plugin-api';
import { DemoRandom, type Tx } from '@komplat/server';
import { isSinking } from './behaviour.ts';
import type { Payer } from './payers.ts';

const OPENING = 14;
const [QUARTER, SINKING_MONTHS] = [3, 15];
/** Larger cities write one line a service: an opening line costs as much as a payment. */
const SMALL = 5_000;

interface SupplyRow {
  readonly account_id: number;
  readonly service_id: number;
  readonly provider_id: number;
}

/** Debts of households that stopped paying before the history starts: one opening line a quarter and service. */
export async function openOldDebts(tx: Tx, city: DemoCity, payers: readonly Payer[]): Promise<void> {
  const first = Period.parse(city.current).plus(-city.months);
  const debtors = payers.filter((payer) => monthsOwed(payer, city.months) > 0);
  if (debtors.length === 0) return;
  const supplies = await tx.query<SupplyRow>(SUPPLIES, [debtors.map((payer) => payer.account), first.firstDay]);
  const rows: { account: number; service: number; provider: number; amount: number; month: string }[] = [];
  for (const payer of debtors) {
    const random = new DemoRandom(city.seed, 'old-debt', payer.account);
    const own = supplies.filter((supply) => supply.account_id === payer.account);
    const owed = monthsOwed(payer, city.months);
    const step = city.accounts > SMALL ? owed : QUARTER;
    for (let months = owed; months > 0; months -= step) {
      const month = first.plus(-months).firstDay;
      for (const supply of own) {
        const amount = random.int(20_000, 50_000) * step;
        rows.push({ account: payer.account, service: supply.service_id, provider: supply.provider_id, amount, month });
      }
    }
  }
  await tx.query(POST, [
    rows.map((row) => row.account),
    rows.map((row) => row.service),
    rows.map((row) => row.provider),
    rows.map((row) => row.amount),
    rows.map((row) => row.month),
    first.firstDay,
    OPENING,
  ]);
}

/** Months before the history that are still owed when it starts. */
function monthsOwed(payer: Payer, history: number): number {
  if (isSinking(payer)) return SINKING_MONTHS;
  return payer.kind === 'court' ? payer.stopped - history : 0;
}

const SUPPLIES = `
  select s.account_id, s.service_id, s.provider_id from tariffs.pub_supply_v1 s
  join tariffs.pub_service_v1 v on v.id = s.service_id
  where s.account_id = any ($1::int[]) and v.code in ('MNT', 'HEAT', 'SW') and s.valid @> $2::date
  order by s.account_id, s.service_id`;

const POST = `
  select billing.post_entry(r.account, r.service, r.provider, $7::smallint, r.amount, $6::date, r.month, $6::date,
    'city',
    'opening-balance', 'opening/' || r.account)
  from unnest($1::int[], $2::smallint[], $3::smallint[], $4::bigint[], $5::date[]) with ordinality
    r (account, service, provider, amount, month, ord) order by r.ord`;
