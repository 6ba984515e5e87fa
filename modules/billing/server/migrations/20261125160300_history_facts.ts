import { Migration } from '@mikro-orm/migrations';

const TABLES = `
alter table billing.history_file drop constraint history_file_kind_check;
alter table billing.history_file add constraint history_file_kind_check check (kind in ('balances', 'payments', 'readings', 'residents'));
alter table billing.history_file add column digest text null;

-- Rows and sums of facts by month: what the file holds and what the sender says it holds.
create table billing.history_fact_total (
  file_id uuid not null,
  period date not null,
  row_count int not null default 0,
  total numeric(20,3) not null default 0,
  stated_rows int null,
  stated_total numeric(20,3) null,
  primary key (file_id, period)
);
`;

/** Payments, readings and residents of the old system beside its balances. */
export class BillingHistoryFacts extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
