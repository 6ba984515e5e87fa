import { Migration } from '@mikro-orm/migrations';

/** A staged row is written twice, when it is read and when it is accepted: the second time in the room left on its page. */
export class PaymentsImportFill extends Migration {
  up(): void {
    this.addSql('alter table payments.import_row set (fillfactor = 50)');
  }
}
