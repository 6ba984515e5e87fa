import { Migration } from '@mikro-orm/migrations';

const RULES = `
-- Dated parameters of metering: limits, months, days. A rule of a service comes before the rule of all services.
create table metering.rule (
  id int not null generated always as identity primary key,
  code text not null,
  service_code text null,
  value numeric(16,6) not null check (value >= 0),
  unit text not null,
  valid daterange not null,
  act text not null,
  mark text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  exclude using gist (code with =, (coalesce(service_code, '')) with =, valid with &&)
);
create view metering.pub_rule_v1 as select id as rule_id, code, service_code, value, unit, valid, act, mark from metering.rule;

-- The value in force on a day: of the service if there is one, else of all services; null = no rule.
create function metering.rule_value(p_code text, p_service text, p_day date) returns numeric language sql stable as $$
  select r.value from metering.rule r where r.code = p_code and r.valid @> p_day and (r.service_code is null or r.service_code = p_service)
  order by r.service_code nulls last limit 1
$$;
`;

const WATER_RULES = 'ПКМУ 690 від 05.07.2019';
const OWN_RULE = 'правило Центру';
const VALUES: readonly (readonly [string, string | null, number, string, string, string])[] = [
  ['average-window', null, 12, 'month', WATER_RULES, 'general knowledge'],
  ['average-limit', null, 3, 'month', WATER_RULES, 'general knowledge'],
  ['reading-most', 'CW', 60, 'm3', OWN_RULE, 'proposal'],
  ['reading-most', 'HW', 40, 'm3', OWN_RULE, 'proposal'],
  ['reading-most', 'EL', 3000, 'kWh', OWN_RULE, 'proposal'],
  ['reading-most', 'ELN', 2000, 'kWh', OWN_RULE, 'proposal'],
  ['reading-most', 'GAS', 1200, 'm3', OWN_RULE, 'proposal'],
  ['reading-most', 'HEAT', 10, 'Gcal', OWN_RULE, 'proposal'],
  ['reading-jump', null, 5, 'times', OWN_RULE, 'proposal'],
  ['rollover-share', null, 0.9, 'share', OWN_RULE, 'proposal'],
  ['verification-notice', null, 60, 'day', OWN_RULE, 'proposal'],
  ['verification-years', 'CW', 4, 'year', 'ПКМУ 474 від 08.07.2015', 'general knowledge'],
  ['verification-years', 'HW', 4, 'year', 'ПКМУ 474 від 08.07.2015', 'general knowledge'],
  ['verification-years', 'GAS', 8, 'year', 'ПКМУ 474 від 08.07.2015', 'general knowledge'],
  ['verification-years', 'EL', 16, 'year', 'ПКМУ 474 від 08.07.2015', 'general knowledge'],
  ['absence-days', null, 30, 'day', 'ПКМУ 1405 від 29.12.2023', 'confirmed'],
  ['heat-break-percent', 'HEAT', 3.3, '% of a day', 'ПКМУ 151 від 17.02.2010 (шкала ПКМУ 630)', 'needs a lawyer'],
];
const quoted = (text: string | null): string => (text === null ? 'null' : `'${text.replaceAll("'", "''")}'`);
const SEED = `insert into metering.rule (code, service_code, value, unit, valid, act, mark, recorded_by) values ${VALUES.map(
  ([code, service, value, unit, act, mark]) =>
    `(${[quoted(code), quoted(service), value, quoted(unit), `'[1997-01-01,)'`, quoted(act), quoted(mark), `'system'`].join(', ')})`,
).join(',\n')};`;

/** Creates the dated parameters of metering and writes those in force. */
export class MeteringRules extends Migration {
  up(): void {
    this.addSql(RULES);
    this.addSql(SEED);
  }
}
