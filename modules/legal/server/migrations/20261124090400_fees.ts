import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create schema if not exists legal;

create table legal.subsistence_minimum (
  year smallint not null primary key,
  able_bodied_kop bigint not null check (able_bodied_kop > 0),
  general_kop bigint null check (general_kop > 0),
  mark text not null,
  source text not null
);
create table legal.fee_rate (
  id int not null primary key,
  kind text not null check (kind in ('order', 'property-claim', 'non-property-claim')),
  side text not null check (side in ('legal-entity', 'natural-person')),
  share numeric(9,4) null,
  percent numeric(9,4) null,
  minimum numeric(9,4) null,
  maximum numeric(9,4) null,
  valid daterange not null,
  act text not null,
  mark text not null,
  check ((share is null) = (percent is not null and minimum is not null and maximum is not null)),
  exclude using gist (kind with =, side with =, valid with &&)
);
create table legal.fee_factor (
  id int not null primary key,
  kind text not null check (kind in ('appeal', 'electronic')),
  factor numeric(9,4) not null check (factor > 0),
  valid daterange not null,
  act text not null,
  mark text not null,
  exclude using gist (kind with =, valid with &&)
);
create table legal.court (
  id int not null primary key,
  code text not null,
  name text not null,
  name_genitive text not null,
  name_dative text not null,
  level text not null,
  case_prefix text not null,
  edrpou text not null,
  address text not null,
  email text not null,
  fee_recipient text not null,
  fee_recipient_edrpou text not null,
  fee_bank text not null,
  fee_mfo text not null,
  fee_iban text not null,
  budget_code text not null,
  fee_purpose text not null,
  valid daterange not null,
  mark text not null,
  exclude using gist (code with =, valid with &&)
);
`;

const SEED = `
insert into legal.subsistence_minimum (year, able_bodied_kop, general_kop, mark, source) values
  (2014, 121800, null, 'general knowledge', 'Закон про Державний бюджет на 2014 рік'),
  (2015, 121800, null, 'confirmed', 'Закон про Державний бюджет на 2015 рік'),
  (2016, 137800, null, 'general knowledge', 'Закон про Державний бюджет на 2016 рік'),
  (2017, 160000, null, 'general knowledge', 'Закон про Державний бюджет на 2017 рік'),
  (2018, 176200, null, 'general knowledge', 'Закон про Державний бюджет на 2018 рік'),
  (2019, 192100, null, 'general knowledge', 'Закон про Державний бюджет на 2019 рік'),
  (2020, 210200, null, 'confirmed', 'Закон про Державний бюджет на 2020 рік'),
  (2021, 227000, 218900, 'confirmed', 'Закон про Державний бюджет на 2021 рік'),
  (2022, 248100, null, 'general knowledge', 'Закон про Державний бюджет на 2022 рік'),
  (2023, 268400, 258900, 'general knowledge', 'Закон про Державний бюджет на 2023 рік'),
  (2024, 302800, 292000, 'confirmed', 'Закон про Державний бюджет на 2024 рік'),
  (2025, 302800, 292000, 'confirmed', 'Закон про Державний бюджет на 2025 рік'),
  (2026, 332800, 320900, 'confirmed', 'Закон про Державний бюджет на 2026 рік');
insert into legal.fee_rate (id, kind, side, share, percent, minimum, maximum, valid, act, mark) values
  (1, 'order', 'legal-entity', 0.1, null, null, null, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'confirmed'),
  (2, 'order', 'natural-person', 0.1, null, null, null, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'confirmed'),
  (3, 'property-claim', 'legal-entity', null, 1.5, 1, 350, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'confirmed'),
  (4, 'property-claim', 'natural-person', null, 1, 0.4, 5, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'confirmed'),
  (5, 'non-property-claim', 'legal-entity', 1, null, null, null, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'confirmed'),
  (6, 'non-property-claim', 'natural-person', 0.4, null, null, null, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'general knowledge');
insert into legal.fee_factor (id, kind, factor, valid, act, mark) values
  (1, 'appeal', 1.5, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'confirmed'),
  (2, 'electronic', 0.8, '[2015-09-01,)', 'Закон 3674-VI ст. 4', 'confirmed');
`;

const VIEWS = `
create view legal.pub_subsistence_minimum_v1 as select * from legal.subsistence_minimum;
create view legal.pub_court_v1 as select * from legal.court;
`;

export class LegalFees extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(SEED);
    this.addSql(VIEWS);
  }
}
