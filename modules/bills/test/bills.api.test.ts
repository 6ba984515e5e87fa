import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { pdfPageCount } from '@komplat/documents';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import { BILLS_PERMISSIONS as P } from '../contract/permissions.ts';
import { type BillCity, billCity } from './city.ts';

jest.setTimeout(240_000);
const MONTH = '2026-10';
const clerk: Caller = { login: 'clerk', roles: ['operator'] };
const other: Caller = { login: 'other', roles: ['operator'] };
const provider: Caller = { login: 'provider-user', roles: ['provider-user'] };
let city: BillCity;
let api: TestApi;
let numbers: readonly string[];

beforeAll(async () => {
  city = await billCity({ accounts: 40, months: 3 });
  const { owner } = city.database;
  api = await wholeApi({ database: city.database });
  for (const { id } of Object.values(P)) {
    await owner.query(`insert into administration.role_permission values ('operator', $1), ('provider-user', $1) on conflict do nothing`, [id]);
  }
  await api.scope('clerk', 'all');
  await api.scope('provider-user', 'provider', 'P01');
  const rows = await owner.query<{ number: string }>('select number from registry.account order by id');
  numbers = rows.map(({ number }) => number);
});
afterAll(async () => {
  await city.app.close();
  await api.close();
});

let key = 0;
const path = (number: string): string => `bills/accounts/${number}/months/${MONTH}`;
const issue = (number: string, body: object = {}, as: Caller = clerk): Promise<Answer> =>
  api.call('POST', path(number), as, body, { 'idempotency-key': `issue-bill-${(key += 1)}` });
const numberAt = (at: number): string => numbers[at] ?? '';

describe('issued bills', () => {
  it('are issued once: the second time the same bill answers', async () => {
    const before = await api.call('GET', path(numberAt(0)), clerk);
    expect([before.status, before.body.code]).toEqual([404, 'bills.bill.unknown']);
    const first = await issue(numberAt(0));
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ account: numberAt(0), month: MONTH, version: 1, part: 0, current: true, missing: 0 });
    expect(first.body.number).toBe(`2610-${numberAt(0)}-1`);
    const second = await issue(numberAt(0));
    expect(second.body).toEqual(first.body);
    const audited = await city.database.owner.query(`select 1 from platform.audit_entry where action = 'bills.issue.bill' and subject = $1`, [`account/${numberAt(0)}`]);
    expect(audited).toHaveLength(1);
  });

  it('are never changed: the database refuses, also to the owner of the tables', async () => {
    await issue(numberAt(1));
    for (const sql of ['update bills.bill set total_kop = 0', 'delete from bills.bill', 'truncate bills.bill cascade']) {
      await expect(city.database.owner.query(sql)).rejects.toThrow();
      await expect(city.database.db.query(sql)).rejects.toThrow();
    }
  });

  it('are corrected by a new version with a reason; the code of the old one says that it was replaced', async () => {
    const number = numberAt(2);
    const { body: old } = await issue(number);
    const same = await issue(number, { kind: 'corrected', reason: 'площа за техпаспортом' });
    expect([same.status, same.body.code]).toEqual([409, 'bills.nothing-changed']);
    await city.database.owner.query(
      `update registry.premises_fact set total_area = total_area + 1 where premises_id = (select premises_id from registry.account where number = $1)`,
      [number],
    );
    expect((await issue(number, { kind: 'corrected' })).status).toBe(400);
    const corrected = await issue(number, { kind: 'corrected', reason: 'площа за техпаспортом' });
    expect(corrected.body).toMatchObject({ version: 2, reason: 'площа за техпаспортом', current: true });
    const replaced = await api.call('GET', `bills/verify/${old.code}`, undefined);
    expect(replaced.body).toMatchObject({ version: 1, supersededOn: corrected.body.issuedOn, month: MONTH });
    const newest = await api.call('GET', `bills/verify/${corrected.body.code}`, undefined);
    expect(newest.body).toMatchObject({ version: 2, supersededOn: null, total: corrected.body.total });
    const list = await api.call('GET', `bills/accounts/${number}`, clerk);
    expect(list.body.items.map(({ version, current }: { version: number; current: boolean }) => [version, current])).toEqual([[2, true], [1, false]]);
  });

  it('answer a public question without name and address, whatever way the code is typed', async () => {
    const { body: bill } = await issue(numberAt(3));
    const typed = `${bill.code.slice(0, 4)} ${bill.code.slice(4, 8)}-${bill.code.slice(8)}`.toLowerCase();
    const { status, body } = await api.call('GET', `bills/verify/${encodeURIComponent(typed)}`, undefined);
    expect(status).toBe(200);
    expect(body.accountEnds).toBe(numberAt(3).slice(-4));
    expect(JSON.stringify(body)).not.toContain(numberAt(3));
    expect(JSON.stringify(body)).not.toContain(bill.content.holder.split(' ')[0]);
    const unknown = await api.call('GET', 'bills/verify/000000000000', undefined);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'bills.verify.unknown']);
  });

  it('count public questions: the sixty-first of a minute is refused', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 70; at += 1) {
      const { status } = await api.call('GET', 'bills/verify/000000000000', undefined, undefined, { 'x-forwarded-for': '198.51.100.7' });
      statuses.push(status);
    }
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    const elsewhere = await api.call('GET', 'bills/verify/000000000000', undefined, undefined, { 'x-forwarded-for': '198.51.100.8' });
    expect(elsewhere.status).toBe(404);
  });

  it('print as a PDF from the card', async () => {
    await issue(numberAt(4));
    const { status, headers, bytes } = await api.call('GET', `bills/accounts/${numberAt(4)}/${MONTH}.pdf`, clerk);
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdfPageCount(bytes)).toBeGreaterThan(0);
  });

  it('are not for those outside of the scope, nor for a provider: they name all debts', async () => {
    for (const caller of [other, provider]) {
      expect((await api.call('GET', `bills/accounts/${numberAt(0)}`, caller)).status).toBe(404);
      expect((await issue(numberAt(0), {}, caller)).status).toBe(404);
    }
    expect((await api.call('GET', `bills/accounts/${numberAt(0)}`, undefined)).status).toBe(401);
  });

  it('are refused for a month of which no provider is released', async () => {
    const { status, body } = await api.call('POST', `bills/accounts/${numberAt(0)}/months/2026-12`, clerk, {}, { 'idempotency-key': 'issue-early-1' });
    expect([status, body.code]).toEqual([422, 'bills.month.not-ready']);
  });
});

