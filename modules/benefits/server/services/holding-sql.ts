import type { ListDef } from '@komplat/server';

/**
 * Rights of the city: $1 words or null, $2 category or null, $3 'now', 'ended' or null; $4 districts, $5 houses, $6 accounts that the reader
 * sees, null = no limit.
 */
export const HOLDINGS: ListDef = {
  sql: `
    select h.holding_id, h.version, a.number, d.address, o.full_name, h.category, c.name as category_name, c.percent::text as percent,
      h.document, lower(h.valid) as first_day, (upper(h.valid) - 1) as last_day,
      (select count(*)::int from benefits.covered_person p where p.holding_id = h.holding_id and upper_inf(p.known)) as covered
    from benefits.holding h
    join registry.pub_account_v1 a on a.account_id = h.account_id
    join registry.pub_address_v1 d on d.premises_id = a.premises_id
    left join registry.pub_person_v1 o on o.person_id = h.person_id
    left join lateral (
      select v.name, v.percent from benefits.category v where v.code = h.category and upper_inf(v.known) and v.valid && h.valid
      order by lower(v.valid) desc limit 1) c on true
    where upper_inf(h.known)
      and ($1::text is null or a.number like replace($1, ' ', '') || '%' or lower(d.address) like '%' || lower($1) || '%'
        or lower(o.full_name) like '%' || lower($1) || '%' or lower(h.document) like lower($1) || '%')
      and ($2::text is null or h.category = $2)
      and ($3::text is null or (h.valid @> platform.today()) = ($3 = 'now'))
      and ($4::int[] is null or a.district = any($4)) and ($5::text[] is null or d.house_code = any($5))
      and ($6::text[] is null or a.number = any($6))`,
  id: { column: 'holding_id', type: 'uuid' },
  sorts: {
    account: { column: 'number', type: 'text' },
    holder: { column: 'full_name', type: 'text' },
    category: { column: 'category', type: 'text' },
    from: { column: 'first_day', type: 'date' },
    to: { column: 'last_day', type: 'date' },
  },
  first: 'account',
};

/** $1 account, $2 day, $3 instant of knowledge. */
export const ACCOUNT_HOLDINGS = `
  select h.holding_id as id, h.version, h.person_id as "personId", o.full_name as holder, h.category, coalesce(c.name, h.category)
      as "categoryName",
    c.percent::text as percent, c.mark, h.document, h.document_date as "documentDate", h.income_per_person_kop as "incomeKop",
    lower(h.valid)::text as "from", (upper(h.valid) - 1)::text as "to", h.reason,
    coalesce((select jsonb_agg(jsonb_build_object('personId', p.person_id, 'name', n.full_name, 'relation', p.relation,
        'from', lower(p.valid)::text, 'to', (upper(p.valid) - 1)::text) order by p.relation <> 'holder', p.person_id)
      from benefits.covered_person p
      left join registry.pub_person_v1 n on n.person_id = p.person_id
      where p.holding_id = h.holding_id and p.known @> $3::timestamptz), '[]') as covered
  from benefits.holding h
  left join registry.pub_person_v1 o on o.person_id = h.person_id
  left join lateral (select name, percent, mark from benefits.category v
    where v.code = h.category and v.known @> $3::timestamptz and v.valid @> greatest(lower(h.valid), least($2::date, upper(h.valid) - 1))) c on true
  where h.account_id = $1 and h.known @> $3::timestamptz
  order by lower(h.valid) desc, h.holding_id`;

export const ACCOUNT_ENTITLEMENTS = `
  select s.code as service, s.name as "serviceName", e.category, e.percent::text, e.covered, trim_scale(e.norm)::text as norm,
    trim_scale(e.norm_addition)::text as "normAddition", e.regime, e.mark, lower(e.valid)::text as "from", (upper(e.valid) - 1)::text as "to"
  from benefits.entitlement e join tariffs.pub_service_v1 s on s.id = e.service_id
  where e.account_id = $1 and e.valid @> $2::date order by s.pay_order, e.percent desc, e.holding_id`;

export const ACCOUNT_AWARDS = `
  select s.code as service, s.name as "serviceName", lower(w.months)::text as "from", (upper(w.months) - 1)::text as "to",
    w.amount_kop as "amountKop", w.kind, w.regime, w.document
  from benefits.award w join tariffs.pub_service_v1 s on s.id = w.service_id
  where w.account_id = $1 and w.recorded_at <= $2::timestamptz order by lower(w.months) desc, s.pay_order, w.id limit 200`;

export const ACCOUNT_RESIDENTS = `
  select r.person_id as "personId", n.full_name as name, r.kind, lower(r.valid)::text as "from", (upper(r.valid) - 1)::text as "to"
  from registry.pub_residence_v1 r join registry.pub_account_v1 a on a.premises_id = r.premises_id
  left join registry.pub_person_v1 n on n.person_id = r.person_id
  where a.account_id = $1 and r.kind <> 'owner' order by lower(r.valid), r.person_id`;
