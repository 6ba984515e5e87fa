import type { ListDef } from '@komplat/server';

/** Rows of one file on their way in. */
export const STAGE = `
create temporary table award_in (line int, account_text text, case_number text, holder text, first_day date, months int, raw jsonb, code text,
  params jsonb) on commit drop;
create temporary table part_in (line int, service text, amount_kop bigint) on commit drop`;

/** A service that the city does not know cannot be supplied to anybody. */
export const KNOWN_SERVICES = `
update award_in i set code = 'benefits.row.no-supply', params = jsonb_build_object('service', p.service)
from part_in p where p.line = i.line and i.code is null and not exists (select from tariffs.pub_service_v1 s where s.code = p.service)`;

/** Accounts by their own number, else by a number of social protection or a provider that only one account has. */
export const TAKE_ROWS = `
with wanted as (
  select line, account_text, ltrim(regexp_replace(account_text, '\\D', '', 'g'), '0') as digits from award_in
), alias as (
  select w.line, min(l.account_id) as account_id, count(distinct l.account_id) as found
  from wanted w join registry.pub_alias_v1 l on ltrim(l.number, '0') = w.digits
  where w.digits <> '' and length(w.account_text) < 10 group by 1
)
insert into benefits.award_row (file_id, line, account_text, account_id, case_number, holder, months, sum_kop, raw, outcome, code, params)
select $1, i.line, i.account_text, coalesce(a.account_id, case when l.found = 1 then l.account_id end), i.case_number, i.holder,
  daterange(i.first_day, (i.first_day + make_interval(months => i.months))::date),
  (select sum(p.amount_kop) * i.months from part_in p where p.line = i.line), i.raw,
  case when i.code is null then 'ready' else 'rejected' end, i.code, i.params
from award_in i
left join registry.pub_account_v1 a on a.number = regexp_replace(i.account_text, '\\s', '', 'g')
left join alias l on l.line = i.line`;

export const TAKE_PARTS = `
insert into benefits.award_part (file_id, line, service_id, amount_kop)
select $1, p.line, s.id, sum(p.amount_kop) from part_in p join tariffs.pub_service_v1 s on s.code = p.service
group by p.line, s.id having sum(p.amount_kop) <> 0`;

/** $1 = the file. Each rule marks rows that are still ready; the code names it. */
const rule = (code: string, rows: string): string => `
update benefits.award_row r set outcome = 'rejected', code = '${code}', params = q.params
from (${rows}) q where r.file_id = $1 and r.line = q.line and r.outcome = 'ready'`;

const READY = `from benefits.award_row r where r.file_id = $1 and r.outcome = 'ready'`;
const PARTS = `from benefits.award_row r join benefits.award_part p on p.file_id = r.file_id and p.line = r.line
  join tariffs.pub_service_v1 s on s.id = p.service_id where r.file_id = $1 and r.outcome = 'ready'`;

