import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import type { Caller, TestApi } from '@komplat/testing';
import ExcelJS from 'exceljs';
import { eircFile } from './register-generator.ts';
import { buildWorld, heatAlias, importFile, openDesk } from './world.ts';

const accountant: Caller = { login: 'accountant', roles: ['accountant'] };
const ROWS = 23;
const FORMULA = '=HYPERLINK("http://x","y")';
/** Sums that repeat, so that the order between equal rows is tested too. */
const kopOf = (at: number): bigint => BigInt(((at * 7) % 5) + 1) * 1_000n + 1n;
let api: TestApi;
let id: string;

interface Row {
  readonly line: number;
  readonly amount: string;
}

beforeAll(async () => {
  api = await wholeApi();
  await buildWorld(api.database.owner, 60);
  await api.scope('accountant', 'all');
  const payments = Array.from({ length: ROWS }, (_, at) => ({
    account: at === 5 ? '404' : heatAlias(at + 1),
    name: at === 5 ? FORMULA : 'Коваленко',
    kop: kopOf(at),
    day: '2026-11-20',
    id: `T${at}`,
  }));
  const view = await importFile(openDesk(api.database), eircFile(payments), { provider: 'P02', post: false });
  id = view.id;
});
afterAll(() => api.close());

const get = (path: string) => api.call('GET', path, accountant);

async function walk(sort: string, limit: number): Promise<readonly Row[]> {
  const found: Row[] = [];
  let after = '';
  for (;;) {
    const { status, body } = await get(`payments/imports/${id}/rows?sort=${sort}&limit=${limit}${after}`);
    expect(status).toBe(200);
    expect(body.totals === undefined).toBe(after !== '');
    found.push(...body.items);
    if (body.next === null) return found;
    after = `&after=${encodeURIComponent(body.next)}`;
  }
}

describe('a sorted list', () => {
  it.each(['amount', '-amount', 'line', '-line', 'payer', '-day'])('by %s gives each row once, in order', async (sort) => {
    const rows = await walk(sort, 4);
    expect(rows.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual((await walk('line', 200)).map(({ line }) => line));
    expect(rows).toHaveLength(ROWS);
    if (!sort.endsWith('amount') && !sort.endsWith('line')) return;
    const way = sort.startsWith('-') ? -1 : 1;
    const expected = rows.toSorted((left, right) => {
      const first = sort.endsWith('amount') ? Number(left.amount) - Number(right.amount) : 0;
      return way * (first === 0 ? left.line - right.line : first);
    });
    expect(rows.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
  });

  it('sums the whole filter, not the page', async () => {
    const whole = Array.from({ length: ROWS }, (_, at) => kopOf(at)).reduce((sum, kop) => sum + kop, 0n);
    const text = (kop: bigint): string => `${kop / 100n}.${String(kop % 100n).padStart(2, '0')}`;
    const all = await get(`payments/imports/${id}/rows?limit=1`);
    expect(all.body.totals).toEqual({ count: ROWS, sums: { amount: text(whole) } });
    const held = await get(`payments/imports/${id}/rows?limit=1&outcome=suspense`);
    expect(held.body.totals).toEqual({ count: 1, sums: { amount: text(kopOf(5)) } });
  });

  it('refuses an order that it does not have and a place of another order', async () => {
    const first = await get(`payments/imports/${id}/rows?sort=amount&limit=2`);
    for (const query of ['sort=secret', `sort=line&after=${first.body.next}`, 'after=bm90aGluZw', "sort=line;drop"]) {
      const answer = await get(`payments/imports/${id}/rows?${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'platform.request.invalid']);
    }
  });
});

describe('a list as a file', () => {
  it('holds the whole filter in the chosen columns, the filter on top, the total below, no formula', async () => {
    const query = 'format=xlsx&sort=-amount&columns=amount,payer,line';
    const answer = await get(`payments/imports/${id}/rows/file?${query}`);
    expect([answer.status, answer.headers['content-disposition']]).toEqual([200, 'attachment; filename="import-rows.xlsx"']);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Uint8Array.from(answer.bytes).buffer);
    const sheet = book.worksheets[0];
    const cells = (row: number): unknown[] => [1, 2, 3].map((at) => sheet?.getRow(row).getCell(at).value);
    expect(String(cells(2)[0])).toContain('Фільтр');
    expect(cells(4)).toEqual(['Сума', 'Абонент', 'Рядок']);
    const rows = Array.from({ length: ROWS }, (_, at) => cells(5 + at));
    expect(rows.map(([, , line]) => line)).toEqual((await walk('-amount', 50)).map(({ line }) => line));
    expect(rows.map(([, payer]) => payer)).toContain(FORMULA); // a text cell: a formula would be an object
    expect(cells(5 + ROWS)[0]).toBe(`Разом ${ROWS} рядки`);
  });

  it('as text keeps a formula harmless and takes only the marked rows', async () => {
    const [held] = (await get(`payments/imports/${id}/rows?outcome=suspense`)).body.items;
    const answer = await get(`payments/imports/${id}/rows/file?format=csv&columns=line,payer,amount&ids=${held.line}`);
    const lines = answer.bytes.toString('utf8').trim().split('\r\n');
    expect(lines).toHaveLength(3 + 1 + 1 + 1);
    expect(lines[1]).toContain('Позначено 1 рядок');
    expect(lines[4]).toContain(`"'=HYPERLINK(""http://x""`);
    expect(lines[5]).toBe('Разом 1 рядок;;10.01');
    const [left] = await api.database.owner.query<{ actor: string; subject: string; marked: number }>(
      `select actor, subject, (after->>'marked')::int as marked from platform.audit_entry where action = 'platform.list.export' order by id desc limit 1`,
    );
    expect(left).toEqual({ actor: 'accountant', subject: `payments/imports/${id}/rows`, marked: 1 });
  });

  it.each(['payments/imports/file', 'payments/suspense/file', 'administration/approvals/file', 'administration/processes/file'])(
    '%s',
    async (path) => {
      const manager: Caller = { login: 'manager', roles: ['manager', 'accountant', 'process-operator'] };
      const answer = await api.call('GET', `${path}?format=csv`, manager);
      expect(answer.status).toBe(200);
      expect(answer.bytes.toString('utf8')).toMatch(/^\uFEFF"[^"]+"\r\n"Фільтр: усі рядки"\r\n/);
    },
  );
});
