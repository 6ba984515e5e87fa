import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, systemActor, Vault } from '@komplat/server';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import type { Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { ChangeRequest, MoneyPreview } from '../contract/index.ts';
import { ChangeService } from '../server/changes/change.service.ts';
import { AccountService } from '../server/services/account.service.ts';
import { buildAccount, type BuiltAccount, registryApi } from './builders.ts';

const clerk: Caller = { login: 'clerk', roles: ['operator'] };
const chief: Caller = { login: 'chief', roles: ['manager'] };
const provider: Caller = { login: 'provider-user', roles: ['provider-user'] };
let api: TestApi;
let flat: BuiltAccount;
let other: BuiltAccount;
let keys = 0;

beforeAll(async () => {
  api = await registryApi();
  const { owner } = api.database;
  flat = await buildAccount(owner, { id: 1, residents: [{ birth: '1999-01-01', from: '2020-01-01' }] });
  other = await buildAccount(owner, { id: 2, surname: 'Сусід', residents: [{ birth: '1980-02-02', from: '2019-01-01' }] });
  await api.scope('clerk', 'all');
  await api.scope('chief', 'all');
});
afterAll(() => api.close());

const path = (account: BuiltAccount, tail: string): string => `registry/accounts/${account.number}/${tail}`;
const facts = async (account: BuiltAccount, query = ''): Promise<Answer['body']> => (await api.call('GET', path(account, `facts${query}`), chief)).body;
async function change(account: BuiltAccount, as: Caller, changes: object[], preview = false): Promise<Answer> {
  const { version } = await facts(account);
  const body = { version, changes, reason: 'заява абонента від 20.11.2026', document: 'акт № 7' };
  keys += 1;
  const headers = { 'idempotency-key': `change-${keys}` };
  return api.call('POST', path(account, preview ? 'changes/preview' : 'changes'), as, body, headers);
}
const residentOf = async (account: BuiltAccount): Promise<string> => (await facts(account)).residences[0].personId;

describe('a change of the dwelling', () => {
  it('is shown before it is saved, and the preview saves nothing', async () => {
    const { status, body } = await change(flat, clerk, [{ kind: 'premises', totalArea: '70.5', from: '2026-11-10' }], true);
    expect(status).toBe(200);
    expect(body).toMatchObject({ backdated: false, allowed: true, money: { effects: [] } });
    expect(body.items).toEqual([{ field: 'total-area', subject: null, from: '2026-11-10', to: null, before: '67.08', after: '70.50' }]);
    expect((await facts(flat)).premises.totalArea).toBe('67.08');
    expect((await api.call('GET', path(flat, 'history'), clerk)).body.items).toEqual([]);
  });
  it('closes what was known and leaves the past as it was, by both times', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const { status, body } = await change(flat, clerk, [{ kind: 'premises', totalArea: '70.5', from: '2026-11-10' }]);
    expect([status, body.version]).toEqual([201, 2]);
    expect((await facts(flat)).premises.totalArea).toBe('70.50');
    expect((await facts(flat, '?asOf=2026-11-09')).premises.totalArea).toBe('67.08');
    expect((await facts(flat, `?knownAt=${yesterday}`)).premises.totalArea).toBe('67.08');
  });
  it('of the past needs the right to correct, and keeps the later change of another field', async () => {
    const past = [{ kind: 'premises', rooms: 3, from: '2026-03-01', to: '2026-11-30' }];
    expect((await change(flat, clerk, past, true)).body).toMatchObject({ backdated: true, allowed: false });
    const refused = await change(flat, clerk, past);
    expect([refused.status, refused.body.code]).toEqual([403, 'registry.change.correction-needs-right']);
    const { status, body } = await change(flat, chief, past);
    expect(status).toBe(201);
    expect(body.items.map(({ from, to, before, after }: Record<string, string>) => [from, to, before, after])).toEqual([
      ['2026-03-01', '2026-11-09', '2', '3'],
      ['2026-11-10', '2026-11-30', '2', '3'],
    ]);
    expect((await facts(flat, '?asOf=2026-12-01')).premises).toMatchObject({ rooms: 2, totalArea: '70.50' });
    expect((await facts(flat, '?asOf=2026-11-20')).premises).toMatchObject({ rooms: 3, totalArea: '70.50' });
    expect((await facts(flat, '?asOf=2026-02-28')).premises).toMatchObject({ rooms: 2, totalArea: '67.08' });
  });
  it.each([
    ['10 000 m²', { totalArea: '10000', from: '2026-11-10' }, 'registry.rule.area-limit'],
    ['no area', { totalArea: '0', from: '2026-11-10' }, 'registry.rule.area-zero'],
    ['more heated than there is', { heatedArea: '90', from: '2026-11-10' }, 'registry.rule.heated-over-total'],
    ['a last day before the first', { rooms: 1, from: '2026-11-10', to: '2026-11-09' }, 'registry.change.ends-before'],
    ['a day far ahead', { rooms: 1, from: '2031-01-01' }, 'registry.change.too-far'],
    ['a day before the dwelling was known', { rooms: 1, from: '1996-01-01' }, 'registry.change.no-base'],
  ])('%s is refused with its rule, and nothing is half saved', async (_name, patch, code) => {
    const before = await facts(flat);
    const stove = { kind: 'equipment', equipment: 'stove', value: 'gas', from: '2026-11-10' };
    const { status, body } = await change(flat, chief, [stove, { kind: 'premises', ...patch }]);
    expect([status, body.code]).toEqual([422, code]);
    expect(await facts(flat)).toEqual(before);
  });
  it.each([[{ totalArea: '70.50' }], [{}]])('what changes nothing is refused: %j', async (patch) => {
    const { status, body } = await change(flat, chief, [{ kind: 'premises', ...patch, from: '2026-11-23' }]);
    expect([status, body.code]).toEqual([422, 'registry.change.nothing']);
  });
  it('31 February and a third decimal are refused at their place', async () => {
    const day = await change(flat, chief, [{ kind: 'premises', rooms: 1, from: '2026-02-31' }]);
    expect([day.status, day.body.issues[0].path]).toEqual([400, 'body.changes.0.from']);
    expect((await change(flat, chief, [{ kind: 'premises', totalArea: '70.123', from: '2026-11-10' }])).status).toBe(400);
  });
  it('a flat of 250 m² is taken and flagged', async () => {
    const { body } = await change(other, clerk, [{ kind: 'premises', totalArea: '250', from: '2026-11-10' }], true);
    expect(body.notes.map(({ rule }: { rule: string }) => rule)).toEqual(['area-limit', 'area-per-room']);
  });
  it('equipment has days of its own and only known values', async () => {
    const electric = { kind: 'equipment', equipment: 'stove', value: 'electric', from: '2026-12-01' };
    expect((await change(other, clerk, [electric])).status).toBe(201);
    expect((await facts(other)).equipment).toEqual([]);
    expect((await facts(other, '?asOf=2026-12-02')).equipment).toEqual([{ kind: 'stove', value: 'electric', from: '2026-12-01', to: null }]);
    expect((await change(other, clerk, [{ ...electric, value: 'coal' }])).body.code).toBe('registry.change.equipment-unknown');
  });
});

