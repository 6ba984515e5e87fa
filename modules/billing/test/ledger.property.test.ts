import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { lawParams, type Tx } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import fc from 'fast-check';
import * as laws from '../server/laws/law-queries.ts';
import { ModelLedger, type ModelSupply } from './model-ledger.ts';
import { buildAccount, buildCity, buildSupply, buildTariff, PROVIDER_OF } from './world.ts';

const ACCOUNTS = [1, 2, 3];
const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01', '2027-02'];
const CLOSABLE = MONTHS.slice(0, 5);
const SUPPLIES: readonly ModelSupply[] = [
  [1, 30_001n],
  [2, 35_217n],
  [3, 12_345n],
  [8, 2_000n],
].map(([service, charge]) => ({
  service: Number(service),
  provider: PROVIDER_OF[Number(service)] ?? 0,
  charge: BigInt(charge ?? 0),
}));
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction(async (tx) => {
    await buildCity(tx);
    for (const { service, charge } of SUPPLIES)
      await buildTariff(tx, {
        id: service,
        service,
        price: `${charge / 100n}.${String(charge % 100n).padStart(2, '0')}`,
      });
    for (const account of ACCOUNTS) {
      await buildAccount(tx, account);
      for (const { service } of SUPPLIES) await buildSupply(tx, { account, service, method: 'fixed' });
    }
  });
});
afterAll(() => database.drop());

type Act =
  | { readonly do: 'pay'; readonly account: number; readonly kop: bigint; readonly named?: number }
  | {
      readonly do: 'bulk';
      readonly rows: readonly { readonly account: number; readonly kop: bigint; readonly service: number | null }[];
    }
  | { readonly do: 'correct'; readonly account: number; readonly service: number; readonly kop: bigint }
  | { readonly do: 'reverse'; readonly index: number }
  | { readonly do: 'close'; readonly provider: number };

const account = fc.constantFrom(...ACCOUNTS);
const service = fc.constantFrom(...SUPPLIES.map((supply) => supply.service));
const kop = fc.oneof(fc.bigInt({ min: 1n, max: 200n }), fc.bigInt({ min: 1n, max: 150_000n }));
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      account,
      kop,
      named: fc.option(service, { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('bulk' as const),
      rows: fc.array(fc.record({ account, kop, service: fc.option(service, { freq: 2 }) }), {
        minLength: 1,
        maxLength: 8,
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      account,
      service,
      kop: fc.oneof(
        kop,
        kop.map((value) => -value),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), index: fc.nat(30) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('close' as const), provider: fc.constantFrom(1, 2) }) },
);

class Run {
  readonly model = new ModelLedger(ACCOUNTS, SUPPLIES, MONTHS);
  private readonly postings: (bigint | undefined)[] = [];
  private payment = 0;
  private readonly tx: Tx;
  constructor(tx: Tx) {
    this.tx = tx;
  }

  async play(step: Act): Promise<void> {
    switch (step.do) {
      case 'pay':
        return this.pay(step);
      case 'bulk':
        return this.bulk(step.rows);
      case 'correct':
        return this.correct(step);
      case 'reverse':
        return this.reverse(step.index);
      case 'close':
        return this.close(step.provider);
    }
  }

  private async pay({ account: id, kop: sum, named }: { account: number; kop: bigint; named?: number }): Promise<void> {
    const part = sum / 2n + 1n > sum ? sum : sum / 2n + 1n;
    const json = named === undefined ? null : JSON.stringify([{ service_id: named, amount_kop: String(part) }]);
    const plan = await this.tx.query<{ kop: bigint }>(
      'select covered_kop + advance_kop as kop from billing.preview_payment($1, $2, $3::jsonb)',
      [id, sum, json],
    );
    expect(plan.reduce((all, line) => all + line.kop, 0n)).toBe(sum);
    this.payment += 1;
    const [row] = await this.tx.query<{ id: bigint }>(
      `select billing.post_payment($1, $2, $3, '2026-08-10', '2026-08-10', 'test', $4::jsonb) as id`,
      [this.payment, id, sum, json],
    );
    this.postings[this.model.pay(id, sum, named === undefined ? undefined : { service: named, amount: part })] =
      row?.id;
  }

