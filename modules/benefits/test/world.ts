import { administrationPlugin, seedRoles } from '@komplat/administration/server';
import { readCatalogue } from '@komplat/all/messages';
import { billingPlugin } from '@komplat/billing/server';
import { makeAccountNumber } from '@komplat/kernel';
import { meteringPlugin } from '@komplat/metering/server';
import { paymentsPlugin } from '@komplat/payments/server';
import type { ModulePlugin } from '@komplat/plugin-api';
import { registryPlugin } from '@komplat/registry/server';
import { type Database, platformPlugin } from '@komplat/server';
import { tariffsPlugin } from '@komplat/tariffs/server';
import { type Caller, testApi, type TestApi } from '@komplat/testing';
import { BENEFITS_PERMISSIONS as P } from '../contract/permissions.ts';
import { benefitsPlugin } from '../server/index.ts';

export const PLUGINS: readonly ModulePlugin[] = [
  platformPlugin, administrationPlugin, registryPlugin, tariffsPlugin, meteringPlugin, benefitsPlugin, billingPlugin,
  paymentsPlugin,
];
export const TODAY = '2026-11-23';
export const CLERK: Caller = { login: 'operator', roles: ['operator'] };
export const MANAGER: Caller = { login: 'manager', roles: ['manager'] };
export const numberOf = (account: number): string => makeAccountNumber(1, account);
/** Person `at` of an account; 0 is its holder. */
export const personOf = (account: number, at: number): string =>
  `00000000-0000-7000-8000-${String(account).padStart(6, '0')}${String(at).padStart(6, '0')}`;

/** The API with the benefits module, rights for the clerk and the manager, and a house of so many flats with three residents each. */
export async function openWorld(flats: number): Promise<TestApi> {
  const seed = async (owner: Database): Promise<void> => {
    await seedRoles({ query: (sql, params) => owner.query(sql, params) });
    for (const [role, permissions] of [
      ['operator', [P.read.id, P.holdingEdit.id, P.catalogueEdit.id, P.awardLoad.id, P.awardPost.id]],
      ['manager', [P.read.id, P.catalogueApprove.id, P.catalogueEdit.id]],
    ] as const) {
      await owner.query('insert into administration.role_permission (role, permission) select $1, unnest($2::text[]) on conflict do nothing', [
        role, [...permissions],
      ]);
    }
  };
  const catalogue = readCatalogue(PLUGINS.map(({ id }) => id));
  const api = await testApi({ plugins: PLUGINS, catalogue, seed });
  await buildHouse(api.database.owner, flats);
  await api.scope(CLERK.login, 'all');
  await api.scope(MANAGER.login, 'all');
  return api;
}

async function buildHouse(owner: Database, flats: number): Promise<void> {
  const run = (sql: string, params: readonly unknown[] = []): Promise<object[]> => owner.query(sql, params);
  await run(`insert into platform.operating_day (day, state) values ($1, 'open')`, [TODAY]);
  await run(`insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, valid)
    values (1, 'MNT', 'Управління будинком', 'Management', 'м²', 6, 'area', 'housing', 1, '[1997-01-01,)'),
      (2, 'CW', 'Холодна вода', 'Cold water', 'м³', 3, 'meter', 'communal', 2, '[1997-01-01,)'),
      (3, 'HEAT', 'Опалення', 'Heating', 'Гкал', 6, 'area', 'communal', 3, '[1997-01-01,)'),
      (4, 'EL', 'Електроенергія', 'Electricity', 'кВт·год', 3, 'meter', 'communal', 4, '[1997-01-01,)'),
      (5, 'INTERCOM', 'Домофон', 'Intercom', 'квартира', 3, 'contract', 'other', 5, '[1997-01-01,)')`);
  await run(`insert into tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active)
    values (1, 'P01', 'Водоканал', 'Водоканал', 'enterprise', '71120587', '300465', 'UA38', '[1997-01-01,)')`);
  await run(`insert into registry.street (id, code, district) values (1, 'S1', 1)`);
  await run(`insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Соборна', '[1990-01-01,)')`);
  await run(
    `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating,
       hot_water, sewer, stove, postcode)
     values (1, 'H0001', 1, '12а', 'apartment_5', 1, 1974, 5, 2, $1, 1900, 'central', 'central', 'central', 'gas', '06101')`,
    [flats],
  );
  await run(`insert into registry.premises (id, house_id, number, kind) select i, 1, i::text, 'flat' from generate_series(1, $1::int) i`, [flats]);
  await run(
    `insert into registry.person (id, surname, given_name, patronymic, sex, birth_date)
     select ('00000000-0000-7000-8000-' || lpad(i::text, 6, '0') || lpad(k::text, 6, '0'))::uuid, 'Коваленко', 'Ірина', 'Петрівна', 'f', '1970-01-01'
     from generate_series(1, $1::int) i, generate_series(0, 2) k`,
    [flats],
  );
  await run(
    `insert into registry.account (id, number, premises_id, holder_id, opened_on)
     select i, n, i, ('00000000-0000-7000-8000-' || lpad(i::text, 6, '0') || '000000')::uuid, '2000-01-01'
     from unnest($1::text[]) with ordinality q(n, i)`,
    [Array.from({ length: flats }, (_, at) => numberOf(at + 1))],
  );
  await run(
    `insert into registry.residence (premises_id, person_id, kind, valid, known, reason, recorded_by)
     select i, ('00000000-0000-7000-8000-' || lpad(i::text, 6, '0') || lpad(k::text, 6, '0'))::uuid, 'registered', '[2000-01-01,)',
       tstzrange('2000-01-01', null), 'test', 'test' from generate_series(1, $1::int) i, generate_series(0, 2) k`,
    [flats],
  );
  await run(
    `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, valid, reason, recorded_by)
     select i, s, 1, m, 'v', e, '[2000-01-01,)', 'test', 'test'
     from generate_series(1, $1::int) i,
       (values (1, 'area', null), (2, 'meter', 'bath, central hot water'), (3, 'heated-area', null), (4, 'meter', null), (5, 'fixed', null)) v(s, m, e)`,
    [flats],
  );
  await run('analyze');
}

let keys = 0;
/** Header of an act that must happen once. */
export const once = (): Record<string, string> => ({ 'idempotency-key': `benefits-test-${(keys += 1)}` });
