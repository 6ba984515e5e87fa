import {
  ACCOUNT_FIELD, historyDigest, type HistoryFacts, type HistoryField, type HistorySource, type HistorySql, type HistoryWritten,
} from '@komplat/registry/contract';
import { Injectable } from '@nestjs/common';

/** Meters that a row may mean: by the serial at the dwelling of the account, and by the service where the file has it. */
const METERS = `history_fact f join registry.pub_account_v1 a on a.account_id = f.account
  join metering.meter m on m.premises_id = a.premises_id and upper(m.serial) = upper(trim(f.serial)) and (f.service is null or m.service_id = f.service)`;
const LAST_DAY = `(f.month + interval '1 month')::date - 1`;

const PROBLEMS = `
with found as materialized (
  select f.line, count(m.id)::int as meters, min(m.id) as meter_id from history_fact f
  left join (select f.line, m.id from ${METERS}) m on m.line = f.line group by f.line
), mine as materialized (
  select f.line, f.account, f.month, f.value, f.taken_on, m.id as meter_id, m.digits, m.installed_on, m.removed_on, m.service_id from found x
  join history_fact f on f.line = x.line join metering.meter m on m.id = x.meter_id where x.meters = 1
), chain as (
  select line, month, meter_id, digits, value, lag(value) over w as before, lag(month) over w as before_month, lag(line) over w as before_line from (
    select line, month, meter_id, digits, value from mine
    union all
    select null, r.period, r.meter_id, m.digits, r.value from metering.reading r join metering.meter m on m.id = r.meter_id
      where r.superseded_at is null and r.meter_id in (select meter_id from mine)) q
  window w as (partition by meter_id order by month, line nulls first)
)
select line, 'reading-meter' as code, '{}'::jsonb as params from found where meters = 0
union all select line, 'reading-meters', jsonb_build_object('count', meters) from found where meters > 1
union all select line, 'reading-month', jsonb_build_object('month', to_char(month, 'YYYY-MM')) from history_fact where month >= platform.current_period()
union all select line, 'reading-large', jsonb_build_object('value', value, 'digits', digits) from mine where value >= 10::numeric ^ digits or value < 0
union all select line, 'reading-life', jsonb_build_object('from', installed_on, 'until', removed_on) from mine
  where month < date_trunc('month', installed_on) or month > removed_on
union all select line, 'reading-repeated', jsonb_build_object('month', to_char(month, 'YYYY-MM')) from chain where line is not null and before_month = month
union all select line, 'reading-below', jsonb_build_object('value', value, 'before', before) from chain
  where line is not null and before_month < month and value < before and metering.used(before, value, digits) > 10::numeric ^ digits / 2
union all select f.line, 'reading-calculated', jsonb_build_object('month', to_char(f.month, 'YYYY-MM')) from mine f
  where exists (select from billing.pub_accrual_v1 c where c.account_id = f.account and c.service_id = f.service_id and c.period = f.month)`;

const WRITE = `
with written as (
  insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by, reason)
    select f.month, m.id, f.value, coalesce(f.taken_on, ${LAST_DAY}), 'history', $2, 'завантажено зі старої системи: ' || $1::text || ', рядок ' || f.line
    from ${METERS} order by f.month, m.id
  returning meter_id, period, value, taken_on
)
${historyDigest(`concat_ws(' ', w.meter_id, w.period, w.value, w.taken_on)`, 'w.meter_id, w.period', 'w.meter_id / 1000')}`;

const FIELDS: readonly HistoryField[] = [
  ACCOUNT_FIELD,
  { name: 'serial', type: 'text', columns: /^(serial|nomer|meter|лічильник|номер лічильника|заводський номер)$/iu },
  { name: 'service', type: 'service', optional: true, columns: /^(service|serv|posluga|послуга|код послуги)$/iu },
  { name: 'month', type: 'month', columns: /^(month|period|mis(yac)?|місяць|період)$/iu },
  { name: 'value', type: 'decimal', columns: /^(value|pokaz|показ|показник|показання)$/iu },
  { name: 'taken_on', type: 'day', optional: true, columns: /^(taken_?on|day|data|дата|дата показника)$/iu },
];

/** Readings of the old system: they stand in months that we did not charge, the file and its row are their reason. */
@Injectable()
export class ReadingHistory implements HistoryFacts {
  readonly fields = FIELDS;
  readonly personal = false;
  readonly month = 'f.month';
  readonly sum = 'f.value';
  readonly problems = PROBLEMS;

  async load(tx: HistorySql, { name, by }: HistorySource): Promise<HistoryWritten> {
    const [written] = await tx.query<HistoryWritten>(WRITE, [name, by]);
    return written ?? { rows: 0, digest: '' };
  }
}
