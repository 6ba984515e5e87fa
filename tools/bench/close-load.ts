/**
 * Loads the baseline's schema `b` into the product's tables: the same accounts, areas, meters, readings, tariffs and open
 * items, and the payments of the month as staged register rows. Statements in order; all under the owner's login.
 */
export const LOAD: readonly (readonly [string, string])[] = [
  [
    'catalogue',
    `insert into platform.operating_day (day, state) values ('2026-11-06', 'open');
     insert into tariffs.service select id, code, code, code, 'm3', 3, 'x', 'communal', id, null, '{}', '[1997-01-01,)' from b.service;
     insert into tariffs.provider select p, 'P0' || p, 'Provider ' || p, 'Provider ' || p, 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null
       from generate_series(1, 2) p;
     insert into tariffs.tariff (id, code, service_id, provider_id, variant, valid, price, unit, decision_body, decision_number, mark)
       select id, 'T' || id, service_id, 1 + (service_id > 4)::int, 'v', daterange(valid_from, valid_to), price, 'x', 'x', 'x', 'fact' from b.tariff;
     insert into tariffs.norm (id, code, purpose, service_id, equipment, unit, value, valid, act, mark)
       select s, 'N' || s, 'charge', s, 'e', 'm3', 1.5 + s * 0.37, '[1997-01-01,)', 'x', 'fact' from generate_series(1, 8) s;
     insert into payments.channel values (1, 'BENCH', 'Bench', 'terminal', null, 1, 0, 0, 'centre', true, 3, '[1997-01-01,)')`,
  ],
  [
    'registry',
    `insert into registry.street values (1, 'S1', 1);
     insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Соборна', '[1997-01-01,)');
     insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water,
       sewer, stove, postcode) select id, 'H' || id, 1, no, 'apartment_9', 1, 1974, 9, 4, 100, 5000, 'central', 'central', 'central', 'gas', '06101' from b.house;
     insert into registry.premises select id, house_id, id::text, 'flat', 1 from b.account;
     alter table registry.premises_fact drop constraint premises_fact_premises_id_valid_excl;
     alter table registry.residence drop constraint residence_premises_id_person_id_valid_excl;
     insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, known, reason, recorded_by)
       select id, area, area, 2, 'privatised', '[1997-01-01,)', '[1997-01-01,)', 'load', 'bench' from b.account;
     insert into registry.person (id, surname, given_name, patronymic, sex)
       select ('00000000-0000-7000-8000-' || lpad(id::text, 12, '0'))::uuid, 'Коваленко', 'Іван', id::text, 'm' from b.account;
     insert into registry.account select id, lpad(id::text, 10, '0'), id, ('00000000-0000-7000-8000-' || lpad(id::text, 12, '0'))::uuid, '1997-01-01' from b.account;
     insert into registry.residence (premises_id, person_id, kind, valid, known, reason, recorded_by)
       select a.id, ('00000000-0000-7000-8000-' || lpad(k::text, 12, '0'))::uuid, 'registered', '[1997-01-01,)', '[1997-01-01,)', 'load', 'bench'
       from b.account a, generate_series(1, a.residents) k order by a.id`,
  ],
  [
    'supplies',
    `alter table tariffs.supply drop constraint supply_account_id_service_id_provider_id_valid_excl;
     insert into tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, valid, known, reason, recorded_by)
       select account_id, service_id, 1 + (service_id > 4)::int,
         case when metered then 'meter' when service_id in (5, 6) then 'area' else 'norm' end, 'v', 'e', '[1997-01-01,)', '[1997-01-01,)', 'load', 'bench'
       from b.account_service order by account_id, service_id;
     insert into metering.meter (premises_id, service_id, serial, digits, installed_on, initial_value)
       select account_id, service_id, account_id || '-' || service_id, 5, '2020-01-01', 0 from b.account_service where metered order by 1, 2;
     insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by)
       select make_date(r.period / 100, r.period % 100, 1), m.id, r.value, make_date(r.period / 100, r.period % 100, 28), 'load', 'bench'
       from b.reading r join metering.meter m on m.premises_id = r.account_id and m.service_id = r.service_id order by m.id, r.period`,
  ],
  [
    'money',
    `select platform.ensure_lanes('2026-09-01', '2026-12-01', '{1,2}');
     insert into billing.account_state select id, 0 from b.account;
     insert into billing.accrual (period, account_id, service_id, provider_id, posting_id, method, quantity, tariff_id, supply_id, gross_kop, net_kop)
       select '2026-09-01', account_id, service_id, 1 + (service_id > 4)::int, 1, 'area', 1, service_id * 1000 + 29, 1, net, net
       from b.september order by account_id, service_id;
     insert into billing.period_balance (period, account_id, service_id, provider_id, opening_kop, charged_kop, paid_kop, closing_kop)
       select '2026-09-01', account_id, service_id, 1 + (service_id > 4)::int, closing, 10000, -10000, closing from b.balance order by account_id, service_id;
     insert into billing.open_item
       select account_id, make_date(period / 100, period % 100, 1), service_id, 1 + (service_id > 4)::int, make_date(period / 100, period % 100, 20),
         due, outstanding from b.open_item order by 1, 2, 3;
     update platform.period_lane set state = 'locked' where period = '2026-09-01'`,
  ],
  [
    'register',
    `insert into payments.import_file (id, preset, file_name, file_hash, size, channel_id, state, read_rows, read_sum_kop, workflow_id, uploaded_by, posted_by)
       select '00000000-0000-7000-8000-000000000001', 'bench', 'bench', 'bench', 1, 1, 'posting', count(*), sum(amount), 'bench', 'bench', 'bench' from b.payment;
     insert into payments.import_row (import_id, line, account_text, amount_kop, paid_on, external_id, fingerprint, raw, account_id, outcome)
       select '00000000-0000-7000-8000-000000000001', row_number() over (order by id), lpad(account_id::text, 10, '0'), amount, paid_on, ext_id,
         md5(ext_id), '', account_id, 'matched' from b.payment order by id`,
  ],
];
