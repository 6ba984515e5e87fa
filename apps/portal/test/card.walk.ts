import { describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer';
import { open, settled, shoot, signIn, violationsOf, waitForText } from './driver.ts';
import { scene, textOf, THEMES, within } from './scene.ts';

const card = (query = ''): string => `/registry/accounts/${scene().account}${query}`;
const rowsDrawn = (page: Page): Promise<number> => page.$$eval('.vlist tr[data-row]', (rows) => rows.length);
const currentRow = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('.vlist tr[aria-current]')?.getAttribute('data-row') ?? null);

/** A payment that somebody else takes: the function that the API of the channels calls, on a connection of its own. */
async function payElsewhere(kop: number): Promise<void> {
  const { db } = scene().site.database;
  const [channel] = await db.query<{ code: string }>(`select code from payments.channel where kind <> 'bank' order by id limit 1`);
  await db.query(`select payments.accept($1, $2, 'walk', $3, $4, null, null, 'walk')`, [channel?.code, `walk-${kop}`, scene().account, kop]);
}

// The subscriber card: its parts, its keys, its two days, and that it lives.
describe('the card', () => {
  it.each(THEMES)('has no barrier in any of its parts, %s', async (theme) => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card());
      await page.waitForSelector('.mx tfoot');
      await settled(page);
      await shoot(page, `card-overview-${theme}`);
      expect(await violationsOf(page)).toEqual([]);
      for (const tab of ['accruals', 'payments', 'debt', 'persons', 'documents']) {
        await page.click(`#tab-${tab}`);
        await page.waitForFunction((name) => document.querySelector(`#tab-${name}`)?.getAttribute('aria-selected') === 'true', {}, tab);
        await settled(page);
        await shoot(page, `card-${tab}-${theme}`);
        expect(await violationsOf(page)).toEqual([]);
      }
    }, theme);
  });

  it('why the sum differs: the parts on the screen add up', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card());
      await page.waitForSelector('[data-difference]');
      const found = await page.$eval('[data-difference]', (table) => {
        const kopecks = (text: string): number =>
          Math.round(Number(text.replaceAll('\u00a0', '').replace('\u2212', '-').replace(',', '.')) * 100);
        const sums = [...table.querySelectorAll('td.r')].map((cell) => kopecks(cell.textContent ?? ''));
        return { parts: [...table.querySelectorAll('tr[data-part]')].map((row) => kopecks(row.getAttribute('data-part') ?? '')), sums };
      });
      const [before = 0] = found.sums;
      const after = found.sums.at(-1) ?? 0;
      expect(found.parts.reduce((sum, part) => sum + part, 0)).toBe(after - before);
    });
  });

  it('is walked by keys: tabs by digits, months by J and Enter, and it stands where it was', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card());
      await settled(page);
      await page.keyboard.press('Digit2');
      await page.waitForSelector('.vlist tr[data-row]');
      expect(await rowsDrawn(page)).toBeLessThan(100);
      await page.keyboard.press('KeyJ');
      await page.keyboard.press('KeyJ');
      const row = await currentRow(page);
      expect(row).toMatch(/^\d{4}-\d{2}$/);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.vlist tr.part');
      await shoot(page, 'card-month-unfolded');
      await page.keyboard.press('Digit1');
      await page.waitForSelector('.mx');
      await page.keyboard.press('Digit2');
      await page.waitForSelector('.vlist tr[data-row]');
      expect(await currentRow(page)).toBe(row);
    });
  });

  it('of another day says so and lets nothing be done', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card('?asOf=2026-10-15'));
      await settled(page);
      await page.waitForSelector('.banner.warn');
      expect(await textOf(page, '.banner.warn')).toContain('15.10.2026');
      await waitForText(page, 'Сальдо на 15.10.2026');
      expect(await page.$$eval('main button', (buttons) => buttons.some((button) => button.textContent?.includes('Довідка')))).toBe(false);
      await shoot(page, 'card-past');
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.$$eval('input[type=range]', (sliders) => sliders.length)).toBe(2);
      await page.click('.banner.warn button');
      await page.waitForFunction(() => document.querySelector('.banner.warn') === null);
    });
  });

  it('shows a payment that was taken elsewhere within a second, without a reload', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card());
      await page.waitForSelector('.stats');
      await settled(page);
      await page.evaluate(() => Reflect.set(globalThis, 'sameWindow', true));
      await payElsewhere(777);
      const posted = Date.now();
      await page.waitForFunction(() => document.querySelector('.stats')?.textContent?.includes('7,77'), { polling: 'mutation' });
      expect(Date.now() - posted).toBeLessThan(1_000);
      expect(await page.evaluate(() => Reflect.get(globalThis, 'sameWindow'))).toBe(true);
    });
  });

  it('hands out a numbered certificate once, and lists it', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card());
      await settled(page);
      await page.keyboard.press('KeyD');
      await page.waitForSelector('.dialog input[name=purpose]');
      await page.click('.dialog button[type=submit]');
      await page.waitForSelector('.dialog .errm');
      await page.type('.dialog input[name=purpose]', 'призначення субсидії');
      await shoot(page, 'card-certificate');
      expect(await violationsOf(page)).toEqual([]);
      await page.click('.dialog button[type=submit]');
      await waitForText(page, 'Довідку № 2026-000001 видано');
      await open(page, scene().site, card('?tab=documents'));
      await waitForText(page, '2026-000001');
    });
  });
});
