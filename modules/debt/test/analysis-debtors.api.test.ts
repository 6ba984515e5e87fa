import 'reflect-metadata';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDbf } from '@komplat/documents';
import type { Caller, TestApi } from '@komplat/testing';
import ExcelJS from 'exceljs';
import type { Debtor } from '../contract/index.ts';
import {
  ACCOUNTS, debtCity, districtOf, districtUser, dwellingOf, isEmptyFlat, type Item, ITEMS, lastPaidOf, lawyer, nobody, numberOf, providerUser, text,
  TODAY,
} from './analysis-world.ts';

interface Expected {
  readonly id: number;
  readonly kop: bigint;
  readonly months: number;
  readonly oldest: string;
}
let api: TestApi;
beforeAll(async () => {
  api = await debtCity();
});
afterAll(() => api.close());

const get = (query: string, as: Caller = lawyer) => api.call('GET', `debt/debtors?${query}`, as);

/** The plain second implementation: overdue items of the test's own list, by account. */
function debtors(keep: (item: Item) => boolean = () => true, wanted: (debtor: Expected) => boolean = () => true): Expected[] {
  const ids = Array.from({ length: ACCOUNTS }, (_, at) => at + 1);
  return ids
    .map((id) => {
      const own = ITEMS.filter((item) => item.account === id && item.due < TODAY && keep(item));
      const months = [...new Set(own.map(({ month }) => month))].sort();
      return { id, kop: own.reduce((sum, { kop }) => sum + kop, 0n), months: months.length, oldest: months[0] ?? '' };
    })
    .filter(({ months }) => months > 0)
    .filter(wanted);
}
const accounts = (list: readonly Expected[]): string[] => list.map(({ id }) => numberOf(id)).sort();
const whole = (list: readonly Expected[]): string => text(list.reduce((sum, { kop }) => sum + kop, 0n));

async function found(query: string, as: Caller = lawyer): Promise<{ accounts: string[]; count: number; debt: string; items: Debtor[] }> {
  const { status, body } = await get(`limit=200&${query}`, as);
  expect(status).toBe(200);
  return {
    accounts: body.items.map(({ account }: Debtor) => account).sort(),
    count: body.totals.count,
    debt: body.totals.sums.debt,
    items: body.items,
  };
}
async function expectDebtors(query: string, expected: readonly Expected[], as: Caller = lawyer): Promise<void> {
  const answer = await found(query, as);
  expect(answer.accounts).toEqual(accounts(expected));
  expect([answer.count, answer.debt]).toEqual([expected.length, whole(expected)]);
}

