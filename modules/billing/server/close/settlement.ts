import type { LaneRef } from '@komplat/billing/contract/close-workflows';
import { DomainError, Money } from '@komplat/kernel';
import type { Tx } from '@komplat/server';
import { firstDay, laneEvent, lockedLaneState, lockedRow, moveLane, writeLane } from './lane-store.ts';

const MONTHS_AHEAD = 2;

/** The last step: settlement of the lane as evidence; the books are locked for good under the digest that was released. */
export async function lockWithEvidence(tx: Tx, lane: LaneRef): Promise<void> {
  const row = await lockedRow(tx, lane);
  const books = await lockedLaneState(tx, lane);
  if (books === 'locked') return finish(tx, lane, row.digest);
  const [now] = await tx.query<{ digest: string }>('select billing.batches_digest($1, $2::smallint) as digest', [
    firstDay(lane),
    lane.providerId,
  ]);
  if (!now || now.digest !== row.digest) throw new DomainError('billing.close.digest-changed', { provider: lane.provider }, 409);
  const evidence = await settle(tx, lane);
  await tx.query('update billing.close_lane set evidence = $3 where period = $1 and provider_id = $2', [
    firstDay(lane),
    lane.providerId,
    JSON.stringify({ ...evidence, digest: now.digest }),
  ]);
  await moveLane(tx, lane, 'released', 'locked', now.digest);
  await finish(tx, lane, now.digest);
}

async function finish(tx: Tx, lane: LaneRef, digest: string | null): Promise<void> {
  await tx.query(
    `select platform.ensure_lanes($1::date, (greatest($1::date, platform.current_period()) + interval '${MONTHS_AHEAD} months')::date, array[$2::smallint])`,
    [firstDay(lane), lane.providerId],
  );
  await tx.query('select billing.move_providers_due($1::smallint)', [lane.providerId]);
  await writeLane(tx, lane, { phase: 'locked', state: 'done', message: { key: 'billing.close.message.locked' } });
  await laneEvent(tx, lane, 'locked', { digest: digest ?? '' });
}

export interface LaneTotals {
  readonly opening: bigint;
  readonly charged: bigint;
  readonly recalculated: bigint;
  readonly benefit: bigint;
  readonly subsidy: bigint;
  readonly paid: bigint;
  readonly other: bigint;
  readonly closing: bigint;
}

/** Turnover of the lane from its written balances. */
export async function laneTotals(tx: Pick<Tx, 'query'>, period: string, providerId: number): Promise<LaneTotals> {
  const [row] = await tx.query<LaneTotals>(
    `select coalesce(sum(opening_kop), 0)::bigint as opening, coalesce(sum(charged_kop), 0)::bigint as charged,
       coalesce(sum(recalculated_kop), 0)::bigint as recalculated, coalesce(sum(benefit_kop), 0)::bigint as benefit,
       coalesce(sum(subsidy_kop), 0)::bigint as subsidy, coalesce(sum(paid_kop), 0)::bigint as paid,
       coalesce(sum(other_kop), 0)::bigint as other, coalesce(sum(closing_kop), 0)::bigint as closing
     from billing.period_balance where period = $1 and provider_id = $2`,
    [period, providerId],
  );
  return row ?? { opening: 0n, charged: 0n, recalculated: 0n, benefit: 0n, subsidy: 0n, paid: 0n, other: 0n, closing: 0n };
}

/** Payments booked in the month: what the lane has of its turnover before its balances are written. */
export async function lanePaid(tx: Pick<Tx, 'query'>, period: string, providerId: number): Promise<bigint> {
  const [row] = await tx.query<{ paid: bigint }>(
    `select coalesce(sum(e.amount_kop), 0)::bigint as paid
     from billing.ledger_entry e join billing.entry_kind k on k.id = e.kind and k.turnover_column = 'paid'
     where e.period = $1 and e.provider_id = $2`,
    [period, providerId],
  );
  return row?.paid ?? 0n;
}

/** Keeps the turnover beside the lane, kopecks as text. */
export async function storeTotals(tx: Pick<Tx, 'query'>, lane: LaneRef, totals: Partial<LaneTotals>): Promise<void> {
  const texts = Object.fromEntries(Object.entries(totals).map(([name, kop]) => [name, kop.toString()]));
  await tx.query('update billing.close_lane set totals = $3 where period = $1 and provider_id = $2', [
    firstDay(lane),
    lane.providerId,
    JSON.stringify(texts),
  ]);
}

interface PaidLine {
  readonly channel: string;
  readonly day: string;
  readonly count: number;
  readonly kop: bigint;
}

async function settle(tx: Tx, lane: LaneRef): Promise<Record<string, unknown>> {
  const key = [firstDay(lane), lane.providerId];
  const totals = await laneTotals(tx, firstDay(lane), lane.providerId);
  const paid = await tx.query<PaidLine>(
    `select coalesce(y.channel, p.document_kind) as channel, p.effective_on::date as day, count(*)::int as count, sum(e.amount_kop)::bigint as kop
     from billing.ledger_entry e join billing.entry_kind k on k.id = e.kind and k.turnover_column = 'paid'
     join billing.posting p on p.id = e.posting_id
     left join payments.pub_payment_v1 y on y.posting_id = e.posting_id
     where e.period = $1 and e.provider_id = $2 group by 1, 2 order by 1, 2`,
    key,
  );
  const [advances] = await tx.query<{ kop: bigint }>(
    'select coalesce(sum(advance_kop), 0)::bigint as kop from billing.close_batch where period = $1 and provider_id = $2',
    key,
  );
  const [moved] = await tx.query<{ count: number; kop: bigint }>(
    `select count(*)::int as count, coalesce(sum(e.amount_kop), 0)::bigint as kop
     from billing.ledger_entry e join billing.posting p on p.id = e.posting_id
     where e.provider_id = $2 and e.period > $1 and p.effective_on < ($1::date + interval '1 month')::date`,
    key,
  );
  const money = await tx.query<{ place: string; kop: bigint }>(
    `select place, sum(amount_kop)::bigint as kop from payments.pub_money_line_v1
     where provider_id = $2 and day >= $1 and day < ($1::date + interval '1 month')::date group by place order by place`,
    key,
  );
  const gates = await tx.query(
    `select g.gate_id as id, g.value::text, g.gate_limit::text as limit, g.green, a.requested_by as "askedBy", a.decided_by as "passedBy", a.reason
     from billing.close_gate g left join platform.approval a on a.id = g.exception_approval
     where g.period = $1 and g.provider_id = $2 order by g.gate_id`,
    key,
  );
  return {
    totals: Object.fromEntries(Object.entries(totals).map(([name, kop]) => [name, sum(kop)])),
    paid: paid.map(({ channel, day, count, kop }) => ({ channel, day, count, sum: sum(kop) })),
    advancesApplied: sum(advances?.kop ?? 0n),
    movedOn: { count: moved?.count ?? 0, sum: sum(moved?.kop ?? 0n) },
    money: Object.fromEntries(money.map(({ place, kop }) => [place, sum(kop)])),
    gates,
  };
}

const sum = (kop: bigint): string => Money.ofKop(kop).toString();
