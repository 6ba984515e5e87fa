import type { ListDef } from '@komplat/server';

/** Streets with all their names, `$1` districts of the reader or null, `$2` words. */
export const STREETS: ListDef = {
  sql: `
    select s.id, s.code, s.district::int as district, n.type_short || ' ' || n.name as name,
      (select count(*)::int from registry.house h where h.street_id = s.id) as houses,
      (select jsonb_agg(jsonb_build_object('name', o.type_short || ' ' || o.name, 'from', lower(o.valid), 'to', upper(o.valid) - 1, 'act', o.act)
         order by lower(o.valid) desc nulls last) from registry.street_name o where o.street_id = s.id) as names
    from registry.street s join registry.street_name n on n.street_id = s.id and upper_inf(n.valid)
    where ($1::text[] is null or s.district::text = any($1)) and ($2::text is null or exists (
      select from registry.street_name o where o.street_id = s.id and lower(o.name) like '%' || lower($2) || '%'))`,
  id: { column: 'id', type: 'int4' },
  sorts: { name: { column: 'name', type: 'text' } },
  first: 'name',
};

/** Houses with their address of today, `$1` districts of the reader or null, `$2` words. */
export const HOUSES: ListDef = {
  sql: `
    select h.id, h.code, n.type_short || ' ' || n.name || ', ' || h.number_text as address, h.kind, h.district::int as district, h.flats,
      (select o.type_short || ' ' || o.name from registry.street_name o where o.street_id = h.street_id and not upper_inf(o.valid)
        order by upper(o.valid) desc limit 1) as "oldStreet",
      (select count(*)::int from registry.premises p join registry.account a on a.premises_id = p.id and a.closed_on is null
        where p.house_id = h.id) as accounts
    from registry.house h join registry.street_name n on n.street_id = h.street_id and upper_inf(n.valid)
    where ($1::text[] is null or h.district::text = any($1))
      and ($2::text is null or lower(n.name || ', ' || h.number_text) like '%' || lower($2) || '%' or h.code = upper($2))`,
  id: { column: 'id', type: 'int4' },
  sorts: { address: { column: 'address', type: 'text' } },
  first: 'address',
  uncounted: true,
};

export const HOUSE = `
  select h.id, h.code, n.type_short || ' ' || n.name || ', ' || h.number_text as address, h.year_built as "yearBuilt", h.district::int as district,
    jsonb_build_object('kind', h.kind, 'floors', h.floors, 'entrances', h.entrances, 'flats', h.flats, 'flatsArea', h.flats_area::text,
      'nonResidentialArea', h.non_residential_area::text, 'commonArea', h.common_area::text, 'lift', h.lift, 'heating', h.heating,
      'hotWater', h.hot_water, 'sewer', h.sewer, 'stove', h.stove, 'postcode', h.postcode) as passport,
    coalesce((select jsonb_agg(jsonb_build_object('number', e.number, 'firstFlat', e.first_flat, 'lastFlat', e.last_flat, 'lift', e.lift,
      'from', lower(e.valid)) order by e.number)
      from registry.entrance e where e.house_id = h.id and upper_inf(e.known) and e.valid @> platform.today()), '[]') as entrances,
    coalesce((select jsonb_agg(jsonb_build_object('from', lower(f.valid), 'to', upper(f.valid) - 1, 'reason', f.reason, 'recordedBy', f.recorded_by,
      'recordedAt', to_char(lower(f.known) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'floors', f.floors, 'flats', f.flats,
      'flatsArea', f.flats_area::text, 'heating', f.heating, 'lift', f.lift) order by lower(f.valid) desc nulls last)
      from registry.house_fact f where f.house_id = h.id and upper_inf(f.known)), '[]') as history,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'number', p.number, 'kind', p.kind, 'floor', p.floor,
      'area', (select f.total_area::text from registry.premises_fact f where f.premises_id = p.id and upper_inf(f.known) and f.valid @> platform.today()),
      'account', (select a.number from registry.account a where a.premises_id = p.id and a.closed_on is null limit 1))
      order by lpad(substring(p.number from '^\\d+'), 6, '0'), p.number) from registry.premises p where p.house_id = h.id), '[]') as premises
  from registry.house h join registry.street_name n on n.street_id = h.street_id and upper_inf(n.valid) where h.id = $1`;
