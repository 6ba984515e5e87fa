const DAYS = (range: string): string =>
  `'from', lower(${range})::text, 'to', case when upper_inf(${range}) then null else (upper(${range}) - 1)::text end`;

/** Everything a form of the card needs. $1 number, $2 as of a day, $3 as known at an instant. */
export const FACTS_SQL = `
with a as (select id, version, premises_id from registry.account where number = $1),
r as (select r.* from a join registry.residence r on r.premises_id = a.premises_id where r.known @> $3::timestamptz and r.kind <> 'owner'),
o as (select o.* from a join registry.ownership o on o.premises_id = a.premises_id where o.known @> $3::timestamptz),
h as (select h.* from a join registry.holder h on h.account_id = a.id where h.known @> $3::timestamptz),
p as (select person_id as id from r union select person_id from o union select person_id from h)
select a.version,
  (select jsonb_build_object('totalArea', f.total_area::text, 'heatedArea', f.heated_area::text, 'rooms', f.rooms, 'dwellingType', f.dwelling_type)
    from registry.premises_fact f where f.premises_id = a.premises_id and f.valid @> $2::date and f.known @> $3::timestamptz) as premises,
  coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'value', e.value, ${DAYS('e.valid')}) order by e.kind, lower(e.valid))
    from registry.equipment e where e.premises_id = a.premises_id and e.known @> $3::timestamptz and e.valid @> $2::date), '[]') as equipment,
  (select jsonb_object_agg(v.kind, v.list) from (
    select kind, jsonb_agg(value order by value) as list from registry.equipment_value group by kind) v) as "equipmentValues",
  coalesce((select jsonb_agg(jsonb_build_object('id', q.id, 'surname', coalesce(n.surname, q.surname),
      'givenName', coalesce(n.given_name, q.given_name), 'patronymic', coalesce(n.patronymic, q.patronymic),
      'birthDate', q.birth_date::text, 'diedOn', q.died_on::text, 'hasTaxNumber', q.tax_number_hash is not null,
      'holder', exists (select from h where h.person_id = q.id and h.valid @> $2::date),
      'consents', coalesce((select jsonb_agg(jsonb_build_object('purpose', c.purpose, 'given', c.given) order by c.purpose)
        from registry.consent c where c.person_id = q.id and c.known @> $3::timestamptz and c.valid @> $2::date), '[]'))
      order by q.surname, q.given_name, q.id)
    from p join registry.person q on q.id = p.id
    left join registry.person_name n on n.person_id = q.id and n.known @> $3::timestamptz and n.valid @> $2::date), '[]') as persons,
  coalesce((select jsonb_agg(jsonb_build_object('personId', r.person_id, 'kind', r.kind, ${DAYS('r.valid')}) order by lower(r.valid), r.person_id)
    from r), '[]') as residences,
  coalesce((select jsonb_agg(jsonb_build_object('id', s.supply_id, 'service', v.code, 'serviceName', v.name, 'provider', c.code,
      'providerName', c.name, 'method', s.method, 'variant', s.variant, 'equipment', s.equipment, 'dueDay', s.due_day, ${DAYS('s.valid')})
      order by v.pay_order, c.code, lower(s.valid))
    from tariffs.pub_supply_v1 s join tariffs.pub_service_v1 v on v.id = s.service_id join tariffs.pub_provider_v1 c on c.id = s.provider_id
    where s.account_id = a.id and (upper_inf(s.valid) or upper(s.valid) > $2::date)), '[]') as supplies,
  coalesce((select jsonb_agg(to_jsonb(g) order by g.pay_order, g.provider, g.variant) from (
      select distinct v.code as service, v.name as "serviceName", c.code as provider, c.name as "providerName", t.variant, v.pay_order
      from tariffs.pub_tariff_v1 t join tariffs.pub_service_v1 v on v.id = t.service_id join tariffs.pub_provider_v1 c on c.id = t.provider_id
      where t.valid && daterange($2::date, null)) g), '[]') as "supplyGroups",
  coalesce((select jsonb_agg(to_jsonb(g) order by g.service, g.equipment) from (
      select distinct v.code as service, n.equipment from tariffs.pub_norm_v1 n join tariffs.pub_service_v1 v on v.id = n.service_id
      where n.purpose = 'charge' and n.valid && daterange($2::date, null)) g), '[]') as "normGroups",
  coalesce((select jsonb_agg(jsonb_build_object('personId', o.person_id, 'share', o.share_num || '/' || o.share_den, 'document', o.document,
      ${DAYS('o.valid')}) order by lower(o.valid), o.person_id) from o), '[]') as owners,
  coalesce((select jsonb_agg(jsonb_build_object('personId', h.person_id, ${DAYS('h.valid')}) order by lower(h.valid)) from h), '[]') as holders
from a`;
