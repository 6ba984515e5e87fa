import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table benefits.social_norm (
  id int not null generated always as identity primary key,
  code text not null unique,
  purpose text not null check (purpose in ('benefit', 'subsidy', 'both')),
  service_code text not null,
  equipment text not null,
  unit text not null,
  value numeric(16,6) null check (value > 0),
  next_person numeric(16,6) null,
  family_addition numeric(16,6) not null default 0,
  max_value numeric(16,6) null,
  valid daterange not null,
  act text not null,
  mark text not null,
  exclude using gist (purpose with =, service_code with =, equipment with =, valid with &&)
);
-- Which social norm a dwelling has, by the equipment of its supply; no equipment = any other.
create table benefits.norm_match (
  id int not null generated always as identity primary key,
  service_code text not null,
  supply_equipment text null,
  supply_variant text null,
  norm_equipment text not null
);
`;

/** Social norms of CMU 409 (law.md 1.4). */
const NORMS = `
with act (id, name) as (values
  (1, 'постанова КМУ від 01.08.1996 № 879'),
  (2, 'постанова КМУ від 06.08.2014 № 409'),
  (3, 'постанова КМУ від 06.08.2014 № 409 (перша редакція)'),
  (4, 'постанова КМУ від 06.08.2014 № 409 (у редакції № 204 від 23.03.2016)')),
