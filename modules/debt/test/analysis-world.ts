import { TOWN, TOWN_FLATS, wholeApi } from '@komplat/all/test';
import { makeAccountNumber } from '@komplat/kernel';
import { type Caller, type TestApi } from '@komplat/testing';

export const TODAY = '2026-11-23';
export const ACCOUNTS = 60;
export const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
export const providerUser: Caller = { login: 'heat', roles: ['provider-user'] };
export const districtUser: Caller = { login: 'north', roles: ['manager'] };
export const nobody: Caller = { login: 'nobody', roles: ['operator'] };
export const RIGHTS = ['debt.read', 'debt.hold.write', 'debt.dunning.run', 'debt.acknowledgement.write'];

export interface Item {
  readonly account: number;
  readonly month: string;
  readonly service: number;
  readonly provider: number;
  readonly due: string;
  readonly kop: bigint;
}
export const numberOf = (id: number): string => makeAccountNumber(4, id);
export const districtOf = (id: number): number => (id <= ACCOUNTS / 2 ? 4 : 5);
export const dwellingOf = (id: number): string => ['privatised', 'state', 'service'][id % 3] ?? '';
/** Every seventh flat has nobody registered: one of them was left, another has only a temporary resident. */
export const isEmptyFlat = (id: number): boolean => id % 7 === 0;
/** Day of the last payment; every fifth account never paid. */
export const lastPaidOf = (id: number): string | null => (id % 5 === 0 ? null : `2026-${String(1 + (id % 10)).padStart(2, '0')}-15`);

const SERVICES = [
  { service: 1, provider: 8 },
  { service: 2, provider: 2 },
];

/** Unpaid months of an account: none, some of this year, or old ones of 2018 and 2019 that the stop of limitation met. */
export const ITEMS: readonly Item[] = Array.from({ length: ACCOUNTS }, (_, at) => at + 1).flatMap((account) =>
  SERVICES.flatMap(({ service, provider }) => {
    const count = (account * (service + 2)) % 9;
    const months = Array.from({ length: count }, (_, back) => monthBack('2026-10', back));
    const old = account % 11 === 3 ? [monthBack('2018-12', account % 12), '2019-06'] : [];
    const current = account % 4 === 0 ? ['2026-11'] : [];
    return [...old, ...months, ...current].map((month, at) => ({
      account,
      month,
      service,
      provider,
      due: `${monthBack(month, -1)}-20`,
      kop: BigInt(10_000 + account * 137 + at * 911 + service),
    }));
  }),
);

export function monthBack(month: string, back: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - back;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
export const text = (kop: bigint): string => `${kop / 100n}.${String(kop % 100n).padStart(2, '0')}`;

/** The whole API over a city of sixty flats in two houses of two districts. */
export async function debtCity(): Promise<TestApi> {
  const api = await wholeApi();
  const { owner } = api.database;
  for (const sql of CATALOGUE) await owner.query(sql);
  for (const sql of FLATS) await owner.query(sql, [ACCOUNTS]);
  const ids = Array.from({ length: ACCOUNTS }, (_, at) => at + 1);
  await owner.query(ACCOUNT, [ids, ids.map(numberOf)]);
  await owner.query(FACT, [ids, ids.map(dwellingOf)]);
  await owner.query(RESIDENT, [ids, ids.map(isEmptyFlat)]);
  await owner.query(ITEM, [JSON.stringify(ITEMS.map((item) => ({ ...item, month: `${item.month}-01`, kop: item.kop.toString() })))]);
  await owner.query(PAYMENT, [ids, ids.map(lastPaidOf)]);
  await owner.query(
    `insert into administration.role_permission select r, p from unnest($1::text[]) r, unnest($2::text[]) p on conflict do nothing`,
    [['lawyer', 'manager', 'provider-user', 'operator'], RIGHTS],
  );
  await owner.query('analyze');
  await api.scope('lawyer', 'all');
  await api.scope('heat', 'provider', 'P02');
  await api.scope('north', 'district', '5');
  return api;
}

const CATALOGUE = [
  `insert into platform.operating_day (day, state) values ('${TODAY}', 'open')`,
  ...TOWN,
  `insert into registry.street (id, code, district) values (1, 'S1', 4), (2, 'S2', 5)`,
  `insert into registry.street_name (street_id, type, type_short, name, valid)
   values (1, 'вулиця', 'вул.', 'Мостова', '[1990-01-01,)'), (2, 'вулиця', 'вул.', 'Київська', '[1990-01-01,)')`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
     heating, hot_water, sewer, stove, postcode)
   select h, 'H000' || h, h, '1', 'flats', 3 + h, 1980, 9, 4, 30, 5000, 'central', 'central', 'central', 'gas', '46000' from generate_series(1, 2) h`,
  `select platform.ensure_lanes('2025-09-01', '2027-01-01', array[2, 8]::smallint[])`,
];
const FLATS = [
  `insert into registry.premises (id, house_id, number, kind) select i, 1 + (i > $1::int / 2)::int, i::text, 'flat' from generate_series(1, $1::int) i`,
  ...TOWN_FLATS,
];
const ACCOUNT = `insert into registry.account (id, number, premises_id, holder_id, opened_on)
  select i, n, i, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, '2000-01-01' from unnest($1::int[], $2::text[]) q(i, n)`;
const FACT = `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
  select i, 50, 50, 2, t, '[2000-01-01,)', 'test', 'test' from unnest($1::int[], $2::text[]) q(i, t)`;
const RESIDENT = `insert into registry.residence (premises_id, person_id, kind, valid, reason, recorded_by)
  select i, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, case when e and i % 2 = 0 then 'temporary' else 'registered' end,
    case when e and i % 2 = 1 then daterange('2001-01-01', '2026-11-23') else daterange('2001-01-01', null) end, 'test', 'test'
  from unnest($1::int[], $2::boolean[]) q(i, e)`;
const ITEM = `insert into billing.open_item (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
  select account, month, service, provider, due, kop, kop
  from jsonb_to_recordset($1::jsonb) r(account int, month date, service smallint, provider smallint, due date, kop bigint)`;
const PAYMENT = `insert into payments.payment (channel_id, source, external_id, request_hash, answer, account_id, amount_kop, paid_on, received_on, booked_by)
  select 1, 'CASH', 'T' || i, 'h', '{}', i, 100, d, d, 'test' from unnest($1::int[], $2::date[]) q(i, d) where d is not null`;
