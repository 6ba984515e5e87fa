import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { settled, shoot, signIn, waitForText } from './driver.ts';
import { lastLane, laneSays, PERIOD, registerOf, scene, within } from './scene.ts';

// The main tasks without a mouse: a register posted, an exception asked for.

const MOST_TABS = 80;

/** Presses Tab until the focus is where it is wanted; every stop must be seen. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < MOST_TABS; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((wanted) => {
      const here = document.activeElement;
      const drawn = [here, here?.closest('label')].flatMap((one) => (one ? [getComputedStyle(one)] : []));
      const marked = drawn.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none');
      const seen = here === document.body || marked; // the end of the page is no stop
      return { found: here?.matches(wanted) ?? false, seen, name: here?.outerHTML.slice(0, 120) ?? '' };
    }, selector);
    expect([at.name, at.seen]).toEqual([at.name, true]);
    if (at.found) return;
  }
  throw new Error(`no way to ${selector} by Tab`);
}

/** Presses Tab until a button with these words has the focus. */
async function tabToWords(page: Page, words: string): Promise<void> {
  await page.evaluate((wanted) => {
    const buttons = [...document.querySelectorAll('button')].filter((button) => button.textContent?.includes(wanted));
    const exact = buttons.filter((button) => button.textContent?.trim() === wanted);
    for (const button of exact.length > 0 ? exact : buttons) button.setAttribute('data-walk', wanted);
  }, words);
  await tabTo(page, `[data-walk="${words}"]`);
}

describe('by keyboard', () => {
  it('a register is chosen, loaded, looked through and posted', async () => {
    const { site, account } = scene();
    const file = join(mkdtempSync(join(tmpdir(), 'komplat-keys-')), 'ree_keys.txt');
    writeFileSync(file, registerOf([account], ['31.00']));
    await within(async (page) => {
      await signIn(page, site, 'accountant', '/payments/imports');
      await settled(page);
      await tabTo(page, 'input[type=file]');
      const [chooser] = await Promise.all([page.waitForFileChooser(), page.keyboard.press('Space')]);
      await chooser.accept([file]);
      await waitForText(page, 'ree_keys.txt');
      await tabToWords(page, 'Завантажити реєстр');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#post-import');
      await page.waitForSelector('tr[data-row]');
      await settled(page);
      await page.keyboard.press('KeyJ');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe('2');
      await page.keyboard.down('Control');
      await page.keyboard.press('Enter');
      await page.keyboard.up('Control');
      await page.waitForFunction(() => document.querySelector('.ph .pill.ok') !== null, { timeout: 60_000 });
      await shoot(page, 'keyboard-posted');
    });
  });

  it('the close is started, a lane is chosen and an exception is asked for', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'accountant', `/billing/close/${PERIOD}`);
      await settled(page);
      if (await page.$('#start-close')) {
        await tabTo(page, '#start-close');
        await page.keyboard.press('Enter');
      }
      const [lane] = await page.$$eval('tr[data-row]', (rows) => rows.map((row) => row.getAttribute('data-row') ?? ''));
      expect(lane).not.toBe(await lastLane(page));
      await laneSays(page, lane ?? '', 'межу перевищено');
      await tabTo(page, `tr[data-row="${lane}"]`);
      await page.keyboard.press('Enter');
      await page.waitForFunction((code) => new URL(location.href).searchParams.get('lane') === code, {}, lane ?? '');
      await settled(page);
      await tabToWords(page, 'Просити виняток');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.dialog textarea');
      await page.keyboard.type('канали надішлють платежі пізніше');
      await page.keyboard.down('Control');
      await page.keyboard.press('Enter');
      await page.keyboard.up('Control');
      await waitForText(page, 'Виняток подано на підпис');
      await shoot(page, 'keyboard-close');
    });
  });
});
