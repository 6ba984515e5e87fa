import { Migration } from '@mikro-orm/migrations';

const LIMITS = `
insert into registry.rule_limit (code, warn, refuse, unit, valid, act, mark) values
  ('penalty.rate', 0.01, 0.01, '%/day', '[2019-05-01,)', 'Закон 2189-VIII, стаття 26', 'confirmed');
`;

/** The highest rate of penalty that a contract may state. */
export class RegistryLimits extends Migration {
  up(): void {
    this.addSql(LIMITS);
  }
}