describe('people of the dwelling', () => {
  const newcomer = { surname: 'Нова', givenName: 'Ольга', patronymic: 'Ігорівна', sex: 'f', birthDate: '1990-05-05' };
  const add = (person: object, from: string, to?: string) => ({ kind: 'resident-add', person, residence: 'registered', from, ...(to ? { to } : {}) });

  it('come and go with their days', async () => {
    expect((await change(flat, clerk, [add(newcomer, '2026-11-05')])).status).toBe(201);
    const here = await facts(flat);
    const person = here.persons.find(({ surname }: { surname: string }) => surname === 'Нова');
    expect(here.residences).toContainEqual({ personId: person.id, kind: 'registered', from: '2026-11-05', to: null });
    const again = await change(flat, clerk, [add({ id: person.id }, '2026-11-20')]);
    expect([again.status, again.body.code]).toEqual([409, 'registry.residence.overlaps']);
    const end = await change(flat, clerk, [{ kind: 'resident-end', personId: person.id, lastDay: '2026-11-20', why: 'departure' }]);
    expect(end.body.items).toEqual([{ field: 'residence', subject: 'Нова Ольга Ігорівна', from: '2026-11-21', to: null, before: 'registered', after: null }]);
    expect((await facts(flat)).residences).toContainEqual({ personId: person.id, kind: 'registered', from: '2026-11-05', to: '2026-11-20' });
  });
  it('a residence with wrong days is written anew', async () => {
    const personId = await residentOf(flat);
    const dates = { kind: 'resident-dates', personId, was: '2020-01-01', from: '2020-06-01' };
    expect((await change(flat, chief, [dates])).status).toBe(201);
    expect((await facts(flat)).residences[0]).toMatchObject({ from: '2020-06-01', to: null });
    expect((await facts(flat, '?knownAt=2026-11-01')).residences[0]).toMatchObject({ from: '2020-01-01' });
  });
  it('nobody is registered in two places, before birth, or after death', async () => {
    const { owner } = api.database;
    const neighbour = await residentOf(other);
    await owner.query(
      `insert into registry.ownership (premises_id, person_id, share_num, share_den, valid, reason, recorded_by) values (1, $1, 1, 2, '[2020-01-01,)', 'купівля', 'test')`,
      [neighbour],
    );
    const twice = await change(flat, clerk, [add({ id: neighbour }, '2026-11-10')]);
    expect([twice.status, twice.body.code, twice.body.params.address]).toEqual([409, 'registry.residence.two-places', 'вул. Соборна, 12а, кв. 2']);
    const early = await change(flat, clerk, [add({ ...newcomer, birthDate: '2026-11-15' }, '2026-11-10')]);
    expect(early.body.code).toBe('registry.residence.before-birth');
    const dead = [
      { kind: 'person', personId: neighbour, diedOn: '2026-11-12', from: '2026-11-12' },
      add({ id: neighbour }, '2026-11-13'),
    ];
    expect((await change(other, clerk, dead)).body.code).toBe('registry.residence.after-death');
  });
  it('a death ends the residence the day after', async () => {
    const neighbour = await residentOf(other);
    const { body } = await change(other, clerk, [{ kind: 'person', personId: neighbour, diedOn: '2026-11-12', from: '2026-11-12' }]);
    expect(body.items.map(({ field }: { field: string }) => field)).toEqual(['died-on', 'residence']);
    expect((await facts(other)).residences[0]).toMatchObject({ to: '2026-11-12' });
  });
  it('a new holder is the holder from that day only', async () => {
    const { status } = await change(other, clerk, [{ kind: 'holder', person: newcomer, from: '2026-11-15' }]);
    expect(status).toBe(201);
    const head = async (day: string) => (await api.call('GET', `registry/accounts/${other.number}?asOf=${day}`, clerk)).body.holder.fullName;
    expect([await head('2026-11-14'), await head('2026-11-15')]).toEqual(['Сусід Іван Петрович', 'Нова Ольга Ігорівна']);
  });
  it('a changed surname stays the old one in the past', async () => {
    const { holderId } = flat;
    expect((await change(flat, clerk, [{ kind: 'person', personId: holderId, surname: 'Шевченко', from: '2026-11-18' }])).status).toBe(201);
    const head = async (query: string) => (await api.call('GET', `registry/accounts/${flat.number}${query}`, clerk)).body.holder.fullName;
    expect([await head(''), await head('?asOf=2026-11-17'), await head('?knownAt=2026-11-01')]).toEqual([
      'Шевченко Іван Петрович', 'Коваленко Іван Петрович', 'Коваленко Іван Петрович',
    ]);
  });
});

