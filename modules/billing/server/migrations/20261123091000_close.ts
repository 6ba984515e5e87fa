import { Migration } from '@mikro-orm/migrations';

const CLOSE = `
-- Credits from advances that the accrual of a batch used: part of the settlement of the lane.
alter table billing.close_batch add column advance_kop bigint null;

create table billing.close_trial (
  period date not null,
  provider_id smallint not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  result jsonb not null,
  primary key (period, provider_id)
);
`;

/** Results of dry runs, and what a batch used of advances. */
export class BillingClose extends Migration {
  up(): void {
    this.addSql(CLOSE);
  }
}
