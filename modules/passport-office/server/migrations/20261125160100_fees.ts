import { Migration } from '@mikro-orm/migrations';

/**
 * Rates of the administrative fee (law.md 7.1). The older sums 13.60 and 40.80 are confirmed, the days on which they held are not:
 * they stand as shares of the 1600.00 from which they were made, marked for a lawyer.
 */
const TABLE = `
create schema if not exists passport_office;
create table passport_office.fee_rate (
  id smallint not null primary key,
  kind text not null check (kind in ('in-time', 'late')),
  percent numeric(9,4) not null check (percent > 0),
  base_kop bigint null check (base_kop > 0),
  act text not null,
  mark text not null,
  valid daterange not null,
  exclude using gist (kind with =, valid with &&)
);
comment on column passport_office.fee_rate.base_kop is 'null = subsistence minimum of able-bodied persons on 1 January of the year';
insert into passport_office.fee_rate (id, kind, percent, base_kop, act, mark, valid) values
  (1, 'in-time', 0.85, 160000, 'Закон 1382-IV ст. 11-1', 'needs a lawyer', '[2017-01-01,2021-12-01)'),
  (2, 'late', 2.55, 160000, 'Закон 1382-IV ст. 11-1', 'needs a lawyer', '[2017-01-01,2021-12-01)'),
  (3, 'in-time', 1.5, null, 'Закон 1871-IX від 05.11.2021', 'confirmed', '[2021-12-01,)'),
  (4, 'late', 2.5, null, 'Закон 1871-IX від 05.11.2021', 'confirmed', '[2021-12-01,)');
`;

/** Creates the rates of the administrative fee. */
export class PassportOfficeFees extends Migration {
  up(): void {
    this.addSql(TABLE);
  }
}
