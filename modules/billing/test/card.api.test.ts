import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Caller, type TestApi } from '@komplat/testing';
import ExcelJS from 'exceljs';
import { buildAccount, buildCity, buildMeter, buildResident, buildSupply, buildTariff } from './world.ts';

const operator: Caller = { login: 'operator', roles: ['operator', 'accountant'] };
const provider: Caller = { login: 'provider-user', roles: ['provider-user'] };
const outsider: Caller = { login: 'nobody', roles: ['operator'] };
let api: TestApi;
let number: string;

/** One account: 67.08 m² × 5.25 (law.md 1.3), water 10 m³ × 30, charged in October; 400.00 paid in November. */
beforeAll(async () => {
  api = await wholeApi();
  const { owner, closeDb, db } = api.database;
  await buildCity(owner);
  number = await buildAccount(owner, 1, '67.08');
  await buildResident(owner, 1, '2001-01-01', null);
  await buildSupply(owner, { account: 1, service: 1, method: 'area' });
  await buildTariff(owner, { id: 1, service: 1, price: '5.25' });
  await buildSupply(owner, { account: 1, service: 2, method: 'meter' });
  await buildTariff(owner, { id: 2, service: 2, price: '30' });
  await buildMeter(owner, {
    premises: 1,
    service: 2,
    readings: [
      ['2026-09', '100'],
      ['2026-10', '110'],
    ],
  });
  for (const id of [1, 2]) {
    await closeDb.query(
      `update platform.period_lane set state = 'closing' where period = '2026-10-01' and provider_id = $1`,
      [id],
    );
    await closeDb.transaction((tx) =>
      tx.query(`select billing.accrue_batch('2026-10-01', $1::smallint, 1, 10, 'test')`, [id]),
    );
    await closeDb.transaction((tx) => tx.query(`select billing.roll_batch('2026-10-01', $1::smallint, 1, 10)`, [id]));
    await closeDb.query(
      `update platform.period_lane set state = 'locked', digest = billing.lane_digest(period, provider_id) where period = '2026-10-01' and provider_id = $1`,
      [id],
    );
  }
  await owner.query(
    `insert into payments.channel values (1, 'CASH', 'Каса', 'desk', null, 0, 0, 0, 'payer', false, 3, '[1997-01-01,)') on conflict do nothing`,
  );
  await db.transaction(async (tx) => {
    await tx.query(
      `with p as (select nextval('platform.mass_id') as id), posted as (select p.id, billing.post_payment(p.id, 1, 40000, '2026-10-20', '2026-10-20', 'test', null) as posting from p)
       insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on, booked_by, posting_id)
       select id, 1, 'CASH', 'X1', 'h', 1, 40000, '2026-10-20', '2026-11-02', 'test', posting from posted`,
    );
  });
  await api.scope('operator', 'all');
  await api.scope('provider-user', 'provider', 'P02');
});
afterAll(() => api.close());

const card = async (as: Caller, query = '') => api.call('GET', `billing/accounts/${number}/card${query}`, as);

