import { describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer';
import { open, settled, shoot, signIn, violationsOf, waitForText } from './driver.ts';
import { clickButton, registerOf, scene, within } from './scene.ts';

// Tables that a person arranges, marks and writes into a file.

const linesOf = (page: Page): Promise<string[]> =>
  page.$$eval('tr[data-row]', (rows) => rows.map((row) => row.getAttribute('data-row') ?? ''));
const headsOf = (page: Page): Promise<string[]> =>
  page.$$eval('th[data-column]', (heads) => heads.map((head) => head.getAttribute('data-column') ?? ''));

/** Loads a register of five rows, two of them without an account, and opens its desk. */
async function stagedImport(page: Page, name: string): Promise<void> {
  const { account, site } = scene();
  await signIn(page, site, 'accountant', '/payments/imports');
  await settled(page);
  const bytes = [
    ...registerOf([account, '404', account, '505', account], ['50.00', '10.00', '40.00', '20.00', '30.00']),
  ];
  await page.$eval(
    '.drop',
    (zone, content, file) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], file));
      zone.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    },
    bytes,
    name,
  );
  await waitForText(page, name);
  await clickButton(page, 'Завантажити реєстр');
  await page.waitForSelector('#post-import');
  await page.waitForSelector('tr[data-row]');
}

describe('tables', () => {
  it('are sorted, arranged, marked, summed and written into a file; the address keeps it', async () => {
    await within(async (page) => {
      await stagedImport(page, 'ree_tables.txt');
      expect(await page.$eval('tfoot', (foot) => foot.textContent)).toContain('150,00');
      await page.click('th[data-column=amount] button');
      await page.waitForFunction(() => new URL(location.href).searchParams.get('sort') === 'amount');
      await settled(page);
      expect(await linesOf(page)).toEqual(['3', '5', '6', '4', '2']);
      await page.keyboard.press('KeyJ');
      await page.keyboard.press('Space');
      await page.keyboard.press('KeyJ');
      await page.keyboard.press('Space');
      await waitForText(page, 'Позначено 2 з 5');
      await shoot(page, 'table-marked');
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('KeyE');
      await page.waitForSelector('[role=menuitem]');
      const [file] = await Promise.all([
        page.waitForResponse((response) => response.url().includes('/rows/file?')),
        page.keyboard.press('Enter'),
      ]);
      const asked = new URL(file.url()).searchParams;
      expect([file.status(), asked.get('ids'), asked.get('sort'), asked.get('format')]).toEqual([
        200,
        '3,5',
        'amount',
        'xlsx',
      ]);
      await waitForText(page, 'Файл вивантажено');
      const address = new URL(page.url());
      address.searchParams.set('cols', 'outcome,amount');
      await open(page, scene().site, `${address.pathname}${address.search}`);
      expect(await headsOf(page)).toEqual(['line', 'account', 'outcome', 'amount', 'acts']);
      expect(await linesOf(page)).toEqual(['3', '5', '6', '4', '2']);
      await clickButton(page, 'Відхилити файл');
      await page.waitForSelector('.dialog textarea');
      await page.type('.dialog textarea', 'перевірка таблиць завершена');
      await page.click('.dialog button[type=submit]');
      await waitForText(page, 'Файл відхилено');
    });
  });

  it('tell their keys under the question mark, and help under F1', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'accountant', '/payments/suspense');
      await settled(page);
      await page.keyboard.down('Shift');
      await page.keyboard.press('Slash');
      await page.keyboard.up('Shift');
      await page.waitForSelector('[data-help=keys]');
      expect(await page.$eval('[data-help]', (dialog) => dialog.textContent)).toContain('вивантажити у файл');
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.querySelector('[data-help]') === null);
      await page.keyboard.press('F1');
      await page.waitForSelector('[data-help=help]');
      expect(await page.$eval('.dialog header', (title) => title.textContent)).toBe('З’ясування');
    });
  });
});
