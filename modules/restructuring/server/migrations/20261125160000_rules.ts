import { Migration } from '@mikro-orm/migrations';

/** Caps of the burden and the longest term of a restructuring contract (law.md 6): dated data. */
const TABLE = `
create schema if not exists restructuring;
create table restructuring.rule (
  id smallint not null primary key,
  name text not null,
  value numeric(9,4) not null check (value > 0),
  act text not null,
  mark text not null,
  valid daterange not null,
  exclude using gist (name with =, valid with &&)
);
insert into restructuring.rule (id, name, value, act, mark, valid) values
  (1, 'cap.working', 25, 'Закон 554-IV від 20.02.2003', 'confirmed', '[2003-07-01,)'),
  (2, 'cap.pensioner', 20, 'Закон 554-IV від 20.02.2003', 'confirmed', '[2003-07-01,)'),
  (3, 'cap.social-aid', 20, 'Закон 554-IV від 20.02.2003', 'confirmed', '[2003-07-01,)'),
  (4, 'most-months', 60, 'Порядок КМУ 976 від 27.06.2003', 'general knowledge', '[2003-07-01,)');
`;

/** Creates the dated rules of restructuring. */
export class RestructuringRules extends Migration {
  up(): void {
    this.addSql(TABLE);
  }
}
