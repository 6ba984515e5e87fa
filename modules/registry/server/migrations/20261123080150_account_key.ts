import { Migration } from '@mikro-orm/migrations';

const VIEW = `
-- Number and premises of an account, without a join: what mass work reads.
create view registry.pub_account_key_v1 as select id as account_id, number, premises_id from registry.account;
`;

/** Publishes the narrow view of accounts. */
export class RegistryAccountKey extends Migration {
  up(): void {
    this.addSql(VIEW);
  }
}