describe('debtors against a plain sum of the same items', () => {
  it('what is past its due day; the current month is not a debt yet', async () => {
    await expectDebtors('', debtors());
    const { items } = await found('');
    for (const { id, kop, months, oldest } of debtors()) {
      const row = items.find(({ account }) => account === numberOf(id));
      expect(row).toMatchObject({ debt: text(kop), months, oldest, district: districtOf(id), dwelling: dwellingOf(id), lastPaid: lastPaidOf(id) });
    }
  });

  it.each<[string, (item: Item) => boolean, (debtor: Expected) => boolean]>([
    ['from=500', () => true, ({ kop }) => kop >= 50_000n],
    ['from=500&to=1500.5', () => true, ({ kop }) => kop >= 50_000n && kop <= 150_050n],
    ['months=4', () => true, ({ months }) => months >= 4],
    ['service=HEAT', ({ service }) => service === 2, () => true],
    ['provider=P08', ({ provider }) => provider === 8, () => true],
    ['provider=P02&service=MNT', () => false, () => true],
    ['district=5', () => true, ({ id }) => districtOf(id) === 5],
    ['house=H0001', () => true, ({ id }) => districtOf(id) === 4],
    ['dwelling=service', () => true, ({ id }) => dwellingOf(id) === 'service'],
    ['nobody=yes', () => true, ({ id }) => isEmptyFlat(id)],
    ['unpaidSince=2026-06-01', () => true, ({ id }) => (lastPaidOf(id) ?? '') < '2026-06-01'],
    ['months=3&district=4&dwelling=state&service=MNT', ({ service }) => service === 1, ({ id, months }) => months >= 3 && districtOf(id) === 4 && dwellingOf(id) === 'state'],
    [`q=${numberOf(7).slice(0, 9)}`, () => true, ({ id }) => numberOf(id).startsWith(numberOf(7).slice(0, 9))],
    ['q=%D0%BA%D0%BE%D0%B2%D0%B0%D0%BB', () => true, () => true],
  ])('%s', async (query, keep, wanted) => expectDebtors(query, debtors(keep, wanted)));

  it.each(['debt', '-debt', 'months', '-months', 'oldest', '-oldest', 'expiring', 'account', '-account'])('walks by %s: each debtor once, in order', async (sort) => {
    const rows: Debtor[] = [];
    for (let after = ''; ; ) {
      const { status, body } = await get(`limit=7&sort=${sort}${after}`);
      expect([status, body.totals === undefined]).toEqual([200, after !== '']);
      rows.push(...body.items);
      if (body.next === null) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    expect(rows.map(({ account }) => account).sort()).toEqual(accounts(debtors()));
    const key = ({ account, debt, months, oldest, expiring }: Debtor): string | number =>
      ({ account, debt: Number(debt), months, oldest, expiring: Number(expiring) })[sort.replace('-', '')] ?? '';
    const keys = rows.map(key);
    const ordered = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(keys).toEqual(sort.startsWith('-') ? ordered.toReversed() : ordered);
  });

  it('refuses what is malformed and names the field', async () => {
    for (const [query, field] of [['from=-5', 'query.from'], ['months=0', 'query.months'], ['hold=x', 'query.hold'], ['unpaidSince=2026-02-30', 'query.unpaidSince'], ['sort=holder', 'query.sort']]) {
      const { status, body } = await get(query ?? '');
      expect([status, body.params?.path ?? body.issues?.[0]?.path]).toEqual([400, field]);
    }
  });
});

describe('accounts against whom claims were filed (S5.4)', () => {
  const CASES = [
    { account: 4, provider: 2, filed: '2026-05-04', closed: null },
    { account: 5, provider: 8, filed: '2025-02-03', closed: '2026-01-15' },
    { account: 6, provider: 8, filed: null, closed: null },
    { account: 7, provider: 8, filed: '2026-06-01', closed: null },
  ];
  beforeAll(async () => {
    await api.database.owner.query(
      `insert into legal.case_file (id, number, account_id, provider_id, status, status_on, debtors, filed_on, opened_on, closed_on, opened_by, workflow_id)
       select gen_random_uuid(), 'C-' || r.account, r.account, r.provider, 'order-filed', '2026-06-01', '[]', r.filed, '2025-01-01', r.closed, 'test', 'case/' || r.account
       from jsonb_to_recordset($1::jsonb) r(account int, provider smallint, filed date, closed date)`,
      [JSON.stringify(CASES)],
    );
  });
  const those = (...ids: number[]) => debtors(() => true, ({ id }) => ids.includes(id));

  it.each<[string, number[]]>([['open', [4, 7]], ['ever', [4, 5, 7]]])('claimed=%s', (claimed, ids) => expectDebtors(`claimed=${claimed}`, those(...ids)));
  it('nobody else; the case stands in the row, a closed one says so, one that was not filed does not', async () => {
    await expectDebtors('claimed=none', debtors(() => true, ({ id }) => ![4, 5, 7].includes(id)));
    const { items } = await found('');
    const casesOf = (id: number) => items.find(({ account }) => account === numberOf(id))?.cases.map(({ number, open }) => [number, open]);
    expect([casesOf(4), casesOf(5), casesOf(6)]).toEqual([[['C-4', true]], [['C-5', false]], []]);
  });
  it('a creditor sees its own cases only', async () => {
    await expectDebtors('claimed=ever', debtors(({ provider }) => provider === 2, ({ id }) => id === 4), providerUser);
    const { items } = await found('', providerUser);
    expect(items.flatMap(({ cases }) => cases.map(({ number }) => number))).toEqual(['C-4']);
  });
});

describe('data scope', () => {
  it('a provider sees its own items only, and no payments', async () => {
    await expectDebtors('', debtors(({ provider }) => provider === 2), providerUser);
    await expectDebtors('provider=P08', [], providerUser);
    const { items } = await found('', providerUser);
    expect(items.every(({ lastPaid }) => lastPaid === null)).toBe(true);
    const refused = await get('unpaidSince=2026-06-01', providerUser);
    expect([refused.status, refused.body.code]).toEqual([400, 'debt.filter-out-of-scope']);
  });
  it('a district sees its houses, a reader without a scope sees nothing', async () => {
    await expectDebtors('', debtors(undefined, ({ id }) => districtOf(id) === 5), districtUser);
    await expectDebtors('', [], nobody);
    expect((await api.call('GET', 'debt/choices', nobody)).body.districts).toEqual([]);
    expect((await api.call('GET', 'debt/choices', providerUser)).body).toMatchObject({ providers: [{ code: 'P02', name: 'ТКЕ' }], districts: [4, 5] });
  });
});

describe('limitation in the filter', () => {
  /** law.md 4.1 by plain dates: three years from the first overdue day, without the days from 2020-04-02 to 2025-09-03. */
  const day = (value: string, days = 0, years = 0): string => {
    const date = new Date(`${value}T00:00:00Z`);
    date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate() + days);
    return date.toISOString().slice(0, 10);
  };
  const endOf = (due: string): string => {
    const first = day(due, 1);
    const end = day(first, 0, 3);
    if (first > '2025-09-03' || end <= '2020-04-02') return end;
    if (first >= '2020-04-02') return '2028-09-04';
    return day('2025-09-04', Math.round((Date.parse(end) - Date.parse('2020-04-02')) / 86_400_000));
  };

  it.each([31, 92, 366, 700, 1000])('expires=%d: the debtors and the sum that passes limitation by then', async (days) => {
    const until = day(TODAY, days);
    const ends = (item: Item): boolean => item.due < TODAY && endOf(item.due) >= TODAY && endOf(item.due) <= until;
    const ids = new Set(ITEMS.filter(ends).map(({ account }) => account));
    const expected = debtors(undefined, ({ id }) => ids.has(id));
    await expectDebtors(`expires=${days}`, expected);
    const { items } = await found(`expires=${days}`);
    for (const { account, expiring } of items) {
      const own = ITEMS.filter((item) => numberOf(item.account) === account && ends(item));
      expect(expiring).toBe(text(own.reduce((sum, { kop }) => sum + kop, 0n)));
    }
    expect(days < 700 || expected.length > 0).toBe(true);
  });
});

