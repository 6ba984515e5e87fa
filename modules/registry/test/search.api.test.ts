import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Caller, type TestApi } from '@komplat/testing';
import { buildAccount, buildHouse, type BuiltAccount } from './builders.ts';

const operator: Caller = { login: 'operator', roles: ['operator'] };
let api: TestApi;
let first: BuiltAccount;
let second: BuiltAccount;
let third: BuiltAccount;

beforeAll(async () => {
  api = await wholeApi();
  const { owner } = api.database;
  await owner.query("insert into platform.operating_day (day, state) values ('2026-11-23', 'open')");
  await buildHouse(owner);
  first = await buildAccount(owner, { id: 1, district: 1 });
  second = await buildAccount(owner, { id: 2, district: 2, surname: 'Єрмак' });
  await owner.query(`insert into registry.street values (2, 'S002', 1)`);
  await owner.query(
    `insert into registry.street_name (street_id, type, type_short, name, valid) values (2, 'вулиця', 'вул.', '8 Березня', '[1997-01-01,)')`,
  );
  await owner.query(
    `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
       heating, hot_water, sewer, stove, postcode)
     select 2, 'H0002', 2, '5', kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water, sewer, stove, postcode
     from registry.house where id = 1`,
  );
  third = await buildAccount(owner, { id: 3, district: 1, surname: 'Лис' });
  await owner.query('update registry.premises set house_id = 2 where id = 3');
  await api.scope('operator', 'all');
});
afterAll(() => api.close());

const found = async (question: string): Promise<string[]> => {
  const { body } = await api.call('GET', `administration/search?q=${encodeURIComponent(question)}`, operator);
  const groups: { hits: { href: string }[] }[] = body.groups;
  return groups.flatMap(({ hits }) => hits.map(({ href }) => href.replace('/registry/accounts/', '')));
};

describe('a whole account number that looks like a phone', () => {
  it.each([
    ['district 01', () => first],
    ['district 02', () => second],
  ])('of %s is found as an account, also with spaces', async (_district, account) => {
    const { number } = account();
    expect(number).toMatch(/^0\d{9}$/);
    expect(await found(number)).toEqual([number]);
    expect(await found(`${number.slice(0, 2)} ${number.slice(2, 6)} ${number.slice(6)}`)).toEqual([number]);
    expect(await found(` ${number.slice(0, 5)} ${number.slice(5)} `)).toEqual([number]);
  });

  it('that nobody has finds nothing', async () => {
    expect(await found('0199999999')).toEqual([]);
  });
});

describe('search by few letters and by streets with figures', () => {
  it('two letters begin a surname', async () => {
    expect(await found('єр')).toEqual([second.number]);
    expect(await found('Ко')).toEqual([first.number]);
  });
  it('the first number may belong to the name of the street', async () => {
    expect(await found('8 Березня')).toEqual([third.number]);
    expect(await found('8 Березня 5 3')).toEqual([third.number]);
    expect(await found('8 Березня 6')).toEqual([]);
  });
});
