// Against the servers of the test instance; the environment is that of its stack.env.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import pg from 'pg';
import puppeteer from 'puppeteer';

const env = process.env;
const issuer = `${env.KEYCLOAK_URL}/realms/${env.KEYCLOAK_REALM}`;
const oidc = `${issuer}/protocol/openid-connect`;
const keys = createRemoteJWKSet(new URL(`${oidc}/certs`));

async function ask(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const token = (parameters) => fetch(`${oidc}/token`, { method: 'POST', body: new URLSearchParams(parameters) });

async function claims(parameters) {
  const response = await token(parameters);
  assert.equal(response.status, 200, await response.clone().text());
  const { payload } = await jwtVerify((await response.json()).access_token, keys, { issuer, audience: 'komplat-api' });
  return payload;
}

test('the database sorts Ukrainian, keeps checksums, listens on this machine only', async () => {
  const [{ sorted, checksums, address, fsync, zone }] = await ask(
    env.DATABASE_URL,
    `select (select string_agg(x, '' order by x) from unnest(array['я','ґ','г','ї','і','є','е']) x) as sorted,
       current_setting('data_checksums') as checksums, current_setting('listen_addresses') as address,
       current_setting('fsync') as fsync, current_setting('timezone') as zone`,
  );
  assert.equal(sorted, 'гґеєіїя');
  assert.deepEqual([checksums, address, fsync, zone], ['on', '127.0.0.1', 'on', 'UTC']);
});

test('each role works with its own rights', async () => {
  const roles = await ask(
    env.DATABASE_ADMIN_URL,
    `select rolname, rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname like 'komplat\\_%' order by 1`,
  );
  const right = (rolname, rolcreatedb) => ({ rolname, rolsuper: false, rolcreatedb, rolcreaterole: false });
  assert.deepEqual(roles, [
    right('komplat_app', false),
    right('komplat_close', false),
    right('komplat_owner', true),
    right('komplat_report', false),
  ]);
  for (const url of [env.DATABASE_URL, env.DATABASE_CLOSE_URL, env.DATABASE_REPORT_URL]) {
    await assert.rejects(ask(url, 'create schema intruder'), { code: '42501' });
  }
});

test('a new database has the extensions', async () => {
  const name = `stack_probe_${process.pid}`;
  await ask(env.DATABASE_OWNER_URL, `create database ${name}`);
  try {
    const url = new URL(env.DATABASE_OWNER_URL);
    url.pathname = `/${name}`;
    const rows = await ask(url.href, 'select extname from pg_extension order by 1');
    assert.deepEqual(
      rows.map(({ extname }) => extname),
      ['btree_gist', 'pg_trgm', 'pgcrypto', 'plpgsql'],
    );
  } finally {
    await ask(env.DATABASE_OWNER_URL, `drop database ${name}`);
  }
});

test('Temporal has the namespace with thirty days of history', async () => {
  const { stdout } = await promisify(execFile)(env.TEMPORAL_CLI, [
    '--address',
    env.TEMPORAL_ADDRESS,
    'operator',
    'namespace',
    'describe',
    '--namespace',
    'komplat',
    '--output',
    'json',
  ]);
  assert.equal(JSON.parse(stdout).config.workflowExecutionRetentionTtl, '2592000s');
});

test('machine clients get tokens for the API with their one role', async () => {
  for (const [client, secret, role] of [
    ['komplat-service', env.KOMPLAT_SERVICE_CLIENT_SECRET, 'service'],
    ['komplat-bank', env.KOMPLAT_BANK_CLIENT_SECRET, 'channel'],
  ]) {
    const payload = await claims({ grant_type: 'client_credentials', client_id: client, client_secret: secret });
    assert.equal(payload.azp, client);
    assert.deepEqual(payload.realm_access.roles, [role]);
    const wrong = { grant_type: 'client_credentials', client_id: client, client_secret: `${'$'}{NAME}` };
    assert.equal((await token(wrong)).status, 401);
  }
});

test('a password alone does not open the portal, and no login goes without PKCE or to a foreign address', async () => {
  const user = { grant_type: 'password', username: 'operator', password: env.KOMPLAT_DEMO_PASSWORD };
  assert.equal((await (await token({ ...user, client_id: 'komplat-portal' })).json()).error, 'unauthorized_client');
  const login = (parameters) => {
    const query = new URLSearchParams({
      client_id: 'komplat-portal',
      response_type: 'code',
      scope: 'openid',
      ...parameters,
    });
    return fetch(`${oidc}/auth?${query}`, { redirect: 'manual' });
  };
  const plain = await login({ redirect_uri: `${env.PORTAL_URL}/` });
  assert.match(plain.headers.get('location') ?? '', /error=invalid_request/);
  assert.equal((await login({ redirect_uri: 'https://elsewhere.example/' })).status, 400);
});

test('a manager of the training profile signs in by password on the Ukrainian page', async () => {
  const browser = await puppeteer.launch({
    executablePath: env.CHROMIUM_BIN,
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.setRequestInterception(true);
    const arrived = new Promise((resolve) => {
      page.on('request', (request) => {
        if (!request.url().startsWith(`${env.PORTAL_URL}/`)) return request.continue();
        if (request.url().includes('code=')) resolve(new URL(request.url()));
        return request.respond({ status: 200, body: 'portal' });
      });
    });
    const query = new URLSearchParams({
      client_id: 'komplat-portal',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${env.PORTAL_URL}/`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ui_locales: 'uk',
    });
    await page.goto(`${oidc}/auth?${query}`);
    assert.equal(await page.$eval('#kc-page-title', (title) => title.textContent.trim()), 'Вхід до робочого місця');
    await page.type('#username', 'manager');
    await page.type('#password', env.KOMPLAT_DEMO_PASSWORD);
    await page.click('#kc-login');
    const { searchParams } = await arrived;
    const payload = await claims({
      grant_type: 'authorization_code',
      client_id: 'komplat-portal',
      code: searchParams.get('code'),
      redirect_uri: `${env.PORTAL_URL}/`,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', // RFC 7636, appendix B
    });
    assert.equal(payload.preferred_username, 'manager');
    assert.ok(payload.realm_access.roles.includes('manager'));
    assert.equal(payload.exp - payload.iat, 300);
    assert.ok(payload.auth_time > 0);
  } finally {
    await browser.close();
  }
});
