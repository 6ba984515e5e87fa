import { conflict, Dec, DomainError, notFound, Period } from '@komplat/kernel';
import { type Actor, audit, Database, readList, seesEverything, scopeValues, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  HouseDone,
  HouseMeterInstall,
  HouseMeterItem,
  HouseMeterList,
  HouseMeterReplace,
  HouseMeters,
  HouseMetersQuery,
  HouseMeterVerify,
  HouseReadingEnter,
} from '../../contract/house.schema.ts';
import { HOUSE_METERS } from './house-sql.ts';
import { type Reader, seenParams } from './seen.ts';

export interface SeenHouse {
  readonly id: number;
  readonly code: string;
  readonly address: string;
}
interface HouseMeterRow {
  readonly id: number;
  readonly service_id: number;
  readonly digits: number;
  readonly multiplier: string;
  readonly initial_value: string;
  readonly installed_on: string;
  readonly removed_on: string | null;
}

/** The house, or 404 when it lies outside of the reader's districts and houses. */
export async function seenHouse(db: Reader, code: string, actor: Pick<Actor, 'kind' | 'scopes'>): Promise<SeenHouse> {
  const [row] = await db.query<SeenHouse>(
    `select d.house_id as id, d.house_code as code, d.type_short || ' ' || d.street || ', ' || d.house as address
     from registry.pub_address_v1 d where d.house_code = $1 and ($2::boolean or d.district::text = any($3::text[]) or d.house_code = any($4::text[])) limit 1`,
    [code, seesEverything(actor), scopeValues(actor, 'district'), scopeValues(actor, 'house')],
  );
  if (!row) throw notFound('metering.house.unknown', { code });
  return row;
}

/** The month of a house and service still takes acts: no lane of its providers is past `open`. */
export async function openForHouse(tx: Reader, houseId: number, serviceId: number, period: string): Promise<void> {
  const [closed] = await tx.query<{ state: string }>(
    `select l.state from platform.period_lane l where l.period = $3::date and l.state <> 'open' and l.provider_id in (
       select s.provider_id from registry.pub_account_v1 a join tariffs.pub_supply_v1 s on s.account_id = a.account_id
       where a.house_id = $1 and s.service_id = $2 and s.valid && daterange($3::date, ($3::date + interval '1 month')::date)) limit 1`,
    [houseId, serviceId, period],
  );
  if (closed) throw new DomainError('metering.house.month-closed', { month: period.slice(0, 7) });
}

/** House meters and what they showed. */
@Injectable()
export class Houses {
  constructor(@Inject(Database) private readonly database: Database) {}

  async view(code: string, actor: Actor): Promise<HouseMeters> {
    const house = await seenHouse(this.database, code, actor);
    const meters = await this.database.query<HouseMeters['meters'][number]>(
      `select m.id, v.code as service, m.serial, m.digits, trim_scale(m.multiplier)::text as multiplier, m.installed_on as "installedOn",
         m.removed_on as "removedOn", m.verification_due as "verificationDue",
         coalesce((select jsonb_agg(jsonb_build_object('month', to_char(r.period, 'YYYY-MM'), 'value', trim_scale(r.value)::text, 'takenOn', r.taken_on::text)
           order by r.period desc) from metering.house_reading r where r.house_meter_id = m.id and r.superseded_at is null), '[]') as readings
       from metering.house_meter m join tariffs.pub_service_v1 v on v.id = m.service_id where m.house_id = $1 order by m.removed_on is not null, m.id`,
      [house.id],
    );
    return { house: house.code, address: house.address, meters };
  }

  async list({ q, ...ask }: HouseMetersQuery, actor: Actor): Promise<HouseMeterList> {
    const [districts = null, houses = null] = seenParams(actor);
    const { rows, ...rest } = await readList<HouseMeterItem>(this.database, HOUSE_METERS, [q ?? null, districts, houses], ask);
    return { items: [...rows], ...rest };
  }

  async install(code: string, body: HouseMeterInstall, actor: Actor): Promise<HouseDone> {
    const house = await seenHouse(this.database, code, actor);
    return this.database.transaction(async (tx) => {
      const id = await insertMeter(tx, house.id, body, actor);
      await audited(tx, actor, 'metering.house-meter.install', code, body);
      return { id, volume: null };
    });
  }

  /** The old device ends with its last reading in the month of the day; the new one goes on from its first value. */
  async replace(code: string, meterId: number, body: HouseMeterReplace, actor: Actor): Promise<HouseDone> {
    const house = await seenHouse(this.database, code, actor);
    return this.database.transaction(async (tx) => {
      const meter = await heldHouseMeter(tx, house, meterId);
      const { on, finalValue, reason, ...device } = body;
      if (meter.removed_on !== null) throw conflict('metering.meter.removed', { meter: meterId, day: meter.removed_on });
      if (on < meter.installed_on) throw new DomainError('metering.house.before-installed', { on, installed: meter.installed_on });
      const period = Period.ofDay(on);
      const read = { houseMeterId: meterId, period: period.toString(), value: finalValue, takenOn: on, correct: true, reason };
      const { volume } = await enterHouseReading(tx, house, meter, read, actor);
      await tx.query('update metering.house_meter set removed_on = $2 where id = $1', [meterId, on]);
      const [service] = await tx.query<{ code: HouseMeterInstall['service'] }>('select code from tariffs.pub_service_v1 where id = $1', [
        meter.service_id,
      ]);
      if (!service) throw notFound('metering.house.no-meter', { code });
      const id = await insertMeter(tx, house.id, { ...device, reason, service: service.code, installedOn: on }, actor);
      await audited(tx, actor, 'metering.house-meter.replace', code, { old: meterId, id, ...body });
      return { id, volume };
    });
  }

