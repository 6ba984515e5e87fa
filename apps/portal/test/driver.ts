import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer';
import type { RunningSite } from './running-site.ts';

const WAIT_MS = 30_000;
const SIZE = { width: 1440, height: 900 };
const SHOTS = join(process.cwd(), '.komplat', 'shots');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The look of the portal. */
export type Theme = 'light' | 'dark';

/** A browser that says it reads Ukrainian. */
export const openBrowser = (env: RunningSite['env']): Promise<Browser> =>
  puppeteer.launch({
    executablePath: env['CHROMIUM_BIN'],
    args: ['--lang=uk', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });

/** A page with the chosen look; its context has its own single sign-on. */
export async function openPage(context: BrowserContext, site: RunningSite, theme: Theme = 'light'): Promise<Page> {
  const page = await context.newPage();
  await page.setViewport(SIZE);
  page.setDefaultTimeout(WAIT_MS);
  await context.setCookie({ name: 'komplat-theme', value: theme, domain: new URL(site.url).hostname, path: '/' });
  return page;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 6238 as the realm has it: SHA-1, 6 digits, 30 seconds. */
export function oneTimeCode(secret: string, now: number): string {
  const bits = [...secret.replaceAll(/[\s=]/g, '').toUpperCase()]
    .map((sign) => DIGITS.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** First sign-in of a role that signs: the service shows a secret, the person types the code of it. */
async function setUpCode(page: Page): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click('#mode-manual')]);
  const secret = await page.$eval('#kc-totp-secret-key', (element) => element.textContent ?? '');
  await page.type('#totp', oneTimeCode(secret, Date.now()));
  await Promise.all([page.waitForNavigation(), page.click('#saveTOTPBtn')]);
}

/** Types name and password on the page of the sign-in service. */
export async function typePassword(page: Page, site: RunningSite, login: string): Promise<void> {
  await page.waitForSelector('#password');
  if (await page.$('#username')) await page.type('#username', login);
  await page.type('#password', site.env['KOMPLAT_DEMO_PASSWORD'] ?? '');
  await Promise.all([page.waitForNavigation(), page.click('#kc-login')]);
  if (await page.$('#mode-manual')) await setUpCode(page);
}

/** Signs in from the first page of the portal and waits for the shell. */
export async function signIn(page: Page, site: RunningSite, login: string, path = '/'): Promise<void> {
  await page.goto(`${site.url}${path}`);
  await page.waitForSelector('#sign-in');
  await Promise.all([page.waitForNavigation(), page.click('#sign-in')]);
  await typePassword(page, site, login);
  await page.waitForSelector('[data-ready]');
}

/** Opens a page of the portal and waits until its data are there. */
export async function open(page: Page, site: RunningSite, path: string): Promise<void> {
  await page.goto(`${site.url}${path}`);
  await page.waitForSelector('[data-ready]');
  await settled(page);
}

/** Waits until nothing on the page says that it loads. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => document.querySelector('main h1, main h2') !== null && document.querySelector('[aria-busy="true"]') === null,
  );

/** Waits for words anywhere on the page. */
export const waitForText = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);

/** Waits until nothing on the page fades or slides: a word half in sight has no contrast yet. */
const still = (page: Page): Promise<unknown> =>
  page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  );

/** What axe finds wrong on the page, with the element. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await still(page);
  await page.addScriptTag({ path: AXE }).catch(() => undefined);
  return page.evaluate(async (tags) => {
    const axe = Reflect.get(globalThis, 'axe');
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map(
      (found: { id: string; nodes: { html: string; failureSummary?: string }[] }) =>
        `${found.id}: ${found.nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 160)} (${node.failureSummary ?? ''})`)
          .join(' | ')}`,
    );
  }, TAGS);
}

/** Keeps a picture of the page for a look by people. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

type Admin = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Administration of the sign-in service, for what a test must arrange there. */
export async function identityAdmin(env: RunningSite['env']): Promise<Admin> {
  const base = env['KEYCLOAK_URL'] ?? '';
  const answer = await fetch(`${base}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'admin',
      password: env['KEYCLOAK_ADMIN_PASSWORD'] ?? '',
    }),
  });
  const { access_token: token } = await answer.json();
  return async (method, path, body) => {
    const response = await fetch(`${base}/admin/realms/${env['KEYCLOAK_REALM']}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  };
}

interface Identity {
  readonly id: string;
  readonly type?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}
const isIdentities = (value: unknown): value is readonly Identity[] => Array.isArray(value);

/** Ends the session of a person in the sign-in service, as an administrator would. */
export async function endSessions(site: RunningSite, login: string): Promise<void> {
  const admin = await identityAdmin(site.env);
  await admin('POST', `users/${await idOf(admin, login)}/logout`);
}

/** Takes the one-time code away from a person: the next sign-in sets up a new one. */
export async function forgetCode(site: RunningSite, login: string): Promise<void> {
  const admin = await identityAdmin(site.env);
  const id = await idOf(admin, login);
  const credentials = await admin('GET', `users/${id}/credentials`);
  if (!isIdentities(credentials)) return;
  for (const credential of credentials.filter(({ type }) => type === 'otp')) {
    await admin('DELETE', `users/${id}/credentials/${credential.id}`);
  }
}

/** Sessions of the portal that begin from now on end after so many seconds; `prepareSignIn` takes it back. */
export const limitSessions = (env: RunningSite['env'], seconds: number): Promise<void> =>
  prepareSignIn(env, { 'client.session.max.lifespan': String(seconds) });

/** The sign-in service knows the address of this site and locks nobody: other suites share the service. */
export async function prepareSignIn(
  env: RunningSite['env'],
  limits: Readonly<Record<string, string>> = {},
): Promise<void> {
  const admin = await identityAdmin(env);
  const found = await admin('GET', 'clients?clientId=komplat-portal');
  const client = isIdentities(found) ? found[0] : undefined;
  if (!client) throw new Error('the sign-in service has no client of the portal');
  const url = env['PORTAL_URL'] ?? '';
  const attributes = { ...client.attributes, 'client.session.max.lifespan': '', ...limits };
  await admin('PUT', `clients/${client.id}`, { ...client, attributes, redirectUris: [`${url}/*`], webOrigins: [url] });
  await admin('DELETE', 'attack-detection/brute-force/users');
}

async function idOf(admin: Admin, login: string): Promise<string> {
  const found = await admin('GET', `users?username=${login}&exact=true`);
  const id = isIdentities(found) ? found[0]?.id : undefined;
  if (!id) throw new Error(`no such person: ${login}`);
  return id;
}
