import { Migration } from '@mikro-orm/migrations';

/** Relief that lowers bills is rare since 2019 (law.md 2.4): the month close asks for it at every batch. */
const INDEXES = `
create index entitlement_netted on benefits.entitlement (account_id, service_id) where regime = 'netted';
create index award_netted on benefits.award using gist (months) where regime = 'netted';
`;

/** Creates the indexes of netted relief. */
export class BenefitsNetted extends Migration {
  up(): void {
    this.addSql(INDEXES);
  }
}
