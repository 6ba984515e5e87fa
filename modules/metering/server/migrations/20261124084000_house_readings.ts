import { Migration } from '@mikro-orm/migrations';

const TABLES = `
drop view metering.pub_distribution_v1;
alter table metering.distribution drop column system_volume, drop column common_volume,
  add column common_share numeric(9,8) not null default 0 check (common_share between 0 and 1),
  add column house_meter_id int null references metering.house_meter (id), add column approval_id uuid null;
alter table metering.house_meter add column initial_value numeric(16,3) not null default 0 check (initial_value >= 0);

-- What a house meter showed at the end of a month; a corrected one stays.
create table metering.house_reading (
  id bigint not null generated always as identity primary key,
  house_meter_id int not null references metering.house_meter (id),
  period date not null check (extract(day from period) = 1),
  value numeric(16,3) not null check (value >= 0),
  taken_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  superseded_at timestamptz null
);
create unique index house_reading_effective on metering.house_reading (house_meter_id, period) where superseded_at is null;

create view metering.pub_distribution_v1 as
  select id as distribution_id, period, house_id, service_id, house_volume, nonresidential_volume, common_share, common_coefficient, needs_by,
    metered_volume, rest_volume, house_needs, shortfall, act_number, signed_at from metering.distribution where state = 'signed';
`;

/** Creates the readings of house meters. */
export class MeteringHouseReadings extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
