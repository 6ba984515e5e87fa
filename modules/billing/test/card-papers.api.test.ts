import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { pdfPageCount } from '@komplat/documents';
import { type Caller, type TestApi, testEnv } from '@komplat/testing';
import ExcelJS from 'exceljs';
import { buildFixedCity, PROVIDER_OF } from './world.ts';

const operator: Caller = { login: 'operator', roles: ['operator'] };
const provider: Caller = { login: 'provider-user', roles: ['provider-user'] };
let api: TestApi;
let number: string;

/** One account with fees of 101.07 and 102.07 charged in October; 150.00 paid on 2026-11-03. */
beforeAll(async () => {
  process.env['CHROMIUM_BIN'] = testEnv().CHROMIUM_BIN;
  api = await wholeApi();
  const { owner, db, closeDb } = api.database;
  await buildFixedCity(owner, [1, 2], 1);
  await owner.query(`insert into payments.channel values (1, 'CASH', 'Каса', 'desk', null, 0, 0, 0, 'payer', false, 3, '[1997-01-01,)') on conflict do nothing`);
  for (const id of new Set([PROVIDER_OF[1], PROVIDER_OF[2]])) {
    await closeDb.query(`update platform.period_lane set state = 'closing' where period = '2026-10-01' and provider_id = $1`, [id]);
    await closeDb.transaction((tx) => tx.query(`select billing.accrue_batch('2026-10-01', $1::smallint, 1, 10, 'test')`, [id]));
  }
  await db.transaction((tx) =>
    tx.query(
      `with p as (select nextval('platform.mass_id') as id), posted as (select p.id, billing.post_payment(p.id, 1, 15000, '2026-11-03', '2026-11-03', 'test', null) as posting from p)
       insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on, booked_by, posting_id)
       select id, 1, 'CASH', 'X1', 'h', 1, 15000, '2026-11-03', '2026-11-03', 'test', posting from posted`,
    ),
  );
  number = (await owner.query<{ number: string }>('select number from registry.account'))[0]?.number ?? '';
  await api.scope('operator', 'all');
  await api.scope('provider-user', 'provider', 'P02');
});
afterAll(() => api.close());

const issue = (body: object, key: string, as = operator) =>
  api.call('POST', `billing/accounts/${number}/certificates`, as, body, { 'idempotency-key': key });
const audits = async (action: string): Promise<number> =>
  (await api.database.owner.query('select 1 from platform.audit_entry where action = $1', [action])).length;

describe('the card as a file', () => {
  it('has every month of every service, the payments with what they paid, and is audited', async () => {
    const { status, bytes } = await api.call('GET', `billing/accounts/${number}/card/file?format=xlsx`, operator);
    expect(status).toBe(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as never);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Місяці', 'Платежі', 'Документи']);
    const months = book.worksheets[0];
    const rows = (months?.getRows(6, months.rowCount - 5) ?? []).map((row) => [1, 2, 5, 9, 11].map((cell) => row.getCell(cell).value));
    expect(rows).toEqual([
      ['2026-11', 'MNT', 0, -101.07, 0],
      ['2026-11', 'CW', 0, -48.93, 53.14],
      ['2026-10', 'MNT', 101.07, 0, 101.07],
      ['2026-10', 'CW', 102.07, 0, 102.07],
      ['Обороти', null, 203.14, -150, null],
    ]);
    const payments = book.worksheets[1];
    expect(payments?.getRow(6).getCell(3).value).toBe(150);
    expect([6, 7].map((row) => payments?.getRow(row).getCell(8).value)).toEqual([101.07, 48.93]);
    expect(await audits('billing.card.export')).toBe(1);
  });
  it('shows a provider its own services only', async () => {
    const { bytes } = await api.call('GET', `billing/accounts/${number}/card/file?format=xlsx`, provider);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as never);
    const months = book.worksheets[0];
    const names = (months?.getRows(6, months.rowCount - 6) ?? []).map((row) => row.getCell(2).value);
    expect([...new Set(names)]).toEqual(['CW']);
  });
  it('as a PDF is a document', async () => {
    const { status, bytes } = await api.call('GET', `billing/accounts/${number}/card/file?format=pdf`, operator);
    expect(status).toBe(200);
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(pdfPageCount(bytes)).toBe(1);
  });
});

describe('certificates of the state of payments', () => {
  it('are numbered without gaps, issued once a key, kept as issued, and proved by their code', async () => {
    const first = await issue({ purpose: 'субсидія' }, 'certificate-key-000001');
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ number: '2026-000001', asOf: '2026-11-23', balance: '53.14' });
    const again = await issue({ purpose: 'субсидія' }, 'certificate-key-000001');
    expect(again.body.id).toBe(first.body.id);
    const before = await issue({ purpose: 'нотаріус', asOf: '2026-10-31' }, 'certificate-key-000002');
    expect(before.body).toMatchObject({ number: '2026-000002', asOf: '2026-10-31', balance: '203.14' });
    const { body } = await api.call('GET', `billing/accounts/${number}/certificates`, operator);
    expect(body.items.map((item: { number: string }) => item.number)).toEqual(['2026-000002', '2026-000001']);
    expect(await audits('billing.certificate.issue')).toBe(2);
    const [row] = await api.database.owner.query<{ code: string }>(`select code from billing.certificate where number = '2026-000001'`);
    const code = row?.code.replaceAll(/(.{4})(?=.)/g, '$1 ').toLowerCase() ?? '';
    const verified = await api.call('GET', `billing/certificates/verify/${encodeURIComponent(code)}`, undefined);
    expect(verified.status).toBe(200);
    expect(verified.body).toMatchObject({ number: '2026-000001', accountEnds: number.slice(-4), balance: '53.14' });
    expect(verified.body.sha256).toBe(first.body.sha256);
    expect(JSON.stringify(verified.body)).not.toContain(number);
    expect((await api.call('GET', 'billing/certificates/verify/000000000000', undefined)).status).toBe(404);
  });
  it('are printed from what was issued, also after the money changed', async () => {
    const { body } = await api.call('GET', `billing/accounts/${number}/certificates`, operator);
    await api.database.db.transaction((tx) => tx.query(`select billing.post_payment(880001, 1, 5314, '2026-11-21', '2026-11-21', 'test', null)`));
    const { status, bytes } = await api.call('GET', `billing/certificates/${body.items[1].id}/pdf`, operator);
    expect(status).toBe(200);
    expect(pdfPageCount(bytes)).toBe(1);
  });
  it('are refused for a day to come, without a purpose, to a reader of some providers, and cannot be changed', async () => {
    expect((await issue({ purpose: 'субсидія', asOf: '2026-12-01' }, 'certificate-key-000003')).body.code).toBe('billing.certificate.future');
    expect((await issue({ purpose: 'x' }, 'certificate-key-000004')).status).toBe(400);
    expect((await issue({ purpose: 'субсидія' }, 'certificate-key-000005', provider)).body.code).toBe('billing.certificate.partial');
    await expect(api.database.owner.query(`update billing.certificate set purpose = 'other'`)).rejects.toThrow();
  });
});
