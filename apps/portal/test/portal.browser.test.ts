import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import {
  endSessions,
  forgetCode,
  open,
  openBrowser,
  openPage,
  prepareSignIn,
  settled,
  shoot,
  signIn,
  violationsOf,
  waitForText,
  type Theme,
} from './driver.ts';
import iconv from 'iconv-lite';
import { startSite, type RunningSite } from './running-site.ts';

jest.setTimeout(180_000);

const START_MS = 600_000;
const THEMES: readonly Theme[] = ['light', 'dark'];
const PERIOD = '2026-11';

let site: RunningSite;
let browser: Browser;
let account: string;

beforeAll(async () => {
  site = await startSite();
  browser = await openBrowser(site.env);
  const [first] = await site.database.owner.query<{ number: string }>(
    `select a.number from registry.account a join billing.accrual c on c.account_id = a.id group by a.number order by count(*) desc limit 1`,
  );
  account = first?.number ?? '';
}, START_MS);
beforeEach(() => prepareSignIn(site.env));
afterAll(async () => {
  await browser?.close();
  await site?.stop();
}, START_MS);

async function within(
  work: (page: Page, context: BrowserContext) => Promise<void>,
  theme: Theme = 'light',
): Promise<void> {
  const context = await browser.createBrowserContext();
  const page = await openPage(context, site, theme);
  try {
    await work(page, context);
  } catch (error) {
    await shoot(
      page,
      `failed-${expect
        .getState()
        .currentTestName?.replaceAll(/[^a-zа-яіїє0-9]+/gi, '-')
        .slice(0, 60)}`,
    );
    throw error;
  } finally {
    await context.close();
  }
}

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent?.replaceAll('\u00a0', ' ') ?? '');
const traceOf = (page: Page): string | null => new URL(page.url()).searchParams.get('trace');

const clickButton = (page: Page, words: string): Promise<void> =>
  page.evaluate((wanted) => {
    [...document.querySelectorAll('button')].find((button) => button.textContent?.includes(wanted))?.click();
  }, words);

const lastLane = (page: Page): Promise<string> =>
  page.$$eval('tr[data-row]', (rows) => rows.at(-1)?.getAttribute('data-row') ?? '');

/** Waits until the lane has the word; the page asks the API by itself. */
const laneSays = (page: Page, lane: string, word: string): Promise<unknown> =>
  page.waitForFunction(
    (code, wanted) => document.querySelector(`tr[data-row="${code}"] .pill`)?.textContent?.includes(wanted),
    { timeout: 90_000 },
    lane,
    word,
  );

async function giveReason(page: Page, reason: string): Promise<void> {
  await page.waitForSelector('.dialog textarea');
  await page.type('.dialog textarea', reason);
  await page.click('.dialog button[type=submit]');
}

/** Opens what waits for a signature and signs it. */
async function approveNewest(page: Page, name: string): Promise<void> {
  await page.waitForSelector('tr[data-row]');
  await page.click('tr[data-row]');
  await page.waitForSelector('.banner.appr');
  await shoot(page, `approval-${name}`);
  await clickButton(page, 'Погодити');
  await page.waitForSelector('.dialog button[type=submit]');
  await page.click('.dialog button[type=submit]');
  await waitForText(page, 'Погоджено й виконано');
}

/** A register of the «ree_» layout: head with the control total, rows, tail; written out here by hand. */
function registerOf(accounts: readonly string[], amounts: readonly string[]): Uint8Array {
  const sum = (amounts.reduce((total, amount) => total + Math.round(Number(amount) * 100), 0) / 100).toFixed(2);
  const head = `\u000c;90000001;7;${accounts.length};23112026101500;23112026000000;23112026235959;3;53;${sum};501:test|504:1:23112026`;
  const rows = accounts.map(
    (number, at) =>
      `\u0003;90000001;002;${number};,ВУЛ,СОБОРНА,1,,7,;Платник,,;23112026120000;R${at + 1};${amounts[at]};50:3:${at + 1}`,
  );
  return iconv.encode([head, ...rows, '\u000b;90000001', ''].join('\n'), 'windows-1251');
}