describe('owners, codes, consents', () => {
  it('shares never exceed the whole on any day', async () => {
    const { holderId } = flat;
    const half = { kind: 'owner', person: { id: holderId }, share: '1/2', from: '2026-11-01' };
    expect((await change(flat, chief, [half])).status).toBe(201);
    const more = await change(flat, chief, [{ ...half, share: '2/3' }]);
    expect([more.status, more.body.code]).toEqual([422, 'registry.ownership.over-whole']);
    expect((await change(flat, chief, [{ ...half, share: '3/2' }])).body.code).toBe('registry.ownership.over-whole');
    const third = await change(flat, chief, [{ ...half, share: '1/3' }]);
    expect(third.body.notes).toContainEqual({ rule: 'shares-below-whole', params: { day: '2026-11-01', shares: '1/2 + 1/3' } });
  });
  // 3017400012: day 30174 since 31.12.1899 is 12.08.1982, the ninth digit is odd for a man, the last is the check digit
  it('a tax number must fit birth date, sex and check digit, and belong to one person', async () => {
    const person = { surname: 'Код', givenName: 'Петро', patronymic: 'Ілліч', sex: 'm', birthDate: '1982-08-12' };
    const add = (taxNumber: string, birthDate = person.birthDate, sex = 'm') => ({
      kind: 'resident-add', person: { ...person, birthDate, sex, taxNumber }, residence: 'temporary', from: '2026-11-10', to: '2026-11-20',
    });
    const code = async (changed: object) => (await change(flat, clerk, [changed])).body.code;
    expect(await code(add('3017400013'))).toBe('registry.tax-number.check-digit');
    expect(await code(add('3017400012', '1982-08-11'))).toBe('registry.tax-number.birth-date');
    expect(await code(add('3017400012', '1982-08-12', 'f'))).toBe('registry.tax-number.sex');
    expect((await change(flat, clerk, [add('3017400012')])).status).toBe(201);
    expect(await code(add('3017400012'))).toBe('registry.tax-number.taken');
    const history = await api.call('GET', path(flat, 'history?limit=200'), clerk);
    expect(JSON.stringify(history.body)).not.toContain('3017400012');
  });
  it('a consent is kept by purpose', async () => {
    const consent = { kind: 'consent', personId: flat.holderId, purpose: 'sms', given: true, from: '2026-11-23' };
    expect((await change(flat, clerk, [consent])).status).toBe(201);
    const holder = (await facts(flat)).persons.find(({ id }: { id: string }) => id === flat.holderId);
    expect(holder.consents).toEqual([{ purpose: 'sms', given: true }]);
  });
});

