import type { LaneRef } from '@komplat/billing/contract/close-workflows';
import type { Tx } from '@komplat/server';
import { firstDay, laneEvent } from './lane-store.ts';

/** What a service costs after the benefits that lower its bill, kopecks. */
export interface RecomputedLine {
  readonly accountId: number;
  readonly serviceId: number;
  readonly kop: bigint;
}

/** The independent calculation that also draws the trace. */
export interface SecondCalculation {
  recompute(tx: Pick<Tx, 'query'>, period: string, providerId: number, accounts: readonly number[]): Promise<readonly RecomputedLine[]>;
}
export const SECOND_CALCULATION = Symbol('SECOND_CALCULATION');

const SAMPLE_SHARE = 0.01;
const SMALLEST_SAMPLE = 50;
const MOST_OUTLIERS = 5_000;
/** A charge above this and three times the month before is looked at. */
const OUTLIER_KOP = 50_000;
const PAGE = 200;
/** Kind of the entries by which a benefit lowers a bill. */
const BENEFIT = 3;

interface StoredLine {
  readonly account_id: number;
  readonly service_id: number;
  readonly kop: bigint;
}

/** Recomputes the sample and all outliers and keeps every difference; the sample is the same at every look. */
export async function verify(tx: Tx, lane: LaneRef, second: SecondCalculation): Promise<VerifiedCounts> {
  const accounts = await chosen(tx, lane);
  await tx.query('delete from billing.verification_difference where period = $1 and provider_id = $2', [
    firstDay(lane),
    lane.providerId,
  ]);
  let differences = 0;
  for (let from = 0; from < accounts.length; from += PAGE) {
    differences += await comparePage(tx, lane, second, accounts.slice(from, from + PAGE));
  }
  await tx.query(
    'update billing.close_lane set verified_count = $3, verified_differences = $4 where period = $1 and provider_id = $2',
    [firstDay(lane), lane.providerId, accounts.length, differences],
  );
  await laneEvent(tx, lane, differences === 0 ? 'second-calculation' : 'differences', { checked: accounts.length, differences });
  return { checked: accounts.length, differences };
}

export interface VerifiedCounts {
  readonly checked: number;
  readonly differences: number;
}

async function chosen(tx: Tx, lane: LaneRef): Promise<number[]> {
  const rows = await tx.query<{ account_id: number }>(
    `with charged as materialized (
       select account_id, service_id, sum(net_kop)::bigint as kop from billing.accrual
       where period = $1 and provider_id = $2 group by account_id, service_id
     ), account as materialized (select distinct account_id from charged
     ), sample as (
       select account_id from account order by hashint4extended(account_id, extract(epoch from $1::date)::bigint), account_id
       limit greatest($3::int, (select ceil(count(*) * $4::numeric) from account)::int)
     ), before as (
       select account_id, service_id, sum(net_kop)::bigint as kop from billing.accrual
       where period = ($1::date - interval '1 month')::date and provider_id = $2 group by account_id, service_id
     ), outlier as (
       select a.account_id from charged a join before b on b.account_id = a.account_id and b.service_id = a.service_id
       where a.kop > $5::bigint and a.kop > 3 * b.kop
       order by a.kop desc, a.account_id limit ${MOST_OUTLIERS}
     )
     select account_id from sample union select account_id from outlier order by account_id`,
    [firstDay(lane), lane.providerId, SMALLEST_SAMPLE, SAMPLE_SHARE, OUTLIER_KOP],
  );
  return rows.map((row) => row.account_id);
}

async function comparePage(tx: Tx, lane: LaneRef, second: SecondCalculation, accounts: readonly number[]): Promise<number> {
  const { differences } = await compareLines(tx, lane, second, accounts);
  for (const { accountId, serviceId, storedKop, recomputedKop } of differences) {
    await tx.query(
      `insert into billing.verification_difference (period, provider_id, account_id, service_id, stored_kop, recomputed_kop)
       values ($1, $2, $3, $4, $5, $6)`,
      [firstDay(lane), lane.providerId, accountId, serviceId, storedKop, recomputedKop],
    );
  }
  return differences.length;
}

/** A service of an account that both calculations charge otherwise. */
export interface LineDifference {
  readonly accountId: number;
  readonly serviceId: number;
  readonly storedKop: bigint;
  readonly recomputedKop: bigint;
}

/** The books of a lane against the second calculation, service by service of the given accounts; writes nothing. */
export async function compareLines(
  db: Pick<Tx, 'query'>,
  lane: LaneRef,
  second: SecondCalculation,
  accounts: readonly number[],
): Promise<{ readonly lines: number; readonly differences: readonly LineDifference[] }> {
  const stored = await db.query<StoredLine>(
    `select account_id, service_id, sum(kop)::bigint as kop from (
       select account_id, service_id, net_kop as kop from billing.accrual
       where account_id = any($3::int[]) and period = $1 and provider_id = $2
       union all
       select account_id, service_id, amount_kop from billing.ledger_entry
       where account_id = any($3::int[]) and period = $1 and provider_id = $2 and kind = ${BENEFIT} and for_period = $1) line
     group by account_id, service_id`,
    [firstDay(lane), lane.providerId, accounts],
  );
  const found = new Map<string, LineDifference>();
  for (const { account_id: accountId, service_id: serviceId, kop } of stored) {
    found.set(`${accountId}/${serviceId}`, { accountId, serviceId, storedKop: kop, recomputedKop: 0n });
  }
  for (const { accountId, serviceId, kop } of await second.recompute(db, lane.period, lane.providerId, accounts)) {
    const at = found.get(`${accountId}/${serviceId}`) ?? { accountId, serviceId, storedKop: 0n, recomputedKop: 0n };
    found.set(`${accountId}/${serviceId}`, { ...at, recomputedKop: at.recomputedKop + kop });
  }
  return { lines: found.size, differences: [...found.values()].filter((line) => line.storedKop !== line.recomputedKop) };
}
