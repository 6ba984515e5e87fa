/**
 * A city for the card: accounts of nine services of three providers. Every month each service is charged, and one payment of the month
 * after pays it whole; the last month waits. $1 = accounts, $2 = months, the last of them 2026-10. Rows arrive by month, as in life.
 */
const MONTHS = `select (date '2026-11-01' - make_interval(months => n))::date as period from generate_series(1, $2::int) n`;

/** Statements before the money: catalogue, houses, accounts, lanes. */
export const LOAD_CARD: readonly string[] = [
  `insert into platform.operating_day (day, state) select '2026-11-23', 'open' where $1::int + $2::int > 0`,
  `insert into tariffs.service select s, 'S' || s, 'Послуга ' || s, 'Service ' || s, 'm3', 3, 'x', 'communal', s, null, '{}', '[1997-01-01,)'
     from generate_series(1, 9) s where $1::int + $2::int > 0`,
  `insert into tariffs.provider select p, 'P0' || p, 'Надавач ' || p, 'Надавач ' || p, 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null
     from generate_series(1, 3) p where $1::int + $2::int > 0`,
  `insert into payments.channel select 1, 'BENCH', 'Bench', 'terminal', null, 1, 0, 0, 'centre', true, 3, '[1997-01-01,)' where $1::int + $2::int > 0`,
  `insert into registry.street select 1, 'S1', 1 where $1::int + $2::int > 0`,
  `insert into registry.street_name (street_id, type, type_short, name, valid) select 1, 'вулиця', 'вул.', 'Соборна', '[1997-01-01,)' where $1::int + $2::int > 0`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water,
     sewer, stove, postcode)
     select h, 'H' || h, 1, h::text, 'apartment_9', 1, 1974, 9, 4, 100, 5000, 'central', 'central', 'central', 'gas', '06101'
     from generate_series(1, ($1::int - 1) / 100 + 1) h where $2::int > 0`,
  `insert into registry.premises (id, house_id, number, kind) select g, 1 + (g - 1) / 100, g::text, 'flat' from generate_series(1, $1::int) g where $2::int > 0`,
  `insert into registry.person (id, surname, given_name, patronymic, sex)
     select ('00000000-0000-7000-8000-' || lpad(g::text, 12, '0'))::uuid, 'Коваленко', 'Іван', g::text, 'm' from generate_series(1, $1::int) g where $2::int > 0`,
  `insert into registry.account (id, number, premises_id, holder_id, opened_on)
     select g, lpad(g::text, 10, '0'), g, ('00000000-0000-7000-8000-' || lpad(g::text, 12, '0'))::uuid, '1997-01-01' from generate_series(1, $1::int) g where $2::int > 0`,
  `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, known, reason, recorded_by)
     select g, s, 1 + (s - 1) / 3, 'fixed', 'v', daterange((date '2026-11-01' - make_interval(months => $2::int))::date, null), '[1997-01-01,)', 'load', 'bench'
     from generate_series(1, $1::int) g, generate_series(1, 9) s order by 1, 2`,
  `insert into platform.period_lane (period, provider_id, state)
     select period, p, case when period < '2026-10-01' then 'locked' else 'open' end
     from (select '2026-11-01'::date as period union all ${MONTHS}) m, generate_series(1, 3) p where $1::int > 0`,
  `insert into billing.account_state select g, 0 from generate_series(1, $1::int) g where $2::int > 0`,
  `insert into billing.posting (id, document_kind, document_id, effective_on, booked_at, booked_by)
     select 1000000 + (period - date '1990-01-01'), 'close-batch', period::text, (period + interval '1 month')::date - 1, period + interval '32 days', 'bench'
     from (${MONTHS}) m where $1::int > 0`,
];

/** One month of money; $1 = accounts, $2 = its first day. Accruals of the month, and what pays those of the month before. */
export const LOAD_CARD_MONTH: readonly string[] = [
  `insert into billing.accrual (period, account_id, service_id, provider_id, posting_id, method, quantity, tariff_id, supply_id, gross_kop, net_kop)
     select $2::date, g, s, 1 + (s - 1) / 3, 1000000 + ($2::date - date '1990-01-01'), 'fixed', 1, 1, 1, 10000 + g % 997 + s, 10000 + g % 997 + s
     from generate_series(1, $1::int) g, generate_series(1, 9) s order by g, s`,
  `with pay as materialized (
     select g, 9000000000 + ($2::date - date '1990-01-01')::bigint * 1000000 + g as id from generate_series(1, $1::int) g),
   posted as (insert into billing.posting (id, document_kind, document_id, effective_on, booked_at, booked_by)
     select id, 'payment', id::text, $2::date + 14, $2::date + 14, 'bench' from pay),
   paid as (insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on, booked_by, posting_id)
     select id, 1, 'BENCH', id::text, 'h', g, 9 * (10000 + g % 997) + 45, $2::date + 14, $2::date + 14, 'bench', id from pay),
   line as (insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
     select $2::date, pay.id * 10 + s, pay.id, g, s, 1 + (s - 1) / 3, 5, $2::date, -(10000 + g % 997 + s) from pay, generate_series(1, 9) s order by g, s)
   insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
     select $2::date, g, s, 1 + (s - 1) / 3, ($2::date - interval '1 month')::date, $2::date, pay.id * 10 + s, 10000 + g % 997 + s
     from pay, generate_series(1, 9) s where $3::boolean order by g, s`,
];

/** What is owed in the end: the last month. */
export const LOAD_CARD_END: readonly string[] = [
  `insert into billing.open_item (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
     select g, '2026-10-01', s, 1 + (s - 1) / 3, '2026-11-20', 10000 + g % 997 + s, 10000 + g % 997 + s
     from generate_series(1, $1::int) g, generate_series(1, 9) s where $2::int > 0 order by 1, 3`,
];
