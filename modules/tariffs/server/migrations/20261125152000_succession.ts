import { Migration } from '@mikro-orm/migrations';

const TABLE = `
-- The document by which a provider was succeeded: what it moved, and who agreed.
create table tariffs.succession (
  id uuid not null primary key,
  provider_id smallint not null references tariffs.provider (id),
  successor_id smallint not null references tariffs.provider (id),
  on_day date not null check (extract(day from on_day) = 1),
  document text not null,
  supplies int not null,
  tariffs int not null,
  moved_kop bigint not null,
  asked_by text not null,
  agreed_by text not null,
  at timestamptz not null default now(),
  unique (provider_id),
  check (provider_id <> successor_id)
);
comment on table tariffs.succession is 'append-only';
`;

/** Succession of providers. */
export class TariffsSuccession extends Migration {
  up(): void {
    this.addSql(TABLE);
  }
}
