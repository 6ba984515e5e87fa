import { describe, expect, it } from '@jest/globals';
import type { HTTPRequest, Page } from 'puppeteer';
import { open, settled, shoot, signIn, violationsOf } from './driver.ts';
import { PERIOD, scene, THEMES, within } from './scene.ts';

// Every route: at most two calls of the API before it shows itself, clean for axe in both looks.

/** Asked once by the frame of the portal, whatever the page. */
const FRAME = ['administration/me', 'administration/home', 'administration/people'];
const MOST_CALLS = 2;
/** A page that listens for changes is never quite idle. */
const IDLE = { idleTime: 400, concurrency: 2, timeout: 5_000 };

/** The tabs that the modules of this issue fill: each of them with all of its parts. */
const CARD_TABS = ['accruals', 'payments', 'debt', 'readings', 'persons', 'benefits', 'documents', 'findings'];

interface Found {
  readonly imports: string;
  readonly process: string;
  readonly approval: string;
}

async function placesOf(): Promise<Found> {
  const { owner } = scene().site.database;
  const [row] = await owner.query<{ imports: string; process: string; approval: string }>(
    `select (select id::text from payments.import_file order by uploaded_at desc limit 1) as imports,
       (select workflow_id from platform.process_progress order by updated_at desc limit 1) as process,
       (select id::text from platform.approval order by requested_at desc limit 1) as approval`,
  );
  if (!row) throw new Error('nothing was done yet');
  return row;
}

async function routesOf(): Promise<readonly (readonly [login: string, path: string])[]> {
  const { account } = scene();
  const { imports, process, approval } = await placesOf();
  return [
    ['accountant', '/'],
    ['accountant', '/search?q=ма'],
    ['accountant', '/registry/accounts'],
    ['accountant', `/registry/accounts/${account}`],
    ...CARD_TABS.map((tab) => ['accountant', `/registry/accounts/${account}?tab=${tab}`] as const),
    ['accountant', '/payments/imports'],
    ['accountant', `/payments/imports/${imports}`],
    ['accountant', '/payments/suspense'],
    ['accountant', `/billing/close/${PERIOD}`],
    ['accountant', `/billing/close/${PERIOD}/P01`],
    ['accountant', '/billing/turnover?period=2026-10'],
    ['accountant', '/approvals'],
    ['accountant', `/approvals/${approval}`],
    ['accountant', '/processes'],
    ['accountant', `/processes/${encodeURIComponent(process)}`],
    ['cashier', '/payments/desk'],
    ['cashier', '/billing/turnover'],
    ['operator', `/registry/accounts/${account}?asOf=2016-01-01`],
  ];
}

/** Different calls of a page until it has settled; a poll that repeats is the same call. */
async function callsOf(page: Page, path: string): Promise<readonly string[]> {
  const calls = new Set<string>();
  const listen = (request: HTTPRequest): void => {
    const [, call] = request.url().split('/api/v1/');
    if (call) calls.add(call);
  };
  page.on('request', listen);
  await open(page, scene().site, path);
  await page.waitForNetworkIdle(IDLE).catch(() => undefined);
  await settled(page);
  page.off('request', listen);
  return [...calls].filter((call) => !FRAME.includes(call) || path === '/');
}

async function eachRoute(
  login: string,
  look: (path: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [who, path] of await routesOf()) if (who === login) found.push(...(await look(path)));
  return found;
}

const LOGINS = ['accountant', 'cashier', 'operator'] as const;

describe('routes', () => {
  it.each(LOGINS)('of the %s ask the API at most twice', async (login) => {
    await within(async (page) => {
      await signIn(page, scene().site, login);
      const many = await eachRoute(login, async (path) => {
        const calls = (await callsOf(page, path)).filter((call) => path !== '/' || call !== 'administration/me');
        return calls.length > MOST_CALLS ? [`${path}: ${calls.join(' ')}`] : [];
      });
      expect(many).toEqual([]);
    });
  });

  it.each(THEMES.flatMap((theme) => LOGINS.map((login) => [login, theme] as const)))(
    'of the %s are clean for axe, %s',
    async (login, theme) => {
      await within(async (page) => {
        await signIn(page, scene().site, login);
        const bad = await eachRoute(login, async (path) => {
          await open(page, scene().site, path);
          await shoot(page, `route-${login}${path.replaceAll(/[^a-z]+/gi, '-')}-${theme}`);
          return (await violationsOf(page)).map((violation) => `${path} ${violation}`);
        });
        expect(bad).toEqual([]);
      }, theme);
    },
  );
});
