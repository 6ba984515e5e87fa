import { Migration } from '@mikro-orm/migrations';

const CASE = `
create sequence legal.case_number;

-- One creditor, one account, one set of debtors. Where the case stands; how it came there is in the events.
create table legal.case_file (
  id uuid not null primary key,
  number text not null unique,
  account_id int not null,
  provider_id smallint not null,
  kind text null check (kind in ('order', 'claim')),
  status text not null,
  status_before text null,
  status_on date not null,
  debtors jsonb not null,
  court_code text null,
  court_number text null,
  filed_on date null,
  served_on date null,
  answer_until date null,
  order_served_on date null,
  force_on date null,
  appeal_until date null,
  present_until date null,
  hearing_on date null,
  executor_kind text null check (executor_kind in ('state', 'private')),
  executor_name text null,
  executor_number text null unique,
  pack_id uuid null,
  claim_item_id uuid null,
  awards_posted boolean not null default false,
  opened_on date not null,
  closed_on date null,
  opened_by text not null,
  workflow_id text not null,
  version int not null default 1
);
create unique index case_file_court_number on legal.case_file (court_code, court_number) where court_number is not null;
create index case_file_account on legal.case_file (account_id, provider_id);
create index case_file_status on legal.case_file (status, id);

create table legal.case_event (
  case_id uuid not null references legal.case_file (id),
  seq int not null,
  act text not null,
  happened_on date not null,
  status text not null,
  details jsonb not null,
  reason text null,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (case_id, seq)
);
comment on table legal.case_event is 'append-only';

-- Money of a case by month and part; claimed = awarded + refused, awarded = recovered + outstanding + written off.
create table legal.case_part (
  case_id uuid not null references legal.case_file (id),
  no smallint not null,
  part text not null check (part in ('principal', 'inflation', 'interest', 'penalty', 'fee')),
  service_id smallint null,
  period date null check (extract(day from period) = 1),
  claimed_kop bigint not null check (claimed_kop >= 0),
  awarded_kop bigint null check (awarded_kop >= 0),
  refused_kop bigint null check (refused_kop >= 0),
  recovered_kop bigint not null default 0 check (recovered_kop >= 0),
  written_off_kop bigint not null default 0 check (written_off_kop >= 0),
  outstanding_kop bigint not null check (outstanding_kop >= 0),
  primary key (case_id, no),
  check ((awarded_kop is null) = (refused_kop is null)),
  check (awarded_kop is null or claimed_kop = awarded_kop + refused_kop),
  check (coalesce(awarded_kop, claimed_kop) = recovered_kop + outstanding_kop + written_off_kop)
);
create unique index case_part_key on legal.case_part (case_id, part, coalesce(service_id, 0::smallint), coalesce(period, '1900-01-01'::date));

create table legal.case_document (
  id uuid not null primary key,
  case_id uuid not null references legal.case_file (id),
  event_seq int not null,
  paper text not null,
  number text not null,
  issued_on date not null,
  sha256 text null,
  file_name text null,
  media_type text null,
  added_by text not null,
  added_at timestamptz not null default now()
);
comment on table legal.case_document is 'append-only';
create index case_document_case on legal.case_document (case_id);

create table legal.case_fee (
  id uuid not null primary key,
  case_id uuid not null references legal.case_file (id),
  kind text not null check (kind in ('order', 'claim')),
  amount_kop bigint not null check (amount_kop > 0),
  paid_on date not null,
  state text not null check (state in ('paid', 'creditable', 'credited')),
  credited_case_id uuid null references legal.case_file (id),
  check ((state = 'credited') = (credited_case_id is not null))
);
create index case_fee_case on legal.case_fee (case_id);
`;

