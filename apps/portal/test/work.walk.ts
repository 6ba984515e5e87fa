import { describe, expect, it } from '@jest/globals';
import { forgetCode, open, settled, shoot, signIn, violationsOf, waitForText } from './driver.ts';
import {
  approveNewest,
  clickButton,
  giveReason,
  laneSays,
  lastLane,
  PERIOD,
  registerOf,
  scene,
  textOf,
  within,
} from './scene.ts';

// Money taken, a register posted, a month closed.
describe('work', () => {
  it('the cashier takes money: the distribution is shown before and stays the same after', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'cashier', '/payments/desk');
      await page.waitForSelector('[data-desk]');
      const [number, amount] = await page.$$('[data-desk]');
      if (!number || !amount) throw new Error('the desk has two fields at least');
      await number.type(scene().account);
      await amount.type('12,34');
      await page.waitForSelector('.desk-lines tfoot');
      expect(await textOf(page, '.desk-lines tfoot')).toContain('12,34');
      expect(await textOf(page, '#desk-accept')).toContain('Прийняти 12,34 грн');
      await shoot(page, 'desk');
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('F9');
      await waitForText(page, 'Прийнято 12,34 грн');
      await open(page, scene().site, `/registry/accounts/${scene().account}?tab=payments`);
      await waitForText(page, '12,34');
    });
  });

  it('a register goes from the file to the card', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'accountant', '/payments/imports');
      await settled(page);
      const bytes = [...registerOf([scene().account, scene().account], ['100.00', '77.77'])];
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
      await open(page, scene().site, `/registry/accounts/${scene().account}?tab=payments`);
      await waitForText(page, '77,77');
    });
  });

  it('the month of a provider is closed by two people: exception, release, locked', async () => {
    await forgetCode(scene().site, 'manager');
    await within(async (accountant) => {
      await within(async (manager) => {
        await signIn(accountant, scene().site, 'accountant', `/billing/close/${PERIOD}`);
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

        await signIn(manager, scene().site, 'manager', '/approvals');
        await approveNewest(manager, 'approval');
        await accountant.bringToFront();
        await laneSays(accountant, lane, 'готово до випуску');
        await shoot(accountant, 'close-verified');
        await clickButton(accountant, 'Подати на випуск');
        await giveReason(accountant, 'перевірка збіглася, запобіжники розібрано');
        await waitForText(accountant, 'Подано на підпис');

        await manager.bringToFront();
        await open(manager, scene().site, '/approvals');
        await approveNewest(manager, 'release');
        await accountant.bringToFront();
        await laneSays(accountant, lane, 'закрито');
        await shoot(accountant, 'close-locked');
      });
    });
  });
});
