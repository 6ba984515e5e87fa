import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { wholeHtml } from '@komplat/documents';
import { Money } from '@komplat/kernel';
import type { BillContent } from '../contract/bill.schema.ts';
import { BillPrinter } from '../server/services/bill-printer.ts';
import { packed } from '../server/services/bill-store.ts';
import { IssueService } from '../server/services/issue.service.ts';
import { type BillCity, billCity } from './city.ts';

jest.setTimeout(240_000);
const MONTH = '2026-10';
let city: BillCity;
let bills: readonly BillContent[];
const kop = (text: string): bigint => Money.parse(text).kop;
const sum = (list: readonly string[]): bigint => list.reduce((total, text) => total + kop(text), 0n);

beforeAll(async () => {
  city = await billCity({ accounts: 150, months: 4 });
  const accounts = await city.database.owner.query<{ id: number }>('select id from registry.account order by id');
  const issued = await city.database.db.transaction((tx) =>
    city.app.get(IssueService).issueMany(tx, accounts.map(({ id }) => id), MONTH, { by: 'test', runId: null }),
  );
  bills = issued.flatMap((one) => (one.outcome === 'done' ? [one.content] : []));
});
afterAll(() => city.close());

describe('bills of the whole city', () => {
  it('are one an account, each within what may be kept', () => {
    expect(bills).toHaveLength(150);
    const sizes = bills.map((bill) => packed(bill).bytes.length);
    if (process.env.BILLS_PREVIEW) console.log(Math.max(...sizes), sizes.reduce((all, size) => all + size, 0) / sizes.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
  });
  it('say what the ledger says: turnover and balance of every account and of all together', async () => {
    const rows = await city.database.owner.query<{ number: string; month: bigint; closing: bigint; aged: bigint }>(
      `select a.number,
         (select coalesce(sum(e.amount_kop), 0) from billing.pub_ledger_v1 e where e.account_id = a.id and e.period = $1
           and e.turnover_column in ('charged', 'benefit', 'recalculated', 'subsidy'))::bigint as month,
         (select coalesce(sum(e.amount_kop), 0) from billing.pub_ledger_v1 e where e.account_id = a.id and e.period <= $1)::bigint as closing,
         (select coalesce(sum(closing_kop), 0) from billing.period_balance p where p.account_id = a.id and p.period = $1)::bigint as aged
       from registry.account a`,
      [`${MONTH}-01`],
    );
    const byNumber = new Map(bills.map((bill) => [bill.account, bill]));
    for (const { number, month, closing, aged } of rows) {
      const bill = byNumber.get(number);
      expect([kop(bill?.monthTotal ?? ''), kop(bill?.total ?? '')]).toEqual([month, closing]);
      expect(closing).toBe(aged);
    }
  });
  it('add up: lines to totals, debt by age less advances to the balance, parts of the explanation to the difference', () => {
    for (const bill of bills) {
      const { lines, debt, difference } = bill;
      expect(sum(lines.map((line) => line.month))).toBe(kop(bill.monthTotal));
      expect(sum(lines.map((line) => line.closing))).toBe(kop(bill.total));
      expect(kop(bill.earlier) + kop(bill.monthTotal)).toBe(kop(bill.total));
      expect(sum(debt.map(({ amount }) => amount)) - kop(bill.advance)).toBe(kop(bill.total));
      if (difference) expect(sum(difference.parts.map(({ amount }) => amount))).toBe(kop(difference.difference));
      if (difference) expect(kop(difference.before) + kop(difference.difference)).toBe(kop(bill.monthTotal));
      for (const line of lines) {
        expect(sum([line.gross, line.benefit, line.recalculated, line.subsidy])).toBe(kop(line.month));
        expect(sum([line.opening, line.month, line.paid, line.other])).toBe(kop(line.closing));
      }
    }
  });
  it('print as as many pages as the template says', async () => {
    const printer = city.app.get(BillPrinter);
    const { pdf, pages } = await printer.many(bills);
    expect(pages).toHaveLength(150);
    if (!process.env.BILLS_PREVIEW) return;
    writeFileSync(`${process.env.BILLS_PREVIEW}/many.pdf`, pdf);
    const lengths = bills.map(({ lines }) => lines.length);
    console.log('lines', Math.max(...lengths), 'two pages', pages.filter((count) => count > 1).length);
    const chosen = [bills.toSorted((a, b) => b.lines.length - a.lines.length)[0], bills[0], bills.find((bill) => bill.received.length > 0)];
    chosen.forEach((bill, at) => bill && writeFileSync(`${process.env.BILLS_PREVIEW}/b${at}.html`, wholeHtml(printer.job([bill], true).job)));
    writeFileSync(`${process.env.BILLS_PREVIEW}/bills.json`, JSON.stringify(bills, null, 1));
  });
});
