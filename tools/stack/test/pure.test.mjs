import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { backoff, tooMany } from '../apps.mjs';
import { foreignServers, parseEnvFile, renderEnvFile, renderEnvironment, secretsFor, unfitSecrets } from '../env.mjs';
import { installedMatches } from '../install.mjs';
import { choosePorts, isFree, preferredPorts } from '../ports.mjs';
import { isGood, jestCounts, jestFailures, report, sumCounts, tapCounts } from '../results.mjs';

test('the preferred port is taken when it is free', async () => {
  const ports = await choosePorts({ portal: 3000, api: 3001 }, {}, [], async () => true);
  assert.deepEqual(ports, { portal: 3000, api: 3001 });
});

test('a busy port gives way to the next free one, and no port is given twice', async () => {
  const ports = await choosePorts({ portal: 3000, api: 3001 }, {}, [], async (port) => port !== 3000);
  assert.deepEqual(ports, { portal: 3001, api: 3002 });
});

test('the remembered port is kept, and a running server keeps its port although it is busy', async () => {
  const remembered = { portal: 3007, api: 3009 };
  const ports = await choosePorts({ portal: 3000, api: 3001 }, remembered, ['portal'], async (port) => port !== 3007);
  assert.deepEqual(ports, remembered);
});

test('no free port far and wide is an error, not a loop', async () => {
  await assert.rejects(
    choosePorts({ portal: 3000 }, {}, [], async () => false),
    /No free port for portal/,
  );
});

test('a port that somebody listens on is not free', async () => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  assert.equal(await isFree(port), false);
  await new Promise((resolve) => server.close(resolve));
  assert.equal(await isFree(port), true);
});

test('the two instances share no port', () => {
  const site = Object.values(preferredPorts('site'));
  assert.equal(
    site.some((port) => Object.values(preferredPorts('test')).includes(port)),
    false,
  );
});

const inputs = (changes = {}) => ({
  instance: 'site',
  profile: 'training',
  ports: preferredPorts('site'),
  secrets: secretsFor('training', {}, {}),
  foreign: foreignServers({}),
  programs: { temporal: '/bin/temporal', chromium: '/bin/chromium' },
  filesDir: '/state/files',
  ...changes,
});

test('the environment names every address and each database role with its own password', () => {
  const environment = renderEnvironment(inputs());
  assert.equal(environment.PORTAL_URL, 'http://localhost:3000');
  assert.equal(environment.TEMPORAL_ADDRESS, '127.0.0.1:7233');
  assert.equal(environment.KOMPLAT_STACK_OWNS, 'postgres,temporal,keycloak');
  const urls = ['DATABASE_OWNER_URL', 'DATABASE_URL', 'DATABASE_CLOSE_URL', 'DATABASE_REPORT_URL'].map(
    (name) => new URL(environment[name]),
  );
  assert.deepEqual(
    urls.map(({ username }) => username),
    ['komplat_owner', 'komplat_app', 'komplat_close', 'komplat_report'],
  );
  assert.equal(new Set(urls.map(({ password }) => password)).size, 4);
  assert.ok(urls.every(({ pathname, host }) => pathname === '/komplat' && host === '127.0.0.1:54329'));
  assert.equal('TEMPORAL_TEST_SERVER' in environment, false);
});

test('a server of the site is used at its address', () => {
  const foreign = foreignServers({
    DATABASE_ADMIN_URL: 'postgresql://root:x%40y@db.example:5432/postgres?sslmode=require',
  });
  const environment = renderEnvironment(inputs({ foreign }));
  assert.equal(environment.KOMPLAT_STACK_OWNS, 'temporal,keycloak');
  const url = new URL(environment.DATABASE_URL);
  assert.equal(
    `${url.username}@${url.host}${url.pathname}${url.search}`,
    'komplat_app@db.example:5432/komplat?sslmode=require',
  );
});

test('addresses that the stack wrote itself are not taken for foreign ones', () => {
  assert.deepEqual(foreignServers(renderEnvironment(inputs())), {
    postgres: undefined,
    temporal: undefined,
    keycloak: undefined,
  });
});

test('the env file gives back what was written', () => {
  const environment = renderEnvironment(inputs());
  assert.deepEqual(parseEnvFile(renderEnvFile(environment)), environment);
  assert.throws(() => renderEnvFile({ NAME: 'two\nlines' }), /line break/);
});

test('training secrets are made once and kept; two instances do not share them', () => {
  const first = secretsFor('training', {}, {});
  assert.deepEqual(secretsFor('training', {}, first), first);
  const second = secretsFor('training', {}, {});
  assert.notEqual(first.KOMPLAT_MASTER_KEY, second.KOMPLAT_MASTER_KEY);
  assert.equal(Buffer.from(first.KOMPLAT_MASTER_KEY, 'base64').length, 32);
  assert.match(first.TEMPORAL_CODEC_KEYS, /^2026a:[A-Za-z0-9+/]{43}=$/);
});

