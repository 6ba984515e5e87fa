import { Period } from '@komplat/kernel';
import type { DemoCity, DemoData, DemoMonth } from '@komplat/plugin-api';
import {
  caseAccount,
  type Cell,
  cityTable,
  copyRows,
  Database,
  dayAfter,
  DemoRandom,
  ranges,
  sideBySide,
  type Tx,
  Weighted,
  generously,
} from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { consumption, habitOf } from './consumption.ts';
import { advance, deviceOf, digitsOf, meterRow, type MeterState } from './meters.ts';

const CHUNK = 5_000;
const REPLACED_MONTHLY = 0.005;
const WITHOUT_READING = 0.006;
/** Who falls silent in a past month of water stays so for some months: the average, the norm and the true-up follow. */
const FALLS_SILENT = 0.003;
const LONGEST_SILENCE = 6;
const READING_TARGET = 'metering.reading (period, meter_id, value, taken_on, source, recorded_by, recorded_at)';
const SOURCES = new Weighted(
  [
    ['internet', 44],
    ['payment', 21],
    ['voice', 13],
    ['operator', 8],
    ['condominium', 10],
    ['paper', 4],
  ] as const,
  ([, weight]) => weight,
);

interface SupplyRow {
  readonly account_id: number;
  readonly premises_id: number;
  readonly service_id: number;
  readonly service: string;
  readonly since: string;
  readonly house_code: string;
  readonly persons: number;
  readonly area: string;
}