  private async bulk(rows: readonly { account: number; kop: bigint; service: number | null }[]): Promise<void> {
    await this.tx
      .query(`drop table if exists credit_in; create temp table credit_in (ord int, payment_id bigint, account_id int, amount_kop bigint,
      service_id smallint, provider_id smallint, nominal date, effective date, document_kind text, document_id text) on commit drop`);
    const indexes = rows.map((row) =>
      this.model.pay(
        row.account,
        row.kop,
        row.service === null ? undefined : { service: row.service, amount: row.kop },
      ),
    );
    for (const [ord, row] of rows.entries()) {
      this.payment += 1;
      await this.tx.query(
        `insert into credit_in values ($1, $2, $3, $4, $5, $6, '2026-08-10', '2026-08-10', null, null)`,
        [
          ord,
          this.payment,
          row.account,
          row.kop,
          row.service,
          row.service !== null && ord % 2 === 0 ? PROVIDER_OF[row.service] : null,
        ],
      );
    }
    await this.tx.query(`select billing.post_payments(5::smallint, 'test')`);
    const posted = await this.tx.query<{ ord: number; posting_id: bigint; kop: bigint }>(
      'select ord, posting_id, sum(amount_kop)::bigint as kop from credit_out group by 1, 2 order by 1',
    );
    expect(posted.map((row) => row.kop)).toEqual(rows.map((row) => row.kop));
    for (const { ord, posting_id: id } of posted) this.postings[indexes[ord] ?? -1] = id;
  }

  private async correct(step: { account: number; service: number; kop: bigint }): Promise<void> {
    const [row] = await this.tx.query<{ id: bigint }>(
      `select billing.post_entry($1, $2::smallint, $3::smallint, 2::smallint, $4, '2026-09-01', '2026-08-01', '2026-09-05', 'test', 'act', 'a') as id`,
      [step.account, step.service, PROVIDER_OF[step.service], step.kop],
    );
    this.postings[this.model.correct(step.account, step.service, step.kop, '2026-09')] = row?.id;
  }

  private async reverse(index: number): Promise<void> {
    const at = this.model.postings.length === 0 ? -1 : index % this.model.postings.length;
    const id = this.postings[at];
    if (id === undefined) return;
    await this.tx.query('savepoint attempt');
    const outcome = await this.tx
      .query(`select billing.reverse_posting($1, 'test', 'reversal', 'r', '2026-08-01')`, [id])
      .then(
        () => true,
        (error: { code: string }) => error.code,
      );
    if (outcome !== true) await this.tx.query('rollback to savepoint attempt');
    expect(outcome).toBe(this.model.reverse(at) ? true : 'KP011');
  }

  private async close(provider: number): Promise<void> {
    const month = CLOSABLE.find((candidate) => !this.model.isLocked(provider, candidate));
    if (!month) return;
    const lane = [`${month}-01`, provider];
    for (const [from, to] of [
      [1, 2],
      [3, 9],
    ])
      await this.tx.query(`select billing.accrue_batch($1, $2::smallint, $3, $4, 'test')`, [...lane, from, to]);
    await this.tx.query('select billing.roll_batch($1, $2::smallint, 1, 9)', lane);
    await this.tx.query(
      `update platform.period_lane set state = 'locked', digest = billing.lane_digest(period, provider_id) where period = $1 and provider_id = $2`,
      lane,
    );
    this.model.close(provider, month);
  }

  async compare(): Promise<void> {
    const items = await this.tx.query<{ key: string; kop: bigint }>(
      `select account_id || '/' || to_char(debt_month, 'YYYY-MM') || '/' || service_id as key, outstanding_kop as kop from billing.open_item where outstanding_kop > 0 order by 1`,
    );
    const advances = await this.tx.query<{ key: string; kop: bigint }>(
      `select account_id || '/' || service_id as key, sum(amount_kop)::bigint as kop from billing.advance where amount_kop > 0 group by 1 order by 1`,
    );
    const expected = [...this.model.accounts].flatMap(([id, state]) =>
      state.items
        .filter((item) => item.rest > 0n)
        .map((item) => ({ key: `${id}/${item.month}/${item.service}`, kop: item.rest })),
    );
    const waiting = [...this.model.accounts].flatMap(([id, state]) =>
      SUPPLIES.map((supply) => ({
        key: `${id}/${supply.service}`,
        kop: this.model.advanceOf(state, supply.service),
      })).filter((line) => line.kop > 0n),
    );
    const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
    expect(items.toSorted(byKey)).toEqual(expected.toSorted(byKey));
    expect(advances.toSorted(byKey)).toEqual(waiting.toSorted(byKey));
  }

  async obeyLaws(): Promise<void> {
    for (const [name, sql] of Object.entries(laws)) {
      const [row] = await this.tx.query<{ violations: bigint }>(sql, lawParams());
      expect([name, row?.violations]).toEqual([name, 0n]);
    }
  }
}

describe('ledger against a plain model', () => {
  it('agrees after any sequence of payments, named payments, registers, corrections, reversals and closes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 18 }), async (steps) => {
        await database.owner.dryRun(async (tx) => {
          const run = new Run(tx);
          for (const step of steps) {
            await run.play(step);
            await run.compare();
          }
          await run.obeyLaws();
        });
      }),
      { numRuns: 40, seed: 20_261_123, endOnFailure: false, interruptAfterTimeLimit: 100_000 },
    );
  }, 150_000);
});
