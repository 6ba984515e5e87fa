import { Migration } from '@mikro-orm/migrations';

const LEDGER = `
create schema if not exists billing;
create schema if not exists billing_part;

create table billing.entry_kind (
  id smallint not null primary key,
  code text not null unique,
  turnover_column text not null check (turnover_column in ('charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'other'))
);
insert into billing.entry_kind values
  (1, 'accrual', 'charged'), (2, 'recalculation', 'recalculated'), (3, 'benefit', 'benefit'), (4, 'subsidy', 'subsidy'),
  (5, 'payment', 'paid'), (6, 'payment-return', 'paid'), (7, 'offset', 'paid'), (8, 'act-charge', 'recalculated'),
  (9, 'act-payment', 'paid'), (10, 'transfer', 'recalculated'), (11, 'write-off', 'other'), (12, 'penalty', 'other'),
  (13, 'court-award', 'other'), (14, 'opening', 'other');

create table billing.posting (
  id bigint not null default nextval('platform.mass_id') primary key,
  document_kind text not null,
  document_id text not null,
  effective_on date not null,
  booked_at timestamptz not null default now(),
  booked_by text not null,
  note_key text null,
  note_params jsonb null
);
comment on table billing.posting is 'append-only';
create index posting_document on billing.posting (document_id, document_kind);

-- All lines of the ledger but mass accruals, which are their own lines (billing.accrual): billing.pub_ledger_v1 has both.
create table billing.ledger_entry (
  period date not null check (extract(day from period) = 1),
  id bigint not null default nextval('platform.mass_id'),
  posting_id bigint not null,
  account_id int not null,
  service_id smallint not null,
  provider_id smallint not null,
  kind smallint not null,
  for_period date not null check (extract(day from for_period) = 1),
  amount_kop bigint not null check (amount_kop <> 0),
  reverses_period date null,
  reverses_id bigint null,
  primary key (account_id, period, id)
) partition by range (period);
comment on table billing.ledger_entry is 'append-only';
create index ledger_entry_posting on billing.ledger_entry (posting_id);
create index ledger_entry_lane on billing.ledger_entry (provider_id, period);
create unique index ledger_entry_reversed_once on billing.ledger_entry (account_id, period, reverses_period, reverses_id)
  where reverses_id is not null;

-- One row carries the charge of a month and its inputs; the trace is drawn from them.
create table billing.accrual (
  period date not null check (extract(day from period) = 1),
  account_id int not null,
  service_id smallint not null,
  provider_id smallint not null,
  version smallint not null default 1,
  posting_id bigint not null,
  method text not null,
  quantity numeric(16,6) not null,
  tariff_id int not null,
  norm_id int null,
  persons smallint null,
  person_days int null,
  area numeric(10,2) null,
  reading_from bigint null,
  reading_to bigint null,
  supply_id int not null,
  rule_version smallint not null default 1,
  gross_kop bigint not null,
  benefit_kop bigint not null default 0,
  net_kop bigint not null,
  primary key (account_id, period, service_id, provider_id, version),
  check (net_kop = gross_kop - benefit_kop)
) partition by range (period);
comment on table billing.accrual is 'append-only';
create index accrual_lane on billing.accrual (provider_id, period);

create table billing.open_item (
  account_id int not null,
  debt_month date not null,
  service_id smallint not null,
  provider_id smallint not null,
  due_on date not null,
  due_kop bigint not null check (due_kop > 0),
  outstanding_kop bigint not null check (outstanding_kop >= 0),
  primary key (account_id, debt_month, service_id, provider_id)
) with (fillfactor = 80);
create index open_item_provider on billing.open_item (provider_id, account_id) where outstanding_kop > 0;

create table billing.advance (
  account_id int not null,
  service_id smallint not null,
  provider_id smallint not null,
  credit_period date not null,
  credit_id bigint not null,
  amount_kop bigint not null check (amount_kop >= 0),
  primary key (account_id, service_id, provider_id, credit_id)
) with (fillfactor = 80);

-- Which credit (ledger entry) paid which open item. Append-only: a reversal writes a negative row.
create table billing.allocation (
  period date not null check (extract(day from period) = 1),
  id bigint not null default nextval('platform.mass_id'),
  account_id int not null,
  service_id smallint not null,
  provider_id smallint not null,
  debt_month date not null,
  credit_period date not null,
  credit_id bigint not null,
  amount_kop bigint not null check (amount_kop <> 0),
  primary key (account_id, period, id)
) partition by range (period);
comment on table billing.allocation is 'append-only';

create table billing.account_state (
  account_id int not null primary key,
  version bigint not null default 0,
  changed_at timestamptz not null default now()
) with (fillfactor = 70);

create table billing.period_balance (
  period date not null check (extract(day from period) = 1),
  account_id int not null,
  service_id smallint not null,
  provider_id smallint not null,
  opening_kop bigint not null,
  charged_kop bigint not null default 0,
  recalculated_kop bigint not null default 0,
  benefit_kop bigint not null default 0,
  subsidy_kop bigint not null default 0,
  paid_kop bigint not null default 0,
  other_kop bigint not null default 0,
  closing_kop bigint not null,
  primary key (period, account_id, service_id, provider_id),
  check (closing_kop = opening_kop + charged_kop + recalculated_kop + benefit_kop + subsidy_kop + paid_kop + other_kop)
) partition by range (period);
create index period_balance_lane on billing.period_balance (provider_id, period);
`;

