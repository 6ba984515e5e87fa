import { Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { type ClaimRunRow, PROCESS, runOf } from './claim-run.ts';
import { ClaimRules, type ClaimRuleSet } from './claim-rules.ts';
import { type CheckValue, CLAIM_CHECKS, DEBTORS, findingsOf } from './check-sql.ts';
import { COURTS } from './court-sql.ts';

/** What an item with its findings may do: blocked by a finding that forbids, or by one that nobody has accepted. */
const JUDGED = `
  update legal.claim_item i set outcome = case when b.code is null then 'checked' else 'blocked' end, reason_code = b.code,
    reason_params = b.params, changed_by = $2, changed_at = now()
  from (select i.id, f.code, f.params from legal.claim_item i left join lateral (
      select f.code, f.params from legal.claim_finding f
      where f.item_id = i.id and (f.level = 'block' or (f.level = 'lawyer' and f.accepted_at is null)) order by f.level, f.code, f.subject limit 1) f on true
    where i.id = any($1::uuid[])) b
  where i.id = b.id and i.outcome = 'planned'`;

/** Pre-flight checks over sets of items: every one is one statement. */
@Injectable()
export class ClaimChecker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimRules) private readonly rules: ClaimRules,
  ) {}

  /** All planned items of the run. */
  async check(runId: string): Promise<void> {
    const run = await runOf(this.database, runId);
    const day = await this.rules.today();
    const rules = await this.rules.on(day);
    await this.database.transaction(async (tx) => {
      await tx.query(`select set_config('statement_timeout', '0', true)`);
      const items = await tx.query<{ id: string }>(
        `select id from legal.claim_item where run_id = $1 and outcome = 'planned' for update`,
        [runId],
      );
      const ids = items.map(({ id }) => id);
      await this.look(tx, ids, { run, day, rules });
      await tx.query(JUDGED, [ids, PROCESS]);
    });
  }

  /** Writes debtors, courts and findings of the items; their outcomes stay. */
  async look(tx: Tx, ids: readonly string[], { run, day, rules }: { run: ClaimRunRow; day: string; rules: ClaimRuleSet }): Promise<void> {
    const { parameters } = run;
    await tx.query('delete from legal.claim_debtor where item_id = any($1::uuid[])', [ids]);
    await tx.query(`delete from legal.claim_finding where item_id = any($1::uuid[]) and code = 'calculation-refused'`, [ids]);
    await tx.query(DEBTORS, [ids, day, parameters.debtors]);
    await tx.query(COURTS, [ids, day, parameters.court ?? null, rules.value('jurisdiction')]);
    const values: Readonly<Record<CheckValue, unknown>> = {
      warningDays: rules.count('limitation-warning-days'),
      missingIndex: parameters.missingIndex,
    };
    const pretensionHolds = rules.value('pretension') === 'required';
    for (const check of CLAIM_CHECKS) {
      const level = check.code === 'pretension-unserved' && pretensionHolds ? 'lawyer' : check.level;
      await tx.query(findingsOf(check, level), [ids, day, ...check.uses.map((use) => values[use])]);
    }
  }
}
