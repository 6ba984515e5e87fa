import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- Which court a registered residence belongs to: a house, a district, or (both null) the whole city; the narrowest one counts.
create table legal.court_area (
  id int not null primary key,
  court_code text not null,
  house_id int null,
  district smallint null,
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  act text not null,
  mark text not null,
  check (house_id is null or district is null),
  exclude using gist (coalesce(house_id, 0) with =, coalesce(district, 0) with =, valid with &&)
);
-- The court of an item, why it is that one, and the address that decided.
alter table legal.claim_item add court_code text null;
alter table legal.claim_item add court_by text null check (court_by in ('chosen', 'residence', 'property'));
alter table legal.claim_item add court_place text null;
update legal.claim_item i set court_code = r.parameters->>'court', court_by = 'chosen' from legal.claim_run r where r.id = i.run_id and i.kind <> 'none';
insert into legal.claim_rule (id, code, value, valid, act, mark) values
  (8, 'jurisdiction', 'residence', '[1997-01-01,)', 'ЦПК ст. 27, ст. 28 ч. 10, ст. 162', 'general knowledge');
`;

/** Courts by the registered residence of the debtor, item by item. */
export class LegalCourtAreas extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
