import { Migration } from '@mikro-orm/migrations';

/**
 * Lines of a document are written by the tens of thousands in the transaction that makes their document: a check of the reference for
 * each of them, and an index that nothing reads, cost a third of the preview.
 */
export class BillingCorrectionLines extends Migration {
  up(): void {
    this.addSql('alter table billing.correction_line drop constraint correction_line_correction_id_fkey');
    this.addSql('drop index billing.correction_line_account');
  }
}