const TASKS = `
-- How long is waited for what, who answers, and when it is said before; dated, with the source and its mark.
create table legal.case_term (
  id int not null primary key,
  task text not null,
  length smallint not null check (length >= 0),
  unit text not null check (unit in ('calendar', 'working', 'months', 'years', 'given')),
  role text not null,
  remind_days smallint not null check (remind_days >= 0),
  movable boolean not null,
  valid daterange not null,
  source text not null,
  mark text not null,
  exclude using gist (task with =, valid with &&)
);

create table legal.case_task (
  id uuid not null primary key,
  case_id uuid not null references legal.case_file (id),
  term_id int not null references legal.case_term (id),
  task text not null,
  role text not null,
  opened_on date not null,
  due_on date not null,
  remind_on date not null,
  details jsonb not null,
  reminded_on date null,
  escalated_on date null,
  done_on date null
);
create index case_task_open on legal.case_task (due_on, case_id) where done_on is null;
create index case_task_case on legal.case_task (case_id);

-- In which order a receipt covers the parts of a case.
create table legal.receipt_order (
  id int not null primary key,
  source text not null check (source in ('debtor', 'executor')),
  parts text[] not null,
  valid daterange not null,
  act text not null,
  mark text not null,
  exclude using gist (source with =, valid with &&)
);

-- Money of a case: told by an executor (no payment yet) or seen in the ledger.
create table legal.case_receipt (
  id uuid not null primary key,
  case_id uuid not null references legal.case_file (id),
  source text not null check (source in ('debtor', 'executor')),
  received_on date not null,
  amount_kop bigint not null check (amount_kop > 0),
  over_kop bigint not null default 0,
  reference text null,
  payment_id bigint null,
  order_id int null references legal.receipt_order (id),
  made_by text not null,
  made_at timestamptz not null default now(),
  tied_on date null,
  undone_on date null,
  check ((payment_id is null) = (tied_on is null))
);
create unique index case_receipt_payment on legal.case_receipt (case_id, payment_id) where payment_id is not null;
create unique index case_receipt_reference on legal.case_receipt (case_id, reference) where reference is not null;

create table legal.case_receipt_part (
  receipt_id uuid not null references legal.case_receipt (id),
  no smallint not null,
  amount_kop bigint not null check (amount_kop <> 0),
  primary key (receipt_id, no)
);
comment on table legal.case_receipt_part is 'append-only';

-- Payments that a case has looked at, tied or not.
create table legal.case_payment (
  case_id uuid not null references legal.case_file (id),
  payment_id bigint not null,
  primary key (case_id, payment_id)
);

-- Lists of courts and executors: previewed, then taken row by row, each with an outcome.
create table legal.case_list (
  id uuid not null primary key,
  kind text not null check (kind in ('court', 'executor')),
  file_name text not null,
  sha256 text not null unique,
  state text not null check (state in ('preview', 'taken', 'dropped')),
  rows int not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null default now(),
  taken_by text null,
  taken_at timestamptz null
);
create table legal.case_list_row (
  list_id uuid not null references legal.case_list (id),
  line int not null,
  cells jsonb not null,
  case_id uuid null,
  act text null,
  outcome text not null check (outcome in ('ready', 'problem', 'done', 'failed')),
  code text null,
  params jsonb not null default '{}',
  primary key (list_id, line),
  check ((outcome in ('problem', 'failed')) = (code is not null))
);
`;

