import { Migration } from '@mikro-orm/migrations';

const COLUMNS = `
alter table tariffs.tariff add column recorded_by text null, add column approval_id uuid null;
alter table tariffs.norm add column recorded_by text null, add column approval_id uuid null;
alter table tariffs.parameter add column recorded_by text null, add column approval_id uuid null;
`;

const VIEW = `
-- Prices, norms and parameters as one list of dated values; key = what the versions of one thing share.
create view tariffs.dated_value as
  select 'tariffs' as book, t.id, concat_ws('/', 'tariffs', s.code, p.code, t.variant, t.tier) as key, t.service_id, t.provider_id,
    t.variant as name, null::text as purpose, t.tier, trim_scale(t.price)::text as value, t.unit, t.valid,
    case when t.decision_number = 'б/н' and t.decision_date is null then t.decision_body
      else concat_ws(' ', t.decision_body, '№', t.decision_number, 'від ' || to_char(t.decision_date, 'DD.MM.YYYY')) end as act, t.mark
  from tariffs.tariff t join tariffs.service s on s.id = t.service_id join tariffs.provider p on p.id = t.provider_id
  union all
  select 'norms', n.id, concat_ws('/', 'norms', n.purpose, s.code, n.equipment), n.service_id, null, n.equipment, n.purpose, null,
    trim_scale(n.value)::text, n.unit, n.valid, n.act, n.mark
  from tariffs.norm n join tariffs.service s on s.id = n.service_id
  union all
  select 'parameters', a.id, 'parameters/' || a.code, null, null, a.code, null, null,
    case when a.value ->> 'from' = lower(a.valid)::text and a.value ->> 'until' = upper(a.valid)::text then '' else a.value #>> '{}' end,
    '', a.valid, a.act, a.mark
  from tariffs.parameter a;
`;

/** New versions of tariffs, norms and parameters: who asked, which decision of two people, and one list over the three. */
export class TariffsVersions extends Migration {
  up(): void {
    this.addSql(COLUMNS);
    this.addSql(VIEW);
  }
}
