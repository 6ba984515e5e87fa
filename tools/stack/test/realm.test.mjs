import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { placeholders, renderRealm } from '../realm.mjs';

const infra = new URL('../../../infra/keycloak/', import.meta.url);
const template = readFileSync(new URL('komplat-realm.json', infra), 'utf8');
const variables = Object.fromEntries(placeholders(template).map((name) => [name, `value-of-${name}`]));
const training = { instance: 'site', profile: 'training' };

test('the realm file asks for these values and no others', () => {
  assert.deepEqual(placeholders(template), [
    'KOMPLAT_BANK_CLIENT_SECRET',
    'KOMPLAT_DEMO_PASSWORD',
    'KOMPLAT_PORTAL_URL',
    'KOMPLAT_SERVICE_CLIENT_SECRET',
  ]);
});

test('an unset value is refused: its name would become the secret', () => {
  for (const name of Object.keys(variables)) {
    assert.throws(() => renderRealm(template, { ...variables, [name]: undefined }, training), new RegExp(name));
  }
});

test('nothing is left to be filled in, and every secret is the given one', () => {
  const realm = renderRealm(template, variables, training);
  assert.deepEqual(placeholders(JSON.stringify(realm)), []);
  for (const user of realm.users.filter(({ credentials }) => credentials)) {
    assert.equal(user.credentials[0].value, variables.KOMPLAT_DEMO_PASSWORD);
  }
});

test('the file itself holds no secret: passwords and client secrets are variables', () => {
  const realm = JSON.parse(template);
  const secrets = [
    ...realm.users.flatMap(({ credentials = [] }) => credentials.map(({ value }) => value)),
    ...realm.clients.flatMap(({ secret }) => secret ?? []),
  ];
  assert.ok(secrets.length > 10);
  assert.ok(secrets.every((value) => /^\$\{[A-Z_]+\}$/.test(value)));
});

test('every human role has a user of its name, accountant and manager have a second pair of hands', () => {
  const realm = renderRealm(template, variables, training);
  const people = realm.roles.realm.map(({ name }) => name).filter((name) => !['service', 'channel'].includes(name));
  assert.equal(people.length, 13);
  for (const login of [...people, 'accountant2', 'manager2']) {
    const user = realm.users.find(({ username }) => username === login);
    assert.ok(user, login);
    assert.ok(user.realmRoles.includes(login.replace(/2$/, '')), login);
    assert.match(user.lastName, /^[А-ЯҐЄІЇ]/);
    assert.equal(user.email, `${login}@yavoropil.example`);
  }
});

test('production has no demonstration users and asks managers for a code', () => {
  const without = { ...variables, KOMPLAT_DEMO_PASSWORD: undefined };
  const realm = renderRealm(template, without, { instance: 'site', profile: 'production' });
  assert.deepEqual(
    realm.users.map(({ username }) => username),
    ['service-account-komplat-service', 'service-account-komplat-bank'],
  );
  const flow = (alias) => realm.authenticationFlows.find((one) => one.alias === alias);
  const steps = (alias) =>
    flow(alias).authenticationExecutions.flatMap((step) =>
      step.flowAlias ? steps(step.flowAlias) : step.authenticator,
    );
  assert.ok(steps(realm.browserFlow).includes('auth-otp-form'));
  assert.equal(steps(renderRealm(template, variables, training).browserFlow).includes('auth-otp-form'), false);
});

test('a password alone opens no client, except the one for tests in the test instance', () => {
  const direct = (instance) =>
    renderRealm(template, variables, { instance, profile: 'training' })
      .clients.filter(({ directAccessGrantsEnabled }) => directAccessGrantsEnabled)
      .map(({ clientId }) => clientId);
  assert.deepEqual(direct('site'), []);
  assert.deepEqual(direct('test'), ['komplat-test']);
});

test('tokens of every client that calls the API are for the API', () => {
  const realm = renderRealm(template, variables, { instance: 'test', profile: 'training' });
  for (const client of realm.clients.filter(({ bearerOnly }) => !bearerOnly)) {
    assert.equal(client.protocolMappers[0].config['included.client.audience'], 'komplat-api', client.clientId);
  }
});

const keysOf = (language) =>
  readFileSync(new URL(`themes/komplat/login/messages/messages_${language}.properties`, infra), 'utf8')
    .split('\n')
    .filter((line) => line.includes('=') && !line.startsWith('#'))
    .map((line) => line.slice(0, line.indexOf('=')))
    .sort();

test('the sign-in page says the same things in both languages', () => {
  assert.deepEqual(readdirSync(new URL('themes/komplat/login/messages/', infra)).sort(), [
    'messages_en.properties',
    'messages_uk.properties',
  ]);
  assert.deepEqual(keysOf('uk'), keysOf('en'));
});
