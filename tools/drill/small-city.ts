import type { Database } from '@komplat/server';

export interface SmallCity {
  readonly accounts: number;
  /** Open month of the city. */
  readonly period: string;
}

/** A city of one street by arithmetic alone: two runs give the same rows, so digests can be compared. */
export async function plantSmallCity(owner: Database, { accounts, period }: SmallCity): Promise<void> {
  const first = `${period}-01`;
  for (const sql of PEOPLE) await owner.query(sql, sql.includes('$1') ? [accounts] : []);
  for (const sql of TARIFFS) await owner.query(sql);
  for (const sql of SUPPLIES) await owner.query(sql, [accounts]);
  await owner.query(`insert into platform.operating_day (day, state) values (($1::date + interval '22 days')::date, 'open')`, [first]);
  await owner.query(`select platform.ensure_lanes($1::date, ($1::date + interval '2 months')::date, array[1, 2, 3]::smallint[])`, [first]);
}

/** The channel of a bank, the account of the Centre, the desks of another bank. */
export async function plantChannels(owner: Database, code: string): Promise<void> {
  await owner.query(
    `insert into payments.channel (id, code, name, kind, settlement_delay_days, commission_percent, commission_min_kop, commission_payer,
       has_transaction_ids, valid)
     values (1, $1, 'Приват24', 'internet', 1, 0, 0, 'centre', true, '[1997-01-01,)'), (2, 'BANK_IBAN', 'Переказ', 'bank transfer', 0, 0, 0, '-',
       false, '[1997-01-01,)'), (3, 'OSCH_DESK', 'Ощадбанк', 'bank desk', 1, 0, 0, 'centre', false, '[1997-01-01,)')`,
    [code],
  );
}

const PEOPLE = [
  `insert into registry.street (id, code, district) values (1, 'S1', 1)`,
  `insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Пробна', '[1990-01-01,)')`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
     heating, hot_water, sewer, stove, postcode)
   values (1, 'H1', 1, '1', 'flats', 1, 1980, 9, 4, $1, 60 * $1, 'central', 'central', 'central', 'gas', '10001')`,
  `insert into registry.premises (id, house_id, number, kind) select n, 1, n::text, 'flat' from generate_series(1, $1::int) n`,
  `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
   select n, 30 + n % 50 + 0.5, 28 + n % 50, 2, 'flat', '[2000-01-01,)', 'start', 'drill' from generate_series(1, $1::int) n`,
  `insert into registry.person (id, surname, given_name, patronymic, sex)
   select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Пробний' || n, 'Іван', 'Іванович', 'm' from generate_series(1, $1::int) n`,
  `insert into registry.account (id, number, premises_id, holder_id, opened_on)
   select n, '01' || lpad(n::text, 8, '0'), n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '2000-01-01'
   from generate_series(1, $1::int) n`,
];

const TARIFFS = [
  `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, valid)
   values (1, 'MNT', 'Утримання', 'Maintenance', 'm2', 2, 'area', 'housing', 1, '[1990-01-01,)'),
     (2, 'HEA', 'Опалення', 'Heating', 'm2', 2, 'heated-area', 'communal', 2, '[1990-01-01,)'),
     (3, 'TRA', 'Прибирання', 'Cleaning', 'month', 0, 'fixed', 'communal', 3, '[1990-01-01,)')`,
  `insert into tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active)
   select n, 'P0' || n, 'Надавач ' || n, 'Надавач ' || n, 'enterprise', lpad(n::text, 8, '0'), '300001', 'UA' || lpad(n::text, 27, '0'), '[1990-01-01,)'
   from generate_series(1, 3) n`,
  `insert into tariffs.tariff (id, code, service_id, provider_id, variant, valid, price, unit, decision_body, decision_number, mark)
   values (1, 'T1', 1, 1, 'base', '[2000-01-01,)', 7.35, 'm2', 'council', '1', 'real'),
     (2, 'T2', 2, 2, 'base', '[2000-01-01,)', 41.27, 'm2', 'council', '2', 'real'),
     (3, 'T3', 3, 3, 'base', '[2000-01-01,)', 96.4, 'month', 'council', '3', 'real')`,
];

/** Every 997th account has no meter for what is charged by meter: it fails and must be signed. */
const SUPPLIES = [
  `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, reason, recorded_by)
   select n, 1, 1, 'area', 'base', '[2000-01-01,)', 'start', 'drill' from generate_series(1, $1::int) n`,
  `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, reason, recorded_by)
   select n, 2, 2, 'heated-area', 'base', '[2000-01-01,)', 'start', 'drill' from generate_series(1, $1::int) n where n % 3 > 0`,
  `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, reason, recorded_by)
   select n, 3, 3, case when n % 997 = 0 then 'meter' else 'fixed' end, 'base', '[2000-01-01,)', 'start', 'drill'
   from generate_series(1, $1::int) n where n % 2 = 0`,
];
