/** A contact as of the day and as known then; before the first dated one it is what the person has. */
const CONTACT = (channel: string, first: string): string => `
  case when exists (select from registry.contact c where c.person_id = o.id and c.channel = '${channel}')
    then (select decode(c.sealed, 'base64') from registry.contact c where c.person_id = o.id and c.channel = '${channel}' and c.valid @> $2::date
      and c.known @> $3::timestamptz)
    else ${first} end`;
/** One row of everything in the card's head. $1 number, $2 as of a day, $3 as known at an instant. */
export const ACCOUNT_VIEW_SQL = `
with a as (
  select a.*, p.house_id, p.kind as premises_kind, p.number as premises_number, h.code as house_code, h.kind as house_kind,
    h.year_built, h.floors, h.heating, h.hot_water, h.stove, h.street_id, h.number_text, h.district
  from registry.account a join registry.premises p on p.id = a.premises_id join registry.house h on h.id = p.house_id
  where a.number = $1)
select a.id, a.number, a.version, a.opened_on as "openedOn", a.closed_on as "closedOn", a.district,
  (select m.number from registry.account m where m.id = a.merged_into) as "mergedInto",
  a.premises_id as "premisesId", a.premises_kind as "premisesKind", a.house_id as "houseId", a.house_code as "houseCode",
  a.house_kind as "houseKind", a.year_built as "yearBuilt", a.floors, a.heating, a.hot_water as "hotWater", a.stove,
  f.total_area as "totalArea", f.heated_area as "heatedArea", f.rooms, f.dwelling_type as "dwellingType",
  o.id as "holderId", coalesce(n.surname || ' ' || n.given_name || ' ' || n.patronymic, o.surname || ' ' || o.given_name || ' ' || o.patronymic)
    as "holderName",
  o.wrapped_key as "wrappedKey", ${CONTACT('phone', 'o.phone_enc')} as "phoneEnc", ${CONTACT('phone-2', 'null')} as "phone2Enc",
  ${CONTACT('email', 'o.email_enc')} as "emailEnc",
  (select n.type_short || ' ' || n.name from registry.street_name n
    where n.street_id = a.street_id and n.valid @> $2::date) || ', ' || a.number_text
    || case a.premises_kind when 'house' then '' else ', кв. ' || a.premises_number end as address,
  coalesce((select jsonb_agg(jsonb_build_object('address', n.type_short || ' ' || n.name || ', ' || a.number_text
      || case a.premises_kind when 'house' then '' else ', кв. ' || a.premises_number end,
      'until', (upper(n.valid) - 1)::text) order by n.valid desc)
    from registry.street_name n where n.street_id = a.street_id and upper(n.valid) <= $2::date), '[]') as "addressOld",
  coalesce((select jsonb_agg(jsonb_build_object('owner', l.owner, 'ownerName', v.short_name, 'number', l.number) order by l.owner, l.number)
    from registry.account_alias l left join tariffs.pub_provider_v1 v on v.code = l.owner where l.account_id = a.id and l.valid @> $2::date), '[]') as aliases,
  coalesce((select jsonb_agg(jsonb_build_object(
      'fullName', coalesce(m.surname || ' ' || m.given_name || ' ' || m.patronymic, q.surname || ' ' || q.given_name || ' ' || q.patronymic),
      'birthDate', q.birth_date::text, 'kind', r.kind,
      'from', lower(r.valid)::text, 'to', case when upper_inf(r.valid) then null else (upper(r.valid) - 1)::text end)
      order by lower(r.valid), q.birth_date)
    from registry.residence r join registry.person q on q.id = r.person_id
    left join registry.person_name m on m.person_id = q.id and m.valid @> $2::date and m.known @> $3::timestamptz
    where r.premises_id = a.premises_id and r.valid @> $2::date and r.known @> $3::timestamptz), '[]') as residents,
  exists (select 1 from registry.premises_fact x where x.premises_id = a.premises_id
    and lower(x.known) > (lower(x.valid)::timestamp at time zone 'UTC') + interval '40 days' and x.reason <> 'load') as "lateFacts"
from a
left join registry.holder h on h.account_id = a.id and h.valid @> $2::date and h.known @> $3::timestamptz
join registry.person o on o.id = coalesce(h.person_id, a.holder_id)
left join registry.person_name n on n.person_id = o.id and n.valid @> $2::date and n.known @> $3::timestamptz
left join registry.premises_fact f on f.premises_id = a.premises_id and f.valid @> $2::date and f.known @> $3::timestamptz`;

/** Accounts that the reader may see. $1 providers (null = no limit), $2 districts, $3 houses. Condition on `a`, `h`. */
export const VISIBLE = `
  ($1::text[] is null or exists (select 1 from tariffs.pub_supply_v1 s join tariffs.pub_provider_v1 v on v.id = s.provider_id
    where s.account_id = a.account_id and v.code = any($1)))
  and ($2::int[] is null or a.district = any($2))
  and ($3::text[] is null or exists (select 1 from registry.house hh where hh.id = a.house_id and hh.code = any($3)))
  and ($4::text[] is null or a.number = any($4))`;
