import { wholeApi } from '@komplat/all/test';
import { makeAccountNumber } from '@komplat/kernel';
import { type Database, uuid7 } from '@komplat/server';
import { type Caller, type TestApi } from '@komplat/testing';

export type Sql = Pick<Database, 'query'>;
export const operator: Caller = { login: 'operator', roles: ['operator'] };
export const manager: Caller = { login: 'manager', roles: ['manager'] };
export const stranger: Caller = { login: 'stranger', roles: ['operator'] };
export const SERVICE = { CW: 2, SW: 3, HW: 4, HEAT: 5, EL: 7 } as const;
const CODES: readonly (readonly [number, string, number])[] = [
  [2, 'CW', 3],
  [3, 'SW', 3],
  [4, 'HW', 3],
  [5, 'HEAT', 6],
  [7, 'EL', 3],
];

/** Rights of metering for the roles of the tests, whatever the roles of the first day have. */
const RIGHTS = `
  insert into administration.role_permission (role, permission)
  select r, p from (values ('operator', 'metering.read'), ('operator', 'metering.reading.enter'), ('operator', 'metering.change'),
    ('manager', 'metering.read'), ('manager', 'metering.approve')) v (r, p) on conflict do nothing`;

/** One house, one provider of water, and the API over it. 2026-11-23 is today. */
export async function meteringApi(): Promise<TestApi> {
  const api = await wholeApi();
  const { owner } = api.database;
  await owner.query(RIGHTS);
  await owner.query(`insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`);
  for (const [id, code, scale] of CODES) {
    await owner.query(
      `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, linked_services, valid)
       values ($1::smallint, $2, $2, $2, 'м³', $3, 'x', 'communal', $1, '{}', '[1997-01-01,)')`,
      [id, code, scale],
    );
  }
  await owner.query(
    `insert into tariffs.provider values (2, 'P01', 'Водоканал', 'Водоканал', 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null)`,
  );
  await owner.query(`select platform.ensure_lanes('2026-09-01', '2027-02-01', '{2}')`);
  await owner.query(`update platform.period_lane set state = 'closing' where period < '2026-11-01'`);
  await owner.query(`insert into registry.street values (1, 'S001', 1)`);
  await owner.query(
    `insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Соборна', '[1997-01-01,)')`,
  );
  await owner.query(
    `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
       heating, hot_water, sewer, stove, postcode)
     values (1, 'H0001', 1, '12а', 'apartment_5', 1, 1974, 5, 2, 40, 1900, 'central', 'central', 'central', 'gas', '06101')`,
  );
  await owner.query(
    `insert into tariffs.norm (id, code, purpose, service_id, equipment, unit, value, valid, act, mark)
     values (1, 'N1', 'charge', 2, 'bath', 'u', '4.2', '[1997-01-01,)', 'a', 'plausible')`,
  );
  await api.scope('operator', 'all');
  await api.scope('manager', 'all');
  return api;
}

export interface FlatSpec {
  readonly id: number;
  readonly area?: string;
  readonly residents?: number;
  readonly method?: 'meter' | 'norm';
  readonly services?: readonly number[];
}
/** A flat with an account and its people; returns the number of the account. */
export async function buildFlat(
  owner: Sql,
  { id, area = '60.00', residents = 1, method = 'meter', services = [SERVICE.CW] }: FlatSpec,
): Promise<string> {
  const number = makeAccountNumber(1, id);
  await owner.query('insert into registry.premises values ($1, 1, $2, $3, 1)', [id, String(id), 'flat']);
  await owner.query(
    `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
     values ($1, $2, $2, 2, 'privatised', '[1997-01-01,)', 'load', 'test')`,
    [id, area],
  );
  const holder = await person(owner);
  await owner.query('insert into registry.account values ($1, $2, $1, $3, $4)', [id, number, holder, '1997-01-01']);
  for (let count = 0; count < residents; count += 1) {
    await owner.query(
      `insert into registry.residence (premises_id, person_id, kind, valid, reason, recorded_by) values ($1, $2, 'registered', '[2001-01-01,)', 'load', 'test')`,
      [id, await person(owner)],
    );
  }
  for (const service of services) {
    await owner.query(
      `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, valid, reason, recorded_by)
       values ($1, $2, 2, $3, 'std', 'bath', '[1997-01-01,)', 'load', 'test')`,
      [id, service, method],
    );
  }
  return number;
}

async function person(owner: Sql): Promise<string> {
  const id = uuid7();
  await owner.query(
    'insert into registry.person (id, surname, given_name, patronymic, sex) values ($1, $2, $3, $4, $5)',
    [id, 'Шевчук', 'Олена', 'Іванівна', 'f'],
  );
  return id;
}

/** A meter of water with readings `[month, value]`; returns its id. */
export async function buildWaterMeter(
  owner: Sql,
  premises: number,
  readings: readonly (readonly [string, string])[],
  more: {
    readonly digits?: number;
    readonly due?: string;
    readonly installed?: string;
    readonly initial?: string;
  } = {},
): Promise<number> {
  const [meter] = await owner.query<{ id: number }>(
    `insert into metering.meter (premises_id, service_id, serial, digits, installed_on, initial_value, verification_due)
     values ($1, 2, $2, $3, $4, $6, $5) returning id`,
    [
      premises,
      `CW-${premises}`,
      more.digits ?? 5,
      more.installed ?? '2020-01-01',
      more.due ?? '2028-01-01',
      more.initial ?? '0',
    ],
  );
  for (const [month, value] of readings) {
    await owner.query(
      `insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by) values ($1, $2, $3, $1::date + 19, 'voice', 'load')`,
      [`${month}-01`, meter?.id, value],
    );
  }
  return meter?.id ?? 0;
}