describe('phones and e-mails', () => {
  const contact = (value: string, more: object = {}) => ({ kind: 'contact', personId: flat.holderId, channel: 'phone', value, from: '2026-11-23', ...more });
  const head = async (query = ''): Promise<Record<string, string | null>> => (await api.call('GET', `registry/accounts/${flat.number}${query}`, clerk)).body.holder;

  it('are true from a day, as of any day and as known on any day; the history shows them masked', async () => {
    const items = async (one: object) => (await change(flat, chief, [one])).body.items;
    expect(await items(contact('050 123 45 67', { from: '2026-01-10' }))).toEqual([
      { field: 'phone', subject: expect.stringContaining('Іван Петрович'), from: '2026-01-10', to: null, before: null, after: '•••67' },
    ]);
    expect(await items(contact('0671234589', { from: '2026-11-01' }))).toMatchObject([{ from: '2026-11-01', before: '•••67', after: '•••89' }]);
    await items(contact('0630000011', { channel: 'phone-2' }));
    await items(contact('ivan@example.ua', { channel: 'email' }));
    expect(await head()).toMatchObject({ phone: '+380671234589', phone2: '+380630000011', email: 'ivan@example.ua' });
    expect(await head('?asOf=2026-10-31')).toMatchObject({ phone: '+380501234567', phone2: null, email: null });
    expect(await head('?asOf=2026-01-09')).toMatchObject({ phone: null });
    expect(await head('?knownAt=2026-11-01')).toMatchObject({ phone: null });
    const history = JSON.stringify((await api.call('GET', path(flat, 'history?field=phone'), clerk)).body);
    expect([history.includes('•••89'), history.includes('671234589')]).toEqual([true, false]);
    const [kept] = await api.database.owner.query<{ clear: boolean }>(
      `select bool_or(sealed like '%1234%' or decode(sealed, 'base64')::text like '%1234%') as clear from registry.contact`,
    );
    expect(kept?.clear).toBe(false);
  });
  it('end with a day; search and mail know only what is true today', async () => {
    const today = () => api.database.owner.query('select phone_hash is not null as phone, email_hash is not null as email from registry.person where id = $1', [flat.holderId]);
    expect(await today()).toEqual([{ phone: true, email: true }]);
    const ended = await change(flat, chief, [{ kind: 'contact-end', personId: flat.holderId, channel: 'phone', lastDay: '2026-11-20' }]);
    expect(ended.body.items).toMatchObject([{ field: 'phone', from: '2026-11-21', to: null, before: '•••89', after: null }]);
    expect(await today()).toEqual([{ phone: false, email: true }]);
    expect([(await head()).phone, (await head('?asOf=2026-11-20')).phone]).toEqual([null, '+380671234589']);
    expect((await change(flat, chief, [{ kind: 'contact-end', personId: flat.holderId, channel: 'phone', lastDay: '2026-11-21' }])).body.code).toBe('registry.contact.none');
  });
  it.each([
    ['a phone of eight digits', { value: '12345678' }, 'registry.phone.malformed'],
    ['an e-mail without its host', { channel: 'email', value: 'ivan@' }, 'registry.email.malformed'],
    ['a day ahead', { value: '0501234567', from: '2026-12-01' }, 'registry.contact.ahead'],
  ])('%s is refused', async (_name, more, code) => {
    expect((await change(flat, chief, [contact('', more)])).body.code).toBe(code);
  });
});

