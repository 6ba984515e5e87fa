import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Caller, type TestApi } from '@komplat/testing';
import { buildAccount, buildHouse, type BuiltAccount } from './builders.ts';

const operator: Caller = { login: 'operator', roles: ['operator'] };
const provider: Caller = { login: 'provider-user', roles: ['provider-user'] };
let api: TestApi;
let account: BuiltAccount;
let other: BuiltAccount;

beforeAll(async () => {
  api = await wholeApi();
  const { owner } = api.database;
  await owner.query("insert into platform.operating_day (day, state) values ('2026-11-23', 'open')");
  await buildHouse(owner);
  account = await buildAccount(owner, { id: 1, residents: [{ birth: '1999-01-01', from: '2020-01-01' }, { birth: '2015-01-01', from: '2020-01-01', to: '2026-01-01' }] });
  other = await buildAccount(owner, { id: 2, surname: "Прокоп'єва" });
  await owner.query(`insert into tariffs.service values (1, 'MNT', 'Управління', 'Management', 'м²', 2, 'total area', 'housing', 1, '1', '{}', '[1997-01-01,)')`);
  await owner.query(`insert into tariffs.provider values (1, 'P08', 'ЖЕО', 'ЖЕО', 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null)`);
  await owner.query(
    `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, reason, recorded_by) values (2, 1, 1, 'area', 'v', '[1997-01-01,)', 'load', 'test')`,
  );
  await api.scope('operator', 'all');
  await api.scope('provider-user', 'provider', 'P08');
});
afterAll(() => api.close());

describe('card head', () => {
  it('shows the dwelling, its people of today and the old name of the street', async () => {
    const { status, body } = await api.call('GET', `registry/accounts/${account.number}`, operator);
    expect(status).toBe(200);
    expect(body).toMatchObject({ number: account.number, address: 'вул. Соборна, 12а, кв. 1', residentCount: 1, flags: ['renamed-street'] });
    expect(body.addressOld).toEqual([{ address: 'вул. Леніна, 12а, кв. 1', until: '2016-02-18' }]);
  });
  it('shows what was true on a past day', async () => {
    const { body } = await api.call('GET', `registry/accounts/${account.number}?asOf=2015-06-01`, operator);
    expect(body.address).toBe('вул. Леніна, 12а, кв. 1');
    expect(body.flags).toContain('nobody-registered');
  });
  it('shows what was known on a past day', async () => {
    const { owner } = api.database;
    await owner.query("update registry.premises_fact set known = tstzrange(lower(known), '2026-10-01') where premises_id = 1");
    await owner.query(
      `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, known, reason, recorded_by)
       values (1, 70, 68, 2, 'privatised', daterange('2026-03-01', null), tstzrange('2026-10-01', null), 'wrong area since March', 'test')`,
    );
    const today = await api.call('GET', `registry/accounts/${account.number}?asOf=2026-06-01`, operator);
    const before = await api.call('GET', `registry/accounts/${account.number}?asOf=2026-06-01&knownAt=2026-07-01`, operator);
    expect([today.body.premises.totalArea, before.body.premises.totalArea]).toEqual(['70.00', '67.08']);
    expect(today.body.flags).toContain('late-facts');
  });
});

describe('whose data', () => {
  it('a provider sees its own accounts, other people without names, and 404 for the rest', async () => {
    const own = await api.call('GET', `registry/accounts/${other.number}`, provider);
    expect(own.status).toBe(200);
    expect((await api.call('GET', `registry/accounts/${account.number}`, provider)).status).toBe(404);
    const list = await api.call('GET', 'registry/accounts', provider);
    expect(list.body.items.map((item: { number: string }) => item.number)).toEqual([other.number]);
    const found = await api.call('GET', `administration/search?q=Соборна 12`, provider);
    expect(JSON.stringify(found.body)).toContain(other.number);
    expect(JSON.stringify(found.body)).not.toContain(account.number);
  });
  it('a login without scope sees nothing', async () => {
    const nobody: Caller = { login: 'stranger', roles: ['operator'] };
    expect((await api.call('GET', 'registry/accounts', nobody)).body.items).toEqual([]);
    expect((await api.call('GET', `registry/accounts/${account.number}`, nobody)).status).toBe(404);
  });
});

