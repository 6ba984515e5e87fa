import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table legal.template (
  code text not null check (code in ('order', 'claim')),
  version int not null check (version > 0),
  body text not null,
  sha256 text not null,
  mark text not null,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (code, version)
);
comment on table legal.template is 'append-only';

create table legal.template_decision (
  code text not null,
  version int not null,
  approved boolean not null,
  reason text null,
  asked_by text not null,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  primary key (code, version),
  foreign key (code, version) references legal.template
);
comment on table legal.template_decision is 'append-only';

create table legal.pack (
  id uuid not null primary key,
  number text not null,
  kind text not null check (kind in ('order', 'claim')),
  account text not null,
  creditor text not null,
  total_kop bigint not null check (total_kop > 0),
  prepared_on date not null,
  snapshot_sha256 text not null,
  template_code text not null,
  template_version int not null,
  manifest jsonb not null,
  issued_by text not null,
  issued_at timestamptz not null default now(),
  foreign key (template_code, template_version) references legal.template
);
create index pack_snapshot on legal.pack (snapshot_sha256);
create index pack_account on legal.pack (account, issued_at desc);
create index pack_issued on legal.pack (issued_at desc, id);
comment on table legal.pack is 'append-only';

create table legal.pack_file (
  pack_id uuid not null references legal.pack,
  name text not null,
  media_type text not null,
  sha256 text not null,
  pages int null,
  primary key (pack_id, name)
);
comment on table legal.pack_file is 'append-only';

create table legal.pack_event (
  id bigint generated always as identity primary key,
  pack_id uuid not null references legal.pack,
  kind text not null check (kind in ('issued', 'signed', 'rebuilt', 'withdrawn')),
  reason text null,
  differences jsonb null,
  at timestamptz not null default now(),
  by text not null
);
create unique index pack_event_once on legal.pack_event (pack_id, kind) where kind in ('issued', 'signed', 'withdrawn');
create index pack_event_pack on legal.pack_event (pack_id, id);
comment on table legal.pack_event is 'append-only';

create table legal.signing_key (
  id uuid not null primary key,
  creditor text not null,
  subject text not null,
  serial text not null,
  certificate bytea not null,
  key_wrapped bytea not null,
  key_sealed bytea not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  added_by text not null,
  added_at timestamptz not null default now(),
  reason text not null,
  ended_at timestamptz null,
  check (valid_from < valid_to)
);
create unique index signing_key_one on legal.signing_key (creditor) where ended_at is null;
`;

export class LegalPacks extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
