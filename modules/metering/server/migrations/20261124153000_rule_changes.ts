import { Migration } from '@mikro-orm/migrations';

/** The share of house needs that is looked at, and which approval a rule came from. */
export class MeteringRuleChanges extends Migration {
  up(): void {
    this.addSql(`
      alter table metering.rule add column approval_id uuid null;
      insert into metering.rule (code, service_code, value, unit, valid, act, mark, recorded_by)
        values ('house-needs-share', null, 0.15, 'share', '[1997-01-01,)', 'правило Центру', 'proposal', 'system');`);
  }
}
