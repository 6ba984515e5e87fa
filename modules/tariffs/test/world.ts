import { wholeApi } from '@komplat/all/test';
import { makeAccountNumber } from '@komplat/kernel';
import { uuid7 } from '@komplat/server';
import { type Caller, type TestApi } from '@komplat/testing';

export const economist: Caller = { login: 'economist', roles: ['operator'] };
export const chief: Caller = { login: 'chief', roles: ['manager'] };
export const PROVIDER = { P01: 1, P02: 2 } as const;
export const SERVICE = { MNT: 1, CW: 2 } as const;

const RIGHTS = `
  insert into administration.role_permission (role, permission) values ('operator', 'tariffs.read'), ('operator', 'tariffs.change'),
    ('manager', 'tariffs.read'), ('manager', 'tariffs.approve') on conflict do nothing`;
const CITY = [
  `insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`,
  `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, linked_services, valid) values
     (1, 'MNT', 'Управління', 'Management', 'м²', 2, 'total area', 'housing', 1, '{}', '[1997-01-01,)'),
     (2, 'CW', 'Холодна вода', 'Cold water', 'м³', 3, 'volume', 'communal', 2, '{}', '[1997-01-01,)')`,
  `insert into tariffs.provider values
     (1, 'P01', 'ЖЕО', 'ЖЕО', 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null),
     (2, 'P02', 'Водоканал', 'Водоканал', 'enterprise', '71208194', '305299', 'UB', '[1997-01-01,)', null)`,
  `select platform.ensure_lanes('2026-09-01', '2027-02-01', '{1,2}')`,
  `insert into registry.street values (1, 'S001', 1)`,
  `insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Соборна', '[1997-01-01,)')`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water,
     sewer, stove, postcode)
     values (1, 'H0001', 1, '12а', 'apartment_5', 1, 1974, 5, 2, 40, 1900, 'central', 'central', 'central', 'gas', '06101')`,
  `insert into tariffs.tariff (id, code, service_id, provider_id, variant, valid, price, unit, decision_body, decision_number, decision_date, mark) values
     (1, 'T0001', 1, 1, 'std', '[2018-01-01,2024-01-01)', 4.00, 'грн/м²', 'Виконавчий комітет', '5', '2017-12-01', 'plausible'),
     (2, 'T0002', 1, 1, 'std', '[2024-01-01,)', 5.25, 'грн/м²', 'Виконавчий комітет', '17', '2023-12-01', 'published')`,
  `insert into tariffs.norm (id, code, purpose, service_id, equipment, unit, value, valid, act, mark)
     values (1, 'N001', 'charge', 2, 'bath', 'м³/місяць', '6.0', '[1997-01-01,)', 'рішення № 411', 'plausible')`,
  `insert into tariffs.parameter (code, value, valid, act, mark)
     values ('heating-season', '{"from": "2025-10-20", "until": "2026-04-06"}', '[2025-10-20,2026-04-06)', 'розпорядження', 'plausible')`,
];

/** The API over a house, two providers, a tariff with two versions, a norm and a heating season; 2026-11-23 is today. */
export async function tariffsApi(): Promise<TestApi> {
  const api = await wholeApi();
  for (const sql of [RIGHTS, ...CITY]) await api.database.owner.query(sql);
  await api.scope(economist.login, 'all');
  await api.scope(chief.login, 'all');
  return api;
}

/** A flat of 67.08 m² with its account; answers the number. */
export async function buildFlat({ database: { owner } }: TestApi, id: number): Promise<string> {
  const holder = uuid7();
  const number = makeAccountNumber(1, id);
  await owner.query(`insert into registry.premises values ($1, 1, $2, 'flat', 1)`, [id, String(id)]);
  await owner.query(
    `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
     values ($1, 67.08, 67.08, 2, 'privatised', '[1997-01-01,)', 'load', 'test')`,
    [id],
  );
  await owner.query(
    `insert into registry.person (id, surname, given_name, patronymic, sex) values ($1, 'Шевчук', 'Олена', 'Іванівна', 'f')`,
    [holder],
  );
  await owner.query(`insert into registry.account values ($1, $2, $1, $3, '1997-01-01')`, [id, number, holder]);
  return number;
}

export interface SupplySpec {
  readonly account: number;
  readonly service: number;
  readonly provider: number;
  readonly method: string;
  readonly equipment?: string;
  readonly valid?: string;
}
export async function buildSupply({ database: { owner } }: TestApi, spec: SupplySpec): Promise<void> {
  const { account, service, provider, method, equipment = null, valid = '[1997-01-01,)' } = spec;
  await owner.query(
    `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, valid, reason, recorded_by)
     values ($1, $2, $3, $4, 'std', $5, $6, 'load', 'test')`,
    [account, service, provider, method, equipment, valid],
  );
}
