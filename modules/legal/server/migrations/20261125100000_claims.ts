import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- Rules of preparing claims: dated, with act and mark; what a lawyer has to settle is a parameter here.
create table legal.claim_rule (
  id int not null primary key,
  code text not null,
  value text not null,
  valid daterange not null,
  act text not null,
  mark text not null,
  exclude using gist (code with =, valid with &&)
);
-- What a court wants to know of a creditor, and the authority under which the Centre acts for it.
create table legal.creditor (
  id int not null primary key,
  provider_id smallint not null,
  valid daterange not null,
  address text not null,
  phone text null,
  email text null,
  bank text null,
  head_surname text null,
  head_given_name text null,
  head_patronymic text null,
  head_sex text null check (head_sex in ('male', 'female')),
  head_post text null,
  authority_number text null,
  authority_valid daterange null,
  check ((authority_number is null) = (authority_valid is null)),
  exclude using gist (provider_id with =, valid with &&)
);
create table legal.claim_run (
  id uuid not null primary key,
  number text not null unique,
  ordinal int not null unique,
  title text not null,
  parameters jsonb not null,
  selection jsonb not null,
  provider_ids smallint[] null,
  as_of date not null,
  state text not null check (state in ('planning', 'preparing', 'waiting', 'stopped', 'done')),
  version int not null default 1,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null default now()
);
create table legal.claim_run_account (
  run_id uuid not null references legal.claim_run (id),
  account_id int not null,
  primary key (run_id, account_id)
);
comment on table legal.claim_run_account is 'append-only';
create table legal.claim_item (
  id uuid not null primary key,
  run_id uuid not null references legal.claim_run (id),
  ordinal int not null,
  account_id int not null,
  provider_id smallint null,
  kind text not null check (kind in ('order', 'claim', 'none')),
  outcome text not null check (outcome in ('skipped', 'planned', 'blocked', 'checked', 'frozen', 'packed', 'submitted', 'approved', 'signed',
    'filed', 'excluded', 'failed', 'stale')),
  reason_code text null,
  reason_params jsonb null,
  principal_kop bigint not null default 0,
  inflation_kop bigint not null default 0,
  interest_kop bigint not null default 0,
  penalty_kop bigint not null default 0,
  fee_kop bigint null,
  credited_kop bigint not null default 0,
  snapshot_sha256 text null,
  pack_id uuid null,
  approval_id uuid null,
  fee_import_id uuid null,
  fee_import_line int null,
  fee_paid_on date null,
  filed_on date null,
  case_id uuid null,
  case_number text null,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  check ((provider_id is null) = (kind = 'none')),
  check (kind <> 'none' or outcome in ('skipped', 'excluded')),
  check (outcome not in ('skipped', 'excluded', 'failed', 'stale') or reason_code is not null),
  check (outcome not in ('frozen', 'packed', 'submitted', 'approved', 'signed', 'filed') or snapshot_sha256 is not null),
  check (outcome not in ('packed', 'submitted', 'approved', 'signed', 'filed') or pack_id is not null),
  check ((outcome = 'filed') = (filed_on is not null)),
  check ((fee_import_id is null) = (fee_import_line is null)),
  unique (run_id, ordinal)
);
create unique index claim_item_once on legal.claim_item (run_id, account_id, coalesce(provider_id, 0::smallint), kind);
create index claim_item_account on legal.claim_item (account_id, provider_id);
create index claim_item_outcome on legal.claim_item (run_id, outcome);
create unique index claim_item_fee on legal.claim_item (fee_import_id, fee_import_line) where fee_import_id is not null;
-- The months of an item as they were when it was planned or prepared again.
create table legal.claim_item_month (
  item_id uuid not null references legal.claim_item (id),
  service_id smallint not null,
  month date not null check (extract(day from month) = 1),
  due_on date not null,
  limitation_ends_on date not null,
  charged_kop bigint not null,
  covered_kop bigint not null,
  debt_kop bigint not null check (debt_kop > 0),
  part text not null check (part in ('debt', 'penalty', 'left')),
  primary key (item_id, service_id, month),
  check (debt_kop = charged_kop - covered_kop)
);
create table legal.claim_debtor (
  item_id uuid not null references legal.claim_item (id),
  person_id uuid not null,
  role text not null check (role in ('owner', 'holder', 'resident')),
  share_num int null,
  share_den int null,
  minor boolean not null,
  primary key (item_id, person_id)
);
-- What a check found. A finding that a lawyer decides about holds the item until somebody accepts it with a reason.
create table legal.claim_finding (
  item_id uuid not null references legal.claim_item (id),
  code text not null,
  subject text not null default '',
  level text not null check (level in ('block', 'lawyer', 'warn')),
  params jsonb not null,
  found_at timestamptz not null default now(),
  accepted_by text null,
  accepted_reason text null,
  accepted_at timestamptz null,
  primary key (item_id, code, subject),
  check ((accepted_by is null) = (accepted_at is null)),
  check (level = 'lawyer' or accepted_by is null)
);
-- Every calculation that was frozen, the newest is in force; the pack is drawn from it and from nothing else.
create table legal.claim_snapshot (
  item_id uuid not null references legal.claim_item (id),
  ordinal int not null,
  sha256 text not null,
  body jsonb not null,
  trace jsonb not null,
  index_version int not null,
  made_at timestamptz not null default now(),
  primary key (item_id, ordinal)
);
comment on table legal.claim_snapshot is 'append-only';
`;

const SEED = `
insert into legal.claim_rule (id, code, value, valid, act, mark) values
  (1, 'interest-percent', '3', '[2004-01-01,)', 'ЦКУ ст. 625 ч. 2', 'confirmed'),
  (2, 'pretension', 'advised', '[1997-01-01,)', 'ЦКУ ст. 530; претензія для наказу не обов''язкова', 'needs a lawyer'),
  (3, 'limitation-warning-days', '90', '[1997-01-01,)', 'пропозиція law.md 4.1', 'proposal'),
  (4, 'moratorium-excluded', 'yes', '[2022-02-24,)', 'Постанова КМУ 206 від 05.03.2022, 1405', 'needs a lawyer'),
  (5, 'penalty-years', '1', '[1997-01-01,)', 'ЦКУ ст. 258 ч. 2', 'confirmed'),
  (6, 'most-accounts', '5000', '[1997-01-01,)', 'межа одного запуску', 'proposal'),
  (7, 'locality', 'м. Яворопіль', '[1997-01-01,)', 'назва населеного пункту в адресах', 'proposal');
`;

/** Runs of preparing claims with an outcome for every account, frozen calculations, findings; creditors as a court knows them. */
export class LegalClaims extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(SEED);
  }
}