describe('a provider that has given nothing', () => {
  it('is a named line without figures, and gets a supplementary bill when its figures come', async () => {
    const { owner } = city.database;
    const number = numberAt(5);
    const [lane] = await owner.query<{ provider_id: number }>(
      `select provider_id from billing.accrual a join registry.account r on r.id = a.account_id where r.number = $1 and a.period = '2026-10-01' and a.gross_kop > 0 limit 1`,
      [number],
    );
    const state = (to: string): Promise<object[]> =>
      owner.query(`update platform.period_lane set state = $2 where period = '2026-10-01' and provider_id = $1`, [lane?.provider_id, to]);
    await state('verified');
    const { body: main } = await issue(number);
    expect(main.missing).toBeGreaterThan(0);
    const missing = main.content.lines.filter(({ received }: { received: boolean }) => !received);
    expect(missing.every(({ gross, quantity }: { gross: string; quantity: string | null }) => gross === '0.00' && quantity === null)).toBe(true);
    expect((await issue(number, { kind: 'supplementary' })).body.code).toBe('bills.nothing-to-add');
    await state('locked');
    const { body: extra } = await issue(number, { kind: 'supplementary' });
    expect(extra).toMatchObject({ part: 1, version: 1, number: `2610-${number}-D1-1` });
    expect(extra.content.lines.map(({ service }: { service: string }) => service)).toEqual(missing.map(({ service }: { service: string }) => service));
    expect(extra.content.lines.every(({ received }: { received: boolean }) => received)).toBe(true);
    const [ledger] = await owner.query<{ kop: bigint }>(
      `select sum(e.amount_kop)::bigint as kop from billing.pub_ledger_v1 e join registry.account a on a.id = e.account_id
       where a.number = $1 and e.period = '2026-10-01' and e.turnover_column in ('charged', 'benefit', 'recalculated', 'subsidy')`,
      [number],
    );
    const kop = (text: string): bigint => BigInt(text.replace('.', ''));
    expect(kop(main.monthTotal) + kop(extra.monthTotal)).toBe(ledger?.kop);
    expect((await issue(number, { kind: 'supplementary' })).body.code).toBe('bills.nothing-to-add');
  });
});

describe('notices', () => {
  it('stand on the bills of their months and of their provider', async () => {
    const body = { fromMonth: MONTH, toMonth: MONTH, text: 'З 1 грудня змінюється тариф на воду.', reason: 'лист водоканалу' };
    const written = await api.call('POST', 'bills/notices', clerk, body, { 'idempotency-key': 'notice-one-1' });
    expect([written.status, written.body.items[0].text]).toEqual([201, body.text]);
    expect((await issue(numberAt(6))).body.content.notices).toEqual([body.text]);
    const ended = await api.call('POST', `bills/notices/${written.body.items[0].id}/end`, clerk, { reason: 'вже не потрібне' }, { 'idempotency-key': 'notice-end-1' });
    expect(ended.body.items[0].ended).toBe(true);
    expect((await issue(numberAt(7))).body.content.notices).toEqual([]);
    const wrong = await api.call('POST', 'bills/notices', clerk, { ...body, provider: 'NO' }, { 'idempotency-key': 'notice-bad-1' });
    expect(wrong.body.code).toBe('bills.notice.place-unknown');
  });
});
