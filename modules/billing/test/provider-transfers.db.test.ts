import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { lawParams, type Tx } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import * as laws from '../server/laws/law-queries.ts';
import { MoveProviderBalances } from '../server/recalculation/move-provider-balances.ts';
import { buildFixedCity } from './world.ts';

const SERVICES = [1, 6, 2];
const [OLD, NEXT] = [1, 2];
const ACCOUNTS = 12;
const DOCUMENT = '0190e000-0000-7000-8000-00000000b001';
const MOVE = { fromProviderId: OLD, toProviderId: NEXT, on: '2026-11-01', by: 'chief', documentId: DOCUMENT, document: 'рішення сесії № 5-12' };
const balances = new MoveProviderBalances();
let database: TestDatabase;
/** What stood with the old provider before anything was moved. */
let before: string[];

async function close(month: string, charged = true): Promise<void> {
  const step = (sql: string) => database.closeDb.query(sql, [month]);
  await step(`update platform.period_lane set state = 'closing' where period = $1 and provider_id in (1, 2)`);
  for (const provider of [OLD, NEXT]) {
    if (charged) await step(`select billing.accrue_batch($1, ${provider}::smallint, 1, ${ACCOUNTS}, 'test')`);
    await step(`select billing.roll_batch($1, ${provider}::smallint, 1, ${ACCOUNTS})`);
  }
  await step(`update platform.period_lane set state = 'locked', digest = billing.lane_digest(period, provider_id) where period = $1 and provider_id in (1, 2)`);
}

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildFixedCity(tx, SERVICES, ACCOUNTS));
  for (const month of ['2026-08-01', '2026-09-01']) await close(month);
  // nothing paid, a part, exactly all of the first month, more than all
  for (let account = 1; account <= ACCOUNTS; account += 1) {
    const kop = [0, 4_000, 30_930, 99_999][account % 4] ?? 0;
    if (kop > 0) await database.db.query(`select billing.post_payment($1, $2, $3, '2026-10-05', '2026-10-05', 'test', null)`, [account, account, kop]);
  }
  await close('2026-10-01');
  before = await standing(database.owner, [OLD]);
});
afterAll(() => database.drop());

interface Row {
  readonly line: string;
}
/** Debts with month and due day, advances in one sum, of one provider or both together. */
async function standing(tx: Pick<Tx, 'query'>, providers: readonly number[]): Promise<string[]> {
  const rows = await tx.query<Row>(
    `select concat_ws(' ', account_id, service_id, debt_month, due_on, sum(outstanding_kop)) as line from billing.open_item
       where provider_id = any($1) and outstanding_kop > 0 group by account_id, service_id, debt_month, due_on
     union all select concat_ws(' ', account_id, service_id, 'advance', sum(amount_kop)) from billing.advance
       where provider_id = any($1) and amount_kop > 0 group by account_id, service_id`,
    [providers],
  );
  return rows.map(({ line }) => line).toSorted();
}
const movedServices = (lines: readonly string[]): string[] => lines.filter((line) => ['1', '6'].includes(line.split(' ')[1] ?? ''));
async function broken(tx: Pick<Tx, 'query'>): Promise<string[]> {
  const found: string[] = [];
  for (const [name, sql] of Object.entries(laws)) {
    const [row] = await tx.query<{ violations: bigint }>(sql, lawParams());
    if (row?.violations !== 0n) found.push(`${name} ${row?.violations}`);
  }
  return found;
}
const lines = async (tx: Pick<Tx, 'query'>): Promise<number> =>
  (await tx.query('select 1 from billing.ledger_entry where kind = 10')).length;

