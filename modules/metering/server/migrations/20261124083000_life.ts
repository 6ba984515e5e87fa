import { Migration } from '@mikro-orm/migrations';

const TABLES = `
alter table metering.meter add column place text null, add column seal text null, add column recorded_by text not null default 'load';
create index meter_due on metering.meter (verification_due) where removed_on is null;

-- The life of a meter, one row an act: what was done, on which day, on whose word.
create table metering.meter_event (
  id bigint not null generated always as identity primary key,
  meter_id int not null references metering.meter (id),
  kind text not null check (kind in ('install', 'replace', 'remove', 'seal', 'verify')),
  on_day date not null,
  value numeric(16,3) null,
  note text null,
  reason text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
comment on table metering.meter_event is 'append-only';
create index meter_event_of on metering.meter_event (meter_id, id);

alter table metering.reading add column reason text null, add column confirmed text null, add column photo text null;
`;

const FUNCTIONS = `
-- Consumption between two values of a dial: below the former one it went over its end.
create function metering.used(p_before numeric, p_now numeric, p_digits smallint) returns numeric language sql immutable as $$
  select p_now - p_before + case when p_now < p_before then 10::numeric ^ p_digits else 0 end
$$;

-- The average month of one meter over the readings of the last p_window months before p_period; null when it was never read.
create function metering.month_average(p_meter int, p_period date, p_window int) returns numeric language sql stable as $$
  with step as (
    select r.period, metering.used(coalesce(lag(r.value) over w, m.initial_value), r.value, m.digits) as used,
      coalesce(lag(r.period) over w, (date_trunc('month', m.installed_on) - interval '1 month')::date) as since
    from metering.meter m join metering.reading r on r.meter_id = m.id and r.superseded_at is null and r.period < p_period
    where m.id = p_meter window w as (order by r.period)
  ), last as (select max(period) as period from step)
  select sum(s.used) / greatest((extract(year from max(l.period)) - extract(year from min(s.since))) * 12
      + extract(month from max(l.period)) - extract(month from min(s.since)), 1)
  from step s, last l where s.period > l.period - make_interval(months => p_window)
$$;

-- Months without a reading up to p_period, which is counted too; 0 when it was read.
create function metering.months_without(p_meter int, p_period date) returns int language sql stable as $$
  select ((extract(year from p_period) - extract(year from x.last)) * 12 + extract(month from p_period) - extract(month from x.last))::int
  from (select coalesce((select max(r.period) from metering.reading r where r.meter_id = m.id and r.superseded_at is null and r.period <= p_period),
      (date_trunc('month', m.installed_on) - interval '1 month')::date) as last from metering.meter m where m.id = p_meter) x
$$;
`;

/** Creates the life of meters: places, seals, acts; reasons and photos of readings. */
export class MeteringLife extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(FUNCTIONS);
  }
}
