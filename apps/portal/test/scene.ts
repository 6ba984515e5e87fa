import { expect } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { openPage, shoot, waitForText, type Theme } from './driver.ts';
import type { RunningSite } from './running-site.ts';

/** What all walks share: one running site, one browser, one account with charges. */
export interface Scene {
  site: RunningSite;
  browser: Browser;
  account: string;
}

let opened: Scene | undefined;
/** The scene is set once, before the first walk. */
export const openScene = (scene: Scene): void => void (opened = scene);
export function scene(): Scene {
  if (!opened) throw new Error('the site is not running yet');
  return opened;
}
export const PERIOD = '2026-11';
export const THEMES: readonly Theme[] = ['light', 'dark'];

/** A page in a context of its own; a failed walk leaves a picture. */
export async function within(
  work: (page: Page, context: BrowserContext) => Promise<void>,
  theme: Theme = 'light',
): Promise<void> {
  const context = await scene().browser.createBrowserContext();
  const page = await openPage(context, scene().site, theme);
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

export const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent?.replaceAll('\u00a0', ' ') ?? '');
export const traceOf = (page: Page): string | null => new URL(page.url()).searchParams.get('trace');

/** The button with exactly these words, or else the first that has them among others. */
export const clickButton = (page: Page, words: string): Promise<void> =>
  page.evaluate((wanted) => {
    const buttons = [...document.querySelectorAll('button')];
    const exact = buttons.find((button) => button.textContent?.trim() === wanted);
    (exact ?? buttons.find((button) => button.textContent?.includes(wanted)))?.click();
  }, words);

export const lastLane = (page: Page): Promise<string> =>
  page.$$eval('tr[data-row]', (rows) => rows.at(-1)?.getAttribute('data-row') ?? '');

/** Waits until the lane has the word; the page asks the API by itself. */
export const laneSays = (page: Page, lane: string, word: string): Promise<unknown> =>
  page.waitForFunction(
    (code, wanted) => document.querySelector(`tr[data-row="${code}"] .pill`)?.textContent?.includes(wanted),
    { timeout: 90_000 },
    lane,
    word,
  );

export async function giveReason(page: Page, reason: string): Promise<void> {
  await page.waitForSelector('.dialog textarea');
  await page.type('.dialog textarea', reason);
  await page.click('.dialog button[type=submit]');
}

/** Opens what waits for a signature and signs it. */
export async function approveNewest(page: Page, name: string): Promise<void> {
  await page.waitForSelector('tr[data-row]');
  await page.click('tr[data-row]');
  await page.waitForSelector('.banner.appr');
  await shoot(page, `approval-${name}`);
  await clickButton(page, 'Погодити');
  await page.waitForSelector('.dialog button[type=submit]');
  await page.click('.dialog button[type=submit]');
  await waitForText(page, 'Погоджено й виконано');
}

let registers = 0;

/** A register of the «ree_» layout: head with the control total, rows, tail; written out here by hand. Its ids are its own. */
export function registerOf(accounts: readonly string[], amounts: readonly string[]): Uint8Array {
  const sum = (amounts.reduce((total, amount) => total + Math.round(Number(amount) * 100), 0) / 100).toFixed(2);
  registers += 1;
  const number = 90_000_000 + registers;
  const head = `\u000c;${number};7;${accounts.length};23112026101500;23112026000000;23112026235959;3;53;${sum};501:test|504:1:23112026`;
  const rows = accounts.map(
    (account, at) =>
      `\u0003;${number};002;${account};,ВУЛ,СОБОРНА,1,,7,;Платник,,;23112026120000;R${registers}-${at + 1};${amounts[at]};50:3:${at + 1}`,
  );
  return iconv.encode([head, ...rows, `\u000b;${number}`, ''].join('\n'), 'windows-1251');
}
