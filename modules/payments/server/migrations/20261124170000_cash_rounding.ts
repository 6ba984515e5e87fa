import { Migration } from '@mikro-orm/migrations';

/** Rounding of cash totals by dates (law.md 1.7): dated data, so that the next decision of the National Bank is a row. */
const TABLE = `
create table payments.cash_rounding (
  id smallint not null primary key,
  step_kop smallint not null check (step_kop > 0),
  act text not null,
  mark text not null,
  valid daterange not null,
  exclude using gist (valid with &&)
);
insert into payments.cash_rounding values
  (1, 1, 'без заокруглення', 'general knowledge', '[1996-09-02,2018-07-01)'),
  (2, 10, 'постанова Правління НБУ про заокруглення готівки з 01.07.2018', 'general knowledge', '[2018-07-01,2025-10-01)'),
  (3, 50, 'постанова Правління НБУ про заокруглення готівки з 01.10.2025', 'confirmed', '[2025-10-01,)');
`;

/** Creates the rules of rounding cash. */
export class PaymentsCashRounding extends Migration {
  up(): void {
    this.addSql(TABLE);
  }
}
