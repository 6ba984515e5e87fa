import { Migration } from '@mikro-orm/migrations';

const INDEXES = `
-- The beginning of a number and of a surname: the order of the language does not serve a search by prefix.
create index account_number_start on registry.account (number text_pattern_ops);
create index person_surname_start on registry.person (lower(surname) collate "C");
`;

/** Indexes of the search by the first figures or letters. */
export class RegistrySearch extends Migration {
  up(): void {
    this.addSql(INDEXES);
  }
}
