import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer';
import { forgetCode, open, settled, shoot, signIn, waitForText } from './driver.ts';
import { approveNewest, clickButton, scene, textOf, within } from './scene.ts';

// A clerk's day: a new resident, a meter replaced, three months' absence, a wrong area since March, a benefit. Card, trace and bill agree.

interface Chosen {
  readonly number: string;
  readonly serial: string;
  readonly last: string;
  readonly area: string;
  readonly category: string;
}
/** An account with a meter, with services by persons, with a resident and without benefits. */
const CHOICE = `
  select a.number, m.serial, f.total_area::text as area,
    ceil(coalesce((select max(r.value) from metering.reading r where r.meter_id = m.id), m.initial_value))::text as last,
    (select c.code from benefits.category c where upper_inf(c.known) and c.income_rule = 'not-tested' and c.coverage <> 'family'
      and c.valid @> platform.today() order by c.code limit 1) as category
  from registry.account a
  join registry.premises_fact f on f.premises_id = a.premises_id and upper_inf(f.known) and f.valid @> platform.today()
  join metering.meter m on m.premises_id = a.premises_id and m.removed_on is null
  join tariffs.service v on v.id = m.service_id and v.code = 'CW'
  where a.closed_on is null and a.number <> $1
    and (select count(*) from tariffs.supply s where s.account_id = a.id and upper_inf(s.known) and upper_inf(s.valid) and s.method in ('norm', 'per-person')) > 0
    and exists (select from registry.residence r where r.premises_id = a.premises_id and upper_inf(r.known) and r.valid @> daterange('2026-07-01', '2026-12-01'))
    and not exists (select from benefits.holding h where h.account_id = a.id)
  order by a.id limit 1`;
let chosen: Chosen | undefined;
const subject = (): Chosen => {
  if (!chosen) throw new Error('the city has no account for the walk');
  return chosen;
};
const card = (tail = ''): string => `/registry/accounts/${subject().number}${tail}`;

/** Puts a value into a field as a person's typing would. */
const put = (page: Page, selector: string, value: string): Promise<void> =>
  page.$eval(
    selector,
    (field, text) => {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    value,
  );
async function putAll(page: Page, within_: string, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await page.waitForSelector(`${within_} [name="${name}"]`);
    await put(page, `${within_} [name="${name}"]`, value);
  }
}
const kopecks = (text: string): number =>
  Math.round(Number(text.replaceAll(/[\u00a0\u202f\s]/g, '').replace('\u2212', '-').replace(',', '.')) * 100);
const MONEY = /[\u2212-]?\d[\d\u00a0\u202f ]*,\d\d/;
const balanceOn = async (page: Page): Promise<number> => {
  await page.waitForSelector('.stats');
  await settled(page);
  return kopecks(MONEY.exec(await page.$eval('.stats', (stats) => stats.textContent ?? ''))?.[0] ?? '');
};
/** The sum of the document as its own page says it. */
async function computed(page: Page, from: string, to: string, decision: string): Promise<number> {
  await open(page, scene().site, `/billing/corrections?account=${subject().number}&month=${from}`);
  await page.waitForSelector('.dialog input[type=month]');
  await putAll(page, '.dialog', { from, to, decision });
  await page.click('.dialog button[type=submit]');
  await page.waitForFunction(() => /\/billing\/corrections\/[0-9a-f-]{36}/.test(location.pathname));
  await settled(page);
  const words = await page.$$eval('main button', (buttons) => buttons.map((button) => button.textContent ?? '').find((text) => /грн/.test(text)) ?? '');
  return kopecks(MONEY.exec(words)?.[0] ?? '');
}
/** Posts the document that is open, with a second person when the sum needs one. */
async function post(page: Page): Promise<void> {
  await page.$$eval('main button', (buttons) => buttons.find((button) => /грн/.test(button.textContent ?? ''))?.click());
  await page.waitForFunction(() => /Перерахунок проведено|Передано на погодження/.test(document.body.innerText));
  if ((await page.evaluate(() => document.body.innerText)).includes('Передано на погодження')) await sign('перерахунок');
}
/** The newest request is agreed to by the manager. */
async function sign(name: string): Promise<void> {
  await forgetCode(scene().site, 'manager');
  await within(async (page) => {
    await signIn(page, scene().site, 'manager', '/approvals');
    await settled(page);
    await approveNewest(page, name);
  });
}

