import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { lawParams, type Tx } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import * as laws from '../server/laws/law-queries.ts';
import { LockLaw, TurnoverLaw } from '../server/laws/ledger-laws.ts';
import { buildFixedCity } from './world.ts';

const SERVICES = [1, 2, 8];
const MONTHS = ['2026-08-01', '2026-09-01'];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildFixedCity(tx, SERVICES, 6));
  for (const month of MONTHS) await close(month);
  for (const account of [1, 2, 3]) {
    await database.db.query(`select billing.post_payment($1, $2, $3, '2026-10-05', '2026-10-05', 'test', null)`, [
      account,
      account,
      account * 25_000,
    ]);
  }
});
afterAll(() => database.drop());

async function close(month: string): Promise<void> {
  const step = (sql: string) => database.closeDb.query(sql, [month]);
  await step(`update platform.period_lane set state = 'closing' where period = $1`);
  for (const provider of [1, 2]) {
    await step(`select billing.accrue_batch($1, ${provider}::smallint, 1, 6, 'test')`);
    await step(`select billing.roll_batch($1, ${provider}::smallint, 1, 6)`);
  }
  await step(
    `update platform.period_lane set state = 'locked', digest = billing.lane_digest(period, provider_id) where period = $1`,
  );
}

type Name = keyof typeof laws;
interface Counted {
  readonly checked: bigint;
  readonly violations: bigint;
}
const TABLES = ['ledger_entry', 'accrual', 'allocation', 'period_balance', 'posting'];

/** What every law says after the rows were planted behind the guards of the database; nothing stays. */
async function after(plant: string, month?: string): Promise<Record<string, bigint>> {
  const found: Record<string, bigint> = {};
  await database.owner.dryRun(async (tx) => {
    for (const table of TABLES) await tx.query(`alter table billing.${table} disable trigger user`);
    if (plant) await tx.query(plant);
    for (const [name, sql] of Object.entries(laws)) found[name] = (await counted(tx, sql, month)).violations;
  });
  return found;
}
async function counted(tx: Tx, sql: string, month?: string): Promise<Counted> {
  const [row] = await tx.query<Counted>(sql, lawParams(month));
  if (!row) throw new Error('a law answers one row');
  return row;
}

const LINE = `insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)`;

describe('laws of the ledger', () => {
  it('hold over a closed city, each of them with something to check', async () => {
    await database.owner.dryRun(async (tx) => {
      for (const [name, sql] of Object.entries(laws)) {
        const { checked, violations } = await counted(tx, sql);
        expect([name, checked > 0n, violations]).toEqual([name, true, 0n]);
      }
    });
  });

  it.each<[Name, string, string]>([
    ['TURNOVER_LAW', 'a balance that no line explains', `update billing.period_balance set charged_kop = charged_kop + 1,
      closing_kop = closing_kop + 1 where period = '2026-09-01' and account_id = 1 and service_id = 1`],
    ['TURNOVER_LAW', 'a balance that opens with another sum', `update billing.period_balance set opening_kop = opening_kop + 5,
      closing_kop = closing_kop + 5 where period = '2026-09-01' and account_id = 2 and service_id = 2`],
    ['TURNOVER_LAW', 'a balance that is gone', `delete from billing.period_balance where period = '2026-09-01' and account_id = 6`],
    ['TURNOVER_LAW', 'a line in a locked month', `${LINE} values ('2026-08-01', 1, 1, 1, 1, 12, '2026-08-01', 7)`],
    ['ALLOCATION_LAW', 'a payment that pays more than it brought', `insert into billing.allocation (period, account_id, service_id,
      provider_id, debt_month, credit_period, credit_id, amount_kop) select period, account_id, service_id, provider_id,
      debt_month, credit_period, credit_id, 1 from billing.allocation limit 1`],
    ['ALLOCATION_LAW', 'an advance beside an unpaid month', `insert into billing.advance select account_id, service_id, provider_id,
      '2026-10-01', 990001, 10 from billing.open_item where outstanding_kop > 0 limit 1`],
    ['ALLOCATION_LAW', 'money that nobody paid', `insert into billing.advance values (1, 1, 1, '2026-10-01', 990002, 3)`],
    ['ITEM_LAW', 'an item that owes less than it should', `update billing.open_item set outstanding_kop = outstanding_kop - 1
      where account_id = 5 and service_id = 1 and debt_month = '2026-08-01'`],
    ['ITEM_LAW', 'an item that is gone', `delete from billing.open_item where account_id = 5 and service_id = 1`],
    ['ONCE_LAW', 'a month that is charged twice', `insert into billing.accrual select period, account_id, service_id, provider_id,
      version + 1, posting_id, method, quantity, tariff_id, norm_id, persons, person_days, area, reading_from, reading_to,
      supply_id, rule_version, gross_kop, benefit_kop, net_kop from billing.accrual limit 1`],
    ['ONCE_LAW', 'a payment that is posted twice', `insert into billing.posting (document_kind, document_id, effective_on, booked_by)
      select document_kind, document_id, effective_on, 'test' from billing.posting where document_kind = 'payment' limit 1`],
    ['LOCK_LAW', 'another quantity in a locked month', `update billing.accrual set quantity = quantity + 1
      where period = '2026-08-01' and account_id = 3`],
    ['PENNY_LAW', 'a payment whose lines are not the payment', `insert into payments.payment (channel_id, source, external_id,
      request_hash, account_id, amount_kop, paid_on, received_on, booked_by, posting_id) select c.id, c.code, 'penny', 'h', 1,
      24999, '2026-10-05', '2026-10-05', 'test', (select id from billing.posting where document_kind = 'payment' order by id
      limit 1) from payments.channel c limit 1`],
    ['REBUILD_LAW', 'an item that is not what the rows give', `update billing.open_item set outstanding_kop = outstanding_kop - 1
      where account_id = 5 and service_id = 1 and debt_month = '2026-08-01'`],
    ['REBUILD_LAW', 'an advance that the rows do not give', `insert into billing.advance values (1, 1, 1, '2026-10-01', 990003, 3)`],
    ['ORDER_LAW', 'a younger month that is paid before an older one', `insert into billing.allocation (period, account_id, service_id,
      provider_id, debt_month, credit_period, credit_id, amount_kop) values ('2026-10-01', 6, 1, 1, '2026-09-01', '2026-10-01', 990004, 5)`],
  ])('%s sees %s', async (name, _what, plant) => {
    const channel = `insert into payments.channel select 1, 'PLANT', 'x', 'terminal', null, 0, 0, 0, 'centre', true, 3, '[2000-01-01,)'
      where not exists (select from payments.channel)`;
    await database.owner.query(channel);
    expect((await after(plant))[name] ?? 0n).toBeGreaterThan(0n);
  });

  it('look at one month and at some accounts only, when they are asked to', async () => {
    const plant = `update billing.period_balance set charged_kop = charged_kop + 1, closing_kop = closing_kop + 1
      where period = '2026-09-01' and account_id = 4 and service_id = 1`;
    const [august, september] = [await after(plant, '2026-08'), await after(plant, '2026-09')];
    expect([august.TURNOVER_LAW, september.TURNOVER_LAW]).toEqual([0n, 1n]);
    const law = new TurnoverLaw(database.db);
    const [all, some] = [await law.check(), await law.check(undefined, { from: 1, to: 2 })];
    expect([all.violations, some.violations, some.checked * 3]).toEqual([0, 0, all.checked]);
    expect((await new LockLaw(database.db).check('2026-08')).checked).toBe(4);
  });
});