const SEED = `
insert into legal.case_term (id, task, length, unit, role, remind_days, movable, valid, source, mark) values
  (1, 'send-pretension', 10, 'working', 'lawyer', 2, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (2, 'serve-pretension', 30, 'calendar', 'lawyer', 5, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (3, 'pretension-answer', 30, 'calendar', 'lawyer', 3, false, '[2000-01-01,)', 'строк відповіді на претензію', 'needs a lawyer'),
  (4, 'prepare-pack', 10, 'working', 'lawyer', 2, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (5, 'file-pack', 10, 'working', 'lawyer', 2, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (6, 'order-answer', 30, 'calendar', 'lawyer', 5, true, '[2000-01-01,)', 'ЦПК ст. 167: 5 днів після запиту про місце проживання', 'general knowledge'),
  (7, 'serve-order', 30, 'calendar', 'lawyer', 5, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (8, 'order-force', 15, 'calendar', 'lawyer', 0, false, '[2000-01-01,)', 'ЦПК ст. 170: 15 днів на заяву про скасування', 'general knowledge'),
  (9, 'claim-after-order', 30, 'calendar', 'lawyer', 5, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (10, 'claim-answer', 30, 'calendar', 'lawyer', 5, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (11, 'remedy-defects', 10, 'calendar', 'lawyer', 3, false, '[2000-01-01,)', 'ЦПК ст. 185: не більше 10 днів', 'general knowledge'),
  (12, 'hearing', 0, 'given', 'lawyer', 3, false, '[2000-01-01,)', 'день призначає суд', 'confirmed'),
  (13, 'appeal-term', 30, 'calendar', 'lawyer', 5, false, '[2000-01-01,)', 'ЦПК ст. 354: 30 днів', 'general knowledge'),
  (14, 'appeal-answer', 60, 'calendar', 'lawyer', 10, true, '[2000-01-01,)', 'ЦПК ст. 371: 60 днів', 'general knowledge'),
  (15, 'receive-exec-doc', 10, 'calendar', 'lawyer', 3, true, '[2000-01-01,)', 'ЦПК ст. 172: 5 днів після набрання чинності', 'general knowledge'),
  (16, 'present', 30, 'calendar', 'lawyer', 5, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (17, 'present-limit', 3, 'years', 'lawyer', 60, false, '[2000-01-01,)', 'Закон 1404-VIII ст. 12: 3 роки', 'general knowledge'),
  (18, 'executor-inquiry', 90, 'calendar', 'lawyer', 7, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (19, 're-present', 60, 'calendar', 'lawyer', 7, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (20, 'contract-review', 31, 'calendar', 'lawyer', 3, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (21, 'settlement-review', 31, 'calendar', 'lawyer', 3, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (22, 'find-heirs', 6, 'months', 'lawyer', 30, false, '[2000-01-01,)', 'ЦКУ ст. 1270: 6 місяців на прийняття спадщини', 'needs a lawyer'),
  (23, 'account-merged', 5, 'working', 'lawyer', 1, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (24, 'find-money', 10, 'working', 'lawyer', 2, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (25, 'paid-review', 5, 'working', 'lawyer', 1, true, '[2000-01-01,)', 'правило Центру', 'proposal'),
  (26, 'order-force-gap', 5, 'calendar', 'lawyer', 0, false, '[2000-01-01,)', 'ЦПК ст. 172: 5 днів після строку на скасування', 'general knowledge');
insert into legal.receipt_order (id, source, parts, valid, act, mark) values
  (1, 'debtor', array['fee', 'interest', 'inflation', 'penalty', 'principal'], '[2000-01-01,)', 'ЦКУ ст. 534', 'needs a lawyer'),
  (2, 'executor', array['fee', 'interest', 'inflation', 'penalty', 'principal'], '[2000-01-01,)', 'ЦКУ ст. 534', 'needs a lawyer');
`;

const VIEWS = `
create view legal.pub_case_v1 as
  select c.id as case_id, c.number, c.account_id, c.provider_id, c.kind, c.status, c.closed_on is null as is_open, c.opened_on, c.filed_on,
    c.court_code, c.court_number, c.closed_on, coalesce(m.claimed_kop, 0)::bigint as claimed_kop, coalesce(m.outstanding_kop, 0)::bigint as outstanding_kop
  from legal.case_file c left join lateral (
    select sum(p.claimed_kop) as claimed_kop, sum(p.outstanding_kop) as outstanding_kop from legal.case_part p where p.case_id = c.id) m on true;
create view legal.pub_case_part_v1 as
  select c.account_id, c.provider_id, c.closed_on is null as is_open, p.* from legal.case_part p join legal.case_file c on c.id = p.case_id;
`;

/** Cases of the legal service: where they stand, what happened, money by month and part, terms, receipts, lists of courts and executors. */
export class LegalCases extends Migration {
  up(): void {
    this.addSql(CASE);
    this.addSql(TASKS);
    this.addSql(SEED);
    this.addSql(VIEWS);
  }
}
