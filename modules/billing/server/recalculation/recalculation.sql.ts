import type { ListDef } from '@komplat/server';

const DOCUMENT = `
  select c.*, (c.plus_kop + c.minus_kop)::bigint as total_kop, (select array_agg(s.code order by s.pay_order) from tariffs.pub_service_v1 s
    where s.id = any(c.service_ids)) as services
  from billing.correction c`;
export const DOCUMENT_SQL = `${DOCUMENT} where c.id = $1 and ($2::text is null or c.made_by = $2)`;

/** $1 only of this login, $2 state, $3 part of the number or the decision. */
export const DOCUMENTS: ListDef = {
  sql: `${DOCUMENT} where ($1::text is null or c.made_by = $1) and ($2::text is null or c.state = $2)
    and ($3::text is null or c.number ilike '%' || $3 || '%' or c.decision ilike '%' || $3 || '%' or c.scope ->> 'account' like replace($3, ' ', '') || '%')`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    made: { column: 'made_at', type: 'timestamptz' },
    number: { column: 'number', type: 'text' },
    state: { column: 'state', type: 'text' },
    accounts: { column: 'touched', type: 'int4' },
    total: { column: 'total_kop', type: 'int8' },
  },
  first: '-made',
  sums: { total: 'total_kop' },
};

/** $1 document, $2 beginning of an account, $3 only lines that could not be calculated (or only the others). */
export const LINES: ListDef = {
  sql: `select concat_ws('.', l.account_id, to_char(l.month, 'YYYYMM'), l.service_id, l.provider_id) as key, a.number as account, l.month,
      s.code as service, p.code as provider, l.before_kop, l.after_kop, l.difference_kop, l.failed, c.reason, c.decision, c.number as document
    from billing.correction_line l join billing.correction c on c.id = l.correction_id
    join registry.pub_account_v1 a on a.account_id = l.account_id
    join tariffs.pub_service_v1 s on s.id = l.service_id join tariffs.pub_provider_v1 p on p.id = l.provider_id
    where l.correction_id = $1 and ($2::text is null or a.number like replace($2, ' ', '') || '%')
      and ($3::boolean is null or (l.failed is not null) = $3)`,
  id: { column: 'key', type: 'text' },
  sorts: {
    account: { column: 'account', type: 'text' },
    month: { column: 'month', type: 'date' },
    service: { column: 'service', type: 'text' },
    before: { column: 'before_kop', type: 'int8' },
    after: { column: 'after_kop', type: 'int8' },
    difference: { column: 'difference_kop', type: 'int8' },
  },
  first: 'account',
  sums: { before: 'before_kop', after: 'after_kop', difference: 'difference_kop' },
};

export const BY_MONTH_SQL = `
  select month, count(*)::int as lines, sum(before_kop)::bigint as before_kop, sum(before_kop + difference_kop)::bigint as after_kop
  from billing.correction_line where correction_id = $1 and failed is null group by month order by month`;
export const BY_SERVICE_SQL = `
  select s.code as service, p.code as provider, count(*)::int as lines, sum(l.before_kop)::bigint as before_kop,
    sum(l.before_kop + l.difference_kop)::bigint as after_kop
  from billing.correction_line l join tariffs.pub_service_v1 s on s.id = l.service_id join tariffs.pub_provider_v1 p on p.id = l.provider_id
  where l.correction_id = $1 and l.failed is null group by s.code, s.pay_order, p.code order by s.pay_order, p.code`;

export const LIMIT_SQL = `select approval_kop, months, account_months, act, mark from billing.correction_limit where valid @> platform.today()`;
export const SERVICE_IDS_SQL = `select id, code from tariffs.pub_service_v1 where code = any($1::text[])`;

/** Accounts of a scope: $1 numbers, $2 house, $3 provider, $4 first day, $5 first day after the last month. */
export const ACCOUNTS_SQL = `
  select a.account_id as id, a.number from registry.pub_account_v1 a where a.number = any($1::text[])
  union select a.account_id, a.number from registry.pub_account_v1 a join registry.pub_address_v1 d on d.premises_id = a.premises_id
    where d.house_code = $2
  union select a.account_id, a.number from registry.pub_account_v1 a join tariffs.pub_supply_v1 s on s.account_id = a.account_id
    join tariffs.pub_provider_v1 p on p.id = s.provider_id
    where p.code = $3 and s.valid && daterange($4::date, $5::date)
  order by 1`;
/** Services that a provider supplies to anybody in the months. */
export const PROVIDER_SERVICES_SQL = `
  select distinct s.service_id as id from tariffs.pub_supply_v1 s join tariffs.pub_provider_v1 p on p.id = s.provider_id
  where p.code = $1 and s.valid && daterange($2::date, $3::date) order by 1`;

export const INSERT_SQL = `
  insert into billing.correction (id, number, reason, decision, scope, account_ids, service_ids, from_month, to_month, touched, lines, failed,
    plus_kop, minus_kop, digest, needs_approval, made_by)
  values ($1, billing.next_correction(extract(year from platform.today())::int), $2, $3, $4, $5::int[], $6::smallint[], $7, $8, $9, $10, $11,
    $12, $13, $14, $15, $16)`;
export const INSERT_LINES_SQL = `
  insert into billing.correction_line (correction_id, account_id, service_id, provider_id, month, before_kop, after_kop, difference_kop, failed)
  select $1, l.account_id, l.service_id, l.provider_id, l.month, l.before_kop, l.after_kop, l.difference_kop, l.failed from r_line l
  order by l.account_id, l.month, l.service_id, l.provider_id`;
