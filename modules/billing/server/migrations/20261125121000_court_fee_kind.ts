import { Migration } from '@mikro-orm/migrations';

const KIND = `
insert into billing.entry_kind values (15, 'court-fee', 'other');

-- The month an entry's debt belongs to: the month of its books, but for kinds whose document names another one.
create or replace function billing.debt_month(p_kind smallint, p_period date, p_for_period date) returns date
  language sql immutable parallel safe
  return case when p_kind in (10, 13, 14, 15) then p_for_period else p_period end;
`;

/** The court fee that a court lays on a debtor is a kind of its own in the ledger, beside the award; its document names the month. */
export class BillingCourtFeeKind extends Migration {
  up(): void {
    this.addSql(KIND);
  }
}
