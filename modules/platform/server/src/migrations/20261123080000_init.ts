import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create schema if not exists platform;

create sequence platform.mass_id as bigint cache 100;

create table platform.operating_day (
  day date not null primary key,
  state text not null check (state in ('open', 'closed')),
  opened_at timestamptz not null default now()
);
create unique index operating_day_one_open on platform.operating_day (state) where state = 'open';

create table platform.period_lane (
  period date not null check (extract(day from period) = 1),
  provider_id smallint not null,
  state text not null default 'open' check (state in ('open', 'closing', 'verified', 'released', 'locked')),
  digest text null,
  changed_at timestamptz not null default now(),
  primary key (period, provider_id)
);
comment on table platform.period_lane is 'close-only';

create table platform.outbox (
  id uuid not null primary key,
  seq bigint not null generated always as identity,
  type text not null,
  version smallint not null default 1,
  aggregate text not null,
  payload jsonb not null,
  occurred_at timestamptz not null default now(),
  attempts smallint not null default 0,
  next_at timestamptz not null default now(),
  done_at timestamptz null,
  dead_at timestamptz null,
  last_error text null
);
create index outbox_pending on platform.outbox (seq) where done_at is null and dead_at is null;

create table platform.inbox (
  handler text not null,
  event_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (handler, event_id)
);

create table platform.audit_entry (
  id bigint not null generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  subject text not null,
  before jsonb null,
  after jsonb null,
  reason text null,
  request_id text null
);
comment on table platform.audit_entry is 'append-only';
create index audit_entry_subject on platform.audit_entry (subject, id);

create table platform.audit_seal (
  id bigint not null generated always as identity primary key,
  from_id bigint not null,
  to_id bigint not null,
  hash text not null,
  signature text not null,
  key_id text not null,
  sealed_at timestamptz not null default now()
);
comment on table platform.audit_seal is 'append-only';

create table platform.approval (
  id uuid not null primary key,
  module text not null,
  action text not null,
  subject text not null,
  permission text not null,
  payload jsonb not null,
  payload_hash text not null,
  message_key text not null,
  message_params jsonb not null default '{}',
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  expires_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'expired', 'withdrawn')),
  decided_by text null,
  decided_at timestamptz null,
  decision_reason text null,
  executed_at timestamptz null,
  check (requested_by <> decided_by),
  check ((state in ('approved', 'rejected')) = (decided_by is not null))
);
create unique index approval_one_waiting on platform.approval (action, subject) where state = 'waiting';

create table platform.idempotency_key (
  actor text not null,
  key text not null,
  request_hash text not null,
  status smallint null,
  response jsonb null,
  created_at timestamptz not null default now(),
  primary key (actor, key)
);

create table platform.process_progress (
  workflow_id text not null primary key,
  run_id text null,
  module text not null,
  type text not null,
  subject text not null,
  phase text not null,
  phase_no smallint not null,
  phases smallint not null,
  state text not null check (state in ('running', 'paused', 'waiting', 'failed', 'done', 'stopped')),
  message_key text null,
  message_params jsonb not null default '{}',
  bulk_run_id uuid null,
  parent_id text null,
  started_by text not null,
  pause_reason text null,
  paused_by text null,
  paused_until timestamptz null,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz null
);
create index process_progress_list on platform.process_progress (updated_at desc, workflow_id);

create table platform.process_event (
  id bigint not null generated always as identity primary key,
  workflow_id text not null,
  at timestamptz not null default clock_timestamp(),
  message_key text not null,
  message_params jsonb not null default '{}',
  actor text null,
  reason text null
);
comment on table platform.process_event is 'append-only';
create index process_event_list on platform.process_event (workflow_id, id);

