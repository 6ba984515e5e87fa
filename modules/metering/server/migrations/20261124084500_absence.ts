import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- A temporary absence: application, document, days; counts when a second person approved it (CMU 1405 of 29.12.2023).
create table metering.absence (
  id uuid not null primary key,
  account_id int not null,
  premises_id int not null,
  service_ids smallint[] not null check (cardinality(service_ids) > 0),
  person_ids uuid[] null check (cardinality(person_ids) > 0),
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  applied_on date not null,
  channel text not null,
  document_kind text not null,
  document_number text not null,
  document_date date not null,
  photo text null,
  reason text not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn')),
  approval_id uuid null,
  made_by text not null,
  made_at timestamptz not null default now(),
  decided_by text null,
  decided_at timestamptz null
);
create index absence_account on metering.absence (account_id, first_day);

-- An act about a service that did not come or was poor: of a house, a riser, a flat. percent = share of the month's charge for each day.
create table metering.quality_act (
  id uuid not null primary key,
  act_number text not null,
  act_date date not null,
  service_id smallint not null,
  scope text not null check (scope in ('house', 'riser', 'flat')),
  house_id int not null,
  riser text null,
  premises_ids int[] null check (cardinality(premises_ids) > 0),
  kind text not null check (kind in ('non-delivery', 'quality')),
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  percent numeric(6,3) not null check (percent > 0 and percent <= 100),
  mark text not null,
  reason text not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn')),
  approval_id uuid null,
  made_by text not null,
  made_at timestamptz not null default now(),
  decided_by text null,
  decided_at timestamptz null,
  check ((scope = 'house') = (premises_ids is null)),
  check ((scope = 'riser') = (riser is not null))
);
create index quality_act_house on metering.quality_act (house_id, first_day);
`;

const VIEWS = `
-- One row for each service and person; person_id null = everybody of the dwelling. valid is half open.
create view metering.pub_absence_v1 as
  select a.id as absence_id, a.account_id, a.premises_id, s.service_id, p.person_id, daterange(a.first_day, a.last_day + 1) as valid, a.decided_at
  from metering.absence a cross join unnest(a.service_ids) s (service_id) cross join unnest(coalesce(a.person_ids, array[null::uuid])) p (person_id)
  where a.state = 'approved';

-- One row for each dwelling that the act concerns.
create view metering.pub_quality_act_v1 as
  select q.id as act_id, q.act_number, q.service_id, d.premises_id, q.kind, q.percent, daterange(q.first_day, q.last_day + 1) as valid, q.decided_at
  from metering.quality_act q join registry.pub_address_v1 d on d.house_id = q.house_id and (q.premises_ids is null or d.premises_id = any (q.premises_ids))
  where q.state = 'approved';
`;

/** Creates absences with their documents, and acts of quality and non-delivery. */
export class MeteringAbsence extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(VIEWS);
  }
}
