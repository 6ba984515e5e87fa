import { Migration } from '@mikro-orm/migrations';

/** The channel of old payments that do not say theirs: it was open before our first month, nothing is taken through it. */
const CHANNEL = `
insert into payments.channel (id, code, name, kind, settlement_delay_days, commission_percent, commission_min_kop, commission_payer,
    has_transaction_ids, cut_off_day, valid)
  values (1000, 'HISTORY', 'Стара система', 'old system', 0, 0, 0, 'none', false, 1, '[1997-01-01,1997-01-02)');
`;

/** Creates the channel of the old system. */
export class PaymentsHistoryChannel extends Migration {
  up(): void {
    this.addSql(CHANNEL);
  }
}