/** Meters of the accounts and their readings, month by month. */
@Injectable()
export class MeteringDemo implements DemoData {
  #meters: MeterState[] = [];

  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    const first = Period.parse(city.current).plus(-city.months);
    this.#meters = await this.plan(city, first);
    const before = this.#meters.filter((meter) => meter.installedOn < first.firstDay);
    await this.install(before, city);
    await this.write(
      before.map((meter): readonly Cell[] =>
        readingRow(first.previous(), meter.id, Math.floor(meter.dial), 25, 'operator'),
      ),
    );
    city.note(`metering: ${this.#meters.length} meters`);
  }

  async month(city: DemoCity, month: DemoMonth): Promise<void> {
    if (month.phase !== 'readings') return;
    const period = Period.parse(month.period);
    await sideBySide(ranges(this.#meters.length, CHUNK), async ([first, last]) => {
      const meters = this.#meters.slice(first - 1, last);
      await this.readings(
        city,
        period,
        month.current,
        meters,
        new DemoRandom(city.seed, 'readings', month.period, first),
      );
    });
  }

  private async readings(
    city: DemoCity,
    period: Period,
    current: boolean,
    meters: readonly MeterState[],
    random: DemoRandom,
  ): Promise<void> {
    const present = meters.filter((meter) => meter.installedOn <= period.lastDay);
    await this.install(
      present.filter((meter) => meter.id === 0),
      city,
    );
    const rows: (readonly Cell[])[] = [];
    const replaced: { readonly meter: MeterState; readonly id: number; readonly day: string }[] = [];
    const gap = caseAccount('meter_gap', city.accounts);
    const gapMonth = period.index === Period.parse(city.current).index - Math.min(3, city.months);
    const lastDay = current ? 22 : period.days;
    for (const meter of present) {
      const amount = consumption(meter.service, meter.consumer, period.year, period.month, random);
      const share = random.next();
      const withGap = gapMonth && meter.account === gap && meter.service === 'CW';
      const source = random.draw(SOURCES)[0];
      const day = random.int(lastDay - 4, lastDay);
      if (!current && !meter.zoned && (withGap || share < REPLACED_MONTHLY)) {
        const final = advance(meter, amount * 0.4);
        rows.push(readingRow(period, meter.id, final, 12, 'operator'));
        replaced.push({ meter, id: meter.id, day: `${period.toString()}-12` });
        meter.generation += 1;
        meter.installedOn = `${period.toString()}-${withGap ? '19' : '12'}`;
        meter.dial = 0;
        meter.id = 0;
        advance(meter, amount * (withGap ? 0.35 : 0.6));
        continue;
      }
      const value = advance(meter, amount);
      if (!current && this.isSilent(meter, share, city, period)) continue;
      if (current && meter.service === 'CW' && share < WITHOUT_READING) continue;
      rows.push(readingRow(period, meter.id, value, day, source));
    }
    await this.write(rows);
    await this.replace(replaced, city, period);
  }

  /** Only after a month with a reading: what nobody ever knew stays out of the sample city. */
  private isSilent(meter: MeterState, share: number, city: DemoCity, period: Period): boolean {
    if (meter.silent > 0) {
      meter.silent -= 1;
      return true;
    }
    if (share < 1 - FALLS_SILENT || !['CW', 'HW'].includes(meter.service)) return false;
    const length = new DemoRandom(city.seed, 'silence', meter.service, meter.account, period.toString());
    meter.silent = length.int(1, LONGEST_SILENCE) - 1;
    return true;
  }

  /** The old meter ends with its last reading; the new one starts at zero and is read at the end of the month. */
  private async replace(
    replaced: readonly { readonly meter: MeterState; readonly id: number; readonly day: string }[],
    city: DemoCity,
    period: Period,
  ): Promise<void> {
    if (replaced.length === 0) return;
    await this.database.query(
      `update metering.meter m set removed_on = r.day from unnest($1::int[], $2::date[]) r (id, day) where m.id = r.id`,
      [replaced.map(({ id }) => id), replaced.map(({ day }) => day)],
    );
    const meters = replaced.map(({ meter }) => meter);
    await this.install(meters, city);
    await this.write(
      meters.map((meter) => readingRow(period, meter.id, Math.floor(meter.dial), period.days, 'operator')),
    );
  }

  private async plan(city: DemoCity, first: Period): Promise<MeterState[]> {
    const houses = new Map(cityTable('houses').map((row) => [row.text('house_id'), row]));
    const rollover = caseAccount('meter_rollover', city.accounts);
    const rows = await this.database.transaction(async (tx) => {
      await generously(tx);
      return tx.query<SupplyRow>(SUPPLIES);
    });
    const nights = new Map(rows.flatMap((row) => (row.service === 'ELN' ? [[row.account_id, row.since]] : [])));
    return rows.map((row) => {
      const house = houses.get(row.house_code.split('-')[0] ?? '');
      if (!house) throw new RangeError(`house ${row.house_code} is not in the data of the city`);
      const random = new DemoRandom(city.seed, 'dial', deviceOf(row.service), row.account_id);
      const digits = digitsOf(row.service);
      const turning = row.account_id === rollover && row.service === 'CW';
      const old = row.since < first.firstDay;
      const nightFrom = nights.get(row.account_id) ?? null;
      const habit = habitOf(row.service, random);
      const consumer = { house, persons: row.persons, area: Number(row.area), habit, nightFrom };
      const dial = turning
        ? 10 ** digits - 12
        : old
          ? random.int(20, deviceOf(row.service) === 'EL' ? 60_000 : 1_500)
          : 0;
      return {
        id: 0,
        account: row.account_id,
        premises: row.premises_id,
        serviceId: row.service_id,
        service: row.service,
        consumer,
        digits,
        zoned: deviceOf(row.service) === 'EL' && nightFrom !== null,
        installedOn: installedOn(row.since, first, random),
        dial,
        generation: 0,
        silent: 0,
      };
    });
  }

  /** Writes meters that are not in the database yet and takes over their ids. */
  private async install(meters: readonly MeterState[], city: DemoCity): Promise<void> {
    const today = `${city.current}-23`;
    await sideBySide(ranges(meters.length, CHUNK), async ([first, last]) => {
      const part = meters.slice(first - 1, last);
      const rows = part.map((meter) => meterRow(meter, today, city.seed));
      const made = await this.database.transaction(async (tx) => {
        await generously(tx);
        return insertMeters(tx, rows);
      });
      for (const [index, meter] of part.entries()) meter.id = made[index] ?? 0;
    });
  }

  private async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await generously(tx);
      await copyRows(tx, READING_TARGET, rows);
    });
  }
}
const SUPPLIES = `
  select s.account_id, a.premises_id, s.service_id, v.code as service, min(lower(s.valid)) as since, d.house_code,
    max((select count(*) from registry.pub_residence_v1 r where r.premises_id = a.premises_id and
      upper_inf(r.valid)))::int as persons,
    max(f.total_area) as area
  from tariffs.pub_supply_v1 s join tariffs.pub_service_v1 v on v.id = s.service_id
  join registry.pub_account_v1 a on a.account_id = s.account_id
  join registry.pub_address_v1 d on d.premises_id = a.premises_id
  join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and upper_inf(f.valid)
  where s.method = 'meter' group by s.account_id, a.premises_id, s.service_id, v.code, d.house_code
  order by s.account_id, s.service_id`;

async function insertMeters(tx: Tx, rows: readonly ReturnType<typeof meterRow>[]): Promise<number[]> {
  const made = await tx.query<{ id: number }>(
    `insert into metering.meter (premises_id, service_id, serial, digits, installed_on, initial_value, verification_due)
      select premises, service, serial, digits, installed, 0, due
      from unnest($1::int[], $2::smallint[], $3::text[], $4::smallint[], $5::date[], $6::date[])
        with ordinality r (premises, service, serial, digits, installed, due, ord) order by ord returning id`,
    [
      rows.map((row) => row.premises),
      rows.map((row) => row.serviceId),
      rows.map((row) => row.serial),
      rows.map((row) => row.digits),
      rows.map((row) => row.installedOn),
      rows.map((row) => row.verificationDue),
    ],
  );
  return made.map((row) => row.id).toSorted((a, b) => a - b);
}

/** A dial is at most ten years old when the history starts. */
function installedOn(since: string, first: Period, random: DemoRandom): string {
  const days = random.int(40, 3_600);
  const recent = dayAfter(first.firstDay, -days);
  return since < recent ? recent : since;
}

function readingRow(period: Period, meter: number, value: number, day: number, source: string): readonly Cell[] {
  const taken = `${period.toString()}-${String(day).padStart(2, '0')}`;
  return [period.firstDay, meter, value, taken, source, 'city', `${taken} 12:00:00+00`];
}
