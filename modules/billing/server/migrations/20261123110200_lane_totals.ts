import { Migration } from '@mikro-orm/migrations';

/** Turnover of a lane as it was when its books stopped moving: the board shows it without counting millions of rows. */
export class BillingLaneTotals extends Migration {
  up(): void {
    this.addSql('alter table billing.close_lane add column totals jsonb null');
  }
}
