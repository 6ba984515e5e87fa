import type { Period } from '@komplat/kernel';
import type { GapFacts, GapMeter, HouseFacts } from '../../domain/index.ts';
import { grouped, type Reader } from './fact-reader.ts';

/** Facts of months without a reading, of what was charged ahead, and of house meters; empty maps in an ordinary month. */
export interface GapWorld {
  /** By `premises/service`. */
  readonly meters: ReadonlyMap<string, GapMeter[]>;
  /** By `account/service`. */
  readonly ahead: ReadonlyMap<string, string>;
  readonly house: ReadonlyMap<string, HouseFacts>;
  readonly averageWindow: number;
  readonly averageLimit: number;
}
interface MeterRow extends Omit<GapMeter, 'readings'> {
  readonly meter_id: number;
  readonly premises_id: number;
  readonly service_id: number;
}
interface ReadingRow {
  readonly meter_id: number;
  readonly period: string;
  readonly value: string;
}

const METERS = `
  select m.meter_id, m.premises_id, m.service_id, m.digits, m.initial_value as initial, m.installed_on as "installedOn",
    (m.removed_on is null or m.removed_on >= $1) and c.reading_id is null as unread
  from metering.pub_meter_v1 m left join metering.pub_reading_v1 c on c.meter_id = m.meter_id and c.period = $1
  where m.premises_id = any($3::int[]) and m.installed_on < $2`;
const AHEAD = `
  select distinct on (account_id, service_id) account_id, service_id, ahead from billing.basis_known
  where account_id = any($2::int[]) and period < $1 order by account_id, service_id, period desc, place desc`;
const HOUSE = `
  select premises_id, service_id, own, needs, act_number as act from metering.pub_house_part_v1
  where period = $1 and premises_id = any($2::int[])`;
const RULES = `
  select max(value) filter (where code = 'average-window')::int as "window", max(value) filter (where code = 'average-limit')::int as "limit"
  from metering.pub_rule_v1 where code in ('average-window', 'average-limit') and service_code is null and valid @> $1::date`;

/** Reads them for some dwellings: histories of readings only where a meter of the month is silent. */
export async function loadGaps(
  db: Reader,
  period: Period,
  accounts: readonly number[],
  premises: readonly number[],
): Promise<GapWorld> {
  const month = period.firstDay;
  const meters = await db.query<MeterRow>(METERS, [month, period.next().firstDay, premises]);
  const silent = new Set(meters.filter(({ unread }) => unread).map(keyOf));
  const asked = meters.filter((meter) => silent.has(keyOf(meter)));
  const ahead = await db.query<{ account_id: number; service_id: number; ahead: string }>(AHEAD, [month, accounts]);
  const house = await db.query<HouseFacts & { premises_id: number; service_id: number }>(HOUSE, [month, premises]);
  const [rules] = await db.query<{ window: number | null; limit: number | null }>(RULES, [month]);
  return {
    meters: await withReadings(db, month, asked),
    ahead: new Map(ahead.map((row) => [`${row.account_id}/${row.service_id}`, row.ahead])),
    house: new Map(house.map((row) => [keyOf(row), { own: row.own, needs: row.needs, act: row.act }])),
    averageWindow: rules?.window ?? 0,
    averageLimit: rules?.limit ?? 0,
  };
}

const keyOf = (row: { readonly premises_id: number; readonly service_id: number }): string =>
  `${row.premises_id}/${row.service_id}`;

async function withReadings(db: Reader, month: string, asked: readonly MeterRow[]): Promise<Map<string, GapMeter[]>> {
  if (asked.length === 0) return new Map();
  const rows = await db.query<ReadingRow>(
    'select meter_id, period, value from metering.pub_reading_v1 where meter_id = any($1::int[]) and period < $2',
    [asked.map((meter) => meter.meter_id), month],
  );
  const readings = grouped(rows, (row) => row.meter_id);
  const whole = grouped(asked, keyOf);
  return new Map(
    [...whole].map(([key, meters]) => [
      key,
      meters.map((meter) => ({ ...meter, readings: readings.get(meter.meter_id) ?? [] })),
    ]),
  );
}

/** The facts of one supply: absent when the month is an ordinary one for it. */
export function gapOf(
  world: GapWorld,
  supply: { readonly account_id: number; readonly premises_id: number; readonly service_id: number },
): GapFacts | undefined {
  const meters = world.meters.get(keyOf(supply)) ?? [];
  const ahead = world.ahead.get(`${supply.account_id}/${supply.service_id}`) ?? '0';
  if (meters.length === 0 && /^0(\.0*)?$/.test(ahead)) return undefined;
  return { meters, ahead, averageWindow: world.averageWindow, averageLimit: world.averageLimit };
}
