import { wholeApi } from '@komplat/all/test';
import { makeAccountNumber } from '@komplat/kernel';
import { uuid7, type Database } from '@komplat/server';
import { type TestApi } from '@komplat/testing';

export interface BuiltAccount {
  readonly id: number;
  readonly number: string;
  readonly holderId: string;
}
export interface AccountSpec {
  readonly id: number;
  readonly surname?: string;
  readonly area?: string;
  readonly district?: number;
  readonly residents?: readonly { readonly birth: string; readonly from: string; readonly to?: string }[];
}

/** One house on a street that was renamed on 2016-02-19. */
export async function buildHouse(owner: Pick<Database, 'query'>, district = 1): Promise<void> {
  await owner.query(`insert into registry.street values (1, 'S001', ${district}) on conflict do nothing`);
  await owner.query(
    `insert into registry.street_name (street_id, type, type_short, name, valid, act) values
       (1, 'вулиця', 'вул.', 'Леніна', daterange(null, '2016-02-19'), null),
       (1, 'вулиця', 'вул.', 'Соборна', daterange('2016-02-19', null), '41-р')`,
  );
  await owner.query(
    `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
       heating, hot_water, sewer, stove, postcode)
     values (1, 'H0001', 1, '12а', 'apartment_5', ${district}, 1974, 5, 2, 40, 1900, 'central', 'central', 'central', 'gas', '06101')`,
  );
}

export async function buildAccount(owner: Pick<Database, 'query'>, spec: AccountSpec): Promise<BuiltAccount> {
  const { id, surname = 'Коваленко', area = '67.08', residents = [] } = spec;
  const number = makeAccountNumber(spec.district ?? 1, id);
  const holderId = uuid7();
  await owner.query('insert into registry.premises values ($1, 1, $2, $3, 1)', [id, String(id), 'flat']);
  await owner.query(
    `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, known, reason, recorded_by)
     values ($1, $2, $2, 2, 'privatised', daterange('1997-01-01', null), tstzrange('1997-01-01', null), 'load', 'test')`,
    [id, area],
  );
  const person = 'insert into registry.person (id, surname, given_name, patronymic, sex, birth_date) values ($1, $2, $3, $4, $5, $6)';
  await owner.query(person, [holderId, surname, 'Іван', 'Петрович', 'm', '1970-05-01']);
  await owner.query('insert into registry.account values ($1, $2, $1, $3, $4)', [id, number, holderId, '1997-01-01']);
  for (const { birth, from, to } of residents) {
    const personId = uuid7();
    await owner.query(person, [personId, surname, 'Олена', 'Іванівна', 'f', birth]);
    await owner.query(
      `insert into registry.residence (premises_id, person_id, kind, valid, known, reason, recorded_by)
       values ($1, $2, 'registered', daterange($3, $4), tstzrange('1997-01-01', null), 'load', 'test')`,
      [id, personId, from, to ?? null],
    );
  }
  return { id, number, holderId };
}

/** The API on a fresh database with one house and an open day. */
export async function registryApi(): Promise<TestApi> {
  const api = await wholeApi();
  const { owner } = api.database;
  await owner.query("insert into platform.operating_day (day, state) values ('2026-11-23', 'open')");
  await buildHouse(owner);
  return api;
}