describe('subscriber card', () => {
  it('shows turnover that adds up, oldest debt paid first, and a note for money of a closed month', async () => {
    const { status, body } = await card(operator, '?months=3');
    expect(status).toBe(200);
    expect(body.months).toEqual(['2026-11', '2026-10', '2026-09']);
    const maintenance = body.services.find((service: { serviceCode: string }) => service.serviceCode === 'MNT');
    expect(maintenance.months).toEqual([
      expect.objectContaining({
        month: '2026-11',
        opening: '352.17',
        paid: '-352.17',
        closing: '0.00',
        state: 'open',
        traceRef: null,
      }),
      expect.objectContaining({
        month: '2026-10',
        opening: '0.00',
        charged: '352.17',
        closing: '352.17',
        state: 'locked',
        traceRef: `accrual:2026-10:${number}:MNT:P01`,
      }),
      expect.objectContaining({ month: '2026-09', charged: '0.00' }),
    ]);
    expect(body.total.balance).toBe('252.17');
    expect(body.openItems).toEqual([
      expect.objectContaining({
        month: '2026-10',
        service: 'CW',
        due: '300.00',
        outstanding: '252.17',
        dueOn: '2026-11-20',
      }),
    ]);
    expect(body.payments).toEqual([
      expect.objectContaining({
        paidOn: '2026-10-20',
        amount: '400.00',
        channel: 'Каса',
        reversed: false,
        note: expect.objectContaining({ key: 'billing.note.other-month' }),
        allocations: [
          { month: '2026-10', service: 'MNT', provider: 'P01', amount: '352.17' },
          { month: '2026-10', service: 'CW', provider: 'P02', amount: '47.83' },
        ],
      }),
    ]);
  });

  it('goes back in pages of months with the same figures', async () => {
    const { body } = await card(operator, '?months=2&before=2026-11');
    expect(body.months).toEqual(['2026-10', '2026-09']);
    expect(body.services[0].months[0]).toMatchObject({ month: '2026-10', closing: '352.17' });
  });

  it('shows a provider its own services only, and nothing to a person without a scope', async () => {
    const { body } = await card(provider);
    expect(body.services.map((service: { serviceCode: string }) => service.serviceCode)).toEqual(['CW']);
    expect(body.payments[0].allocations).toEqual([
      { month: '2026-10', service: 'CW', provider: 'P02', amount: '47.83' },
    ]);
    expect((await card(outsider)).status).toBe(404);
  });
});

describe('trace', () => {
  const trace = async (ref: string) => api.call('GET', `billing/trace/${encodeURIComponent(ref)}`, operator);

  it('explains a charge with its inputs, its tariff and an agreeing second calculation', async () => {
    const { status, body } = await trace(`accrual:2026-10:${number}:MNT:P01`);
    expect(status).toBe(200);
    expect(body.value).toBe('352.17');
    expect(body.secondCalculation).toEqual({ agrees: true, value: '352.17' });
    expect(body.steps.map((step: { formula: string; result: string }) => [step.formula, step.result])).toEqual([
      ['67.08', '67.08'],
      ['67.08 × 5.25', '352.17'],
    ]);
    expect(body.sources).toEqual([expect.objectContaining({ kind: 'tariff', number: 'n' })]);
  });
  it('shows readings of a metered charge', async () => {
    const { body } = await trace(`accrual:2026-10:${number}:CW:P02`);
    expect(body.steps[0]).toMatchObject({ formula: '110.000 − 100.000', result: '10' });
    expect(body.sources.filter((source: { kind: string }) => source.kind === 'reading')).toHaveLength(2);
  });
  it('follows a payment and a balance', async () => {
    const { body: shown } = await card(operator);
    const payment = await trace(`payment:${shown.payments[0].id}`);
    expect(payment.body).toMatchObject({ value: '400.00', steps: [{ formula: '352.17 + 47.83', result: '400.00' }] });
    const balance = await trace(`balance:${number}:CW:P02`);
    expect(balance.body).toMatchObject({ value: '252.17', secondCalculation: { agrees: true } });
    expect((await trace('accrual:2026-01:0000000000:MNT:P01')).status).toBe(404);
  });

  it('walks from a payment to the row of the file it came with', async () => {
    const { owner } = api.database;
    const importId = '00000000-0000-7000-8000-000000000001';
    await owner.query(
      `insert into payments.import_file (id, preset, file_name, file_hash, size, state, workflow_id, uploaded_by)
       values ($1, 'eirc', 'register-2026-10.csv', 'abc', 10, 'posted', 'w', 'accountant')`,
      [importId],
    );
    const [paid] = await owner.query<{ id: bigint }>(
      `with p as (select nextval('platform.mass_id') as id), posted as (
         select p.id, billing.post_payment(p.id, 1, 1000, '2026-11-03', '2026-11-03', 'accountant', null) as posting from p)
       insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on, booked_by,
         posting_id, import_id, import_line)
       select id, 1, 'EIRC', 'E7', 'h', 1, 1000, '2026-11-03', '2026-11-03', 'accountant', posting, $1, 7 from posted returning id`,
      [importId],
    );
    await owner.query(
      `insert into payments.import_row (import_id, line, raw, outcome, payment_id, amount_kop) values ($1, 7, '0100000017;10.00;X', 'matched', $2, 1000)`,
      [importId, paid?.id],
    );
    const { body } = await trace(`payment:${paid?.id}`);
    expect(body.value).toBe('10.00');
    expect(body.sources).toEqual([
      expect.objectContaining({ kind: 'payment', number: 'E7' }),
      expect.objectContaining({ kind: 'file-row', row: 7, raw: '0100000017;10.00;X', href: `/payments/imports/${importId}` }),
    ]);
    const { body: shown } = await card(operator);
    expect(shown.payments[0]).toMatchObject({ importId, line: 7, amount: '10.00' });
    await api.database.db.transaction((tx) =>
      tx.query(`select billing.reverse_posting((select posting_id from payments.payment where id = $1), 'accountant', 'payment-rollback', '1', '2026-11-04')`, [
        paid?.id,
      ]),
    );
    const { body: after } = await card(operator);
    expect(after.payments[0]).toMatchObject({ importId, reversed: true, allocations: [] });
    expect(after.total.balance).toBe('252.17');
    expect(after.entries).toEqual([expect.objectContaining({ kind: 'payment', amount: '10.00', document: { kind: 'payment-rollback', id: '1' } })]);
  });
});

