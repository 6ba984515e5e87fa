import { Migration } from '@mikro-orm/migrations';

const CHANGE = `
-- What ended with the old provider and until when it was to go on, so that undoing finds it; money stands with billing.
alter table tariffs.succession drop column moved_kop, drop constraint succession_provider_id_key,
  add column ended jsonb not null default '{"tariffs": [], "activeUntil": null}';
create index succession_provider on tariffs.succession (provider_id);

-- The document by which a succession was taken back, and who agreed.
create table tariffs.succession_undo (
  succession_id uuid not null primary key references tariffs.succession (id),
  approval_id uuid not null,
  reason text not null,
  asked_by text not null,
  agreed_by text not null,
  at timestamptz not null default now()
);
comment on table tariffs.succession_undo is 'append-only';
`;

/** Undoing of a succession. */
export class TariffsSuccessionUndo extends Migration {
  up(): void {
    this.addSql(CHANGE);
  }
}
