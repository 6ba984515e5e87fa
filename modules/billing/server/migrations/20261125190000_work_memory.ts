import { Migration } from '@mikro-orm/migrations';

const WORK_MEMORY = `
do $$
  declare v_makes regprocedure;
  begin
    foreach v_makes in array array['billing.accrue_tables()', 'billing.recompute_tables()']::regprocedure[] loop
      execute replace(pg_get_functiondef(v_makes), E'      perform billing.work_memory();\\n', '');
    end loop;
  end $$;
drop function billing.work_memory();
`;

/** Every connection of the application starts with room for its work tables: nothing is left to ask for it. */
export class BillingWorkMemory extends Migration {
  up(): void {
    this.addSql(WORK_MEMORY);
  }
}
