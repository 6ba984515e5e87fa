import { Migration } from '@mikro-orm/migrations';

const ACCOUNT_ID = `
-- The account of a number, without its address: for whoever asks a thousand times a second.
create function registry.account_id_of(p_number text) returns int language sql stable as
  $$ select id from registry.account where number = p_number $$;
`;

/** The account of a number in one index look-up. */
export class RegistryAccountId extends Migration {
  up(): void {
    this.addSql(ACCOUNT_ID);
  }
}