describe('search', () => {
  it.each([
    ['number with spaces', () => `${account.number.slice(0, 4)} ${account.number.slice(4, 8)}`, () => account.number],
    ['name with Latin letters', () => 'Прокоп’євa', () => other.number],
    ['old street name', () => 'Леніна 12а', () => account.number],
    ['new street name and flat', () => 'Соборна 12а 2', () => other.number],
  ])('finds by %s', async (_name, query, expected) => {
    const { body } = await api.call('GET', `administration/search?q=${encodeURIComponent(query())}`, operator);
    expect(JSON.stringify(body.groups)).toContain(expected());
  });
  it('takes the signs of patterns as plain text', async () => {
    const { body } = await api.call('GET', `administration/search?q=${encodeURIComponent('%%')}`, operator);
    expect(body.groups).toEqual([]);
  });
});

describe('contacts', () => {
  const change = (body: object, as = operator) => api.call('PATCH', `registry/accounts/${account.number}/contacts`, as, body);
  it('are stored encrypted, found by phone, and audited without the number itself', async () => {
    expect((await change({ version: 1, phone: '050 123 45 67', reason: 'заява абонента' })).status).toBe(200);
    const { body } = await api.call('GET', `registry/accounts/${account.number}`, operator);
    expect(body.holder.phone).toBe('+380501234567');
    const found = await api.call('GET', `administration/search?q=${encodeURIComponent('+380 50 123-45-67')}`, operator);
    expect(JSON.stringify(found.body.groups)).toContain(account.number);
    const [row] = await api.database.owner.query<{ clear: boolean; audit: string }>(
      `select phone_enc::text like '%501234567%' as clear, (select after::text from platform.audit_entry order by id desc limit 1) as audit
       from registry.person where id = $1`,
      [account.holderId],
    );
    expect(row).toEqual({ clear: false, audit: '{"fields": ["phone"]}' });
  });
  it('of two people who edit one card the second is told', async () => {
    const answer = await change({ version: 1, phone: null, reason: 'заява абонента' });
    expect([answer.status, answer.body.code, answer.body.params.version]).toEqual([409, 'registry.account.changed', 2]);
    expect(answer.body.detail).toContain('Оновіть сторінку');
    const { by, at } = answer.body.params;
    expect(by).toBe('operator');
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
  });
  it('refuse a phone that is none, a short reason, an unknown field', async () => {
    expect((await change({ version: 2, phone: '12', reason: 'заява абонента' })).body.code).toBe('registry.phone.malformed');
    expect((await change({ version: 2, phone: null, reason: 'так' })).status).toBe(400);
    expect((await change({ version: 2, surname: 'Х', reason: 'заява абонента' })).status).toBe(400);
  });
  it('need the permission', async () => {
    const answer = await change({ version: 2, phone: null, reason: 'заява абонента' }, provider);
    expect([answer.status, answer.body.code]).toEqual([403, 'platform.forbidden']);
  });
});

describe('bad input', () => {
  it.each([
    ['0421057317', 404, 'registry.account.check-digit'],
    ['0421057316', 404, 'registry.account.unknown'],
    ['abc', 400, 'platform.request.invalid'],
  ])('account %s', async (number, status, code) => {
    const answer = await api.call('GET', `registry/accounts/${number}`, operator);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
  it('a day that does not exist is refused with its place', async () => {
    const answer = await api.call('GET', `registry/accounts/${account.number}?asOf=2026-02-31`, operator);
    expect([answer.status, answer.body.issues[0].path]).toEqual([400, 'query.asOf']);
  });
});
