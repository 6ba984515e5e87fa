import { Migration } from '@mikro-orm/migrations';

const SUMS = `opening_kop bigint not null, charged_kop bigint not null, recalculated_kop bigint not null, benefit_kop bigint not null,
  subsidy_kop bigint not null, paid_kop bigint not null, closing_kop bigint not null`;

const TABLES = `
-- A file of the old system. Its lines are entries of the ledger: id = first_id + 8 * line + place of the column in the file's order.
create table billing.history_file (
  id uuid not null primary key,
  kind text not null check (kind in ('balances')),
  file_name text not null,
  file_hash text not null,
  size bigint not null,
  format text not null check (format in ('csv', 'dbf')),
  encoding text not null,
  separator text null,
  columns jsonb not null,
  mapping jsonb not null,
  alias_owner text not null,
  state text not null check (state in ('new', 'wrong', 'checked', 'loading', 'loaded', 'cancelled')),
  line_count int null,
  row_count int null,
  wrong_count int null,
  first_id bigint null,
  control_name text null,
  no_control_reason text null,
  uploaded_by text not null,
  uploaded_at timestamptz not null default now(),
  loaded_by text null,
  loaded_at timestamptz null,
  cancel_reason text null
);
create unique index history_file_once on billing.history_file (file_hash) where state <> 'cancelled';

-- How the columns of a layout are read: the next file with the same head finds it.
create table billing.history_mapping (
  head_hash text not null primary key,
  mapping jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null default now()
);

-- What the sender says the file holds, and what it holds.
create table billing.history_control (file_id uuid not null, period date not null, provider_id smallint not null, row_count int null, ${SUMS},
  primary key (file_id, period, provider_id));
create table billing.history_total (file_id uuid not null, period date not null, provider_id smallint not null, row_count int not null,
  posting_id bigint not null default nextval('platform.mass_id'), ${SUMS}, primary key (file_id, period, provider_id));

create table billing.history_error (
  file_id uuid not null,
  line int not null,
  code text not null,
  params jsonb not null default '{}',
  raw text null,
  primary key (file_id, line, code)
);

create table billing.history_batch (
  file_id uuid not null,
  batch_no int not null,
  from_account int not null,
  to_account int not null,
  row_count int not null,
  checked_at timestamptz null,
  done_at timestamptz null,
  primary key (file_id, batch_no)
);

-- Lines of the one file that is being checked or loaded. Not logged: after a crash of the server the file is read again.
create table billing.history_slot (id int not null primary key check (id = 1), file_id uuid null);
insert into billing.history_slot values (1, null);
create unlogged table billing.history_stage (line int not null, account_id int not null, service_id smallint not null, provider_id smallint not null,
  month int not null, period date not null, ${SUMS}) with (autovacuum_enabled = off);
create index history_stage_account on billing.history_stage using brin (account_id) with (pages_per_range = 16);

create function billing.history_clear() returns void language sql security definer set search_path = pg_catalog as
  $$ truncate billing.history_stage $$;
`;

