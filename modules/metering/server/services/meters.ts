import { addDays, conflict, Dec, DomainError } from '@komplat/kernel';
import { type Actor, audit, Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AccountMeters,
  MeterDone,
  MeterInstall,
  MeterRemove,
  MeterReplace,
  MeterSeal,
  MeterVerify,
  MeterView,
} from '../../contract/meter.schema.ts';
import { METERS, SERVICES, type MeterRow } from './meter-sql.ts';
import { enterReading, heldMeter } from './reading-entry.ts';
import { seenDwelling, type SeenDwelling } from './seen.ts';

type Act = 'install' | 'replace' | 'remove' | 'seal' | 'verify';
interface Event {
  readonly kind: Act;
  readonly on: string;
  readonly value?: string;
  readonly note?: string | undefined;
  readonly reason: string;
}
interface Device {
  readonly serviceId: number;
  readonly serial: string;
  readonly digits: number;
  readonly installedOn: string;
  readonly initial: string;
  readonly verificationDue: string | undefined;
  readonly place: string | null | undefined;
  readonly seal: string | undefined;
}

/** The life of meters of a dwelling: every act leaves a row, and nothing is erased. */
@Injectable()
export class Meters {
  constructor(@Inject(Database) private readonly database: Database) {}

  async ofAccount(number: string, actor: Actor): Promise<AccountMeters> {
    const dwelling = await seenDwelling(this.database, number, actor);
    const rows = await this.database.query<MeterRow>(METERS, [dwelling.premisesId]);
    const services = await this.database.query<AccountMeters['services'][number]>(SERVICES, [
      dwelling.id,
      dwelling.premisesId,
    ]);
    const [day] = await this.database.query<{ today: string }>('select platform.today() as today');
    return { number: dwelling.number, today: day?.today ?? '', meters: rows.map(viewOf), services };
  }

