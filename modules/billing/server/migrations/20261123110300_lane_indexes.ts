import { Migration } from '@mikro-orm/migrations';

/**
 * A batch of a lane is a range of accounts: with the account in the index it is read as such, whatever the statistics say.
 * Open items are read by account or all together; without an index over what changes, an update stays on its page.
 */
export class BillingLaneIndexes extends Migration {
  up(): void {
    this.addSql('drop index billing.open_item_provider');
    for (const table of ['accrual', 'ledger_entry', 'period_balance']) {
      this.addSql(`drop index billing.${table}_lane`);
      this.addSql(`create index ${table}_lane on billing.${table} (provider_id, period, account_id)`);
    }
  }
}
