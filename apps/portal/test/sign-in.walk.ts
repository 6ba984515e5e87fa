import { describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer';
import {
  endSessions,
  forgetCode,
  open,
  openPage,
  settled,
  shoot,
  signIn,
  violationsOf,
  waitForText,
} from './driver.ts';
import { scene, textOf, THEMES, within } from './scene.ts';

// Who gets in, how the session ends and goes on.
describe('sign-in', () => {
  it.each(THEMES)('first page, %s', async (theme) => {
    await within(async (page) => {
      await page.goto(scene().site.url);
      await page.waitForSelector('#sign-in');
      await shoot(page, `sign-in-${theme}`);
      expect(await violationsOf(page)).toEqual([]);
    }, theme);
  });

  it.each([
    ['operator', 'оператор абонвідділу', true, false],
    ['cashier', 'касир', true, false],
    ['accountant', 'бухгалтер розрахунків', true, true],
    ['lawyer', 'юрист', true, false],
    ['process-operator', 'оператор процесів', false, true],
    ['security-admin', 'адміністратор безпеки', false, false],
  ])('%s sees the own role and only the own sections', async (login, role, cards, close) => {
    await within(async (page) => {
      await signIn(page, scene().site, login);
      await settled(page);
      expect(await textOf(page, '#user-menu')).toContain(role);
      expect((await page.$('nav a[href="/registry/accounts"]')) !== null).toBe(cards);
      expect((await page.$('nav a[href="/billing/close"]')) !== null).toBe(close);
      await shoot(page, `home-${login}`);
    });
  });

  it('a manager sets up a one-time code and gets in', async () => {
    await forgetCode(scene().site, 'manager');
    await within(async (page) => {
      await signIn(page, scene().site, 'manager');
      await settled(page);
      expect(await textOf(page, '#user-menu')).toContain('керівник');
    });
  });

  it('a sign-out in one tab signs out the other', async () => {
    await within(async (first, context) => {
      await signIn(first, scene().site, 'cashier');
      const second = await openPage(context, scene().site);
      await open(second, scene().site, '/');
      await first.bringToFront();
      await first.click('#user-menu');
      await first.waitForSelector('#sign-out');
      await first.click('#sign-out');
      await first.waitForSelector('#sign-in');
      await second.bringToFront();
      await second.waitForSelector('#sign-in');
    });
  });

  it('a session that ended keeps a half-filled form; after a sign-in in a window of its own the form goes on', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', `/registry/accounts/${scene().account}`);
      await settled(page);
      await page.click('#contacts');
      await page.waitForSelector('input[name=phone]');
      await page.type('input[name=phone]', '0501234567');
      await page.type('input[name=reason]', 'абонент назвав новий номер');
      await endSessions(scene().site, 'operator');
      await page.evaluate(() => {
        const own = Date.prototype.getTime;
        Reflect.set(globalThis, 'ownGetTime', own);
        Date.prototype.getTime = function later() {
          return own.call(this) + 3_600_000;
        };
      });
      await page.click('.dialog button[type=submit]');
      await page.waitForSelector('[data-session-ended]');
      await shoot(page, 'session-ended');
      await page.evaluate(() => {
        Date.prototype.getTime = Reflect.get(globalThis, 'ownGetTime');
      });
      const opened = new Promise<Page | null>((resolve) => page.once('popup', resolve));
      await page.click('#sign-in-again');
      const popup = await opened;
      if (!popup) throw new Error('no window of the sign-in');
      await popup.waitForSelector('#password');
      await popup.type('#username', 'operator');
      await popup.type('#password', scene().site.env['KOMPLAT_DEMO_PASSWORD'] ?? '');
      await popup.click('#kc-login');
      await page.waitForFunction(() => document.querySelector('[data-session-ended]') === null);
      expect(
        await page.$eval('input[name=phone]', (field) => (field instanceof HTMLInputElement ? field.value : '')),
      ).toBe('0501234567');
      await page.click('.dialog button[type=submit]');
      await waitForText(page, 'Контакти збережено');
    });
  });
});
