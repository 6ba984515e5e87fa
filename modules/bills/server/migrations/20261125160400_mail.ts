import { Migration } from '@mikro-orm/migrations';

/** A letter with a bill: one row an attempt. A bill is sent once; a letter whose server did not answer stays in sending. */
const TABLE = `
create table bills.mail (
  id uuid not null primary key,
  bill_id bigint not null references bills.bill (id),
  person_id uuid not null,
  address text not null,
  state text not null default 'sending' check (state in ('sending', 'sent', 'failed')),
  answer text null,
  sent_by text not null,
  sent_at timestamptz not null default now()
);
comment on column bills.mail.address is 'masked: the first letter and the domain';
create unique index mail_once on bills.mail (bill_id) where state <> 'failed';
create index mail_bill on bills.mail (bill_id);
`;

/** Creates the outcomes of bills that go by e-mail. */
export class BillsMail extends Migration {
  up(): void {
    this.addSql(TABLE);
  }
}
