import { closeLaneId, MONTH_CLOSE, monthCloseId } from '../../contract/close.workflows.ts';
import { Period } from '@komplat/kernel';
import type { DemoCity, DemoData, DemoMonth } from '@komplat/plugin-api';
import { cityTable, CLOSE_DATABASE, Database, DemoRandom, Progress, type Tx, generously } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { handOver, laneProviders, type LaneProvider, openLanes } from './lanes.ts';

const BATCH = 20_000;
const LANES_AT_ONCE = 3;
const OPENING = 14;
const FIRST_ACCOUNTS: Readonly<Record<string, number>> = { H0001: 0, H0002: 40 };

interface BatchResult {
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly amount_kop: bigint;
}

/** Lanes, opening balances of the sample accounts, and the closed months: charged by the code of the month close. */
@Injectable()
export class BillingDemo implements DemoData {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOSE_DATABASE) private readonly closing: Database,
  ) {}

  async create(city: DemoCity): Promise<void> {
    const first = Period.parse(city.current).plus(-city.months);
    await this.database.transaction(async (tx) => {
      await openLanes(tx, first.firstDay, first.firstDay, city.accounts);
      await tx.query(ACCOUNT_STATES);
      await openingBalances(tx, city, first);
    });
  }

  async month(city: DemoCity, month: DemoMonth): Promise<void> {
    const period = Period.parse(month.period);
    if (month.phase === 'payments') {
      await this.database.transaction(async (tx) => {
        await generously(tx);
        const last = month.current ? period.plus(2) : period;
        await openLanes(tx, period.firstDay, last.firstDay, city.accounts);
        await handOver(tx, period.firstDay);
      });
    }
    if (month.phase === 'close' && !month.current) await this.close(city, period);
  }

  private async close(city: DemoCity, period: Period): Promise<void> {
    const lanes = await this.closing.transaction((tx) => laneProviders(tx, period.firstDay, city.accounts));
    const waiting = lanes.values();
    const work = Array.from({ length: LANES_AT_ONCE }, async () => {
      for (const lane of waiting) await this.closeLane(period, lane);
    });
    await Promise.all(work);
    await this.closing.transaction(async (tx) => {
      await Progress.write(tx, {
        workflowId: monthCloseId(period.toString()),
        module: 'billing',
        type: MONTH_CLOSE,
        subject: period.toString(),
        phase: 'locked',
        phaseNo: 7,
        phases: 7,
        state: 'done',
        startedBy: 'accountant',
      });
    });
    if (period.month === 12 || city.months <= 36)
      city.note(`billing: ${period.toString()} closed, ${lanes.length} lanes`);
  }

  private async closeLane(period: Period, lane: LaneProvider): Promise<void> {
    await this.closing.query(
      `update platform.period_lane set state = 'closing', changed_at = now() where period = $1 and provider_id = $2`,
      [period.firstDay, lane.id],
    );
    let planned = 0;
    for (let from = lane.from, batch = 1; from <= lane.to; from += BATCH, batch += 1) {
      const to = Math.min(lane.to, from + BATCH - 1);
      planned += await this.closing.transaction((tx) => this.batch(tx, period, lane, batch, from, to));
    }
    await this.closing.transaction((tx) => this.lock(tx, period, lane, planned));
  }

  private async batch(
    tx: Tx,
    period: Period,
    lane: LaneProvider,
    no: number,
    from: number,
    to: number,
  ): Promise<number> {
    await generously(tx);
    const [result] = await tx.query<BatchResult>(
      `select * from billing.accrue_batch($1, $2::smallint, $3, $4, 'city')`,
      [period.firstDay, lane.id, from, to],
    );
    await tx.query('select billing.roll_batch($1, $2::smallint, $3, $4)', [period.firstDay, lane.id, from, to]);
    await tx.query(CLOSE_BATCH, [
      period.firstDay,
      lane.id,
      no,
      from,
      to,
      result?.planned ?? 0,
      result?.done ?? 0,
      result?.amount_kop ?? 0n,
      closedAt(period, 2),
    ]);
    return result?.planned ?? 0;
  }

  private async lock(tx: Tx, period: Period, lane: LaneProvider, planned: number): Promise<void> {
    await generously(tx);
    await tx.query(
      `with d as (select billing.lane_digest($1, $2::smallint) as digest), lane as (
        update platform.period_lane l set state = 'locked', digest = d.digest, changed_at = $5 from d
        where l.period = $1 and l.provider_id = $2)
      insert into billing.close_lane (period, provider_id, workflow_id, phase, state, planned, proposed_by,
        proposed_at, released_by,
        released_at, verified_count, verified_differences, digest, started_by, started_at, updated_at)
      select $1, $2, $3, 'locked', 'done', $4, 'accountant', $5, 'manager', $5, $4, 0, d.digest, 'accountant', $6, $5
        from d`,
      [
        period.firstDay,
        lane.id,
        closeLaneId(period.toString(), lane.code),
        planned,
        closedAt(period, 5),
        closedAt(period, 2),
      ],
    );
  }
}

/** Months were closed in the first days of the next one. */
const closedAt = (period: Period, day: number): string => `${period.next().toString()}-0${day} 09:00:00+00`;

/** Lanes that accrue side by side would wait for each other's new rows. */
const ACCOUNT_STATES = `
  insert into billing.account_state (account_id) select account_id from registry.pub_account_v1 order by account_id
  on conflict do nothing`;

/** Follows the accrual in its transaction: the supplies of the batch stand in the work table of the accrual. */
const CLOSE_BATCH = `
  insert into billing.close_batch (period, provider_id, batch_no, from_account, to_account, planned, plan_digest,
    done_count,
    amount_kop, accrued_at, rolled_at)
  select $1, $2, $3, $4, $5, $6, encode(sha256(convert_to(coalesce(string_agg(s.supply_id::text, ',' order by
    s.supply_id), ''), 'UTF8')), 'hex'), $7, $8, $9, $9
  from pg_temp.k_supply s where s.target`;

/** The accounts of the real registers start with a balance in the service that the registers name. */
async function openingBalances(tx: Tx, city: DemoCity, first: Period): Promise<void> {
  for (const row of cityTable('sample-aliases')) {
    if (!row.text('service')) continue;
    const random = new DemoRandom(city.seed, 'opening', row.text('house'), row.text('service'));
    const base = (FIRST_ACCOUNTS[row.text('house')] ?? 0) + row.number('first_flat');
    const count = row.text('numbers').split(' ').length;
    for (let account = base; account < base + count; account += 1) {
      const amount = random.int(12_000, 260_000);
      if (account > city.accounts) continue;
      await tx.query(
        `select billing.post_entry($1, s.id, p.id, $2::smallint, $3::bigint, $4, $5, $4, 'city', 'opening-balance', $6)
          from tariffs.pub_service_v1 s, tariffs.pub_provider_v1 p where s.code = $7 and p.code = $8`,
        [
          account,
          OPENING,
          amount,
          first.firstDay,
          first.previous().firstDay,
          `opening/${account}`,
          row.text('service'),
          row.text('owner'),
        ],
      );
    }
  }
}