describe('supplies of an account', () => {
  const rows = async (): Promise<string[]> => {
    const found = await api.database.owner.query<{ line: string }>(
      `select concat_ws(' ', s.id, v.code, p.code, s.method, s.variant, s.equipment, s.due_day, s.valid) as line from tariffs.supply s
       join tariffs.service v on v.id = s.service_id join tariffs.provider p on p.id = s.provider_id where s.account_id = 2 and upper_inf(s.known) order by lower(s.valid), s.id`,
    );
    return found.map(({ line }) => line);
  };
  const add = (more: object = {}) => ({
    kind: 'supply-add', service: 'CW', provider: 'W1', variant: 'population', method: 'norm', equipment: 'bath', dueDay: 20, from: '2026-09-01', to: '2026-12-31', ...more,
  });
  beforeAll(async () => {
    const { owner } = api.database;
    for (const sql of [
      `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, linked_services, valid)
         values (21, 'CW', 'Холодна вода', 'Cold water', 'м³', 3, 'volume', 'communal', 21, '{}', '[1997-01-01,)')`,
      `insert into tariffs.provider values (21, 'W1', 'Водоканал', 'Водоканал', 'enterprise', '71208194', '305299', 'UB', '[2000-01-01,2027-01-01)', null),
         (22, 'W2', 'Джерело', 'Джерело', 'enterprise', '71208195', '305299', 'UB', '[2000-01-01,)', null)`,
      `insert into tariffs.tariff (id, code, service_id, provider_id, variant, valid, price, unit, decision_body, decision_number, mark)
         select 20 + n, 'W000' || n, 21, 20 + p, v, '[2018-01-01,)', 30, 'грн/м³', 'рада', '1', 'plausible'
         from (values (1, 1, 'population'), (2, 1, 'private'), (3, 2, 'population')) t (n, p, v)`,
      `insert into tariffs.norm (id, code, purpose, service_id, equipment, unit, value, valid, act, mark)
         values (21, 'N021', 'charge', 21, 'bath', 'м³', 6, '[1997-01-01,)', 'рішення № 411', 'plausible')`,
    ]) await owner.query(sql);
  });

  it.each([
    ['of a group without a tariff', { variant: 'gold' }, 409, 'tariffs.supply.no-tariff'],
    ['by a norm that does not exist', { equipment: 'pool' }, 409, 'tariffs.supply.no-norm'],
    ['by norm without its group', { equipment: undefined }, 409, 'tariffs.supply.needs-norm'],
    ['of an unknown provider', { provider: 'W9' }, 404, 'tariffs.supply.unknown'],
    ['beyond the work of the provider', { to: undefined }, 409, 'tariffs.supply.provider-not-active'],
    ['before the account was opened', { from: '1996-01-01', to: '1996-02-01' }, 409, 'tariffs.supply.before-account'],
  ])('a supply %s is refused, and nothing is left behind', async (_name, more, status, code) => {
    const answer = await change(other, chief, [add(more)]);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await rows()).toEqual([]);
  });

  it('begins, with the group of its tariff and of its norms, shown field by field', async () => {
    const { body } = await change(other, chief, [add()]);
    const item = { subject: 'Холодна вода, Водоканал', from: '2026-09-01', to: '2026-12-31', before: null };
    expect(body.items).toEqual([
      { ...item, field: 'supply-method', after: 'norm' }, { ...item, field: 'supply-variant', after: 'population' },
      { ...item, field: 'supply-equipment', after: 'bath' }, { ...item, field: 'due-day', after: '20' },
    ]);
    expect(await rows()).toEqual([expect.stringMatching(/CW W1 norm population bath 20 \[2026-09-01,2027-01-01\)$/)]);
    const twice = await change(other, chief, [add({ provider: 'W2', from: '2026-12-31' })]);
    expect([twice.status, twice.body.code, twice.body.params.provider]).toEqual([409, 'tariffs.supply.overlaps', 'Водоканал']);
    expect((await facts(other)).supplies).toMatchObject([{ service: 'CW', serviceName: 'Холодна вода', variant: 'population', from: '2026-09-01', to: '2026-12-31' }]);
    expect((await facts(other)).supplyGroups.map(({ provider: code, variant }: Record<string, string>) => `${code} ${variant}`)).toEqual(['W1 population', 'W1 private', 'W2 population']);
  });

  it('changes in the middle: the row keeps its number up to the day, its contract goes on, what was known is kept', async () => {
    const { owner } = api.database;
    const [{ id = 0 } = {}] = await owner.query<{ id: number }>('select id from tariffs.supply where account_id = 2');
    await owner.query(
      `insert into registry.supply_contract (supply_id, number, signed_on, kind, due_day, valid, reason, recorded_by)
         values ($1, '17', '2026-09-01', 'individual', 20, '[2026-09-01,)', 'договір', 'test')`, [id],
    );
    const { body } = await change(other, chief, [{ kind: 'supply-change', supplyId: id, variant: 'private', from: '2026-10-10', to: '2026-10-31' }]);
    expect(body.items).toEqual([
      { field: 'supply-variant', subject: 'Холодна вода, Водоканал', from: '2026-10-10', to: '2026-10-31', before: 'population', after: 'private' },
    ]);
    expect((await rows()).map((line) => line.replace(/^\d+ CW W1 /, ''))).toEqual([
      'norm population bath 20 [2026-09-01,2026-10-10)', 'norm private bath 20 [2026-10-10,2026-11-01)', 'norm population bath 20 [2026-11-01,2027-01-01)',
    ]);
    expect((await rows())[0]?.startsWith(`${id} `)).toBe(true);
    const known = await owner.query<{ valid: string }>('select valid::text from tariffs.supply where account_id = 2 and not upper_inf(known)');
    expect(known).toEqual([{ valid: '[2026-09-01,2027-01-01)' }]);
    const contracts = await owner.query<{ number: string }>('select c.number from registry.supply_contract c join tariffs.pub_supply_v1 s on s.supply_id = c.supply_id');
    expect(contracts.map(({ number }) => number)).toEqual(['17', '17', '17']);
  });

  it('ends with a day, also what was to begin later; then there is nothing to end', async () => {
    const [{ id = 0 } = {}] = await api.database.owner.query<{ id: number }>('select id from tariffs.pub_supply_v1 s (id) where account_id = 2 limit 1');
    const end = { kind: 'supply-end', supplyId: id, lastDay: '2026-10-20' };
    expect((await change(other, clerk, [end])).body.code).toBe('registry.change.correction-needs-right');
    expect((await change(other, chief, [end])).status).toBe(201);
    expect((await rows()).map((line) => line.replace(/^\d+ CW W1 /, ''))).toEqual([
      'norm population bath 20 [2026-09-01,2026-10-10)', 'norm private bath 20 [2026-10-10,2026-10-21)',
    ]);
    const again = await change(other, chief, [end]);
    expect([again.status, again.body.code]).toEqual([409, 'tariffs.supply.ended']);
    const signed = { number: '18', signedOn: '2026-10-20', kind: 'individual' };
    expect((await change(other, chief, [add({ provider: 'W2', from: '2026-10-21', contract: { ...signed, signedOn: '2026-12-01' } })])).body.code).toBe('registry.contract.signed-ahead');
    const begun = await change(other, chief, [add({ provider: 'W2', from: '2026-10-21', contract: signed })]);
    expect(begun.body.items).toContainEqual({ field: 'contract-number', subject: '18', from: '2026-10-21', to: '2026-12-31', before: null, after: '18' });
  });
});

