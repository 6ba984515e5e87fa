import { Migration } from '@mikro-orm/migrations';

/** Seals of the audit in one unbroken chain; limits of requests as data; whose process it is. Bulk runs had no user. */
const CHANGES = `
create unique index audit_seal_from on platform.audit_seal (from_id);
create unique index audit_seal_to on platform.audit_seal (to_id);
create trigger audit_seal_fixed before update or delete or truncate on platform.audit_seal
  for each statement execute function platform.refuse_change();

create table platform.rate_limit (
  bucket text not null,
  login text not null default '*',
  per_minute int not null check (per_minute > 0),
  primary key (bucket, login)
);
insert into platform.rate_limit (bucket, per_minute) values ('search', 600), ('payments', 120000);

alter table platform.process_progress add column provider text null;
alter table platform.process_progress drop column bulk_run_id;
drop table platform.bulk_item;
drop table platform.bulk_run;
`;

export class PlatformReliability extends Migration {
  up(): void {
    this.addSql(CHANGES);
  }
}
