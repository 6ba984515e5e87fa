import { makeAccountNumber } from '@komplat/kernel';
import { type Database, uuid7 } from '@komplat/server';

type Sql = Pick<Database, 'query'>;

/** Chance that repeats: the same seed gives the same world. */
export class Chance {
  private state: number;
  constructor(seed: number) {
    this.state = seed >>> 0;
  }
  next(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let z = this.state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 4_294_967_296;
  }
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  is(share: number): boolean {
    return this.next() < share;
  }
  pick<T>(list: readonly T[]): T {
    const value = list[this.int(0, list.length - 1)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }
  day(month: string): string {
    return `${month}-${String(this.int(2, 28)).padStart(2, '0')}`;
  }
}

const SERVICES = [
  [1, 'MNT', 2, '{}'],
  [2, 'CW', 3, '{}'],
  [3, 'SW', 3, '{2,4}'],
  [4, 'HW', 3, '{}'],
  [5, 'HEAT', 6, '{}'],
  [6, 'WASTE', 2, '{}'],
  [7, 'EL', 3, '{}'],
  [8, 'ABON_CW', 2, '{}'],
] as const;
/** Service -> provider. */
export const PROVIDER_OF: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 1, 7: 4, 8: 2 };
export const PROVIDERS = [1, 2, 3, 4] as const;

/** Services, providers, lanes, operating day, one house: what every test of money stands on. */
export async function buildCity(owner: Sql, day = '2026-11-23'): Promise<void> {
  await owner.query('insert into platform.operating_day (day, state) values ($1, $2)', [day, 'open']);
  for (const [id, code, scale, linked] of SERVICES) {
    await owner.query(
      `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, linked_services, valid)
       values ($1::smallint, $2, $2, $2, 'u', $3, 'x', 'communal', $1, $4::smallint[], '[1997-01-01,)')`,
      [id, code, scale, linked],
    );
  }
  for (const id of PROVIDERS) {
    await owner.query(
      `insert into tariffs.provider values ($1, $2, $2, $2, 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null)`,
      [id, `P0${id}`],
    );
  }
  await owner.query(`select platform.ensure_lanes('2026-08-01', '2027-02-01', '{1,2,3,4}')`);
  await owner.query(`insert into registry.street values (1, 'S001', 1)`);
  await owner.query(
    `insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Соборна', '[1997-01-01,)')`,
  );
  await owner.query(
    `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
       heating, hot_water, sewer, stove, postcode)
     values (1, 'H0001', 1, '12а', 'apartment_5', 1, 1974, 5, 2, 40, 1900, 'central', 'central', 'central', 'gas', '06101')`,
  );
}

/** One account of 60.00 m² without residents; returns its number. */
export async function buildAccount(owner: Sql, id: number, area = '60.00'): Promise<string> {
  const number = makeAccountNumber(1, id);
  const holder = uuid7();
  await owner.query('insert into registry.premises values ($1, 1, $2, $3, 1)', [id, String(id), 'flat']);
  await owner.query(
    `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
     values ($1, $2, $2, 2, 'privatised', '[1997-01-01,)', 'load', 'test')`,
    [id, area],
  );
  await owner.query(
    'insert into registry.person (id, surname, given_name, patronymic, sex) values ($1, $2, $3, $4, $5)',
    [holder, 'Коваленко', 'Іван', 'Петрович', 'm'],
  );
  await owner.query('insert into registry.account values ($1, $2, $1, $3, $4)', [id, number, holder, '1997-01-01']);
  return number;
}

export interface SupplySpec {
  readonly account: number;
  readonly service: number;
  readonly method: string;
  readonly variant?: string;
  readonly equipment?: string | null;
  readonly from?: string;
  readonly to?: string | null;
}
export async function buildSupply(owner: Sql, spec: SupplySpec): Promise<void> {
  const { account, service, method, variant = 'std', equipment = null, from = '1997-01-01', to = null } = spec;
  await owner.query(
    `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, valid, reason, recorded_by)
     values ($1, $2, $3, $4, $5, $6, daterange($7, $8), 'load', 'test')`,
    [account, service, PROVIDER_OF[service], method, variant, equipment, from, to],
  );
}

