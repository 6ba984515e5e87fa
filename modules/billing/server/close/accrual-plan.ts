import type { AccrualPlan, LaneRef } from '@komplat/billing/contract/close-workflows';
import type { Tx } from '@komplat/server';
import { z } from 'zod';
import { firstDay } from './lane-store.ts';

/** Accounts in a batch: one transaction, seconds long, so that a payment of one of them never waits for long. */
export const BATCH_ACCOUNTS = Symbol('BATCH_ACCOUNTS');
const zBatchAccounts = z.coerce.number().int().min(1).max(20_000).default(15_000);
export const readBatchAccounts = (env: Readonly<Record<string, string | undefined>>): number =>
  zBatchAccounts.parse(env.BILLING_CLOSE_BATCH_ACCOUNTS);

const FIRST_ACCOUNT = 1;
const LAST_ACCOUNT = 2_147_483_647;

/**
 * Cuts the lane into batches once; the ranges together hold every account there is, so that balances of accounts
 * without a supply today are written too. A batch that is not accrued yet gets the plan of now.
 */
export async function planAccrualBatches(tx: Tx, lane: LaneRef, size: number): Promise<AccrualPlan> {
  const key = [firstDay(lane), lane.providerId];
  const [known] = await tx.query<{ count: number }>(
    'select count(*)::int as count from billing.close_batch where period = $1 and provider_id = $2',
    key,
  );
  if (!known?.count) await cut(tx, lane, size);
  const open = await tx.query<{ batch_no: number }>(
    'select batch_no from billing.close_batch where period = $1 and provider_id = $2 and accrued_at is null order by batch_no',
    key,
  );
  await tx.query(
    `update billing.close_lane set planned = b.planned, plan_digest = b.digest
     from (select sum(planned)::int as planned, encode(sha256(convert_to(string_agg(plan_digest, e'\\n' order by batch_no), 'UTF8')), 'hex') as digest
       from billing.close_batch where period = $1 and provider_id = $2) b
     where period = $1 and provider_id = $2`,
    key,
  );
  return { open: open.map((row) => row.batch_no) };
}

async function cut(tx: Tx, lane: LaneRef, size: number): Promise<void> {
  await tx.query(
    `insert into billing.close_batch (period, provider_id, batch_no, from_account, to_account, planned, plan_digest)
     with line as materialized (
       select distinct s.account_id, s.service_id from tariffs.pub_supply_v1 s
       where s.provider_id = $2 and s.valid && daterange($1::date, ($1::date + interval '1 month')::date)
     ), account as (
       select account_id, (row_number() over (order by account_id) - 1) / $3 as no from (select distinct account_id from line) a
     ), range as (
       select no, case when no = 0 then ${FIRST_ACCOUNT} else min(account_id) end as from_account,
         coalesce(lead(min(account_id)) over (order by no) - 1, ${LAST_ACCOUNT}) as to_account
       from account group by no
       union all select 0, ${FIRST_ACCOUNT}, ${LAST_ACCOUNT} where not exists (select from account)
     )
     select $1, $2, r.no + 1, r.from_account, r.to_account, count(l.account_id)::int,
       encode(sha256(convert_to(coalesce(string_agg(l.account_id || '|' || l.service_id, e'\\n' order by l.account_id, l.service_id), ''), 'UTF8')), 'hex')
     from range r left join line l on l.account_id between r.from_account and r.to_account
     group by r.no, r.from_account, r.to_account`,
    [firstDay(lane), lane.providerId, size],
  );
}
