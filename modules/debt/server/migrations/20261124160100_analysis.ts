import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- A filter that a person keeps under a name. \`list\` is the path of the list, so that any list can keep its own.
create table debt.selection (
  id uuid not null primary key,
  owner text not null,
  list text not null check (list ~ '^[a-z-]+/[a-z-]+$'),
  name text not null check (length(name) between 1 and 80),
  filter jsonb not null check (jsonb_typeof(filter) = 'object'),
  created_at timestamptz not null default now(),
  unique (owner, list, name)
);

-- Every process writes here why an account is left alone for a time; dunning, calls, penalty and claims read only this.
create table debt.hold (
  id uuid not null primary key,
  account_id int not null,
  provider_id smallint null,
  kind text not null check (kind in ('dispute', 'contract', 'illness', 'promise', 'moratorium', 'case')),
  period daterange not null check (not isempty(period) and not lower_inf(period)),
  reason text not null check (length(reason) >= 10),
  document text null,
  source text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  ended_by text null,
  ended_reason text null,
  ended_at timestamptz null,
  check ((ended_by is null) = (ended_at is null))
);
create index hold_account on debt.hold (account_id);
create unique index hold_source on debt.hold (source, account_id, coalesce(provider_id, 0::smallint), kind) where source <> 'person' and ended_at is null;
`;

const VIEWS = `
create view debt.pub_hold_v1 as
  select id as hold_id, account_id, provider_id, kind, period, reason, document, source from debt.hold;
`;

export class DebtAnalysis extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(VIEWS);
  }
}