export interface TariffSpec {
  readonly id: number;
  readonly service: number;
  readonly price: string;
  readonly variant?: string;
  readonly from?: string;
  readonly to?: string | null;
  readonly tier?: number;
  readonly tierFrom?: string;
  readonly tierTo?: string | null;
  readonly mode?: string;
}
export async function buildTariff(owner: Sql, spec: TariffSpec): Promise<void> {
  const {
    id,
    service,
    price,
    variant = 'std',
    from = '1997-01-01',
    to = null,
    tier = 1,
    tierFrom = '0',
    tierTo = null,
    mode = 'marginal',
  } = spec;
  await owner.query(
    `insert into tariffs.tariff (id, code, service_id, provider_id, variant, tier, tier_from, tier_to, tier_mode, valid, price, unit,
       decision_body, decision_number, mark)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, daterange($10, $11), $12, 'u', 'b', 'n', 'plausible')`,
    [
      id,
      `T${String(id).padStart(4, '0')}`,
      service,
      PROVIDER_OF[service],
      variant,
      tier,
      tierFrom,
      tierTo,
      mode,
      from,
      to,
      price,
    ],
  );
}

export async function buildNorm(
  owner: Sql,
  id: number,
  service: number,
  value: string,
  from = '1997-01-01',
  to: string | null = null,
): Promise<void> {
  await owner.query(
    `insert into tariffs.norm (id, code, purpose, service_id, equipment, unit, value, valid, act, mark)
     values ($1, $2, 'charge', $3, 'bath', 'u', $4, daterange($5, $6), 'a', 'plausible')`,
    [id, `N${id}`, service, value, from, to],
  );
}

export async function buildResident(
  owner: Sql,
  premises: number,
  from: string,
  to: string | null,
  kind = 'registered',
): Promise<void> {
  const person = uuid7();
  await owner.query(
    'insert into registry.person (id, surname, given_name, patronymic, sex) values ($1, $2, $3, $4, $5)',
    [person, 'Шевчук', 'Олена', 'Іванівна', 'f'],
  );
  await owner.query(
    `insert into registry.residence (premises_id, person_id, kind, valid, reason, recorded_by) values ($1, $2, $3, daterange($4, $5), 'load', 'test')`,
    [premises, person, kind, from, to],
  );
}

export interface MeterSpec {
  readonly premises: number;
  readonly service: number;
  readonly digits?: number;
  readonly initial?: string;
  readonly installed?: string;
  readonly removed?: string | null;
  readonly readings: readonly (readonly [string, string])[];
}
export async function buildMeter(owner: Sql, spec: MeterSpec): Promise<void> {
  const { premises, service, digits = 5, initial = '0', installed = '2010-01-01', removed = null } = spec;
  const [meter] = await owner.query<{ id: number }>(
    `insert into metering.meter (premises_id, service_id, serial, digits, installed_on, removed_on, initial_value)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [premises, service, `M${premises}-${service}-${installed}`, digits, installed, removed, initial],
  );
  for (const [period, value] of spec.readings) {
    await owner.query(
      `insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by) values ($1, $2, $3, $1, 'subscriber', 'test')`,
      [`${period}-01`, meter?.id, value],
    );
  }
}

/** A city in which every account has every given service for a fixed fee of its own. */
export async function buildFixedCity(owner: Sql, services: readonly number[], accounts: number): Promise<void> {
  await buildCity(owner);
  for (const service of services) await buildTariff(owner, { id: service, service, price: `${100 + service}.07` });
  for (let account = 1; account <= accounts; account += 1) {
    await buildAccount(owner, account);
    for (const service of services) await buildSupply(owner, { account, service, method: 'fixed' });
  }
}
