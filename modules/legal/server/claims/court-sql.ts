import { TARGET } from './target-sql.ts';

/** The court of an address on the day $2: the narrowest area that holds it. */
const courtOf = (place: string): string => `
  (select a.court_code from legal.court_area a where a.valid @> $2::date
    and (a.house_id = ${place}.house_id or a.district = ${place}.district or (a.house_id is null and a.district is null))
  order by a.house_id nulls last, a.district nulls last limit 1)`;

/**
 * The court of every item: the one that a person chose, or that of the registered residence of the first grown-up debtor (owner before
 * holder before resident), or, when no residence is known, that of the flat (ЦПК ст. 27, ст. 28 ч. 10). What has no court stays without.
 * $1 items, $2 day, $3 chosen court or null, $4 rule `residence` or `property`.
 */
export const COURTS = `
  with ${TARGET},
  home as (
    select distinct on (t.item_id) t.item_id, x.house_id, x.district, x.address
    from target t join legal.claim_debtor d on d.item_id = t.item_id and not d.minor
    join registry.pub_residence_v1 r on r.person_id = d.person_id and r.kind = 'registered' and r.valid @> $2::date
    join registry.pub_address_v1 x on x.premises_id = r.premises_id
    where $4 = 'residence'
    order by t.item_id, case d.role when 'owner' then 1 when 'holder' then 2 else 3 end, (r.premises_id = t.premises_id) desc, d.person_id, x.premises_id),
  place as (
    select t.item_id, h.item_id is not null as lived, coalesce(h.house_id, x.house_id) as house_id, coalesce(h.district, x.district) as district,
      coalesce(h.address, x.address) as address
    from target t join registry.pub_address_v1 x on x.premises_id = t.premises_id left join home h on h.item_id = t.item_id)
  update legal.claim_item i set court_code = coalesce($3, ${courtOf('p')}), court_place = p.address,
    court_by = case when $3 is not null then 'chosen' when p.lived then 'residence' else 'property' end
  from place p where i.id = p.item_id`;