  async verify(code: string, meterId: number, body: HouseMeterVerify, actor: Actor): Promise<HouseDone> {
    const house = await seenHouse(this.database, code, actor);
    return this.database.transaction(async (tx) => {
      const meter = await heldHouseMeter(tx, house, meterId);
      if (meter.removed_on !== null) throw conflict('metering.meter.removed', { meter: meterId, day: meter.removed_on });
      if (body.due <= body.on) throw new DomainError('metering.meter.due-before', { day: body.on, due: body.due });
      await tx.query('update metering.house_meter set verification_due = $2 where id = $1', [meterId, body.due]);
      await audited(tx, actor, 'metering.house-meter.verify', code, { meter: meterId, ...body });
      return { id: String(meterId), volume: null };
    });
  }

  /** A reading of the open month; a wrong one is replaced by `correct` and stays. */
  async read(code: string, body: HouseReadingEnter, actor: Actor): Promise<HouseDone> {
    const house = await seenHouse(this.database, code, actor);
    return this.database.transaction(async (tx) => {
      const meter = await heldHouseMeter(tx, house, body.houseMeterId);
      return enterHouseReading(tx, house, meter, body, actor);
    });
  }
}

async function heldHouseMeter(tx: Tx, { id, code }: SeenHouse, meterId: number): Promise<HouseMeterRow> {
  const [meter] = await tx.query<HouseMeterRow>('select * from metering.house_meter where id = $1 and house_id = $2 for no key update', [
    meterId,
    id,
  ]);
  if (!meter) throw notFound('metering.house.no-meter', { code });
  return meter;
}

async function insertMeter(tx: Tx, houseId: number, body: HouseMeterInstall, actor: Actor): Promise<string> {
  const { service, serial, digits, multiplier, initial, installedOn, verificationDue = null } = body;
  const [twin] = await tx.query(
    `select from metering.house_meter m join tariffs.pub_service_v1 v on v.id = m.service_id
     where m.serial = $1 and v.code = $2 and m.removed_on is null`,
    [serial, service],
  );
  if (twin) throw conflict('metering.house.same-serial', { serial });
  if (verificationDue !== null && verificationDue <= installedOn)
    throw new DomainError('metering.meter.due-before', { day: installedOn, due: verificationDue });
  const [made] = await tx.query<{ id: number }>(
    `insert into metering.house_meter (house_id, service_id, serial, digits, multiplier, initial_value, installed_on, verification_due, recorded_by)
     select $1, v.id, $3, $4, $5, $6, $7, $8, $9 from tariffs.pub_service_v1 v where v.code = $2 returning id`,
    [houseId, service, serial, digits, multiplier, initial, installedOn, verificationDue, actor.login],
  );
  if (!made) throw new DomainError('metering.house.no-service', { service });
  return String(made.id);
}

async function enterHouseReading(
  tx: Tx,
  house: SeenHouse,
  meter: HouseMeterRow,
  body: HouseReadingEnter,
  actor: Actor,
): Promise<HouseDone> {
  const period = Period.parse(body.period);
  await openForHouse(tx, house.id, meter.service_id, period.firstDay);
  if (new Dec(body.value).gte(new Dec(10).pow(meter.digits)))
    throw new DomainError('metering.reading.too-many-digits', { value: body.value, before: '0', digits: meter.digits });
  const [before] = await tx.query<{ value: string }>(
    `select coalesce((select r.value from metering.house_reading r where r.house_meter_id = $1 and r.superseded_at is null and r.period < $2
       order by r.period desc limit 1), $3::numeric) as value`,
    [meter.id, period.firstDay, meter.initial_value],
  );
  const old = await tx.query(
    'update metering.house_reading set superseded_at = now() where house_meter_id = $1 and period = $2 and superseded_at is null and $3 returning id',
    [meter.id, period.firstDay, body.correct ?? false],
  );
  const [made] = await tx.query<{ id: bigint; volume: string }>(
    `insert into metering.house_reading (house_meter_id, period, value, taken_on, recorded_by) values ($1, $2, $3, $4, $5)
     returning id, trim_scale(metering.used($6::numeric, value, $7::smallint) * $8::numeric)::text as volume`,
    [meter.id, period.firstDay, body.value, body.takenOn, actor.login, before?.value ?? '0', meter.digits, meter.multiplier],
  );
  const action = old.length > 0 ? 'metering.house-reading.correct' : 'metering.house-reading.enter';
  await audited(tx, actor, action, house.code, { meter: meter.id, month: body.period, value: body.value, reason: body.reason });
  return { id: String(made?.id ?? ''), volume: made?.volume ?? null };
}

type Reasoned = Readonly<Record<string, unknown>> & { readonly reason: string };
const audited = (tx: Tx, actor: Actor, action: string, code: string, after: Reasoned): Promise<void> =>
  audit(tx, { actor, action, subject: `house/${code}`, after, reason: after.reason });
