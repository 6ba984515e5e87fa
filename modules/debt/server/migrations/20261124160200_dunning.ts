import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table debt.dunning_strategy (
  code text not null primary key check (code ~ '^[a-z-]{1,20}$'),
  in_force boolean not null
);
create unique index dunning_strategy_one on debt.dunning_strategy (in_force) where in_force;

create table debt.dunning_step (
  id int not null primary key,
  strategy text not null references debt.dunning_strategy (code),
  code text not null check (code in ('reminder', 'warning', 'pretension', 'court')),
  ordinal smallint not null check (ordinal between 1 and 4),
  min_debt_kop bigint not null check (min_debt_kop >= 0),
  min_months smallint not null check (min_months >= 1),
  wait_days smallint not null check (wait_days >= 0),
  repeat_days smallint not null check (repeat_days >= 1),
  valid daterange not null,
  decision text not null,
  mark text not null,
  exclude using gist (strategy with =, code with =, valid with &&),
  exclude using gist (strategy with =, ordinal with =, valid with &&)
);

create table debt.dunning_run (
  id uuid not null primary key,
  step_id int not null references debt.dunning_step (id),
  code text not null,
  as_of date not null,
  provider_id smallint null,
  planned int not null,
  done int not null,
  held int not null,
  waiting int not null,
  repeated int not null,
  debt_kop bigint not null,
  reason text not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  check (planned = done + held + waiting + repeated)
);
comment on table debt.dunning_run is 'append-only';
create index dunning_run_code on debt.dunning_run (code, as_of);

create table debt.dunning_notice (
  run_id uuid not null,
  account_id int not null,
  provider_id smallint not null,
  outcome text not null check (outcome in ('done', 'held', 'waiting', 'repeated')),
  debt_kop bigint not null check (debt_kop > 0),
  months smallint not null,
  oldest date not null,
  hold_id uuid null,
  primary key (run_id, account_id, provider_id),
  check ((outcome = 'held') = (hold_id is not null))
);
comment on table debt.dunning_notice is 'append-only';
create index dunning_notice_account on debt.dunning_notice (account_id, provider_id);
`;

const SEED = `
insert into debt.dunning_strategy (code, in_force) values ('standard', true), ('strict', false), ('soft', false);
insert into debt.dunning_step (id, strategy, code, ordinal, min_debt_kop, min_months, wait_days, repeat_days, valid, decision, mark) values
  (1, 'standard', 'reminder', 1, 10000, 1, 0, 30, '[2020-01-01,)', 'порядок роботи з боржниками Центру', 'proposal'),
  (2, 'standard', 'warning', 2, 50000, 2, 10, 60, '[2020-01-01,)', 'порядок роботи з боржниками Центру', 'proposal'),
  (3, 'standard', 'pretension', 3, 100000, 3, 20, 180, '[2020-01-01,)', 'порядок роботи з боржниками Центру', 'proposal'),
  (4, 'standard', 'court', 4, 200000, 4, 22, 365, '[2020-01-01,)', 'порядок роботи з боржниками Центру', 'proposal'),
  (11, 'strict', 'reminder', 1, 5000, 1, 0, 30, '[2020-01-01,)', 'для порівняння', 'proposal'),
  (12, 'strict', 'warning', 2, 20000, 1, 5, 30, '[2020-01-01,)', 'для порівняння', 'proposal'),
  (13, 'strict', 'pretension', 3, 50000, 2, 10, 90, '[2020-01-01,)', 'для порівняння', 'proposal'),
  (14, 'strict', 'court', 4, 100000, 3, 22, 180, '[2020-01-01,)', 'для порівняння', 'proposal'),
  (21, 'soft', 'reminder', 1, 30000, 2, 0, 60, '[2020-01-01,)', 'для порівняння', 'proposal'),
  (22, 'soft', 'warning', 2, 100000, 4, 20, 90, '[2020-01-01,)', 'для порівняння', 'proposal'),
  (23, 'soft', 'pretension', 3, 300000, 6, 22, 365, '[2020-01-01,)', 'для порівняння', 'proposal'),
  (24, 'soft', 'court', 4, 500000, 12, 44, 365, '[2020-01-01,)', 'для порівняння', 'proposal');
`;

const VIEWS = `
create view debt.pub_dunning_v1 as
  select n.account_id, n.provider_id, r.code, r.as_of, n.outcome, n.debt_kop, n.months, n.run_id, r.made_by
  from debt.dunning_notice n join debt.dunning_run r on r.id = n.run_id;
`;

export class DebtDunning extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(SEED);
    this.addSql(VIEWS);
  }
}