describe('sign-in', () => {
  it.each(THEMES)('first page, %s', async (theme) => {
    await within(async (page) => {
      await page.goto(site.url);
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
      await signIn(page, site, login);
      await settled(page);
      expect(await textOf(page, '#user-menu')).toContain(role);
      expect((await page.$('nav a[href="/registry/accounts"]')) !== null).toBe(cards);
      expect((await page.$('nav a[href="/billing/close"]')) !== null).toBe(close);
      await shoot(page, `home-${login}`);
    });
  });

  it('a manager sets up a one-time code and gets in', async () => {
    await forgetCode(site, 'manager');
    await within(async (page) => {
      await signIn(page, site, 'manager');
      await settled(page);
      expect(await textOf(page, '#user-menu')).toContain('керівник');
    });
  });

  it('a sign-out in one tab signs out the other', async () => {
    await within(async (first, context) => {
      await signIn(first, site, 'cashier');
      const second = await openPage(context, site);
      await open(second, site, '/');
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
      await signIn(page, site, 'operator', `/registry/accounts/${account}`);
      await settled(page);
      await page.click('#contacts');
      await page.waitForSelector('input[name=phone]');
      await page.type('input[name=phone]', '0501234567');
      await page.type('input[name=reason]', 'абонент назвав новий номер');
      await endSessions(site, 'operator');
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
      await popup.type('#password', site.env['KOMPLAT_DEMO_PASSWORD'] ?? '');
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

describe('pages', () => {
  it('Ctrl K finds an account by the beginning of its number and Enter opens its card', async () => {
    await within(async (page) => {
      await signIn(page, site, 'operator');
      await settled(page);
      await page.keyboard.down('Control');
      await page.keyboard.press('KeyK');
      await page.keyboard.up('Control');
      await page.waitForSelector('.palette input');
      await page.type('.palette input', account.slice(0, 8));
      await page.waitForSelector('.palette .hit');
      await shoot(page, 'search');
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (start) => location.pathname.startsWith(`/registry/accounts/${start}`),
        {},
        account.slice(0, 8),
      );
    });
  });

  it('a figure of the card opens its source, Escape closes it', async () => {
    await within(async (page) => {
      await signIn(page, site, 'operator', `/registry/accounts/${account}`);
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
      await signIn(page, site, 'operator', `/registry/accounts/${account}`);
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
      await signIn(page, site, 'accountant', '/payments/imports');
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

  it.each(THEMES)('every page of the accountant is clean for axe, %s', async (theme) => {
    const paths = [
      '/',
      `/registry/accounts`,
      `/registry/accounts/${account}`,
      `/registry/accounts/${account}?tab=debt`,
      '/payments/imports',
      '/payments/suspense',
      `/billing/close/${PERIOD}`,
      '/billing/turnover?period=2026-10',
      '/approvals',
      '/processes',
      '/search?q=ма',
    ];
    await within(async (page) => {
      await signIn(page, site, 'accountant');
      const found: string[] = [];
      for (const path of paths) {
        await open(page, site, path);
        await shoot(page, `page${path.replaceAll(/[^a-z0-9]+/gi, '-')}-${theme}`);
        found.push(...(await violationsOf(page)).map((violation) => `${path} ${violation}`));
      }
      expect(found).toEqual([]);
    }, theme);
  });

  it('speaks English when asked', async () => {
    await within(async (page, context) => {
      await context.setCookie({ name: 'komplat-locale', value: 'en', domain: new URL(site.url).hostname, path: '/' });
      await signIn(page, site, 'operator', '/');
      await settled(page);
      expect(await textOf(page, 'h1')).toBe('My workplace');
      expect(await page.$eval('html', (html) => html.lang)).toBe('en');
    });
  });

  it('says when the sign-in service is not there', async () => {
    await within(async (page) => {
      await page.setRequestInterception(true);
      const keycloak = new URL(site.env['KEYCLOAK_URL'] ?? '').host;
      page.on(
        'request',
        (request) => void (new URL(request.url()).host === keycloak ? request.abort() : request.continue()),
      );
      await page.goto(site.url);
      await waitForText(page, 'Вхід тимчасово недоступний');
      await shoot(page, 'sign-in-down');
    });
  });
});

describe('work', () => {
  it('the cashier takes money: the distribution is shown before and stays the same after', async () => {
    await within(async (page) => {
      await signIn(page, site, 'cashier', '/payments/desk');
      await page.waitForSelector('[data-desk]');
      const [number, amount] = await page.$$('[data-desk]');
      if (!number || !amount) throw new Error('the desk has two fields at least');
      await number.type(account);
      await amount.type('12,34');
      await page.waitForSelector('.desk-lines tfoot');
      expect(await textOf(page, '.desk-lines tfoot')).toContain('12,34');
      expect(await textOf(page, '#desk-accept')).toContain('Прийняти 12,34 грн');
      await shoot(page, 'desk');
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('F9');
      await waitForText(page, 'Прийнято 12,34 грн');
      await open(page, site, `/registry/accounts/${account}?tab=payments`);
      await waitForText(page, '12,34');
    });
  });

  it('a register goes from the file to the card', async () => {
    await within(async (page) => {
      await signIn(page, site, 'accountant', '/payments/imports');
      await settled(page);
      const bytes = [...registerOf([account, account], ['100.00', '77.77'])];
      await page.$eval(
        '.drop',
        (zone, content) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(content)], 'ree_20261123.txt'));
          zone.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
        },
        bytes,
      );
      await waitForText(page, 'ree_20261123.txt');
      await clickButton(page, 'Завантажити реєстр');
      await waitForText(page, 'чекає проведення');
      await waitForText(page, 'збігається до копійки');
      await page.waitForSelector('#post-import');
      expect(await textOf(page, '#post-import')).toContain('Провести 2 рядки');
      await settled(page);
      await shoot(page, 'import-staged');
      expect(await violationsOf(page)).toEqual([]);
      await page.click('#post-import');
      await page.waitForFunction(() => document.querySelector('.ph .pill.ok') !== null, { timeout: 60_000 });
      await settled(page);
      await shoot(page, 'import-posted');
      await open(page, site, `/registry/accounts/${account}?tab=payments`);
      await waitForText(page, '77,77');
    });
  });

  it('the month of a provider is closed by two people: exception, release, locked', async () => {
    await forgetCode(site, 'manager');
    await within(async (accountant) => {
      await within(async (manager) => {
        await signIn(accountant, site, 'accountant', `/billing/close/${PERIOD}`);
        await settled(accountant);
        await accountant.click('#start-close');
        await waitForText(accountant, 'Закриття почато');
        await shoot(accountant, 'close-running');
        const lane = await lastLane(accountant);
        await laneSays(accountant, lane, 'межу перевищено');
        await settled(accountant);
        await shoot(accountant, 'close-gate-red');
        expect(await violationsOf(accountant)).toEqual([]);
        await accountant.click(`tr[data-row="${lane}"] th`);
        await accountant.waitForFunction((code) => new URL(location.href).searchParams.get('lane') === code, {}, lane);
        await clickButton(accountant, 'Просити виняток');
        await giveReason(accountant, 'канали за листопад надішлють платежі пізніше');
        await waitForText(accountant, 'Виняток подано на підпис');

        await signIn(manager, site, 'manager', '/approvals');
        await approveNewest(manager, 'approval');
        await accountant.bringToFront();
        await laneSays(accountant, lane, 'готово до випуску');
        await shoot(accountant, 'close-verified');
        await clickButton(accountant, 'Подати на випуск');
        await giveReason(accountant, 'перевірка збіглася, запобіжники розібрано');
        await waitForText(accountant, 'Подано на підпис');

        await manager.bringToFront();
        await open(manager, site, '/approvals');
        await approveNewest(manager, 'release');
        await accountant.bringToFront();
        await laneSays(accountant, lane, 'закрито');
        await shoot(accountant, 'close-locked');
      });
    });
  });
});
