import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- A correction that one side proposes and the other decides. What is proposed is sealed: it may hold personal data.
create table registry.proposal (
  id uuid not null primary key,
  account_id int not null references registry.account (id),
  side text not null check (side in ('desk', 'department')),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'expired', 'withdrawn')),
  wrapped_key bytea not null,
  changes_enc bytea not null,
  items jsonb not null,
  items_hash text not null,
  reason text not null,
  document text null,
  proposed_by text not null,
  proposed_at timestamptz not null default now(),
  due_at timestamptz not null,
  escalate_at timestamptz not null,
  expires_at timestamptz not null,
  reminded_at timestamptz null,
  escalated_at timestamptz null,
  decided_by text null,
  decided_at timestamptz null,
  decision_reason text null,
  workflow_id text not null,
  version int not null default 1,
  check (decided_by is distinct from proposed_by or state = 'withdrawn'),
  check ((state in ('approved', 'refused', 'withdrawn')) = (decided_by is not null))
);
create index proposal_list on registry.proposal (state, due_at);
create index proposal_account on registry.proposal (account_id);

-- Terms of the agreement in days, as data.
create table registry.proposal_term (
  side text not null,
  due_days smallint not null check (due_days > 0),
  escalate_days smallint not null check (escalate_days > 0),
  expire_days smallint not null check (expire_days > 0),
  valid daterange not null,
  act text not null,
  primary key (side, valid),
  exclude using gist (side with =, valid with &&),
  check (due_days <= escalate_days and escalate_days < expire_days)
);
insert into registry.proposal_term (side, due_days, escalate_days, expire_days, valid, act) values
  ('desk', 3, 5, 30, '[1997-01-01,)', 'правило Центру'), ('department', 3, 5, 30, '[1997-01-01,)', 'правило Центру');
`;

const VIEWS = `
create view registry.pub_proposal_v1 as
  select id as proposal_id, account_id, side, state, proposed_by, proposed_at, due_at, decided_by, decided_at from registry.proposal;
`;

/** Corrections that two sides agree on. */
export class RegistryProposals extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(VIEWS);
  }
}