describe('the file of the whole filter', () => {
  const file = (query: string, as: Caller = lawyer) => api.call('GET', `debt/debtors/file?${query}`, as);
  const expected = debtors(undefined, ({ months }) => months >= 2);

  it('CSV has every debtor and the total', async () => {
    const answer = await file('format=csv&months=2&sort=account&columns=account,debt');
    const lines = answer.bytes.toString('utf8').trim().split('\r\n');
    expect(lines).toHaveLength(3 + 1 + expected.length + 1);
    expect(lines[1]).toContain('Місяців від: 2');
    expect(lines.at(-1)).toMatch(new RegExp(`^Разом ${expected.length} [а-яі]+;${whole(expected)}$`));
    expect(lines.slice(4, -1).map((line) => line.split(';')[1])).toEqual(
      expected.toSorted((a, b) => (numberOf(a.id) < numberOf(b.id) ? -1 : 1)).map(({ kop }) => text(kop)),
    );
  });
  it('XLSX opens', async () => {
    const answer = await file('format=xlsx&months=2');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Uint8Array.from(answer.bytes).buffer);
    expect(book.worksheets[0]?.rowCount).toBe(3 + 1 + expected.length + 1);
  });
  it('DBF is read by another reader: count, sums, days', async () => {
    const answer = await file('format=dbf&months=2&sort=account');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="debtors.dbf"');
    const path = join(mkdtempSync(join(tmpdir(), 'komplat-debt-')), 'debtors.dbf');
    writeFileSync(path, answer.bytes);
    const rows = [];
    for await (const row of readDbf(path, 'cp1251')) rows.push(row);
    expect(rows.map(({ ACCOUNT }) => ACCOUNT)).toEqual(accounts(expected));
    expect(rows.reduce((sum, { DEBT }) => sum + BigInt(Math.round(Number(DEBT) * 100)), 0n)).toBe(expected.reduce((sum, { kop }) => sum + kop, 0n));
    expect(rows[0]).toMatchObject({ HOLDER: 'Коваленко Ірина Петрівна' });
  });
  it('a provider takes only its own, and the audit knows', async () => {
    const answer = await file('format=csv&sort=account', providerUser);
    expect(answer.bytes.toString('utf8')).toContain(whole(debtors(({ provider }) => provider === 2)));
    const [left] = await api.database.owner.query<{ actor: string; subject: string }>(
      `select actor, subject from platform.audit_entry where action = 'platform.list.export' order by id desc limit 1`,
    );
    expect(left).toEqual({ actor: 'heat', subject: 'debt/debtors' });
  });
});

describe('kept selections', () => {
  it('belong to one person and one list; the same name takes the new filter', async () => {
    const keep = (as: Caller, name: string, filter: object) => api.call('POST', 'debt/selections', as, { list: 'debt/debtors', name, filter });
    const first = await keep(lawyer, 'Понад 3 місяці', { months: '3' });
    const again = await keep(lawyer, 'Понад 3 місяці', { months: '4', district: '5' });
    expect([first.status, again.body.id]).toEqual([201, first.body.id]);
    await keep(nobody, 'Чужа', { months: '1' });
    const { body } = await api.call('GET', 'debt/selections?list=debt/debtors', lawyer);
    expect(body.items).toEqual([{ id: first.body.id, name: 'Понад 3 місяці', filter: { months: '4', district: '5' } }]);
    expect((await api.call('GET', 'debt/selections?list=payments/imports', lawyer)).body.items).toEqual([]);
    expect((await api.call('DELETE', `debt/selections/${first.body.id}`, nobody)).status).toBe(404);
    expect((await api.call('DELETE', `debt/selections/${first.body.id}`, lawyer)).status).toBe(200);
  });
});