create table platform.bulk_run (
  id uuid not null primary key,
  kind text not null,
  module text not null,
  params jsonb not null,
  params_hash text not null,
  retry_of uuid null,
  requested_by text not null,
  state text not null check (state in ('planned', 'running', 'halted', 'stopped', 'done')),
  workflow_id text null,
  planned_at timestamptz not null default now(),
  finished_at timestamptz null
);
create table platform.bulk_item (
  run_id uuid not null references platform.bulk_run (id),
  item_key text not null,
  ordinal int not null,
  outcome text not null default 'not_started' check (outcome in ('not_started', 'done', 'failed', 'skipped')),
  reason_code text null,
  detail jsonb null,
  attempts smallint not null default 0,
  finished_at timestamptz null,
  primary key (run_id, item_key),
  check ((outcome in ('failed', 'skipped')) = (reason_code is not null))
);

create table platform.stored_file (
  sha256 text not null primary key,
  size bigint not null,
  kind text not null,
  media_type text not null,
  key_id text not null,
  created_at timestamptz not null default now(),
  retain_until date null
);
`;

/** The database itself refuses lines of a month that is not open: error KP001. */
const GUARDS = `
-- A lane is held by its writers together and moved by one alone. The lock lives in memory: a row lock that many payments share
-- would cost each of them a write.
create function platform.hold_lane(in_period date, provider smallint) returns void language sql as
  $$ select pg_advisory_xact_lock_shared(731140000 + provider, in_period - date '1997-01-01') $$;
create function platform.lane_moves() returns trigger language plpgsql set search_path = pg_catalog as $$
  begin
    perform pg_advisory_xact_lock(731140000 + new.provider_id, new.period - date '1997-01-01');
    return new;
  end $$;
create trigger period_lane_moves before update of state on platform.period_lane
  for each row when (old.state is distinct from new.state) execute function platform.lane_moves();

create function platform.guard_lanes() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
  declare touched record; state_now text;
  begin
    for touched in select distinct n.period, n.provider_id from new_rows n order by 1, 2 loop
      perform platform.hold_lane(touched.period, touched.provider_id);
      select l.state into state_now from platform.period_lane l where l.period = touched.period and l.provider_id = touched.provider_id;
      if state_now is distinct from 'open' and not (state_now is not distinct from 'closing' and session_user = 'komplat_close') then
        raise exception 'period % of provider % is not open', touched.period, touched.provider_id using errcode = 'KP001';
      end if;
    end loop;
    return null;
  end $$;

create function platform.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'rows of %.% are never changed or removed', tg_table_schema, tg_table_name using errcode = 'KP002';
  end $$;

create function platform.open_lane(from_period date, provider smallint) returns date
  language plpgsql security definer set search_path = pg_catalog as $$
  declare found_period date;
  begin
    loop
      select l.period into found_period from platform.period_lane l
        where l.provider_id = provider and l.period >= from_period and l.state = 'open' order by l.period limit 1;
      if found_period is null then
        raise exception 'provider % has no open period from % on', provider, from_period using errcode = 'KP003';
      end if;
      perform platform.hold_lane(found_period, provider);
      -- it may have moved while it was waited for
      if exists (select from platform.period_lane l where l.period = found_period and l.provider_id = provider and l.state = 'open') then
        return found_period;
      end if;
    end loop;
  end $$;

create function platform.ensure_lanes(first_period date, last_period date, providers smallint[]) returns int
  language plpgsql security definer set search_path = pg_catalog as $$
  declare made int;
  begin
    insert into platform.period_lane (period, provider_id)
      select p::date, v from generate_series(first_period::timestamp, last_period::timestamp, interval '1 month') p,
        unnest(providers) v
      on conflict do nothing;
    get diagnostics made = row_count;
    return made;
  end $$;

create function platform.today() returns date language sql stable as
  $$ select day from platform.operating_day where state = 'open' $$;
create function platform.current_period() returns date language sql stable as
  $$ select date_trunc('month', day)::date from platform.operating_day where state = 'open' $$;

create trigger audit_entry_fixed before update or delete or truncate on platform.audit_entry
  for each statement execute function platform.refuse_change();
`;

export class PlatformInit extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(GUARDS);
  }
}