const CHECK = `
-- Totals, batches of about p_rows lines that leave no account between them, and what is wrong with months and providers as a whole.
create function billing.history_plan(p_file uuid, p_rows int) returns void language plpgsql as $$
  begin
    delete from billing.history_total where file_id = p_file;
    delete from billing.history_batch where file_id = p_file;
    insert into billing.history_total (file_id, period, provider_id, row_count, opening_kop, charged_kop, recalculated_kop, benefit_kop,
        subsidy_kop, paid_kop, closing_kop)
      select p_file, period, provider_id, count(*), sum(opening_kop), sum(charged_kop), sum(recalculated_kop), sum(benefit_kop),
        sum(subsidy_kop), sum(paid_kop), sum(closing_kop) from billing.history_stage group by period, provider_id order by 2, 3;
    insert into billing.history_batch (file_id, batch_no, from_account, to_account, row_count)
      select p_file, row_number() over w, coalesce(lag(q.last) over w + 1, 0),
        case when lead(q.last) over w is null then 2147483647 else q.last end, q.rows from (
        select a.piece, max(a.account_id) as last, sum(a.rows)::int as rows from (
          select account_id, rows, div(sum(rows) over (order by account_id) - rows, p_rows) as piece
          from (select account_id, count(*) as rows from billing.history_stage group by account_id) c) a
        group by a.piece) q window w as (order by q.piece);
  end $$;

-- The first month of a provider in the file, the last one, and the month before when the book has it.
create view billing.history_span as
  select t.file_id, t.provider_id, min(t.period) as first, max(t.period) as last, count(*)::int as months,
    exists (select from platform.period_lane l where l.provider_id = t.provider_id and l.state = 'locked'
      and l.period = (min(t.period) - interval '1 month')::date) as continued
  from billing.history_total t group by t.file_id, t.provider_id;

-- What is wrong with whole months: code, month, provider, difference. Nothing of such a file is loaded.
create function billing.history_refusals(p_file uuid)
  returns table(code text, period date, provider_id smallint, what text, stated bigint, found bigint) language sql stable as $$
  select 'future', t.period, t.provider_id, null::text, null::bigint, null::bigint from billing.history_total t
    where t.file_id = p_file and t.period >= platform.current_period()
  union all
  select 'closed', t.period, t.provider_id, l.state, null, null from billing.history_total t
    join platform.period_lane l on l.period = t.period and l.provider_id = t.provider_id
    where t.file_id = p_file and l.state <> 'open'
  union all
  select 'month-missing', s.first, s.provider_id, null, s.months, (extract(year from age(s.last, s.first)) * 12
    + extract(month from age(s.last, s.first)) + 1)::bigint from billing.history_span s
    where s.file_id = p_file and s.months <> extract(year from age(s.last, s.first)) * 12 + extract(month from age(s.last, s.first)) + 1
  union all
  select 'later-lines', s.last, s.provider_id, null, null, null from billing.history_span s where s.file_id = p_file and (
    exists (select from billing.period_balance b where b.provider_id = s.provider_id and b.period > s.last)
    or exists (select from billing.ledger_entry b where b.provider_id = s.provider_id and b.period > s.last)
    or exists (select from billing.accrual b where b.provider_id = s.provider_id and b.period > s.last))
  union all
  select 'not-next', s.first, s.provider_id, null, null, null from billing.history_span s where s.file_id = p_file and not s.continued and (
    exists (select from billing.period_balance b where b.provider_id = s.provider_id and b.period < s.first)
    or exists (select from billing.ledger_entry b where b.provider_id = s.provider_id and b.period < s.first))
  union all
  select 'control-missing', t.period, t.provider_id, null, null, null from billing.history_total t
    where t.file_id = p_file and exists (select from billing.history_control c where c.file_id = p_file)
      and not exists (select from billing.history_control c where c.file_id = p_file and c.period = t.period and c.provider_id = t.provider_id)
  union all
  select 'control', c.period, c.provider_id, v.what, v.stated, v.found from billing.history_control c
    left join billing.history_total t using (file_id, period, provider_id)
    cross join lateral (values ('rows', c.row_count::bigint, coalesce(t.row_count, 0)::bigint), ('opening', c.opening_kop, coalesce(t.opening_kop, 0)),
      ('charged', c.charged_kop, coalesce(t.charged_kop, 0)), ('recalculated', c.recalculated_kop, coalesce(t.recalculated_kop, 0)),
      ('benefit', c.benefit_kop, coalesce(t.benefit_kop, 0)), ('subsidy', c.subsidy_kop, coalesce(t.subsidy_kop, 0)),
      ('paid', c.paid_kop, coalesce(t.paid_kop, 0)), ('closing', c.closing_kop, coalesce(t.closing_kop, 0))) v(what, stated, found)
    where c.file_id = p_file and v.stated <> v.found
$$;

-- Lines of a batch that do not add up or do not follow the month before; at most p_limit are kept, all are counted.
create function billing.history_check_batch(p_file uuid, p_from int, p_to int, p_limit int) returns int language plpgsql as $$
  declare v_wrong int;
  begin
    with span as materialized (
      select provider_id, first, last, continued, (extract(year from first) * 12 + extract(month from first) - 1)::int as first_month,
        (extract(year from last) * 12 + extract(month from last) - 1)::int as last_month
      from billing.history_span where file_id = p_file
    ), line as (
      select s.line, s.account_id, s.service_id, s.provider_id, s.month, s.opening_kop, s.closing_kop,
        s.opening_kop + s.charged_kop + s.recalculated_kop - s.benefit_kop - s.subsidy_kop - s.paid_kop as counted_kop
      from billing.history_stage s where s.account_id between p_from and p_to
      union all
      select null, b.account_id, b.service_id, b.provider_id, s.first_month - 1, null, b.closing_kop, b.closing_kop
      from span s cross join lateral (select x.account_id, x.service_id, x.provider_id, x.closing_kop from billing.period_balance x
        where s.continued and x.provider_id = s.provider_id and x.period = (s.first - interval '1 month')::date
          and x.account_id between p_from and p_to and x.closing_kop <> 0) b
    ), q as (
      select l.*, lag(month) over w as before_month, lag(closing_kop) over w as before_kop, lead(month) over w as after_month
      from line l window w as (partition by account_id, service_id, provider_id order by month, line)
    ), r as (
      select q.*, s.last_month, month = s.first_month and not s.continued as is_first,
        case when before_month = month - 1 then before_kop else 0 end as carried_kop
      from q join span s using (provider_id)
    ), wrong as (
      select line, 'arithmetic' as code, closing_kop as stated, counted_kop as found from r where closing_kop <> counted_kop
      union all
      select line, 'repeated', null, null from r where before_month = month
      union all
      select line, 'chain', opening_kop, carried_kop from r
        where line is not null and not is_first and before_month is distinct from month and opening_kop <> carried_kop
      union all
      select coalesce(line, -account_id), case when line is null then 'lost' else 'no-next' end, closing_kop, account_id from r
        where closing_kop <> 0 and case when after_month is null then month < last_month else after_month > month + 1 end
    ), kept as (
      insert into billing.history_error (file_id, line, code, params)
        select p_file, line, code, case code when 'lost' then jsonb_build_object('stated', wrong.stated::text, 'account', wrong.found::text)
          else jsonb_build_object('stated', wrong.stated::text, 'found', wrong.found::text) end from wrong order by line limit p_limit
      on conflict do nothing
    )
    select count(*)::int into v_wrong from wrong;
    update billing.history_batch set checked_at = now() where file_id = p_file and from_account = p_from;
    return v_wrong;
  end $$;
`;

/** Creates the tables of loaded files and their checks. */
export class BillingHistory extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(CHECK);
  }
}