norm (code, purpose, service, equipment, unit, value, next_person, addition, most, first_day, next_day, act, mark) as (values
  ('N045', 'benefit', 'MNT', 'total area', 'м²', 21, null::numeric, 10.5, null::numeric, '1994-01-01', '2014-10-01', 1, 'general knowledge'),
  ('N046', 'benefit', 'HEAT', 'heated area', 'м²', 21, null, 10.5, null, '1994-01-01', '2014-10-01', 1, 'general knowledge'),
  ('N047', 'benefit', 'MNT', 'total area', 'м²', 21, null, 10.5, null, '2014-10-01', null, 2, 'confirmed'),
  ('N048', 'benefit', 'HEAT', 'heated area', 'м²', 21, null, 10.5, null, '2014-10-01', null, 2, 'confirmed'),
  ('N049', 'benefit', 'MNT', 'veterans'' family of incapable persons only, gas used', 'м²', 42, null, 21, null, '2014-10-01', null, 2, 'confirmed'),
  ('N050', 'benefit', 'HEAT', 'veterans'' family of incapable persons only, gas used', 'м²', 42, null, 21, null, '2014-10-01', null, 2, 'confirmed'),
  ('N051', 'subsidy', 'MNT', 'total area', 'м²', 21, null, 10.5, null, '1997-01-01', '2014-10-01', 1, 'general knowledge'),
  ('N052', 'subsidy', 'HEAT', 'heated area', 'м²', 21, null, 10.5, null, '1997-01-01', '2014-10-01', 1, 'general knowledge'),
  ('N053', 'subsidy', 'MNT', 'total area', 'м²', 13.65, null, 35.22, null, '2014-10-01', null, 2, 'confirmed'),
  ('N054', 'subsidy', 'HEAT', 'heated area', 'м²', 13.65, null, 35.22, null, '2014-10-01', null, 2, 'confirmed'),
  ('N055', 'both', 'CW', 'with central hot water', 'м³', 2.4, null, 0, null, '2014-10-01', '2018-05-01', 3, 'general knowledge'),
  ('N056', 'both', 'CW', 'with central hot water', 'м³', 2.0, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N057', 'both', 'CW', 'no hot water', 'м³', 4.0, null, 0, null, '2014-10-01', '2018-05-01', 3, 'general knowledge'),
  ('N058', 'both', 'CW', 'no hot water', 'м³', 3.6, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N059', 'both', 'HW', 'central', 'м³', 1.6, null, 0, null, '2014-10-01', '2018-05-01', 3, 'general knowledge'),
  ('N060', 'both', 'HW', 'central', 'м³', 1.6, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N061', 'both', 'SW', 'central', 'м³', 4.0, null, 0, null, '2014-10-01', '2018-05-01', 3, 'general knowledge'),
  ('N062', 'both', 'SW', 'central', 'м³', 3.6, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N063', 'both', 'SW', 'pit, water main', 'м³', 4.0, null, 0, null, '2014-10-01', '2018-05-01', 3, 'general knowledge'),
  ('N064', 'both', 'SW', 'pit, water main', 'м³', 3.6, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N065', 'both', 'SW', 'pit, no water main', 'м³', 0.76, null, 0, null, '2014-10-01', '2018-05-01', 3, 'general knowledge'),
  ('N066', 'both', 'SW', 'pit, no water main', 'м³', 0.76, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N067', 'both', 'GAS', 'stove + central hot water', 'м³', 4.4, null, 0, null, '2016-03-24', '2018-05-01', 4, 'confirmed'),
  ('N068', 'both', 'GAS', 'stove + central hot water', 'м³', 3.3, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N069', 'both', 'GAS', 'stove, no hot water, no heater', 'м³', 7.1, null, 0, null, '2016-03-24', '2018-05-01', 4, 'confirmed'),
  ('N070', 'both', 'GAS', 'stove, no hot water, no heater', 'м³', 5.4, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N071', 'both', 'GAS', 'stove + gas water heater', 'м³', 14, null, 0, null, '2016-03-24', '2018-05-01', 4, 'confirmed'),
  ('N072', 'both', 'GAS', 'stove + gas water heater', 'м³', 10.5, null, 0, null, '2018-05-01', null, 2, 'confirmed'),
  ('N073', 'both', 'EL', 'ordinary', 'кВт·год', 90, 30, 0, 210, '2014-10-01', '2018-05-01', 3, 'general knowledge'),
  ('N074', 'both', 'EL', 'ordinary', 'кВт·год', 70, 30, 0, 190, '2018-05-01', null, 2, 'confirmed'),
  ('N075', 'both', 'EL', 'no electric stove, cold water only, no hot water or gas heater', 'кВт·год', 100, 30, 0, 220, '2018-05-01', null, 2,
    'general knowledge'),
  ('N076', 'both', 'EL', 'electric stove, central hot water', 'кВт·год', 110, 30, 0, 230, '2018-05-01', null, 2, 'general knowledge'))
insert into benefits.social_norm (code, purpose, service_code, equipment, unit, value, next_person, family_addition, max_value, valid, act, mark)
select n.code, n.purpose, n.service, n.equipment, n.unit, n.value, n.next_person, n.addition, n.most,
  daterange(n.first_day::date, n.next_day::date), a.name, n.mark from norm n join act a on a.id = n.act;

-- Days without a known norm are rows too: the benefit then reaches the whole quantity, and the mark says so.
insert into benefits.social_norm (code, purpose, service_code, equipment, unit, value, family_addition, valid, act, mark)
select 'G' || lpad(row_number() over (order by service_code, equipment, lower(gap))::text, 3, '0'), 'both', service_code, equipment, unit, null, 0,
  gap, 'норму за ці дні не встановлено', 'needs a lawyer'
from (
  select service_code, equipment, max(unit) as unit, unnest(datemultirange('[1994-01-01,)'::daterange) - range_agg(valid)) as gap
  from benefits.social_norm where purpose in ('benefit', 'both') and equipment not like 'veterans%' group by 1, 2) g;

insert into benefits.norm_match (service_code, supply_equipment, supply_variant, norm_equipment) values
  ('MNT', null, null, 'total area'),
  ('HEAT', null, null, 'heated area'),
  ('CW', null, null, 'with central hot water'),
  ('CW', 'bath, no central hot water (gas heater)', null, 'no hot water'),
  ('CW', 'street pump (водорозбірна колонка)', null, 'no hot water'),
  ('HW', null, null, 'central'),
  ('SW', null, null, 'central'),
  ('SW', 'pit, water main', null, 'pit, water main'),
  ('SW', 'pit, no water main', null, 'pit, no water main'),
  ('GAS', null, null, 'stove + central hot water'),
  ('GAS', 'stove, no hot water, no heater', null, 'stove, no hot water, no heater'),
  ('GAS', 'stove + gas water heater', null, 'stove + gas water heater'),
  ('EL', null, null, 'ordinary'),
  ('EL', null, 'electric-stove', 'electric stove, central hot water');
`;

export class BenefitsNorms extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(NORMS);
  }
}