describe('a clerk', () => {
  beforeAll(async () => {
    [chosen] = await scene().site.database.owner.query<Chosen>(CHOICE, [scene().account]);
  });

  it('registers a new resident: shown before, saved, on the card', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card('/change'));
      await page.waitForSelector('main form select');
      await put(page, 'main form select', 'resident-add');
      await putAll(page, 'main form', {
        surname: 'Новосельська', givenName: 'Дарина', patronymic: 'Олегівна', birthDate: '05.05.1999', from: '02.11.2026', reason: 'заява про реєстрацію № 118',
      });
      await page.click('main form button[type=submit]');
      await page.waitForSelector('[data-preview]');
      await shoot(page, 'clerk-resident');
      await clickButton(page, 'Зберегти 1 зміну');
      await waitForText(page, 'Зміни збережено');
      await open(page, scene().site, card('?tab=persons'));
      await waitForText(page, 'Новосельська');
    });
  });

  it('replaces a meter: the old one is gone with its last reading, the new one stands', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card('?tab=readings'));
      await settled(page);
      await waitForText(page, subject().serial);
      await page.evaluate((serial) => {
        const row = [...document.querySelectorAll('tr')].find((one) => one.textContent?.includes(serial));
        row?.querySelector('button[aria-haspopup=menu]')?.setAttribute('data-walk', 'meter');
      }, subject().serial);
      await page.click('[data-walk=meter]');
      await page.waitForSelector('[role=menuitem]');
      await page.$$eval('[role=menuitem]', (items) => items.find((item) => item.textContent?.includes('Замінити')) instanceof HTMLElement && items.find((item) => item.textContent?.includes('Замінити'))?.setAttribute('data-walk', 'replace'));
      await page.click('[data-walk=replace]');
      await putAll(page, '.dialog', { finalValue: String(Number(subject().last) + 1), serial: 'ХВ-ОБХІД-1', reason: 'сплив строк повірки' });
      await page.click('.dialog button[type=submit]');
      await waitForText(page, 'Лічильник замінено');
      await waitForText(page, 'ХВ-ОБХІД-1');
      await shoot(page, 'clerk-meter');
    });
  });

  it('corrects an area that is wrong since March: the money shown before is the money that is posted', async () => {
    await forgetCode(scene().site, 'manager');
    let promised = 0;
    await within(async (page) => {
      await signIn(page, scene().site, 'manager', card('/change'));
      const area = (Number(subject().area) - 4.5).toFixed(2).replace('.', ',');
      await putAll(page, 'main form', { totalArea: area, heatedArea: area, from: '01.03.2026', reason: 'технічний паспорт від 14.11.2026' });
      await page.click('main form button[type=submit]');
      await page.waitForSelector('[data-preview]');
      await shoot(page, 'clerk-area');
      const rows = await page.$$eval('[data-preview] .tbl.diff', (tables) =>
        [...(tables.at(-1)?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
      );
      const past = rows.filter(([label]) => !/^11\.26/.test(label ?? ''));
      expect(past.length).toBeGreaterThan(0);
      promised = past.reduce((sum, [, was = '', becomes = '']) => sum + kopecks(becomes) - kopecks(was), 0);
      await page.$$eval('main button', (buttons) => buttons.find((button) => /^Зберегти/.test(button.textContent ?? ''))?.click());
      await waitForText(page, 'Зміни збережено');
    });
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card());
      const before = await balanceOn(page);
      const sum = await computed(page, '2026-03', '2026-10', 'технічний паспорт від 14.11.2026');
      expect(sum).toBe(promised);
      await shoot(page, 'clerk-recalculation');
      await post(page);
      await open(page, scene().site, card());
      expect(await balanceOn(page)).toBe(before + promised);
    });
  });

  it('takes an application for three months of absence; a second person agrees; the recalculation is what the card shows', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card('?tab=persons'));
      await settled(page);
      await waitForText(page, 'Внести заяву');
      await clickButton(page, 'Внести заяву');
      await putAll(page, '.dialog', {
        from: '2026-08-01', to: '2026-10-31', documentKind: 'довідка', documentNumber: '77', documentDate: '2026-11-20', reason: 'заява про відсутність № 119',
      });
      await page.click('.dialog button[type=submit]');
      await waitForText(page, 'Заяву передано на погодження');
      await sign('absence');
      await open(page, scene().site, card());
      const before = await balanceOn(page);
      const sum = await computed(page, '2026-08', '2026-10', 'заява про відсутність № 119');
      expect(sum).toBeLessThan(0);
      await post(page);
      await open(page, scene().site, card());
      expect(await balanceOn(page)).toBe(before + sum);
    });
  });

  it('adds a benefit and issues the bill: card, trace and bill say the same', async () => {
    await within(async (page) => {
      await signIn(page, scene().site, 'operator', card('?tab=benefits'));
      await page.waitForSelector('#add-benefit');
      await page.click('#add-benefit');
      await page.waitForFunction((code) => [...document.querySelectorAll('.dialog option')].some((option) => option instanceof HTMLOptionElement && option.value === code), {}, subject().category);
      await putAll(page, '.dialog', { category: subject().category, document: 'посвідчення А 118', reason: 'заява про пільгу № 120' });
      await page.click('.dialog button[type=submit]');
      await waitForText(page, 'Пільгу внесено');
      await shoot(page, 'clerk-benefit');

      await open(page, scene().site, card('?period=2026-10'));
      await page.waitForSelector('.mx [data-trace]');
      const tile = await page.$$eval('.stats > *', (tiles) => tiles.map((one) => one.textContent ?? '').find((text) => /жовтень/i.test(text)) ?? '');
      const charged = MONEY.exec(tile.replace(/^.*?2026/, ''))?.[0] ?? '';
      expect(kopecks(charged)).toBeGreaterThan(0);
      await page.$eval('.mx [data-trace]', (figure) => figure.setAttribute('data-walk', 'figure'));
      const shown = await textOf(page, '[data-walk=figure]');
      await page.click('[data-walk=figure]');
      await page.waitForSelector('.drawer [data-trace-value]');
      expect(kopecks(MONEY.exec(await textOf(page, '.drawer [data-trace-value]'))?.[0] ?? '')).toBe(kopecks(shown));

      await open(page, scene().site, card('?tab=documents'));
      await waitForText(page, 'Видати рахунок за');
      await page.$$eval('button', (buttons) => buttons.find((button) => button.textContent?.includes('Видати рахунок за'))?.click());
      await waitForText(page, 'Рахунок видано');
      await page.waitForFunction(() => [...document.querySelectorAll('main tr')].some((row) => row.textContent?.includes('2610-')));
      const billed = await page.$$eval('main tr', (rows) => [...(rows.find((row) => row.textContent?.includes('2610-'))?.children ?? [])].map((cell) => cell.textContent ?? ''));
      await shoot(page, 'clerk-bill');
      expect(billed.map((cell) => kopecks(MONEY.exec(cell)?.[0] ?? ''))).toContain(kopecks(charged));
    });
  });
});
