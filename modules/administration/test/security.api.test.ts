import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { compose } from '@komplat/plugin-api';
import { plugins } from '@komplat/all/server';
import { Approvals, checkRoutePermissions, listRoutes, systemActor } from '@komplat/server';
import { seedRoles } from '@komplat/administration/server';
import { type Caller, type TestApi } from '@komplat/testing';
import { ROLE_PERMISSIONS } from '../domain/index.ts';

let api: TestApi;
const manager: Caller = { login: 'manager', roles: ['manager'] };
beforeAll(async () => {
  api = await wholeApi();
  await api.database.owner.query("insert into platform.operating_day (day, state) values ('2026-11-23', 'open')");
});
afterAll(() => api.close());

describe('who may come in', () => {
  const tokens: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['another audience', { aud: 'account' }, 'platform.token.refused'],
    ['another issuer', { iss: 'http://elsewhere.test/realms/komplat' }, 'platform.token.refused'],
    ['an unknown client', { azp: 'other' }, 'platform.token.refused'],
    ['an ID token', { typ: 'ID' }, 'platform.token.refused'],
    ['an expired token', { iat: 1000, exp: 2000 }, 'platform.token.expired'],
    ['no subject', { sub: undefined }, 'platform.token.refused'],
  ];
  it.each(tokens)('%s is no key', async (_name, claims, code) => {
    const answer = await api.call('GET', 'administration/me', { ...manager, claims });
    expect([answer.status, answer.body.code]).toEqual([401, code]);
  });
  it('no token, a broken token', async () => {
    expect((await api.call('GET', 'administration/me', undefined)).status).toBe(401);
    expect((await api.call('GET', 'administration/me', undefined, undefined, { authorization: 'Bearer x.y.z' })).status).toBe(401);
  });
  it('every route refuses a caller without a token and without a role', async () => {
    for (const route of listRoutes(api.app).filter(({ spec }) => spec.permission !== 'public')) {
      const path = route.path.replaceAll(/:(\w+)/g, '00000000-0000-7000-8000-000000000000');
      const anonymous = await api.call(route.spec.method, path, undefined, route.spec.method === 'GET' ? undefined : {});
      expect([path, anonymous.status]).toEqual([path, 401]);
      if (route.spec.permission === 'signed-in') continue;
      const citizen = await api.call(route.spec.method, path, { login: 'citizen', roles: ['citizen'] }, route.spec.method === 'GET' ? undefined : {});
      expect([path, citizen.status]).toEqual([path, 403]);
    }
  });
  it('answers with the security headers and a request id, in the language that was asked for', async () => {
    const answer = await api.call('GET', 'administration/me', undefined, undefined, { 'accept-language': 'en', 'x-request-id': 'abcdef-1234' });
    expect(answer.headers['x-request-id']).toBe('abcdef-1234');
    expect(String(answer.headers['content-security-policy'])).toContain("default-src 'none'");
    expect(answer.body.detail).toBe('You need to sign in.');
  });
});

describe('rights', () => {
  it('of the seed and of the routes are all defined by a module', () => {
    const composition = compose(plugins);
    const defined = new Set(composition.order.flatMap((plugin) => plugin.permissions.map(({ id }) => id)));
    const missing = Object.values(ROLE_PERMISSIONS).flat().filter((permission) => !defined.has(permission));
    expect([...new Set(missing)]).toEqual([]);
    expect(() => checkRoutePermissions(listRoutes(api.app), composition)).not.toThrow();
  });
  it('what a module defines is held by somebody from the first day', () => {
    const held = new Set(Object.values(ROLE_PERMISSIONS).flat());
    const defined = compose(plugins).order.flatMap((plugin) => plugin.permissions.map(({ id }) => id));
    expect(defined.filter((permission) => !held.has(permission))).toEqual([]);
  });
  it('a permission is given once: what was taken away stays away, what is new comes', async () => {
    const { owner } = api.database;
    const sql = { query: (text: string, params: unknown[]) => owner.query(text, params) };
    const rights = async (permission: string): Promise<string[]> =>
      (await owner.query<{ role: string }>('select role from administration.role_permission where permission = $1 order by role', [permission])).map(({ role }) => role);
    const before = await rights('payments.accept');
    await owner.query(`delete from administration.role_permission where permission = 'payments.accept' and role = 'service'`);
    await seedRoles(sql);
    expect(await rights('payments.accept')).toEqual(before.filter((role) => role !== 'service'));
    await owner.query(`delete from administration.permission_offered where permission = 'payments.accept'`);
    await seedRoles(sql);
    expect(await rights('payments.accept')).toEqual(before);
  });
  it('the session tells what the person may do and what day it is', async () => {
    const { body } = await api.call('GET', 'administration/me', manager);
    expect(body).toMatchObject({ login: 'manager', today: '2026-11-23', period: '2026-11', profile: 'training' });
    expect(body.permissions).toContain('administration.approval.decide');
    expect(Array.isArray(body.periods)).toBe(true);
  });
});

describe('approvals need two people', () => {
  const ask = (actor: string) =>
    api.database.db.transaction((tx) =>
      Approvals.request(tx, {
        module: 'billing', action: 'test.act', subject: `x/${actor}`, permission: 'administration.approval.decide', payload: { sum: '1.00' },
        messageKey: 'k', reason: 'перевірка двох людей', actor: { ...systemActor('t'), login: actor },
      }),
    );
  it('the requester is refused by the API and by the database', async () => {
    const id = await ask('manager');
    const answer = await api.call('POST', `administration/approvals/${id}/approve`, manager, {});
    expect([answer.status, answer.body.code]).toEqual([403, 'platform.approval.own-request']);
    await expect(
      api.database.db.query("update platform.approval set state = 'approved', decided_by = 'manager' where id = $1", [id]),
    ).rejects.toMatchObject({ code: '23514' });
  });
  it('a changed payload is not executed', async () => {
    const id = await ask('accountant');
    await api.database.owner.query(`update platform.approval set payload = '{"sum": "9.00"}' where id = $1`, [id]);
    const answer = await api.call('POST', `administration/approvals/${id}/approve`, manager, {});
    expect([answer.status, answer.body.code]).toEqual([409, 'platform.approval.changed']);
  });
  it('a refusal needs a reason and is final; a second request of the same thing waits for the first', async () => {
    const id = await ask('accountant2');
    await expect(ask('accountant2')).rejects.toMatchObject({ code: 'platform.approval.already-waiting' });
    expect((await api.call('POST', `administration/approvals/${id}/reject`, manager, { reason: 'ні' })).status).toBe(400);
  });
});

describe('audit', () => {
  it('cannot be changed by the application', async () => {
    await api.database.db.query("insert into platform.audit_entry (actor, action, subject) values ('a', 'b', 'c')");
    await expect(api.database.db.query("update platform.audit_entry set actor = 'x'")).rejects.toMatchObject({ code: '42501' });
    await expect(api.database.owner.query('delete from platform.audit_entry')).rejects.toMatchObject({ code: 'KP002' });
  });
});

describe('health', () => {
  it('is open and says what is ready', async () => {
    expect((await api.call('GET', '/health/live', undefined)).body).toEqual({ live: true });
    expect((await api.call('GET', '/health/ready', undefined)).body).toEqual({ ready: true, checks: { database: true } });
    expect(String((await api.call('GET', '/metrics', undefined)).body)).toContain('komplat_process_resident_bytes');
  });
  it('publishes its description', async () => {
    const { body } = await api.call('GET', '/api/openapi.json', undefined);
    expect(Object.keys(body.paths)).toContain('/api/v1/registry/accounts/{number}');
  });
});
