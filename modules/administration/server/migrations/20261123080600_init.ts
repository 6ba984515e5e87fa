import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create schema if not exists administration;

create table administration.role_permission (
  role text not null,
  permission text not null,
  primary key (role, permission)
);
create table administration.app_user (
  login text not null primary key,
  subject text null unique,
  full_name text not null,
  first_seen timestamptz not null default now(),
  last_seen timestamptz null,
  settings jsonb not null default '{}'
);
-- Whose data a person or client sees; no row = nothing but what needs no scope.
create table administration.user_scope (
  login text not null,
  kind text not null check (kind in ('all', 'provider', 'district', 'house', 'employer', 'channel', 'account')),
  value text not null default '*',
  primary key (login, kind, value)
);
create table administration.setting (
  key text not null primary key,
  value jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null default now()
);
`;

export class AdministrationInit extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
