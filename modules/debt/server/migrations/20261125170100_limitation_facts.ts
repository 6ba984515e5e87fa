import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- What begins a term of limitation, and how many days after it the first day of the term is. An event without a row in force begins none.
create table debt.limitation_start (
  id int not null primary key,
  event text not null check (event in ('due', 'acknowledgement', 'payment')),
  days_after smallint not null check (days_after between 0 and 31),
  valid daterange not null,
  act text not null,
  mark text not null,
  exclude using gist (event with =, valid with &&)
);

-- Derived from the terms and the stops for every first day of a term: sets are joined with it.
create table debt.limitation_day (
  kind text not null,
  starts_on date not null,
  counts_from date not null,
  ends_on date not null,
  primary key (kind, starts_on)
);

-- The debtor acknowledged the debt or paid a part of it (ЦКУ ст. 264): stored facts with their document.
create table debt.acknowledgement (
  id uuid not null primary key,
  account_id int not null,
  provider_id smallint null,
  months daterange null check (not isempty(months) and not lower_inf(months) and not upper_inf(months)),
  form text not null check (form in ('letter', 'act', 'contract', 'deferral', 'payment')),
  on_day date not null,
  payment_id bigint null,
  document text not null check (length(document) >= 3),
  reason text not null check (length(reason) >= 10),
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  withdrawn_by text null,
  withdrawn_reason text null,
  withdrawn_at timestamptz null,
  check ((form = 'payment') = (payment_id is not null)),
  check ((withdrawn_by is null) = (withdrawn_at is null) and (withdrawn_by is null) = (withdrawn_reason is null))
);
create index acknowledgement_account on debt.acknowledgement (account_id);
create unique index acknowledgement_payment on debt.acknowledgement (payment_id, coalesce(provider_id, 0::smallint)) where withdrawn_at is null;
`;

/** The four cases of law.md 4.1, stop by stop over all days at once; the pure rule of the domain gives the same ends. */
const CALENDAR = `
create function debt.fill_limitation_days() returns trigger language plpgsql as $$
  declare v_stop record;
  begin
    delete from debt.limitation_day;
    insert into debt.limitation_day (kind, starts_on, counts_from, ends_on)
      select t.kind, d.day::date, d.day::date, (d.day + make_interval(years => t.years))::date
      from generate_series(date '1991-01-01', date '2060-12-31', '1 day') d(day) join debt.limitation_term t on t.valid @> d.day::date;
    for v_stop in select lower(period) as first, coalesce(upper(period), date '2091-01-01') as resumes from debt.limitation_stop order by period loop
      update debt.limitation_day x set
        ends_on = case when x.counts_from >= v_stop.first then (v_stop.resumes + make_interval(years => t.years))::date
          else v_stop.resumes + (x.ends_on - v_stop.first) end,
        counts_from = case when x.counts_from >= v_stop.first then v_stop.resumes else x.counts_from end
      from debt.limitation_term t
      where t.kind = x.kind and t.valid @> x.starts_on and x.ends_on > v_stop.first and x.counts_from < v_stop.resumes;
    end loop;
    return null;
  end $$;
create trigger limitation_term_days after insert or update or delete on debt.limitation_term
  for each statement execute function debt.fill_limitation_days();
create trigger limitation_stop_days after insert or update or delete on debt.limitation_stop
  for each statement execute function debt.fill_limitation_days();
`;

const SEED = `
insert into debt.limitation_start (id, event, days_after, valid, act, mark) values
  (1, 'due', 1, '[1990-01-01,)', 'ЦКУ ст. 253, 261 ч. 5', 'confirmed'),
  (2, 'acknowledgement', 1, '[1990-01-01,)', 'ЦКУ ст. 264 ч. 1, 3', 'general knowledge'),
  (3, 'payment', 1, '[1990-01-01,)', 'ЦКУ ст. 264 ч. 1, 3: часткова оплата, зроблена боржником', 'needs a lawyer');
-- the calendar is made by the triggers: one statement is enough
update debt.limitation_term set mark = mark;
`;

const VIEWS = `
-- The last day in time of the general term by the last day to pay; without interruptions.
create view debt.limitation_due as
  select d.starts_on - r.days_after as due_on, d.starts_on, d.ends_on
  from debt.limitation_start r join debt.limitation_day d on d.kind = 'general' and r.valid @> (d.starts_on - r.days_after)
  where r.event = 'due';

-- Open months whose term began anew: an interruption counts while the term before it still ran.
create view debt.interrupted_item as
  with applied as (
    select i.account_id, i.debt_month, i.service_id, i.provider_id, a.id, a.on_day, d.ends_on as due_ends, n.starts_on, n.ends_on
    from debt.acknowledgement a
    join billing.pub_open_item_v1 i on i.account_id = a.account_id and (a.provider_id is null or a.provider_id = i.provider_id)
      and (a.months is null or a.months @> i.debt_month)
    join debt.limitation_start r on r.event = 'due' and r.valid @> i.due_on
    join debt.limitation_day d on d.kind = 'general' and d.starts_on = i.due_on + r.days_after
    join debt.limitation_start e on e.event = case a.form when 'payment' then 'payment' else 'acknowledgement' end and e.valid @> a.on_day
    join debt.limitation_day n on n.kind = 'general' and n.starts_on = a.on_day + e.days_after
    where a.withdrawn_at is null and a.on_day >= d.starts_on
      and (a.payment_id is null or exists (select from payments.pub_payment_v1 y where y.payment_id = a.payment_id and y.rolled_back_at is null))),
  linked as (
    select p.*, lag(p.ends_on, 1, p.due_ends) over (partition by p.account_id, p.debt_month, p.service_id, p.provider_id order by p.on_day, p.id) as before
    from applied p),
  taken as (
    select l.*, bool_and(l.on_day <= l.before) over (partition by l.account_id, l.debt_month, l.service_id, l.provider_id order by l.on_day, l.id) as counts
    from linked l)
  select distinct on (account_id, debt_month, service_id, provider_id) account_id, debt_month, service_id, provider_id,
    id as acknowledgement_id, on_day as interrupted_on, starts_on, ends_on
  from taken where counts order by account_id, debt_month, service_id, provider_id, on_day desc, id desc;

create view debt.pub_claimable_v1 as
  select i.account_id, i.debt_month, i.service_id, i.provider_id, i.due_on, i.due_kop, i.outstanding_kop,
    coalesce(k.starts_on, d.starts_on) as starts_on, coalesce(k.ends_on, d.ends_on) as ends_on, k.interrupted_on, k.acknowledgement_id
  from billing.pub_open_item_v1 i
  join debt.limitation_start r on r.event = 'due' and r.valid @> i.due_on
  join debt.limitation_day d on d.kind = 'general' and d.starts_on = i.due_on + r.days_after
  left join debt.interrupted_item k on k.account_id = i.account_id and k.debt_month = i.debt_month and k.service_id = i.service_id
    and k.provider_id = i.provider_id;
`;

export class DebtLimitationFacts extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(CALENDAR);
    this.addSql(SEED);
    this.addSql(VIEWS);
  }
}