test('production refuses missing, short, generated and sample secrets', () => {
  const generated = secretsFor('training', {}, {});
  assert.throws(() => secretsFor('production', {}, {}), /KOMPLAT_MASTER_KEY/);
  assert.throws(() => secretsFor('production', generated, generated), /KOMPLAT_MASTER_KEY/);
  const own = Object.fromEntries(Object.keys(generated).map((name) => [name, `${name}-own-long-value`]));
  assert.deepEqual(unfitSecrets(own, generated), ['KOMPLAT_DEMO_PASSWORD']);
  const good = { ...own, KOMPLAT_DEMO_PASSWORD: undefined };
  assert.deepEqual(unfitSecrets(good, generated), []);
  assert.deepEqual(unfitSecrets({ ...good, POSTGRES_PASSWORD: 'short' }, generated), ['POSTGRES_PASSWORD']);
});

const jest = (passed, failed, pending, todo, broken) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
  numRuntimeErrorTestSuites: broken,
});

test('counts: a suite that did not run is a failure, todo is skipped', () => {
  assert.deepEqual(jestCounts(jest(5, 1, 2, 3, 1)), { passed: 5, failed: 2, skipped: 5 });
  const tap = '# tests 9\n# pass 4\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 1\n';
  assert.deepEqual(tapCounts(tap), { passed: 4, failed: 2, skipped: 3 });
});

test('the last line of the report is the sum', () => {
  const { sum, text } = report([
    { project: 'a', counts: { passed: 2, failed: 0, skipped: 1 } },
    { project: 'b', counts: { passed: 3, failed: 1, skipped: 0 } },
    { project: 'c', counts: undefined },
  ]);
  assert.deepEqual(sum, { passed: 5, failed: 1, skipped: 1 });
  assert.equal(text.trimEnd().split('\n').at(-1), '5 passed, 1 failed, 1 skipped');
});

test('what failed is said by file, name and message before the table', () => {
  const results = {
    testResults: [
      {
        name: '/a.test.ts',
        message: 'all of it',
        assertionResults: [
          { status: 'passed', fullName: 'good', failureMessages: [] },
          { status: 'failed', fullName: 'bad one', failureMessages: [`\u001B[31mExpected: 1\u001B[39m\n${'at somewhere\n'.repeat(40)}`] },
        ],
      },
      { name: '/b.test.ts', message: 'does not compile', assertionResults: [] },
      { name: '/c.test.ts', message: '', assertionResults: [{ status: 'passed', fullName: 'good', failureMessages: [] }] },
    ],
  };
  const failures = jestFailures(results);
  assert.equal(failures.length, 2);
  assert.ok(failures[0].startsWith('FAILED /a.test.ts: bad one\nExpected: 1\nat somewhere'));
  assert.ok(failures[0].split('\n').length < 20);
  assert.equal(failures[1], 'FAILED /b.test.ts\ndoes not compile\n');
  const { text } = report([{ project: 'a', counts: { passed: 1, failed: 2, skipped: 0 }, failures }]);
  assert.ok(text.indexOf('FAILED /b.test.ts') < text.indexOf('project'));
  assert.equal(text.trimEnd().split('\n').at(-1), '1 passed, 2 failed, 0 skipped');
});

test('a run without tests, with a failure or with a broken target is not good', () => {
  assert.equal(isGood(sumCounts([]), true), false);
  assert.equal(isGood({ passed: 1, failed: 1, skipped: 0 }, true), false);
  assert.equal(isGood({ passed: 1, failed: 0, skipped: 0 }, false), false);
  assert.equal(isGood({ passed: 1, failed: 0, skipped: 0 }, true), true);
});

test('a process may be started again ten times in five minutes, with growing pauses', () => {
  const now = 1_000_000;
  assert.equal(tooMany(Array(10).fill(now - 1000), now), false);
  assert.equal(tooMany(Array(11).fill(now - 1000), now), true);
  assert.equal(tooMany(Array(20).fill(now - 300_001), now), false);
  assert.ok(backoff(0) < backoff(1) && backoff(40) === 30_000);
});

test('an installation fits only when every needed package has the version of the lock file', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0' },
      'apps/api': { version: '1.0.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/b': { version: '2.0.0', optional: true },
      'node_modules/@komplat/api': { resolved: 'apps/api', link: true },
    },
  };
  assert.equal(installedMatches(lock, { packages: { 'node_modules/a': { version: '1.2.3' } } }), true);
  assert.equal(installedMatches(lock, { packages: { 'node_modules/a': { version: '1.2.4' } } }), false);
  assert.equal(installedMatches(lock, {}), false);
});
