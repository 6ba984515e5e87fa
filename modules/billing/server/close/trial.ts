import type { LaneRef, MonthCloseInput } from '@komplat/billing/contract/close-workflows';
import { Money } from '@komplat/kernel';
import type { Database, Tx } from '@komplat/server';
import { firstDay } from './lane-store.ts';

interface ServiceTrial {
  readonly code: string;
  readonly accounts: number;
  readonly kop: bigint;
  readonly before_kop: bigint;
}
interface TrialSums {
  failed: number;
  readonly services: Map<string, { accounts: number; kop: bigint; before: bigint }>;
}

/** The accrual of a lane in transactions that are rolled back; only the sums are kept. */
export async function runTrial(database: Database, input: MonthCloseInput, lane: LaneRef, size: number): Promise<void> {
  const sums: TrialSums = { failed: 0, services: new Map() };
  for (const [from, to] of await ranges(database, lane, size)) {
    const { failed, services } = await database.dryRun((tx) => trialBatch(tx, input, lane, from, to));
    sums.failed += failed;
    for (const { code, accounts, kop, before_kop: before } of services) {
      const at = sums.services.get(code) ?? { accounts: 0, kop: 0n, before: 0n };
      sums.services.set(code, { accounts: at.accounts + accounts, kop: at.kop + kop, before: at.before + before });
    }
  }
  const result = {
    failed: sums.failed,
    services: [...sums.services]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([service, { accounts, kop, before }]) => ({
        service,
        accounts,
        charged: Money.ofKop(kop).toString(),
        lastMonth: Money.ofKop(before).toString(),
        difference: Money.ofKop(kop - before).toString(),
      })),
  };
  await database.query(
    `insert into billing.close_trial (period, provider_id, made_by, result) values ($1, $2, $3, $4)
     on conflict (period, provider_id) do update set made_by = excluded.made_by, made_at = now(), result = excluded.result`,
    [firstDay(lane), lane.providerId, input.startedBy, JSON.stringify(result)],
  );
}

async function ranges(database: Database, lane: LaneRef, size: number): Promise<[number, number][]> {
  const rows = await database.query<{ low: number; high: number }>(
    `select min(account_id) as low, max(account_id) as high from (
       select account_id, (row_number() over (order by account_id) - 1) / $3 as no from (
         select distinct account_id from tariffs.pub_supply_v1 where provider_id = $2
           and valid && daterange($1::date, ($1::date + interval '1 month')::date)) a) b
     group by no order by no`,
    [firstDay(lane), lane.providerId, size],
  );
  return rows.map(({ low, high }) => [low, high]);
}

async function trialBatch(
  tx: Tx,
  input: MonthCloseInput,
  lane: LaneRef,
  from: number,
  to: number,
): Promise<{ failed: number; services: ServiceTrial[] }> {
  const range = [firstDay(lane), lane.providerId, from, to];
  const [batch] = await tx.query<{ failed: number }>('select failed from billing.accrue_batch($1, $2::smallint, $3::int, $4::int, $5)', [
    ...range,
    input.startedBy,
  ]);
  const services = await tx.query<ServiceTrial>(
    `select s.code, count(distinct a.account_id) filter (where a.period = $1)::int as accounts,
       coalesce(sum(a.net_kop) filter (where a.period = $1), 0)::bigint as kop,
       coalesce(sum(a.net_kop) filter (where a.period < $1), 0)::bigint as before_kop
     from billing.accrual a join tariffs.pub_service_v1 s on s.id = a.service_id
     where a.provider_id = $2 and a.account_id between $3 and $4 and a.period in ($1, ($1::date - interval '1 month')::date)
     group by s.code`,
    range,
  );
  return { failed: batch?.failed ?? 0, services };
}
