import { describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer';
import { limitSessions, open, settled, shoot, signIn, violationsOf, waitForText } from './driver.ts';
import { scene, textOf, within } from './scene.ts';

// Bad moments: two people on one card, no connection, the end of a session, a closed month.

const CLOSED = '2026-10';
const valueOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (field) => (field instanceof HTMLInputElement ? field.value : ''));

async function openContacts(page: Page, login: string): Promise<void> {
  const { site, account } = scene();
  await signIn(page, site, login, `/registry/accounts/${account}`);
  await settled(page);
  await page.click('#contacts');
  await page.waitForSelector('input[name=phone]');
}

async function fill(page: Page, name: string, value: string): Promise<void> {
  await page.click(`input[name=${name}]`, { count: 3 });
  await page.type(`input[name=${name}]`, value);
}

describe('two people edit one card', () => {
  it('the second sees who changed it, chooses per field, and nothing is lost', async () => {
    await within(async (first) => {
      await within(async (second) => {
        await scene().site.database.owner.query(
          `insert into administration.role_permission (role, permission) values ('lawyer', 'registry.account.edit') on conflict do nothing`,
        );
        await openContacts(first, 'operator');
        await openContacts(second, 'lawyer');
        await first.bringToFront();
        await fill(first, 'phone', '0671112233');
        await fill(first, 'email', 'first@example.ua');
        await fill(first, 'reason', 'абонент подав заяву');
        await first.click('.dialog button[type=submit]');
        await waitForText(first, 'Контакти збережено');

        await second.bringToFront();
        await fill(second, 'phone', '0509998877');
        await fill(second, 'email', 'second@example.ua');
        await fill(second, 'reason', 'абонент подзвонив сам');
        await second.click('.dialog button[type=submit]');
        await second.waitForSelector('[data-stale]');
        const told = await textOf(second, '[data-stale]');
        expect(told).toContain('Хто й коли змінив: Оксана Мельник');
        expect(told).toContain('+380671112233');
        await settled(second);
        await shoot(second, 'stale');
        expect(await violationsOf(second)).toEqual([]);
        await second.click('input[type=radio][name=side-phone][value=theirs]');
        await second.click('.dialog button[type=submit]');
        await waitForText(second, 'Контакти збережено');

        await second.waitForFunction(() => document.querySelector('.dialog') === null);
        await waitForText(second, '+380671112233');
        await second.click('#contacts');
        await second.waitForSelector('input[name=email]');
        expect(await valueOf(second, 'input[name=email]')).toBe('second@example.ua');
      });
    });
  });
});

describe('no connection', () => {
  it('is said with its time, money stands still, typed text stays, and it goes on by itself', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'cashier', '/payments/desk');
      await page.waitForSelector('[data-desk]');
      const [number, amount] = await page.$$('[data-desk]');
      if (!number || !amount) throw new Error('the desk has two fields at least');
      await number.type(scene().account);
      await page.setOfflineMode(true);
      await amount.type('15,50');
      await page.waitForSelector('[data-offline]');
      expect(await textOf(page, '[data-offline]')).toMatch(/Зв’язку немає з \d\d:\d\d/);
      expect(await page.$eval('#desk-accept', (button) => button.getAttribute('aria-disabled'))).toBe('true');
      await shoot(page, 'offline');
      expect(await violationsOf(page)).toEqual([]);
      await page.setOfflineMode(false);
      await page.waitForFunction(() => document.querySelector('[data-offline]') === null);
      expect(await amount.evaluate((field) => field instanceof HTMLInputElement && field.value)).toBe('15,50');
      await page.waitForFunction(() => document.querySelector('#desk-accept')?.getAttribute('aria-disabled') === null);
    });
  });
});

describe('the end of a session', () => {
  it('is announced two minutes ahead', async () => {
    await limitSessions(scene().site.env, 100);
    await within(async (page) => {
      await signIn(page, scene().site, 'operator');
      await page.waitForSelector('[data-session-ending]');
      expect(await textOf(page, '[data-session-ending]')).toMatch(/Сеанс завершиться о \d\d:\d\d/);
      await shoot(page, 'session-ending');
      await page.click('[data-session-ending] button');
      await page.waitForFunction(() => document.querySelector('[data-session-ending]') === null);
    });
  });
});

describe('a closed month', () => {
  it('is shown with a lock, is only read, and goes along to the next page', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'accountant', `/payments/imports?period=${CLOSED}`);
      await settled(page);
      expect(await textOf(page, '[data-closed-period]')).toMatch(/^Період закрито \d\d\.\d\d\.\d{4}/);
      expect(await textOf(page, '.period')).toContain('закрито');
      expect(
        await page.$$eval('main .btn.primary', (buttons) =>
          buttons.map((button) => button.getAttribute('aria-disabled')),
        ),
      ).toEqual(['true']);
      await shoot(page, 'closed-period');
      await page.click('nav a[href^="/billing/turnover"]');
      await page.waitForFunction(() => location.pathname === '/billing/turnover');
      await waitForText(page, 'жовтень 2026');
      expect(new URL(page.url()).searchParams.get('period')).toBe(CLOSED);
      await open(page, scene().site, '/payments/imports');
      expect(await page.$('[data-closed-period]')).toBeNull();
    });
  });
});
