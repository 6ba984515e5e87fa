import { batchPosted, paymentReceived } from '@komplat/payments/contract';
import { accountMerged } from '@komplat/registry/contract';
import type { ApprovalAction, ApprovalContext, EventHandler } from '@komplat/plugin-api';
import { Database, firstTime, publish, type Tx } from '@komplat/server';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { claimRunOrdered } from '../../contract/claim-events.ts';
import { COURT_CLAIM, courtClaimId, type CourtClaimInput, LEGAL_QUEUE } from '../../contract/claim-workflows.ts';
import { TOUCHED } from './change-sql.ts';
import { PROCESS } from './claim-run.ts';

/** A run gets its process, and every decision about it rings; a repeat is harmless. */
@Injectable()
export class StartClaimRun implements EventHandler {
  constructor(@Inject(ProcessClient) private readonly processes: ProcessClient) {}

  async handle(event: { readonly payload: unknown }): Promise<void> {
    const { runId, startedBy } = claimRunOrdered.schema.parse(event.payload);
    const input: CourtClaimInput = { v: 1, runId, startedBy };
    await this.processes.ringOrStart(COURT_CLAIM, courtClaimId(runId), LEGAL_QUEUE, [input], startedBy);
  }
}

/** Money came, or the account went into another one: papers that are not filed and no longer say what is owed are prepared again. */
@Injectable()
export class DebtTouchesClaims implements EventHandler {
  constructor(@Inject(Database) private readonly database: Database) {}

  async handle(event: { readonly id: string; readonly type: string; readonly payload: unknown }): Promise<void> {
    const reason = event.type === accountMerged.type ? 'account-merged' : 'payment';
    await this.database.transaction(async (tx) => {
      if (!(await firstTime(tx, 'legal.claims.debt', event.id))) return;
      const runs = await tx.query<{ run_id: string; created_by: string }>(TOUCHED, [await accountsOf(tx, event), reason, PROCESS]);
      const once = new Map(runs.map((run) => [run.run_id, run.created_by]));
      for (const [runId, startedBy] of once) await publish(tx, claimRunOrdered, `claim-run/${runId}`, { runId, startedBy });
    });
  }
}

async function accountsOf(tx: Tx, { type, payload }: { readonly type: string; readonly payload: unknown }): Promise<readonly number[]> {
  if (type === paymentReceived.type) return [paymentReceived.schema.parse(payload).accountId];
  if (type === accountMerged.type) return [accountMerged.schema.parse(payload).accountId];
  const { importId } = batchPosted.schema.parse(payload);
  const rows = await tx.query<{ id: number }>(
    `select distinct i.account_id as id from legal.claim_item i join payments.pub_payment_v1 p on p.account_id = i.account_id
     where p.import_id = $1 and i.outcome not in ('skipped', 'excluded', 'filed')`,
    [importId],
  );
  return rows.map(({ id }) => id);
}

const Approved = z.object({ runId: z.uuid(), items: z.array(z.object({ id: z.uuid(), sha256: z.string() })) });

/** A manager decided about packs: exactly those whose calculation is still the one that was shown. */
@Injectable()
export class ApproveClaims implements ApprovalAction {
  approved(payload: unknown, context: ApprovalContext): Promise<void> {
    return decided(payload, context, 'approved');
  }
  rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    return decided(payload, context, 'packed');
  }
}

async function decided(payload: unknown, { approvalId, decidedBy, tx }: ApprovalContext, outcome: 'approved' | 'packed'): Promise<void> {
  const { runId, items } = Approved.parse(payload);
  await tx.query(
    `update legal.claim_item i set outcome = $3, changed_by = $4, changed_at = now(), approval_id = case $3 when 'approved' then i.approval_id end
     from jsonb_to_recordset($1::jsonb) a(id uuid, sha256 text)
     where i.id = a.id and i.snapshot_sha256 = a.sha256 and i.approval_id = $2 and i.outcome = 'submitted'`,
    [JSON.stringify(items), approvalId, outcome, decidedBy],
  );
  await publish(tx, claimRunOrdered, `claim-run/${runId}`, { runId, startedBy: decidedBy });
}