const CLOSE = `
create table billing.close_lane (
  period date not null check (extract(day from period) = 1),
  provider_id smallint not null,
  workflow_id text not null,
  phase text not null check (phase in ('feed', 'gates', 'accrual', 'verification', 'release', 'settlement', 'locked')),
  state text not null check (state in ('running', 'paused', 'waiting', 'failed', 'stopped', 'done')),
  planned int null,
  plan_digest text null,
  message_key text null,
  message_params jsonb not null default '{}',
  pause_reason text null,
  paused_by text null,
  proposed_by text null,
  proposed_at timestamptz null,
  released_by text null,
  released_at timestamptz null,
  verified_count int null,
  verified_differences int null,
  digest text null,
  evidence jsonb null,
  started_by text not null,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (period, provider_id)
);
create table billing.close_batch (
  period date not null,
  provider_id smallint not null,
  batch_no int not null,
  from_account int not null,
  to_account int not null,
  planned int not null,
  plan_digest text not null,
  done_count int null,
  amount_kop bigint null,
  digest text null,
  accrued_at timestamptz null,
  rolled_at timestamptz null,
  primary key (period, provider_id, batch_no)
);
create table billing.close_exception (
  period date not null,
  provider_id smallint not null,
  account_id int not null,
  service_id smallint not null,
  outcome text not null check (outcome in ('failed', 'skipped')),
  reason_code text not null,
  reason_params jsonb not null default '{}',
  attempts smallint not null default 1,
  resolved_at timestamptz null,
  signed_by text null,
  primary key (period, provider_id, account_id, service_id)
);
create table billing.close_gate (
  period date not null,
  provider_id smallint not null,
  gate_id text not null,
  value bigint not null,
  gate_limit bigint not null,
  green boolean not null,
  measured_at timestamptz not null default now(),
  exception_approval uuid null,
  primary key (period, provider_id, gate_id)
);
create table billing.verification_difference (
  period date not null,
  provider_id smallint not null,
  account_id int not null,
  service_id smallint not null,
  stored_kop bigint not null,
  recomputed_kop bigint not null,
  primary key (period, provider_id, account_id, service_id)
);
`;

const VIEWS = `
create view billing.pub_ledger_v1 as
  select e.period, e.id, e.posting_id, e.account_id, e.service_id, e.provider_id, k.code as kind, k.turnover_column, e.for_period,
    e.amount_kop, e.reverses_period, e.reverses_id
  from billing.ledger_entry e join billing.entry_kind k on k.id = e.kind
  union all
  select a.period, null, a.posting_id, a.account_id, a.service_id, a.provider_id, 'accrual', 'charged', a.period, a.net_kop, null, null
  from billing.accrual a where a.net_kop <> 0;
create view billing.pub_open_item_v1 as select * from billing.open_item where outstanding_kop > 0;
create view billing.pub_advance_v1 as select * from billing.advance where amount_kop > 0;
create view billing.pub_allocation_v1 as select * from billing.allocation;
create view billing.pub_balance_v1 as
  select account_id, service_id, provider_id, sum(kop)::bigint as balance_kop from (
    select account_id, service_id, provider_id, outstanding_kop as kop from billing.open_item where outstanding_kop > 0
    union all select account_id, service_id, provider_id, -amount_kop from billing.advance where amount_kop > 0) b
  group by account_id, service_id, provider_id;
create view billing.pub_period_balance_v1 as select * from billing.period_balance;
create view billing.pub_accrual_v1 as select * from billing.accrual;
create view billing.pub_posting_v1 as select * from billing.posting;
create view billing.pub_account_state_v1 as select * from billing.account_state;
`;

const GUARDS = ['ledger_entry', 'accrual', 'allocation', 'period_balance']
  .map((table) =>
    [
      `create trigger ${table}_guard_insert after insert on billing.${table}
        referencing new table as new_rows for each statement execute function platform.guard_lanes();`,
      table === 'period_balance'
        ? `create trigger ${table}_guard_update after update on billing.${table}
            referencing new table as new_rows for each statement execute function platform.guard_lanes();
           create trigger ${table}_guard_delete after delete on billing.${table}
            referencing old table as new_rows for each statement execute function platform.guard_lanes();`
        : `create trigger ${table}_fixed before update or delete or truncate on billing.${table}
            for each statement execute function platform.refuse_change();`,
    ].join('\n'),
  )
  .join('\n');

export class BillingInit extends Migration {
  up(): void {
    this.addSql(LEDGER);
    this.addSql(CLOSE);
    this.addSql(VIEWS);
    this.addSql(GUARDS);
  }
}