export const RULES: readonly string[] = [
  rule('benefits.row.account-unknown', `select r.line, jsonb_build_object('account', r.account_text) as params ${READY} and r.account_id is null`),
  rule(
    'benefits.row.account-closed',
    `select r.line, jsonb_build_object('account', a.number, 'day', a.closed_on) as params
     from benefits.award_row r join registry.pub_account_v1 a on a.account_id = r.account_id
     where r.file_id = $1 and r.outcome = 'ready' and a.closed_on <= lower(r.months)`,
  ),
  rule(
    'benefits.row.no-supply',
    `select r.line, jsonb_build_object('service', min(s.code)) as params ${PARTS}
     and not exists (select from tariffs.pub_supply_v1 u where u.account_id = r.account_id and u.service_id = p.service_id and u.valid && r.months)
     group by r.line`,
  ),
  rule(
    'benefits.row.twice-in-file',
    `select r.line, jsonb_build_object('line', min(o.line)) as params
     from benefits.award_row r join benefits.award_part p on p.file_id = r.file_id and p.line = r.line
     join benefits.award_row o on o.file_id = r.file_id and o.account_id = r.account_id and o.line < r.line and o.months && r.months
       and o.outcome = 'ready'
     join benefits.award_part q on q.file_id = o.file_id and q.line = o.line and q.service_id = p.service_id
       and sign(q.amount_kop) = sign(p.amount_kop)
     where r.file_id = $1 and r.outcome = 'ready' group by r.line`,
  ),
  rule(
    'benefits.row.already-awarded',
    `select r.line, jsonb_build_object('service', min(s.code), 'document', min(w.document)) as params
     from benefits.award_row r join benefits.award_part p on p.file_id = r.file_id and p.line = r.line
     join tariffs.pub_service_v1 s on s.id = p.service_id
     join benefits.award w on w.account_id = r.account_id and w.service_id = p.service_id and w.months && r.months and w.kind = 'award'
     where r.file_id = $1 and r.outcome = 'ready' and p.amount_kop > 0
       and (select sum(n.amount_kop) from benefits.pub_award_v1 n
         where n.account_id = r.account_id and n.service_id = p.service_id and r.months @> n.period) > 0
     group by r.line`,
  ),
  rule(
    'benefits.row.return-above-award',
    `select line, jsonb_build_object('service', min(code)) as params from (
       select r.line, s.code, m.period, p.amount_kop + coalesce((select sum(n.amount_kop) from benefits.pub_award_v1 n
           where n.account_id = r.account_id and n.service_id = p.service_id and n.period = m.period), 0) as rest
       from benefits.award_row r join benefits.award_part p on p.file_id = r.file_id and p.line = r.line
       join tariffs.pub_service_v1 s on s.id = p.service_id join benefits.month m on r.months @> m.period
       where r.file_id = $1 and r.outcome = 'ready' and p.amount_kop < 0) q
     where rest < 0 group by line`,
  ),
];

export const COUNT_ROWS = `
update benefits.award_file f set rows = q.rows, rejected = q.rejected, sum_kop = q.kop
from (select count(*)::int as rows, count(*) filter (where outcome = 'rejected')::int as rejected,
    coalesce(sum(sum_kop) filter (where outcome = 'ready'), 0)::bigint as kop
  from benefits.award_row where file_id = $1) q
where f.id = $1 returning q.rejected`;

/** $1 file, $2 who, $3 why. */
export const POST_ROWS = `
insert into benefits.award (account_id, service_id, months, amount_kop, kind, regime, document, file_id, line, reason, recorded_by)
select r.account_id, p.service_id, r.months, p.amount_kop, case when p.amount_kop < 0 then 'return' else 'award' end, f.regime,
  coalesce('справа ' || r.case_number || ', ', '') || f.file_name, f.id, r.line, $3, $2
from benefits.award_row r join benefits.award_part p on p.file_id = r.file_id and p.line = r.line
join benefits.award_file f on f.id = r.file_id
where r.file_id = $1 and r.outcome = 'ready'`;

/** Files: $1 state or null. */
export const FILES: ListDef = {
  sql: `select * from benefits.award_file where $1::text is null or state = $1`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    uploaded: { column: 'uploaded_at', type: 'timestamptz' },
    month: { column: 'month', type: 'date' },
    file: { column: 'file_name', type: 'text' },
    sum: { column: 'sum_kop', type: 'int8' },
  },
  first: '-uploaded',
  sums: { sum: 'sum_kop' },
};

/** Rows of a file: $1 file, $2 outcome or null. */
export const FILE_ROWS: ListDef = {
  sql: `
    select r.line, r.account_text, a.number, r.case_number, r.holder, lower(r.months)::text as first_day, (upper(r.months) - 1)::text as last_day,
      r.sum_kop, r.outcome, r.code, r.params,
      coalesce((select jsonb_agg(jsonb_build_object('service', s.code, 'kop', p.amount_kop::text) order by s.pay_order)
        from benefits.award_part p join tariffs.pub_service_v1 s on s.id = p.service_id where p.file_id = r.file_id and p.line = r.line), '[]') as parts
    from benefits.award_row r left join registry.pub_account_v1 a on a.account_id = r.account_id
    where r.file_id = $1 and ($2::text is null or r.outcome = $2)`,
  id: { column: 'line', type: 'int4' },
  sorts: {
    line: { column: 'line', type: 'int4' },
    account: { column: 'number', type: 'text' },
    sum: { column: 'sum_kop', type: 'int8' },
  },
  first: 'line',
  sums: { sum: 'sum_kop' },
};
