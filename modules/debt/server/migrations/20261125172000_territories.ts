import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table debt.territory (
  code text not null primary key check (code ~ '^UA[0-9]{17}$'),
  name text not null check (length(name) between 1 and 200),
  source text not null
);

-- Where the accounts lie: a house, a district, or (both null) the whole city; the narrowest one counts.
create table debt.place (
  id uuid not null primary key,
  house_id int null,
  district smallint null,
  territory text not null references debt.territory (code),
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  decision text not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  check (house_id is null or district is null),
  exclude using gist (coalesce(house_id, 0) with =, coalesce(district, 0) with =, valid with &&)
);
`;

const VIEWS = `
-- The part of a КАТОТТГ code that its own smaller units share: UA, region 2, district 2, community 3, settlement 3, part of a city 2 digits.
create function debt.territory_prefix(p_code text) returns text language sql immutable strict return
  case when substr(p_code, 13, 2) <> '00' then left(p_code, 14) when substr(p_code, 10, 3) <> '000' then left(p_code, 12)
    when substr(p_code, 7, 3) <> '000' then left(p_code, 9) when substr(p_code, 5, 2) <> '00' then left(p_code, 6)
    when substr(p_code, 3, 2) <> '00' then left(p_code, 4) else 'UA' end;

create view debt.pub_account_territory_v1 as
  select a.account_id, coalesce(h.territory, d.territory, c.territory) as territory
  from registry.pub_account_v1 a
  left join debt.place h on h.house_id = a.house_id and h.valid @> platform.today()
  left join debt.place d on d.district = a.district and d.valid @> platform.today()
  left join debt.place c on c.house_id is null and c.district is null and c.valid @> platform.today()
  where coalesce(h.territory, d.territory, c.territory) is not null;

-- Windows of the territories that an account lies in; those of the whole country are not here.
create view debt.pub_account_moratorium_v1 as
  select t.account_id, t.territory, w.kind, w.period, w.ground, w.act, w.mark
  from debt.pub_account_territory_v1 t
  join (select p.code, m.kind, m.period, m.ground, m.act, m.mark from debt.territory p
    join debt.moratorium m on m.territory is not null and starts_with(p.code, debt.territory_prefix(m.territory))) w on w.code = t.territory;
`;

export class DebtTerritories extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(VIEWS);
  }
}
