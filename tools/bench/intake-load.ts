/** The baseline's schema `i` in the product's tables: the same accounts with 24 open items each, all services of one provider. */
export const LOAD_INTAKE: readonly string[] = [
  `insert into platform.operating_day (day, state) values ('2026-11-06', 'open')`,
  `insert into tariffs.service select s, 'svc' || s, 'svc', 'svc', 'm3', 3, 'x', 'communal', s, null, '{}', '[1997-01-01,)' from generate_series(1, 8) s`,
  `insert into tariffs.provider values (1, 'P01', 'Provider', 'Provider', 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null)`,
  `insert into payments.channel values (1, 'BENCH', 'Bench', 'terminal', null, 1, 0, 0, 'centre', true, 3, '[1997-01-01,)')`,
  `insert into administration.user_scope values ('komplat-bank', 'channel', 'BENCH')`,
  `insert into registry.street values (1, 'S1', 1)`,
  `insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Соборна', '[1997-01-01,)')`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water,
     sewer, stove, postcode) values (1, 'H1', 1, '1', 'apartment_9', 1, 1974, 9, 4, 100, 5000, 'central', 'central', 'central', 'gas', '06101')`,
  `insert into registry.premises select id, 1, id::text, 'flat', 1 from i.acct`,
  `insert into registry.person (id, surname, given_name, patronymic, sex)
     select ('00000000-0000-7000-8000-' || lpad(id::text, 12, '0'))::uuid, 'Коваленко', 'Іван', id::text, 'm' from i.acct`,
  `insert into registry.account select id, lpad(id::text, 10, '0'), id, ('00000000-0000-7000-8000-' || lpad(id::text, 12, '0'))::uuid, '1997-01-01' from i.acct`,
  `alter table tariffs.supply drop constraint supply_account_id_service_id_provider_id_valid_excl`,
  `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, known, reason, recorded_by)
     select a.id, s, 1, 'fixed', 'v', '[1997-01-01,)', '[1997-01-01,)', 'load', 'bench' from i.acct a, generate_series(1, 8) s order by 1, 2`,
  `select platform.ensure_lanes('2026-08-01', '2027-01-01', '{1}')`,
  `insert into billing.account_state select id, 0 from i.acct`,
  `insert into billing.open_item select account_id, make_date(period / 100, period % 100, 1), service_id, 1, make_date(period / 100, period % 100, 20),
     due, outstanding from i.open_item order by 1, 2, 3`,
  `insert into billing.accrual (period, account_id, service_id, provider_id, posting_id, method, quantity, tariff_id, supply_id, gross_kop, net_kop)
     select '2026-10-01', account_id, service_id, 1, 1, 'fixed', 1, 1, 1, due, due from i.open_item where period = 202610 order by 2, 3`,
  `vacuum analyze`,
];