describe('the effect in money', () => {
  const request = async (): Promise<ChangeRequest> => ({
    version: (await facts(other)).version,
    changes: [{ kind: 'premises', totalArea: '90', from: '2026-09-15' }],
    reason: 'заява абонента',
  });
  const withBilling = (refs: Pick<ModuleRef, 'get'>): ChangeService => {
    const find = <T>(token: Type<T>): T => api.app.get(token, { strict: false });
    return new ChangeService(find(Database), find(Vault), find(AccountService), refs);
  };
  it('is asked while the changes stand, from the first day that differs, and summed', async () => {
    const seen: unknown[] = [];
    const billing: MoneyPreview = {
      async preview(tx, ask) {
        const [row] = await tx.query<{ total_area: string }>(
          `select total_area from registry.pub_premises_fact_v1 where premises_id = 2 and valid @> date '2026-10-01'`,
        );
        seen.push(row, ask);
        const effect = { service: 'MNT', serviceName: 'Управління', provider: 'P01', providerName: 'ЖЕО' };
        return [
          { ...effect, month: '2026-10', before: '300.00', after: '402.33' },
          { ...effect, month: '2026-11', before: '300.00', after: '402.50' },
        ];
      },
    };
    const service = withBilling({ get: () => billing as never });
    const { money } = await service.preview(other.number, await request(), systemActor('test'));
    expect(seen).toEqual([{ total_area: '90.00' }, { accountIds: [2], from: '2026-09-15', until: '2026-11' }]);
    expect(money).toMatchObject({ available: true, difference: '204.83' });
    expect((await facts(other)).premises.totalArea).toBe('67.08');
  });
  it('is said to be unknown when nobody calculates it', async () => {
    const nobody = (): never => {
      throw new Error('no provider');
    };
    const { money } = await withBilling({ get: nobody }).preview(other.number, await request(), systemActor('test'));
    expect(money).toEqual({ available: false, effects: [], difference: '0.00' });
  });
});

