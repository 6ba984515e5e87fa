import { Migration } from '@mikro-orm/migrations';

/** Bills by e-mail are a run like the print: the same plan, the same outcomes, no file. */
const TABLES = `
alter table bills.run add column kind text not null default 'print' check (kind in ('print', 'mail'));
alter table bills.run_job drop constraint run_job_check, add constraint run_job_file check (state = 'done' or sha256 is null);
alter table bills.mail add column run_id uuid null references bills.run (id);
create index mail_run on bills.mail (run_id);
`;

/** Makes the sending of bills by e-mail a mass run. */
export class BillsMailRun extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
