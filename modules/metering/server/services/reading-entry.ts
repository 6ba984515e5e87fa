import { conflict, Dec, DomainError, notFound } from '@komplat/kernel';
import type { Tx } from '@komplat/server';
import { checkReading } from '../../domain/index.ts';

export interface NewReading {
  readonly accountId: number;
  readonly meterId: number;
  readonly premisesId: number;
  readonly value: string;
  readonly takenOn: string;
  readonly source: string;
  readonly confirm: readonly string[];
  readonly photo: string | null;
  readonly reason: string | null;
  readonly by: string;
}
export interface StoredReading {
  readonly id: string;
  readonly period: string;
  readonly used: string;
}
interface MeterRow {
  readonly digits: number;
  readonly initial_value: string;
  readonly installed_on: string;
  readonly removed_on: string | null;
  readonly service_id: number;
  readonly service: string;
  readonly today: string;
}
interface Neighbours {
  readonly before: string | null;
  readonly before_on: string | null;
  readonly months: number;
  readonly average: string | null;
  readonly most: string | null;
  readonly jump: string | null;
  readonly rollover: string | null;
  readonly next_value: string | null;
  readonly next_period: string | null;
}

const METER = `
  select m.digits, m.initial_value, m.installed_on, m.removed_on, m.service_id, v.code as service, platform.today() as today
  from metering.meter m join tariffs.pub_service_v1 v on v.id = m.service_id
  where m.id = $1 and m.premises_id = $2 for no key update of m`;
const NEIGHBOURS = `
  select b.value as before, b.taken_on as before_on, greatest(metering.months_without($1, ($2::date - interval '1 month')::date) + 1, 1) as months,
    metering.month_average($1, $2, metering.rule_value('average-window', $4, $2)::int) as average,
    metering.rule_value('reading-most', $4, $3) as most, metering.rule_value('reading-jump', $4, $3) as jump,
    metering.rule_value('rollover-share', $4, $3) as rollover, n.value as next_value, n.period as next_period
  from (select 1) one
  left join lateral (select r.value, r.taken_on from metering.reading r where r.meter_id = $1 and r.superseded_at is null and r.period < $2
    order by r.period desc limit 1) b on true
  left join lateral (select r.value, r.period from metering.reading r where r.meter_id = $1 and r.superseded_at is null and r.period > $2
    order by r.period limit 1) n on true`;

/** The meter of a dwelling, held until the transaction ends, and only on a day on which it was there. */
export async function heldMeter(tx: Tx, meterId: number, premisesId: number, day: string): Promise<MeterRow> {
  const [meter] = await tx.query<MeterRow>(METER, [meterId, premisesId]);
  if (!meter) throw notFound('metering.meter.unknown', { meter: meterId });
  if (day > meter.today) throw new DomainError('metering.day.in-future', { day, today: meter.today });
  if (day < meter.installed_on)
    throw new DomainError('metering.day.before-installation', { day, installed: meter.installed_on });
  if (meter.removed_on !== null && day > meter.removed_on)
    throw new DomainError('metering.day.after-removal', { day, removed: meter.removed_on });
  return meter;
}

/** The first month, from that of the day on, that still takes readings: the one whose lane is open for the provider. */
export async function openMonth(tx: Tx, accountId: number, serviceId: number, day: string): Promise<string> {
  const [supply] = await tx.query<{ provider_id: number }>(
    `select provider_id from tariffs.pub_supply_v1 where account_id = $1 and service_id = $2 and lower(valid) <= $3::date
     order by lower(valid) desc limit 1`,
    [accountId, serviceId, day],
  );
  if (!supply) throw new DomainError('metering.reading.no-supply', { day });
  const [lane] = await tx.query<{ period: string }>(
    `select platform.open_lane(date_trunc('month', $1::date)::date, $2::smallint) as period`,
    [day, supply.provider_id],
  );
  return lane?.period ?? day;
}

/** Checks a reading against its neighbours and the limits in force; gives what it means in consumption. */
export async function checked(tx: Tx, meter: MeterRow, given: NewReading, period: string): Promise<string> {
  const [row] = await tx.query<Neighbours>(NEIGHBOURS, [given.meterId, period, given.takenOn, meter.service]);
  if (row?.before_on && given.takenOn < row.before_on)
    throw new DomainError('metering.reading.day-before-last', { day: given.takenOn, last: row.before_on });
  const decimal = (text: string | null | undefined): Dec | null =>
    text === null || text === undefined ? null : new Dec(text);
  const before = row?.before ?? meter.initial_value;
  const verdict = checkReading(
    {
      value: new Dec(given.value),
      before: new Dec(before),
      digits: meter.digits,
      months: row?.months ?? 1,
      average: decimal(row?.average),
      limits: { most: decimal(row?.most), jump: decimal(row?.jump), rolloverShare: decimal(row?.rollover) },
    },
    given.confirm,
  );
  const params = { value: given.value, before: new Dec(before).toString() };
  if (verdict.outcome === 'refused')
    throw new DomainError(`metering.reading.${verdict.rule}`, { ...params, digits: meter.digits });
  if (verdict.outcome === 'ask')
    throw conflict(`metering.reading.${verdict.rule}`, {
      ...params,
      used: verdict.used.toString(),
      limit: verdict.limit.toDecimalPlaces(1).toString(),
      rule: verdict.rule,
    });
  if (row?.next_value && new Dec(row.next_value).lt(given.value) && !given.confirm.includes('rollover'))
    throw new DomainError('metering.reading.above-next', {
      ...params,
      next: row.next_value,
      month: row.next_period?.slice(0, 7) ?? '',
    });
  return verdict.used.toString();
}

/** Writes the reading that counts for a month; an older one of the same month stays in the history. */
export async function storeReading(tx: Tx, given: NewReading, period: string, replaces: boolean): Promise<string> {
  if (replaces) {
    await tx.query(
      'update metering.reading set superseded_at = now() where meter_id = $1 and period = $2 and superseded_at is null',
      [given.meterId, period],
    );
  } else {
    const [present] = await tx.query<{ value: string }>(
      'select value from metering.reading where meter_id = $1 and period = $2 and superseded_at is null',
      [given.meterId, period],
    );
    if (present)
      throw conflict('metering.reading.already', {
        month: period.slice(0, 7),
        value: new Dec(present.value).toString(),
      });
  }
  const [made] = await tx.query<{ id: bigint }>(
    `insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by, reason, confirmed, photo)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      period,
      given.meterId,
      given.value,
      given.takenOn,
      given.source,
      given.by,
      given.reason,
      given.confirm.join(' ') || null,
      given.photo,
    ],
  );
  return String(made?.id ?? '');
}

/** Takes one reading of a dwelling: held meter, open month, rules, row. */
export async function enterReading(tx: Tx, given: NewReading, replaces = false): Promise<StoredReading> {
  const meter = await heldMeter(tx, given.meterId, given.premisesId, given.takenOn);
  const period = await openMonth(tx, given.accountId, meter.service_id, given.takenOn);
  const used = await checked(tx, meter, given, period);
  return { id: await storeReading(tx, given, period, replaces), period, used };
}