describe('the history of fields', () => {
  it('says who, when, from, to, reason and document', async () => {
    const { body } = await api.call('GET', path(flat, 'history?field=total-area'), clerk);
    expect(body.items).toEqual([
      expect.objectContaining({
        actor: 'clerk', field: 'total-area', before: '67.08', after: '70.50', from: '2026-11-10', to: null,
        reason: 'заява абонента від 20.11.2026', document: 'акт № 7',
      }),
    ]);
  });
  it('is never changed by the application', async () => {
    await expect(api.database.db.query("update registry.field_change set reason = 'x'")).rejects.toThrow(/permission denied/);
  });
  it('shows no persons to a provider and nothing without the account in scope', async () => {
    expect((await api.call('GET', path(flat, 'history'), provider)).status).toBe(404);
  });
  it('who may neither save nor propose may not try either', async () => {
    const answer = await change(flat, { login: 'chief', roles: ['lawyer'] }, [{ kind: 'premises', rooms: 1, from: '2026-11-23' }], true);
    expect([answer.status, answer.body.code]).toEqual([403, 'platform.forbidden']);
  });
  it('of two people who change one card the second is told', async () => {
    const body = { version: 1, changes: [{ kind: 'premises', rooms: 1, from: '2026-11-23' }], reason: 'заява абонента' };
    const answer = await api.call('POST', path(flat, 'changes'), clerk, body, { 'idempotency-key': 'stale-change-1' });
    expect([answer.status, answer.body.code]).toEqual([409, 'registry.account.changed']);
  });
});
