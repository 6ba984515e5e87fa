import { Migration } from '@mikro-orm/migrations';

/** Rows of a register carry no warnings: what is wrong with a row is its outcome and reason. */
export class PaymentsImportWarnings extends Migration {
  up(): void {
    this.addSql('alter table payments.import_row drop column warnings');
  }
}