describe('turnover', () => {
  it.each(['service', 'provider', 'house'])(
    'by %s equals the ledger, for a locked and for an open month',
    async (groupBy) => {
      for (const period of ['2026-10', '2026-11']) {
        const { status, body } = await api.call(
          'GET',
          `billing/turnover?period=${period}&groupBy=${groupBy}`,
          operator,
        );
        expect(status).toBe(200);
        const [ledger] = await api.database.db.query<{ paid: bigint; charged: bigint }>(
          `select coalesce(sum(amount_kop) filter (where turnover_column = 'paid'), 0)::bigint as paid,
           coalesce(sum(amount_kop) filter (where turnover_column = 'charged'), 0)::bigint as charged
         from billing.pub_ledger_v1 where period = $1`,
          [`${period}-01`],
        );
        const kop = (text: string): bigint => BigInt(text.replace('.', ''));
        expect([kop(body.totals.paid), kop(body.totals.charged)]).toEqual([ledger?.paid, ledger?.charged]);
        expect(body.totals.accounts).toBe(1);
        expect(body.totals.closing).toBe(period === '2026-10' ? '652.17' : '252.17');
        expect(body.totals.opening).toBe(period === '2026-10' ? '0.00' : '652.17');
      }
    },
  );

  it('as a spreadsheet has the same cells', async () => {
    const { body } = await api.call('GET', 'billing/turnover?period=2026-10', operator);
    const { status, bytes } = await api.call('GET', 'billing/turnover.xlsx?period=2026-10', operator);
    expect(status).toBe(200);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as never);
    const sheet = workbook.worksheets[0];
    const columns = [
      'key',
      'title',
      'provider',
      'accounts',
      'opening',
      'charged',
      'recalculated',
      'benefit',
      'subsidy',
      'paid',
      'other',
      'closing',
    ];
    for (const [index, row] of body.rows.entries()) {
      for (const [column, key] of columns.entries()) {
        const value = sheet?.getCell(index + 3, column + 1).value;
        const text = typeof value === 'number' && column > 3 ? value.toFixed(2) : value;
        expect(text).toEqual(row[key]);
      }
    }
    expect(sheet?.getCell(body.rows.length + 3, 12).value).toBe(652.17);
  });
});
