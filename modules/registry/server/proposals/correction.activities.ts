import { audit, Database, Progress, type Tx } from '@komplat/server';
import { activity } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CorrectionActivities, CorrectionSituation, CorrectionStep } from '../../contract/workflows.ts';
import { writeProposalProgress } from './proposal-progress.ts';
import type { ProposalRow } from './proposal-rows.ts';
import { rowOf } from './proposal.service.ts';

type Command = Parameters<CorrectionActivities['recordCorrectionCommand']>[0];
const SYSTEM = { login: 'system:correction-approval' };

/** Steps of the agreement on a correction; each looks at the database first, so it may run twice. */
@Injectable()
export class CorrectionActivitiesImpl implements CorrectionActivities {
  constructor(@Inject(Database) private readonly database: Database) {}

  async correctionSituation(proposalId: string): Promise<CorrectionSituation> {
    const [row] = await this.database.query<{ step: CorrectionStep; paused: boolean; wait_ms: string }>(SITUATION, [proposalId]);
    if (!row) return { step: 'end', paused: false, waitMs: 0 };
    return { step: row.step, paused: row.paused, waitMs: Math.max(0, Number(row.wait_ms)) };
  }

  async remindCorrection(proposalId: string): Promise<void> {
    await passTerm(this.database, proposalId, 'remind', `update registry.proposal set reminded_at = now() where id = $1 and reminded_at is null`);
  }

  async escalateCorrection(proposalId: string): Promise<void> {
    await passTerm(this.database, proposalId, 'escalate', `update registry.proposal set escalated_at = now() where id = $1 and escalated_at is null`);
  }

  async expireCorrection(proposalId: string): Promise<void> {
    await passTerm(this.database, proposalId, 'expire', `update registry.proposal set state = 'expired', version = version + 1 where id = $1 and expires_at <= now()`);
  }

  async recordCorrectionCommand({ proposalId, command, by, reason }: Command): Promise<void> {
    await activity(() =>
      this.database.transaction(async (tx) => {
        const row = await rowOf(tx, proposalId, 'for update of p');
        if (command === 'pause') await Progress.pause(tx, row.workflow_id, by, reason);
        else if (command === 'stop') await stop(tx, row, by, reason);
        else await writeProposalProgress(tx, row, 'decide', 'waiting', 'registry.proposal.message.waiting');
        await Progress.event(tx, row.workflow_id, `registry.proposal.event.${command}`, {}, { actor: by, reason });
        await audit(tx, { actor: { login: by }, action: `registry.proposal.${command}`, subject: `account/${row.number}`, after: { proposalId }, reason });
      }),
    );
  }

  async markCorrectionFailed(proposalId: string, code: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await rowOf(tx, proposalId);
      await writeProposalProgress(tx, row, 'decide', 'failed', `error.${code}`);
      await Progress.event(tx, row.workflow_id, `error.${code}`);
    });
  }
}

/** One term that has passed; nothing happens when it was done before or the proposal is decided. */
async function passTerm(database: Database, proposalId: string, what: 'remind' | 'escalate' | 'expire', sql: string): Promise<void> {
  await activity(() =>
    database.transaction(async (tx) => {
      const row = await rowOf(tx, proposalId, 'for update of p');
      if (row.state !== 'waiting') return;
      const done = await tx.query(`${sql} returning id`, [proposalId]);
      if (done.length === 0) return;
      const [phase, state] = what === 'expire' ? (['done', 'done'] as const) : (['decide', 'waiting'] as const);
      await writeProposalProgress(tx, row, phase, state, `registry.proposal.message.${what}`);
      await Progress.event(tx, row.workflow_id, `registry.proposal.event.${what}`);
      await audit(tx, { actor: SYSTEM, action: `registry.proposal.${what}`, subject: `account/${row.number}`, after: { proposalId } });
    }),
  );
}

/** Who stops the process takes the proposal back: nothing waits without a clock. */
async function stop(tx: Tx, row: ProposalRow, by: string, reason: string): Promise<void> {
  await tx.query(
    `update registry.proposal set state = 'withdrawn', decided_by = $2, decided_at = now(), decision_reason = $3, version = version + 1
     where id = $1 and state = 'waiting'`,
    [row.id, by, reason],
  );
  await writeProposalProgress(tx, row, 'done', 'stopped', 'registry.proposal.message.withdrawn');
}

const SITUATION = `
  select s.step, s.paused, ceil(extract(epoch from case s.step when 'wait' then s.next - now() else interval '0' end) * 1000)::bigint::text as wait_ms
  from (
    select case when p.state <> 'waiting' then 'end' when p.expires_at <= now() then 'expire'
        when p.escalate_at <= now() and p.escalated_at is null then 'escalate'
        when p.due_at <= now() and p.reminded_at is null and p.escalated_at is null then 'remind' else 'wait' end as step,
      case when p.due_at > now() then p.due_at when p.escalate_at > now() then p.escalate_at else p.expires_at end as next,
      coalesce(g.state = 'paused', false) as paused
    from registry.proposal p left join platform.process_progress g on g.workflow_id = p.workflow_id where p.id = $1) s`;
