import { describe, expect, it } from '@jest/globals';
import { settled, shoot, signIn, violationsOf, waitForText } from './driver.ts';
import { clickButton, scene, textOf, traceOf, within } from './scene.ts';

// What the pages show.
describe('pages', () => {
  it('Ctrl K finds an account by the beginning of its number and Enter opens its card', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator');
      await settled(page);
      await page.keyboard.down('Control');
      await page.keyboard.press('KeyK');
      await page.keyboard.up('Control');
      await page.waitForSelector('.palette input');
      await page.type('.palette input', scene().account.slice(0, 8));
      await page.waitForSelector('.palette .hit');
      await shoot(page, 'search');
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (start) => location.pathname.startsWith(`/registry/accounts/${start}`),
        {},
        scene().account.slice(0, 8),
      );
    });
  });

  it('a figure of the card opens its source, Escape closes it', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', `/registry/accounts/${scene().account}`);
      await settled(page);
      await page.waitForSelector('.mx [data-trace]');
      const shown = await textOf(page, '.mx [data-trace]');
      await page.click('.mx [data-trace]');
      await page.waitForSelector('.drawer [data-trace-value]');
      expect(await textOf(page, '.drawer [data-trace-value]')).toContain(shown);
      expect(traceOf(page)).toMatch(/^accrual:/);
      await settled(page);
      await shoot(page, 'trace');
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.querySelector('.drawer') === null);
      expect(traceOf(page)).toBeNull();
    });
  });

  it('the totals row of the matrix is the sum of the rows above it', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', `/registry/accounts/${scene().account}`);
      await page.waitForSelector('.mx tfoot');
      const columns = await page.$eval('.mx', (table) => {
        const kopecks = (text: string): number =>
          Math.round(Number(text.replaceAll('\u00a0', '').replace('\u2212', '-').replace(',', '.')) * 100);
        const cells = (row: Element): number[] =>
          [...row.querySelectorAll('td')]
            .map((cell) => kopecks(cell.textContent ?? ''))
            .map((value) => (Number.isNaN(value) ? 0 : value));
        return {
          rows: [...table.querySelectorAll('tbody tr')].map(cells),
          total: cells(table.querySelector('tfoot tr') ?? table),
        };
      });
      expect(columns.rows.length).toBeGreaterThan(2);
      expect(columns.total).toEqual(
        columns.total.map((_, at) => columns.rows.reduce((sum, row) => sum + (row[at] ?? 0), 0)),
      );
      expect(Math.max(...columns.total)).toBeGreaterThan(0);
    });
  });

  it('a refused file tells why and leaves nothing behind', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'accountant', '/payments/imports');
      await settled(page);
      await page.$eval('.drop', (zone) => {
        const data = new DataTransfer();
        data.items.add(new File(['not a register at all'], 'letter.txt', { type: 'text/plain' }));
        zone.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
      });
      await waitForText(page, 'letter.txt');
      await clickButton(page, 'Завантажити реєстр');
      await page.waitForSelector('.banner.bad, .drop ~ * .errm, [role=alert]');
      await shoot(page, 'import-refused');
    });
  });

  it('speaks English when asked', async () => {
    await within(async (page, context) => {
      await context.setCookie({
        name: 'komplat-locale',
        value: 'en',
        domain: new URL(scene().site.url).hostname,
        path: '/',
      });
      await signIn(page, scene().site, 'operator', '/');
      await settled(page);
      expect(await textOf(page, 'h1')).toBe('My workplace');
      expect(await page.$eval('html', (html) => html.lang)).toBe('en');
    });
  });

  it('says when the sign-in service is not there', async () => {
    await within(async (page) => {
      await page.setRequestInterception(true);
      const keycloak = new URL(scene().site.env['KEYCLOAK_URL'] ?? '').host;
      page.on(
        'request',
        (request) => void (new URL(request.url()).host === keycloak ? request.abort() : request.continue()),
      );
      await page.goto(scene().site.url);
      await waitForText(page, 'Вхід тимчасово недоступний');
      await shoot(page, 'sign-in-down');
    });
  });
});