describe('balances of a provider go to its successor', () => {
  it('with month, due day and sum, debts and advances; every law holds, the sum of both providers stays', async () => {
    expect([before.some((line) => line.includes('advance')), before.filter((line) => !line.includes('advance')).length > 20]).toEqual([true, true]);
    await database.db.dryRun(async (tx) => {
      const both = await standing(tx, [OLD, NEXT]);
      expect(await balances.move(tx, MOVE)).toBe('moved');
      expect(await standing(tx, [OLD])).toEqual([]);
      expect(movedServices(await standing(tx, [NEXT]))).toEqual(before);
      expect(await standing(tx, [OLD, NEXT])).toEqual(both);
      expect(await broken(tx)).toEqual([]);
      const [kept] = await tx.query<{ debt: bigint; advance: bigint; ledger: bigint }>(
        `select debt_kop as debt, advance_kop as advance, (select sum(amount_kop)::bigint from billing.ledger_entry where kind = 10 and provider_id = $1) as ledger
         from billing.pub_provider_transfer_v1`,
        [NEXT],
      );
      expect((kept?.debt ?? 0n) - (kept?.advance ?? 0n)).toBe(kept?.ledger);
      const notes = await tx.query<{ note: object }>(
        `select distinct note_params as note from billing.posting where document_id = $1 and note_key = 'billing.note.provider-succession'`, [DOCUMENT],
      );
      expect(notes).toEqual([{ note: { from: 'P01', into: 'P02', on: '2026-11-01', document: MOVE.document } }]);
    });
  });

  it('the preview counts what is moved', async () => {
    const found = await balances.of(database.db, OLD);
    const sum = (name: string, word: RegExp): bigint => before.filter((line) => word.test(line) && line.split(' ')[1] === name)
      .reduce((total, line) => total + BigInt(line.split(' ').at(-1) ?? '0'), 0n);
    expect(found.map(({ service, debtKop, advanceKop }) => [service, debtKop, advanceKop])).toEqual([
      ['MNT', sum('1', /-/), sum('1', /advance/)],
      ['WASTE', sum('6', /-/), sum('6', /advance/)],
    ]);
  });

  it('repeated it moves nothing but what came in since; a month is locked over it and the laws hold', async () => {
    await database.db.transaction((tx) => balances.move(tx, MOVE));
    const moved = await lines(database.db);
    await database.db.transaction((tx) => balances.move(tx, MOVE));
    expect(await lines(database.db)).toBe(moved);
    await database.db.query(
      `select billing.post_payment(501, 1, 12345, '2026-11-20', '2026-11-20', 'test', '[{"service":"WASTE","provider":"P01","amount":"123.45"}]')`,
    );
    expect(await standing(database.db, [OLD])).toEqual(['1 6 advance 12345']);
    await close('2026-11-01', false);
    await database.closeDb.query('select billing.move_providers_due(2::smallint)');
    expect(await standing(database.db, [OLD])).toEqual([]);
    expect(await broken(database.owner)).toEqual([]);
  });

  it('undone, every kopeck is back with the old provider, whatever was paid meanwhile; the laws hold', async () => {
    const sums = async (tx: Pick<Tx, 'query'>) =>
      tx.query<Row>(`select concat_ws(' ', account_id, service_id, sum(balance_kop)) as line from billing.pub_balance_v1 group by account_id, service_id order by 1`);
    await database.db.dryRun(async (tx) => {
      for (const account of [2, 5, 8]) {
        await tx.query(`select billing.post_payment($1, $2, $3, '2026-12-01', '2026-12-01', 'test', null)`, [600 + account, account, account * 7_000]);
      }
      const both = await sums(tx);
      await balances.undo(tx, { documentId: DOCUMENT, by: 'chief', reason: 'рішення скасовано судом' });
      expect(await sums(tx)).toEqual(both);
      const untouched = (line: string): boolean => !['1', '2', '5', '8'].includes(line.split(' ')[0] ?? '');
      expect((await standing(tx, [OLD])).filter(untouched)).toEqual(before.filter(untouched));
      expect(await broken(tx)).toEqual([]);
      const done = await lines(tx);
      await balances.undo(tx, { documentId: DOCUMENT, by: 'chief', reason: 'рішення скасовано судом' });
      expect(await lines(tx)).toBe(done);
    });
  });
});

describe('a succession of a later day', () => {
  it('waits until the books of the old provider are locked up to it', async () => {
    const later = { ...MOVE, documentId: '0190e000-0000-7000-8000-00000000b002', fromProviderId: NEXT, toProviderId: 3, on: '2027-01-01' };
    await database.closeDb.dryRun(async (tx) => {
      expect(await balances.move(tx, later)).toBe('waiting');
      expect((await standing(tx, [NEXT])).length).toBeGreaterThan(0);
      await tx.query(`update platform.period_lane set state = 'locked' where period = '2026-12-01' and provider_id = $1`, [NEXT]);
      await tx.query('select billing.move_providers_due($1::smallint)', [NEXT]);
      expect(await standing(tx, [NEXT])).toEqual([]);
    });
  });
});
