import { Money } from '@komplat/kernel';
import { Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ClaimParameters } from '../../contract/claim.schema.ts';
import { PACKS, type Packs } from '../services/ports.ts';
import { ClaimRules } from './claim-rules.ts';
import { PROCESS, runOf, writeClaimProgress } from './claim-run.ts';
import { PLAN_ITEMS, PLAN_MONTHS, REPLANNED } from './plan-sql.ts';

interface StaleRow {
  readonly id: string;
  readonly pack_id: string | null;
  readonly reason_code: string;
}
/** Parameters $2 to $6 of the slicing. */
export const slicingOf = (
  day: string,
  { parameters, provider_ids: providers }: { readonly parameters: ClaimParameters; readonly provider_ids: readonly number[] | null },
): readonly unknown[] => [day, providers, parameters.kind, parameters.expired, parameters.penalty];

/** Cuts open months into items: which paper carries which month, set by set. */
@Injectable()
export class ClaimPlanner {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PACKS) private readonly packs: Packs,
    @Inject(ClaimRules) private readonly rules: ClaimRules,
  ) {}

  /** Once a run: a second call finds the run planned. */
  async plan(runId: string): Promise<void> {
    const run = await runOf(this.database, runId);
    if (run.state !== 'planning') return;
    const slicing = slicingOf(run.as_of, run);
    await this.database.transaction(async (tx) => {
      const locked = await runOf(tx, runId, 'for update');
      if (locked.state !== 'planning') return;
      await tx.query(PLAN_ITEMS, [runId, ...slicing, Money.parse(run.parameters.least).kop, PROCESS]);
      await tx.query(PLAN_MONTHS, [runId, ...slicing, null]);
      await tx.query(`update legal.claim_run set state = 'preparing', version = version + 1 where id = $1`, [runId]);
      await writeClaimProgress(tx, run, { phase: 'check', state: 'running', message: 'legal.claim.message.checking' });
    });
  }

  /** Items whose data changed: the pack is withdrawn, the months are cut out of what is open today. */
  async refresh(runId: string): Promise<void> {
    const run = await runOf(this.database, runId);
    const slicing = slicingOf(await this.rules.today(), run);
    await this.database.transaction(async (tx) => {
      const stale = await tx.query<StaleRow>(
        `select id, pack_id, reason_code from legal.claim_item where run_id = $1 and outcome = 'stale' order by ordinal for update`,
        [runId],
      );
      const ids = stale.map(({ id }) => id);
      for (const { pack_id: pack, reason_code: reason } of stale) if (pack !== null) await this.packs.withdraw(tx, pack, reason, PROCESS);
      await this.empty(tx, ids);
      await tx.query(PLAN_MONTHS, [runId, ...slicing, ids]);
      await tx.query(REPLANNED, [ids, PROCESS]);
    });
  }

  private async empty(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.query('delete from legal.claim_item_month where item_id = any($1::uuid[])', [ids]);
    await tx.query(
      `update legal.claim_item set pack_id = null, approval_id = null, fee_kop = null, credited_kop = 0, inflation_kop = 0, interest_kop = 0,
         penalty_kop = 0 where id = any($1::uuid[])`,
      [ids],
    );
  }
}
