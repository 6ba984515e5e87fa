import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create schema if not exists payments;

create table payments.channel (
  id smallint not null primary key,
  code text not null unique,
  name text not null,
  kind text not null,
  mfo text null,
  settlement_delay_days smallint not null,
  commission_percent numeric(9,6) not null,
  commission_min_kop bigint not null,
  commission_payer text not null,
  has_transaction_ids boolean not null,
  cut_off_day smallint not null default 3,
  valid daterange not null
);

-- One acceptance of money. Not partitioned: (source, external_id) is unique for ever.
create table payments.payment (
  id bigint not null default nextval('platform.mass_id') primary key,
  channel_id smallint not null references payments.channel (id),
  source text not null,
  external_id text not null,
  request_hash text not null,
  account_id int null,
  amount_kop bigint not null check (amount_kop > 0),
  paid_on date not null,
  received_on date not null,
  booked_at timestamptz not null default now(),
  booked_by text not null,
  posting_id bigint null,
  import_id uuid null,
  import_line int null,
  answer jsonb null,
  -- a rolled back acceptance keeps its row and gives its external id free under a name of its own
  rolled_back_at timestamptz null,
  unique (source, external_id)
);
create index payment_account on payments.payment (account_id, paid_on);
create index payment_import on payments.payment (import_id) where import_id is not null;

create table payments.import_file (
  id uuid not null primary key,
  preset text not null,
  file_name text not null,
  file_hash text not null,
  size bigint not null,
  encoding text null,
  format_version text null,
  register_id text null,
  sender text null,
  recipient text null,
  reader uuid null,
  provider_id smallint null,
  channel_id smallint null,
  state text not null check (state in ('reading', 'staged', 'mismatch', 'refused', 'posting', 'posted', 'cancelled', 'rolling-back', 'rolled-back')),
  stated_rows int null,
  stated_sum_kop bigint null,
  read_rows int null,
  read_sum_kop bigint null,
  refusal_code text null,
  refusal_params jsonb null,
  repeats_id uuid null,
  workflow_id text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null default now(),
  posted_by text null,
  posted_at timestamptz null,
  rolled_back_by text null,
  rolled_back_at timestamptz null,
  reason text null,
  version int not null default 1
);
create unique index import_file_once on payments.import_file (preset, file_hash)
  where state not in ('refused', 'cancelled', 'rolled-back', 'mismatch');
create index import_file_list on payments.import_file (uploaded_at desc, id);

create table payments.import_row (
  import_id uuid not null references payments.import_file (id),
  line int not null,
  id bigint not null default nextval('platform.mass_id'),
  account_text text null,
  service_text text null,
  payer_name text null,
  payer_address text null,
  amount_kop bigint null,
  paid_on date null,
  external_id text null,
  fingerprint text null,
  ordinal smallint not null default 1,
  raw text not null,
  account_id int null,
  service_id smallint null,
  outcome text not null check (outcome in ('matched', 'linked', 'suspense', 'duplicate', 'rejected', 'skipped')),
  reason_code text null,
  reason_params jsonb null,
  warnings jsonb null,
  decision text null check (decision in ('post', 'skip', 'suspense')),
  decided_by text null,
  payment_id bigint null,
  posted_at timestamptz null,
  primary key (import_id, line)
);
create index import_row_fingerprint on payments.import_row (fingerprint) where fingerprint is not null;
create index import_row_outcome on payments.import_row (import_id, outcome, line);

create table payments.suspense_item (
  id bigint not null default nextval('platform.mass_id') primary key,
  payment_id bigint not null references payments.payment (id),
  amount_kop bigint not null check (amount_kop > 0),
  reason_code text not null,
  payer_text text null,
  owner text null,
  deadline_on date not null,
  state text not null default 'open' check (state in ('open', 'resolved', 'returned')),
  resolved_at timestamptz null,
  resolved_by text null,
  resolution jsonb null
);
create unique index suspense_item_payment on payments.suspense_item (payment_id);

-- The Centre's own book of other people's money; the lines of a document sum to zero (law L11).
create table payments.money_line (
  id bigint not null default nextval('platform.mass_id') primary key,
  day date not null,
  place text not null check (place in ('desk-cash', 'in-transit', 'bank', 'suspense', 'rounding', 'commission', 'due-to-provider', 'paid-out')),
  provider_id smallint null,
  channel_id smallint null,
  amount_kop bigint not null check (amount_kop <> 0),
  document_kind text not null,
  document_id text not null,
  check ((place in ('due-to-provider', 'paid-out')) = (provider_id is not null))
);
comment on table payments.money_line is 'append-only';
create index money_line_document on payments.money_line (document_id, document_kind);
create index money_line_day on payments.money_line (day, place);
`;

const VIEWS = `
create view payments.pub_payment_v1 as
  select p.id as payment_id, p.channel_id, c.code as channel, c.name as channel_name, p.source, p.external_id, p.account_id, p.amount_kop,
    p.paid_on, p.received_on, p.booked_at, p.booked_by, p.posting_id, p.import_id, p.import_line, p.rolled_back_at
  from payments.payment p join payments.channel c on c.id = p.channel_id;
create view payments.pub_import_v1 as select id as import_id, preset, file_name, file_hash, state, uploaded_at from payments.import_file;
create view payments.pub_import_row_v1 as
  select import_id, line, raw, account_text, payer_name, amount_kop, paid_on, outcome, payment_id from payments.import_row;
create view payments.pub_money_line_v1 as select * from payments.money_line;
`;

const GUARDS = `
-- A payment is never changed; what came later may be filled in once: account and posting, or the mark of a roll back.
create function payments.payment_guard() returns trigger language plpgsql as $$
  begin
    if (new.id, new.channel_id, new.source, new.request_hash, new.amount_kop, new.paid_on, new.received_on, new.booked_at, new.booked_by)
        is distinct from (old.id, old.channel_id, old.source, old.request_hash, old.amount_kop, old.paid_on, old.received_on,
          old.booked_at, old.booked_by)
      or (old.account_id is not null and new.account_id is distinct from old.account_id)
      or (old.posting_id is not null and new.posting_id is distinct from old.posting_id)
      or old.rolled_back_at is not null
      or (new.external_id <> old.external_id and new.rolled_back_at is null) then
      raise exception 'rows of payments.payment are never changed or removed' using errcode = 'KP002';
    end if;
    return new;
  end $$;
create trigger payment_kept before update on payments.payment
  for each row execute function payments.payment_guard();
create trigger payment_fixed before delete or truncate on payments.payment
  for each statement execute function platform.refuse_change();
create trigger money_line_fixed before update or delete or truncate on payments.money_line
  for each statement execute function platform.refuse_change();
`;

export class PaymentsInit extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(VIEWS);
    this.addSql(GUARDS);
  }
}
