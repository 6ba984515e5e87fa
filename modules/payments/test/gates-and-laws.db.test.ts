import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase } from '@komplat/testing';
import type { TestDatabase } from '@komplat/testing';
import { CutOffGate, SuspenseAgeGate, UnpostedRegistersGate } from '../server/services/close-gates.ts';
import { DueToProvidersLaw, MoneyLinesLaw, OutboxLaw } from '../server/services/money-laws.ts';
import { eircFile } from './register-generator.ts';
import type { Desk } from './world.ts';
import { buildWorld, heatAlias, importFile, numberOf, openDesk, person } from './world.ts';

let database: TestDatabase;
let desk: Desk;
const HEAT = { providerId: 2, month: '2026-11' };
const MAINTENANCE = { providerId: 8, month: '2026-11' };

beforeAll(async () => {
  database = await testDatabase(plugins);
  await buildWorld(database.owner, 40);
  desk = openDesk(database);
});
afterAll(() => database.drop());

const register = (kop: bigint, account = heatAlias(34)): Uint8Array =>
  eircFile([{ account, service: '002', name: 'К', kop, day: '2026-11-20' }]);
const today = (day: string): Promise<object[]> =>
  database.owner.query('update platform.operating_day set day = $1', [day]);

describe('gates of the month close', () => {
  it('cut-offs: red while a channel that lives in the month may still send its payments', async () => {
    const gate = new CutOffGate(database.db);
    // six of the seven channels live in November 2026; each may send until the third of December
    expect(await gate.measure(HEAT)).toEqual({ value: 6, limit: 0, green: false });
    await today('2026-12-02');
    expect((await gate.measure(HEAT)).value).toBe(6);
    await today('2026-12-03');
    expect(await gate.measure(HEAT)).toEqual({ value: 0, limit: 0, green: true });
    await today('2026-11-23');
  });

  it('unposted registers: a file of one provider does not hold another', async () => {
    const gate = new UnpostedRegistersGate(database.db);
    const { id } = await importFile(desk, register(100n), { provider: 'P02', post: false });
    expect([(await gate.measure(HEAT)).value, (await gate.measure(MAINTENANCE)).value]).toEqual([1, 0]);
    await desk.desk.order(id, 'cancel', 'not ours', person, true);
    expect((await gate.measure(HEAT)).green).toBe(true);
  });

  it('suspense: red from the day after the deadline', async () => {
    const gate = new SuspenseAgeGate(database.db);
    await importFile(desk, register(200n, '404'), { provider: 'P02' });
    await today('2026-12-03');
    expect((await gate.measure(HEAT)).green).toBe(true);
    await today('2026-12-04');
    expect([(await gate.measure(HEAT)).value, (await gate.measure(MAINTENANCE)).value]).toEqual([1, 0]);
    await today('2026-11-23');
  });
});

describe('laws of the money lines', () => {
  it('see a line too much, a wrong provider, and money without lines', async () => {
    const [l11, l12] = [new MoneyLinesLaw(database.db), new DueToProvidersLaw(database.db)];
    await database.db.query(`select payments.accept('PRIVAT24', 'law-1', 'h', $1, 5000, null, null, 'bank')`, [
      numberOf(1),
    ]);
    expect([(await l11.check()).violations, (await l12.check('2026-11')).violations]).toEqual([0, 0]);
    expect((await l12.check()).checked).toBeGreaterThan(0);
    const [payment] = await database.db.query<{ id: bigint }>(
      `select id from payments.payment where external_id = 'law-1'`,
    );
    const add = (place: string, provider: number | null, kop: number): Promise<object[]> =>
      database.owner.query(
        `insert into payments.money_line (day, place, provider_id, amount_kop, document_kind, document_id) values ('2026-11-23', $1, $2, $3, 'payment', $4)`,
        [place, provider, kop, payment?.id.toString()],
      );
    await add('rounding', null, 1);
    expect([
      (await l11.check()).violations,
      (await l11.check('2026-11')).violations,
      (await l11.check('2026-10')).violations,
    ]).toEqual([1, 1, 0]);
    await add('rounding', null, -1);
    expect((await l11.check()).violations).toBe(0);
    await add('due-to-provider', 2, 100);
    await add('due-to-provider', 8, -100);
    expect([
      (await l11.check()).violations,
      (await l12.check()).violations,
      (await l12.check('2026-11')).violations,
    ]).toEqual([0, 2, 2]);
    await add('due-to-provider', 2, -100);
    await add('due-to-provider', 8, 100);
    await database.db.query(`select billing.post_payment(999999999, 2, 700, '2026-11-01', '2026-11-20', 'test', null)`);
    expect((await l12.check()).violations).toBe(1);
  });
});

describe('law of the events', () => {
  const law = (): Promise<{ checked: number; violations: number }> => new OutboxLaw(database.db).check();
  const owner = (sql: string): Promise<object[]> => database.owner.query(sql);

  it('sees an event that is missing, one that is told twice, and one of money that never came', async () => {
    await database.db.query(`select payments.accept('PRIVAT24', 'law-9', 'h', $1, 4000, null, null, 'bank')`, [
      numberOf(3),
    ]);
    const before = await law();
    expect([before.checked > 0, before.violations]).toEqual([true, 0]);
    await owner(`insert into platform.outbox (id, type, aggregate, payload)
      select gen_random_uuid(), type, 'planted', payload from platform.outbox where type = 'payments.received' limit 1`);
    expect((await law()).violations).toBe(1);
    await owner(`delete from platform.outbox where aggregate = 'planted'`);
    await owner(`insert into platform.outbox (id, type, aggregate, payload)
      values (gen_random_uuid(), 'payments.received', 'planted', '{"paymentId": "999999"}')`);
    expect((await law()).violations).toBe(1);
    await owner(`delete from platform.outbox where aggregate = 'planted'`);
    await owner(`update platform.outbox set type = 'planted' where type = 'payments.received'`);
    const { checked, violations } = await law();
    expect([checked, violations]).toEqual([before.checked, before.checked]);
    await owner(`update platform.outbox set type = 'payments.received' where type = 'planted'`);
    expect((await law()).violations).toBe(0);
  });
});

describe('what the database refuses', () => {
  it.each([
    ['a changed sum', 'update payments.payment set amount_kop = amount_kop + 1'],
    ['a changed account', 'update payments.payment set account_id = account_id + 1 where account_id is not null'],
    ['another id', `update payments.payment set external_id = external_id || 'x'`],
    ['a removed payment', 'delete from payments.payment'],
    ['a changed money line', 'update payments.money_line set amount_kop = 1'],
    ['a removed money line', 'delete from payments.money_line'],
  ])('%s', async (_what, sql) => {
    await expect(database.owner.query(sql)).rejects.toMatchObject({ code: 'KP002' });
  });
});