  async install(number: string, body: MeterInstall, actor: Actor): Promise<MeterDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    return this.database.transaction(async (tx) => {
      const [service] = await tx.query<{ id: number; today: string }>(
        `select v.id, platform.today() as today from tariffs.pub_service_v1 v where v.code = $1
         and exists (select from tariffs.pub_supply_v1 s where s.account_id = $2 and s.service_id = v.id and s.valid @> $3::date)`,
        [body.service, dwelling.id, body.installedOn],
      );
      if (!service) throw new DomainError('metering.meter.no-supply', { service: body.service, day: body.installedOn });
      if (body.installedOn > service.today)
        throw new DomainError('metering.day.in-future', { day: body.installedOn, today: service.today });
      const device = {
        ...body,
        serviceId: service.id,
        verificationDue: body.verificationDue,
        place: body.place,
        seal: body.seal,
      };
      const made = await this.create(tx, dwelling, device, body.service, actor);
      await this.acted(
        tx,
        made.meterId,
        { kind: 'install', on: body.installedOn, value: body.initial, note: body.serial, reason: body.reason },
        actor,
      );
      return made;
    });
  }

  /** The old meter ends with its last reading, the new one begins on the same day. */
  async replace(number: string, meterId: number, body: MeterReplace, actor: Actor): Promise<MeterDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    return this.database.transaction(async (tx) => {
      const old = await this.end(tx, dwelling, meterId, body, actor);
      await this.acted(
        tx,
        meterId,
        { kind: 'replace', on: body.on, value: body.finalValue, note: body.serial, reason: body.reason },
        actor,
      );
      const device = {
        ...body,
        serviceId: old.service_id,
        installedOn: body.on,
        verificationDue: body.verificationDue,
        place: old.place,
        seal: body.seal,
      };
      const made = await this.create(tx, dwelling, device, old.service, actor);
      await this.acted(
        tx,
        made.meterId,
        { kind: 'install', on: body.on, value: body.initial, note: body.serial, reason: body.reason },
        actor,
      );
      return made;
    });
  }

  async remove(number: string, meterId: number, body: MeterRemove, actor: Actor): Promise<MeterDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    return this.database.transaction(async (tx) => {
      await this.end(tx, dwelling, meterId, body, actor);
      await this.acted(
        tx,
        meterId,
        { kind: 'remove', on: body.on, value: body.finalValue, reason: body.reason },
        actor,
      );
      return { meterId, verificationDue: null };
    });
  }

  async seal(number: string, meterId: number, body: MeterSeal, actor: Actor): Promise<MeterDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    return this.database.transaction(async (tx) => {
      await this.living(tx, dwelling, meterId, body.on);
      await tx.query('update metering.meter set seal = $2 where id = $1', [meterId, body.seal]);
      await this.acted(tx, meterId, { kind: 'seal', on: body.on, note: body.seal, reason: body.reason }, actor);
      return { meterId, verificationDue: null };
    });
  }

  /** The next verification stands in the document, or follows from the interval of the service. */
  async verify(number: string, meterId: number, body: MeterVerify, actor: Actor): Promise<MeterDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    return this.database.transaction(async (tx) => {
      const meter = await this.living(tx, dwelling, meterId, body.on);
      const due = body.due ?? (await this.nextDue(tx, meter.service, body.on));
      if (due === null) throw new DomainError('metering.meter.no-interval', { service: meter.service });
      if (due <= body.on) throw new DomainError('metering.meter.due-before', { day: body.on, due });
      await tx.query('update metering.meter set verification_due = $2 where id = $1', [meterId, due]);
      await this.acted(tx, meterId, { kind: 'verify', on: body.on, note: body.document, reason: body.reason }, actor);
      return { meterId, verificationDue: due };
    });
  }

  private async living(
    tx: Tx,
    dwelling: SeenDwelling,
    meterId: number,
    day: string,
  ): Promise<{ service: string; service_id: number; place: string | null }> {
    const meter = await heldMeter(tx, meterId, dwelling.premisesId, day);
    if (meter.removed_on !== null) throw conflict('metering.meter.removed', { meter: meterId, day: meter.removed_on });
    const [row] = await tx.query<{ place: string | null }>('select place from metering.meter where id = $1', [meterId]);
    return { service: meter.service, service_id: meter.service_id, place: row?.place ?? null };
  }

  private async end(
    tx: Tx,
    dwelling: SeenDwelling,
    meterId: number,
    body: MeterRemove,
    actor: Actor,
  ): Promise<{ service: string; service_id: number; place: string | null }> {
    const meter = await this.living(tx, dwelling, meterId, body.on);
    await enterReading(
      tx,
      {
        accountId: dwelling.id,
        premisesId: dwelling.premisesId,
        meterId,
        value: body.finalValue,
        takenOn: body.on,
        source: 'act',
        confirm: body.confirm ?? [],
        photo: null,
        reason: body.reason,
        by: actor.login,
      },
      true,
    );
    await tx.query('update metering.meter set removed_on = $2 where id = $1', [meterId, body.on]);
    return meter;
  }

  private async create(
    tx: Tx,
    dwelling: SeenDwelling,
    device: Device,
    service: string,
    actor: Actor,
  ): Promise<MeterDone> {
    const { serviceId, serial, digits, installedOn, initial } = device;
    if (new Dec(initial).gte(new Dec(10).pow(digits)))
      throw new DomainError('metering.reading.too-many-digits', { value: initial, before: '0', digits });
    const [twin] = await tx.query<{ account: string }>(
      `select coalesce((select a.number from registry.pub_account_v1 a where a.premises_id = m.premises_id order by a.closed_on nulls first limit 1), '') as account
       from metering.meter m where m.serial = $1 and m.service_id = $2 and m.removed_on is null`,
      [serial, serviceId],
    );
    if (twin) throw conflict('metering.meter.same-serial', { serial, account: twin.account });
    const due = device.verificationDue ?? (await this.nextDue(tx, service, installedOn));
    if (due !== null && due <= installedOn)
      throw new DomainError('metering.meter.due-before', { day: installedOn, due });
    const [made] = await tx.query<{ id: number }>(
      `insert into metering.meter (premises_id, service_id, serial, digits, installed_on, initial_value, verification_due, place, seal, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        dwelling.premisesId,
        serviceId,
        serial,
        digits,
        installedOn,
        initial,
        due,
        device.place ?? null,
        device.seal ?? null,
        actor.login,
      ],
    );
    return { meterId: made?.id ?? 0, verificationDue: due };
  }

  private async nextDue(tx: Tx, service: string, day: string): Promise<string | null> {
    const [row] = await tx.query<{ due: string | null }>(
      `select ($2::date + make_interval(years => metering.rule_value('verification-years', $1, $2::date)::int))::date as due`,
      [service, day],
    );
    return row?.due ?? null;
  }

  private async acted(tx: Tx, meterId: number, event: Event, actor: Actor): Promise<void> {
    const { kind, on, value = null, note = null, reason } = event;
    await tx.query(
      'insert into metering.meter_event (meter_id, kind, on_day, value, note, reason, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [meterId, kind, on, value, note, reason, actor.login],
    );
    await audit(tx, {
      actor,
      action: `metering.meter.${kind}`,
      subject: `meter/${meterId}`,
      after: { on, value, note },
      reason,
    });
  }
}

const plain = (text: string): string => new Dec(text).toString();

function viewOf(row: MeterRow): MeterView {
  const { verificationDue: due, removedOn, today } = row;
  const verification =
    due === null || removedOn !== null
      ? 'unknown'
      : due < today
        ? 'overdue'
        : due <= addDays(today, row.noticeDays)
          ? 'soon'
          : 'good';
  return {
    ...row,
    initial: plain(row.initial),
    verification,
    current: row.current && { ...row.current, value: plain(row.current.value) },
    before: row.before && { ...row.before, value: plain(row.before.value) },
    average: row.average === null ? null : new Dec(row.average).toDecimalPlaces(3).toString(),
    monthsWithout: removedOn === null ? row.monthsWithout : 0,
  };
}
