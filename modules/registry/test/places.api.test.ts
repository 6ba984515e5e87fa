import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Caller, TestApi } from '@komplat/testing';
import { buildAccount, registryApi } from './builders.ts';

const chief: Caller = { login: 'chief', roles: ['manager'] };
const stranger: Caller = { login: 'stranger', roles: ['manager'] };
const WHY = { reason: 'рішення ради від 20.11.2026 № 7' };
const PASSPORT = {
  kind: 'apartment_5', floors: 5, entrances: 2, flats: 40, flatsArea: '1900', nonResidentialArea: '0', commonArea: '180.50', lift: false,
  heating: 'central', hotWater: 'yes', sewer: 'central', stove: 'gas', postcode: '06101',
};
let api: TestApi;
let keys = 0;
const post = (path: string, body: object, as = chief): Promise<Answer> =>
  api.call('POST', `registry/${path}`, as, { ...WHY, ...body }, { 'idempotency-key': `places-${(keys += 1)}` });
const get = async (path: string, as = chief): Promise<Record<string, never>> => (await api.call('GET', `registry/${path}`, as)).body;

beforeAll(async () => {
  api = await registryApi();
  await buildAccount(api.database.owner, { id: 1 });
  await api.scope('chief', 'all');
  await api.scope('stranger', 'district', '2');
});
afterAll(() => api.close());

describe('streets', () => {
  it('are renamed from a day on; both names stay, the address is that of today', async () => {
    const done = await post('streets/1/names', { type: 'проспект', name: 'Миру', from: '2026-11-01', act: '12-р від 20.10.2026' });
    expect(done.status).toBe(201);
    expect(await get('streets?q=леніна')).toMatchObject({
      items: [{ name: 'просп. Миру', names: [{ name: 'просп. Миру', from: '2026-11-01', to: null }, { name: 'вул. Соборна', to: '2026-10-31' }, { name: 'вул. Леніна' }] }],
    });
    expect(await get('houses?q=миру')).toMatchObject({ items: [{ address: 'просп. Миру, 12а', oldStreet: 'вул. Соборна', accounts: 1 }] });
  });
  it.each([
    ['before the name in force began', 'streets/1/names', { from: '2026-10-15' }, 409, 'registry.street.renamed-later'],
    ['to the name of another street', 'streets', { district: 1, type: 'проспект', name: 'миру', from: '2026-12-01' }, 409, 'registry.street.name-taken'],
    ['which does not exist', 'streets/99/names', {}, 404, 'registry.street.unknown'],
  ])('refuse a name %s', async (_what, path, more, status, code) => {
    const answer = await post(path, { type: 'вулиця', name: 'Нова', from: '2026-12-01', act: '13-р від 21.11.2026', ...more });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
  it('of other districts are not there', async () => {
    expect((await get('streets', stranger))['items']).toEqual([]);
    const renamed = await post('streets/1/names', { type: 'вулиця', name: 'Нова', from: '2026-12-01', act: '13-р від 21.11.2026' }, stranger);
    expect(renamed.status).toBe(404);
  });
});

describe('houses', () => {
  it('are added with a passport, once by number, and an account is opened in them', async () => {
    const street = await post('streets', { district: 1, type: 'вулиця', name: 'Нова', from: '2026-11-01', act: '13-р від 21.10.2026' });
    const order = { streetId: street.body.id, number: '7', yearBuilt: 2025, ...PASSPORT };
    const house = await post('houses', order);
    expect(house.status).toBe(201);
    expect((await post('houses', order)).body.code).toBe('registry.house.number-taken');
    const opened = await post('accounts', {
      premises: { houseId: house.body.id, number: '3/1', kind: 'room', floor: 1, dwellingType: 'communal', totalArea: '18.20', heatedArea: '18.20', rooms: 1 },
      holder: { surname: 'Гриб', givenName: 'Олег', patronymic: 'Іванович', sex: 'm', birthDate: '1980-01-01' },
      on: '2026-11-20',
    });
    expect(opened.status).toBe(201);
    expect(await get(`houses/${house.body.id}`)).toMatchObject({
      address: 'вул. Нова, 7', passport: { flatsArea: '1900.00', heating: 'central' }, premises: [{ number: '3/1', kind: 'room', account: opened.body.number }],
    });
  });
  it('change their passport from a day on; what was known is kept with both times', async () => {
    expect((await post('houses/1/passport', { ...PASSPORT, lift: true, from: '2026-11-10' })).status).toBe(201);
    expect((await post('houses/1/passport', { ...PASSPORT, lift: true, from: '2026-11-20' })).body.code).toBe('registry.change.nothing');
    const house = await get('houses/1');
    expect(house).toMatchObject({ passport: { lift: true, commonArea: '180.50' }, history: [{ from: '2026-11-10', to: null, lift: true }, { to: '2026-11-09', lift: false }] });
    const [kept] = await api.database.owner.query<{ rows: number }>('select count(*)::int as rows from registry.house_fact where house_id = 1 and not upper_inf(known)');
    expect(kept?.rows).toBe(1);
  });
  it.each([
    ['passport', { ...PASSPORT, flatsArea: '0', from: '2026-11-21' }, 422, 'registry.rule.area-zero'],
    ['passport', { ...PASSPORT, entrances: 9, flats: 4, from: '2026-11-21' }, 422, 'registry.house.entrances-over-flats'],
    ['entrances', { number: 3, firstFlat: 1, lastFlat: 9, lift: false, from: '2026-11-21' }, 422, 'registry.entrance.above-passport'],
    ['entrances', { number: 1, firstFlat: 9, lastFlat: 1, lift: false, from: '2026-11-21' }, 422, 'registry.entrance.flats'],
  ])('refuse in %s what cannot be', async (what, body, status, code) => {
    const answer = await post(`houses/1/${what}`, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
  it('have entrances whose flats do not overlap', async () => {
    expect((await post('houses/1/entrances', { number: 1, firstFlat: 1, lastFlat: 20, lift: false, from: '2026-11-01' })).status).toBe(201);
    const second = { number: 2, lastFlat: 40, lift: true, from: '2026-11-01' };
    expect((await post('houses/1/entrances', { ...second, firstFlat: 20 })).body.code).toBe('registry.entrance.overlap');
    expect((await post('houses/1/entrances', { ...second, firstFlat: 21 })).status).toBe(201);
    expect((await get('houses/1'))['entrances']).toMatchObject([{ number: 1, lastFlat: 20 }, { number: 2, firstFlat: 21 }]);
  });
  it('of other districts are not there', async () => {
    expect((await api.call('GET', 'registry/houses/1', stranger)).status).toBe(404);
  });
});
