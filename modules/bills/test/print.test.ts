import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PdfPool, pdfPageCount, pdfPages, wholeHtml } from '@komplat/documents';
import { Messages } from '@komplat/server';
import { testEnv } from '@komplat/testing';
import { readCatalogue } from '@komplat/all/messages';
import jsqr from 'jsqr';
import { PDFDocument } from 'pdf-lib';
import { PNG } from 'pngjs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer';
import type { BillContent } from '../contract/bill.schema.ts';
import { BillPrinter } from '../server/services/bill-printer.ts';
import { billQr, checkUrl } from '../server/template/bill-html.ts';
import { fullBill, hardBill } from './contents.ts';

jest.setTimeout(120_000);
const messages = new Messages(readCatalogue(['bills']));
const executablePath = testEnv()['CHROMIUM_BIN'];
const printer = new BillPrinter(messages);
const pool = new PdfPool({ executablePath, concurrency: 1, queue: 5, jobsPerPage: 2, lettersPerPage: 200_000, jobsPerBrowser: 3, timeoutMs: 60_000 });
const SCALE = 3;
let browser: Browser;
beforeAll(async () => {
  browser = await puppeteer.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
});
afterAll(async () => {
  await browser.close();
  await pool.close();
});

/** Bills as the browser lays them out for print: what overflows, and a picture of the first page. */
async function laidOut(bills: readonly BillContent[], name: string): Promise<{ readonly broken: readonly string[]; readonly shot: () => Promise<PNG> }> {
  const page = await browser.newPage();
  await page.setViewport({ width: 794, height: 1123, deviceScaleFactor: SCALE });
  const file = join(process.env['BILLS_PREVIEW'] ?? mkdtempSync(join(tmpdir(), 'komplat-bills-')), `${name}.html`);
  writeFileSync(file, wholeHtml(printer.job(bills, true).job));
  await page.goto(`file://${file}`);
  await page.emulateMediaType('print');
  const broken = await page.evaluate(() => {
    const found: string[] = [];
    for (const sheet of document.querySelectorAll<HTMLElement>('.page')) {
      const { bottom, right } = sheet.getBoundingClientRect();
      if (sheet.offsetHeight > 1123) found.push(`page of ${sheet.offsetHeight}px`);
      for (const part of sheet.querySelectorAll<HTMLElement>('td, th, p, span, b, li, section, footer, h1, h2')) {
        const box = part.getBoundingClientRect();
        if (box.bottom > bottom + 1 || box.right > right - 36) found.push(`${part.tagName} ${part.textContent}`);
        if (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 && part.tagName === 'TD') found.push(`cut ${part.textContent}`);
      }
    }
    return found;
  });
  const shot = async (): Promise<PNG> =>
    PNG.sync.read(Buffer.from(await page.screenshot({ clip: { x: 0, y: 0, width: 794, height: 1123 } })));
  return { broken, shot };
}

/** Reads the code in a part of the picture. */
function read(shot: PNG, part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): string {
  const cut = new PNG({ width: part.width * SCALE, height: part.height * SCALE });
  PNG.bitblt(shot, cut, part.x * SCALE, part.y * SCALE, cut.width, cut.height, 0, 0);
  return jsqr.default(new Uint8ClampedArray(cut.data), cut.width, cut.height)?.data ?? '';
}

describe('the printed bill', () => {
  it('of 12 services, long names and everything a bill may say fits, and nothing is cut', async () => {
    for (const [name, bill] of [
      ['plain-12', fullBill(12)], ['plain-9', fullBill(9)], ['plain-16', fullBill(16)], ['hard-12', hardBill(12)], ['hard-16', hardBill(16)], ['plain-20', fullBill(20)], ['hard-20', hardBill(20)],
    ] as const) {
      const { broken } = await laidOut([bill], name);
      expect([name, broken]).toEqual([name, []]);
    }
    expect(printer.job([fullBill(12)], false).pages).toEqual([1]);
    expect(printer.job([fullBill(9)], false).pages).toEqual([1]);
    expect([13, 14, 15, 16].map((count) => printer.job([fullBill(count)], false).pages[0])).toEqual([1, 1, 1, 1]);
  });
  it('of more services goes on on a second page: the head again, sums carried over, every service once', () => {
    for (const bill of [fullBill(30), hardBill(16), hardBill(30)]) {
      const { job, pages } = printer.job([bill], false);
      const sheets = job.body.split('<article').slice(1);
      const tables = sheets.filter((sheet) => sheet.includes('class="t1"'));
      expect([sheets.length, tables.length > 1]).toEqual([pages[0], true]);
      for (const [at, sheet] of tables.entries()) {
        expect(sheet.match(/<thead><tr><th scope="col">/)?.length).toBe(1);
        expect(sheet.replaceAll('\u00AD', '').includes('Перенесено зі стор.')).toBe(at > 0);
      }
      const names = [...job.body.matchAll(/<tr><td><b>/g)];
      expect(names).toHaveLength(bill.lines.length);
    }
  });
  it('has both codes readable in the picture by jsqr: payment fields, and the page of verification', async () => {
    const bill = fullBill(12);
    const shot = await (await laidOut([bill], 'codes')).shot();
    const { url, payload } = billQr(bill, (key, params) => messages.text('uk', key, params ?? {}));
    expect(read(shot, { x: 600, y: 80, width: 194, height: 170 })).toBe(url);
    expect(payload.split('\n')[7]).toBe(`UAH${bill.pay}`);
    expect(read(shot, { x: 20, y: 1000, width: 120, height: 120 })).toBe(checkUrl(bill));
  });
  it('names a provider that gave nothing and shows no zero for it', () => {
    const { body } = printer.job([hardBill(12)], false).job;
    const row = body.split('<tr>').find((part) => part.includes('class="miss"')) ?? '';
    expect(row.replaceAll('\u00AD', '')).toContain('від надавача не отримано');
    expect(row.split('class="miss"')[1]?.split('</td>')[0]).not.toContain('0,00');
  });
  it('is tagged, in Ukrainian, with the fonts inside; a page of a job can be taken out', async () => {
    const one = Buffer.from(await pool.print(printer.job([fullBill(9)], true).job)).toString('latin1');
    const has = (text: string): boolean => one.includes(text);
    expect([has('/StructTreeRoot'), has('/Lang (uk)'), has('Inter'), has('DejaVu')]).toEqual([true, true, true, false]);
    const many = await pool.print(printer.job([fullBill(9), hardBill(20), fullBill(10)], false).job);
    expect(pdfPageCount(many)).toBe(printer.job([fullBill(9), hardBill(20), fullBill(10)], false).pages.reduce((sum, count) => sum + count, 0));
    expect((await PDFDocument.load(await pdfPages(many, 2, 2))).getPageCount()).toBe(2);
  });
  it('says the same text whenever it is printed, also after the page and the browser were replaced', async () => {
    const { job } = printer.job([fullBill(9)], false);
    const prints = [];
    for (let turn = 0; turn < 5; turn += 1) prints.push(await pool.print(job));
    const sizes = new Set(prints.map((pdf) => pdfPageCount(pdf)));
    expect([...sizes]).toEqual([1]);
    expect(await pool.pages()).toBeLessThanOrEqual(2);
  });
  it('escapes what people typed', () => {
    const { body } = printer.job([fullBill(4, { holder: '<img src=x onerror=alert(1)>' })], false).job;
    expect(body).not.toContain('<img');
  });
});
