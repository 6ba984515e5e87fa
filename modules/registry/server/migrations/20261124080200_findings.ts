import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table registry.check_run (
  id uuid not null primary key,
  scope text not null check (scope in ('all', 'accounts')),
  accounts int not null,
  checks int not null,
  hits int not null default 0,
  fresh int not null default 0,
  gone int not null default 0,
  failed text[] not null default '{}',
  started_by text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz null
);
create index check_run_list on registry.check_run (started_at desc);

-- A broken rule over one subject. It is closed by the run that no longer finds it, or put aside by a person with a reason.
create table registry.finding (
  id bigint not null generated always as identity primary key,
  check_id text not null,
  severity text not null check (severity in ('blocks', 'warns', 'informs')),
  subject text not null,
  account_id int null,
  params jsonb not null default '{}',
  owner_permission text not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'resolved')),
  assigned_to text null,
  assigned_by text null,
  note text null,
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  resolved_at timestamptz null,
  check ((state = 'resolved') = (resolved_at is not null))
);
create unique index finding_one on registry.finding (check_id, subject) where state <> 'resolved';
create index finding_account on registry.finding (account_id) where state <> 'resolved';
create index finding_open on registry.finding (state, severity, check_id);

create table registry.finding_trend (
  day date not null,
  check_id text not null,
  still_open int not null,
  fresh int not null,
  gone int not null,
  primary key (day, check_id)
);

create unlogged table registry.check_hit (
  run_id uuid not null,
  check_id text not null,
  subject text not null,
  account_id int null,
  params jsonb not null
);
create index check_hit_run on registry.check_hit (run_id, check_id);
`;

const VIEWS = `
create view registry.pub_finding_v1 as
  select id as finding_id, check_id, severity, subject, account_id, params, state, assigned_to, first_seen, last_seen, resolved_at
  from registry.finding;
`;

/** Findings of the rules over the data. */
export class RegistryFindings extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(VIEWS);
  }
}
