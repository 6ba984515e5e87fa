import { Inject, Injectable } from '@nestjs/common';
import { DomainError, notFound } from '@komplat/kernel';
import { type Actor, APPROVAL_ACTIONS, type ApprovalActions, Approvals, Database, may, readList } from '@komplat/server';
import type { ApprovalList, ApprovalQuery, ApprovalView, ApprovedMany, ApproveMany } from '../../contract/approval.schema.ts';
import { APPROVALS } from './list-sql.ts';

const MOST_AT_ONCE = 500;

export interface ApprovalRow {
  readonly id: string;
  readonly module: string;
  readonly action: string;
  readonly subject: string;
  readonly permission: string;
  readonly message_key: string;
  readonly message_params: ApprovalView['message']['params'];
  readonly reason: string;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly expires_at: Date;
  readonly state: ApprovalView['state'];
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision_reason: string | null;
  readonly payload: unknown;
}

@Injectable()
export class ApprovalService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(APPROVAL_ACTIONS) private readonly actions: ApprovalActions,
  ) {}

  async list({ state, q, ...ask }: ApprovalQuery, actor: Actor): Promise<ApprovalList> {
    const { rows, ...rest } = await readList<ApprovalRow>(this.database, APPROVALS, [state ?? null, q ?? null], ask);
    return { items: rows.map((row) => toView(row, actor)), ...rest };
  }

  async view(id: string, actor: Actor): Promise<ApprovalView> {
    const [row] = await this.database.query<ApprovalRow>('select * from platform.approval where id = $1', [id]);
    if (!row) throw notFound('platform.approval.unknown', { id });
    return toView(row, actor);
  }

  async decide(id: string, approve: boolean, reason: string | undefined, actor: Actor): Promise<ApprovalView> {
    await Approvals.decide(this.database, this.actions(), { id, approve, actor, ...(reason ? { reason } : {}) });
    return this.view(id, actor);
  }

  /** Agrees to each request by itself, the oldest first; what cannot be decided is answered with its reason. */
  async approveMany({ ids, reason }: ApproveMany, actor: Actor): Promise<ApprovedMany> {
    const rows = await this.database.query<ApprovalRow>(
      `select * from platform.approval where case when $1::uuid[] is null then state = 'waiting' else id = any($1) end
       order by requested_at, id limit ${MOST_AT_ONCE}`,
      [ids ?? null],
    );
    const chosen = ids ? rows : rows.filter((row) => reasonAgainst(row, actor) === null);
    const answer: ApprovedMany = { approved: [], refused: [] };
    for (const { id } of chosen) {
      try {
        await Approvals.decide(this.database, this.actions(), { id, approve: true, actor, ...(reason ? { reason } : {}) });
        answer.approved.push(id);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        answer.refused.push({ id, problem: { key: error.code, params: error.params } });
      }
    }
    return answer;
  }
}

function toView(row: ApprovalRow, actor: Actor): ApprovalView {
  const whyNot = reasonAgainst(row, actor);
  return {
    id: row.id,
    module: row.module,
    action: row.action,
    subject: row.subject,
    message: { key: row.message_key, params: row.message_params },
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionReason: row.decision_reason,
    payload: row.payload,
    mayDecide: whyNot === null,
    whyNot,
  };
}

function reasonAgainst(row: ApprovalRow, actor: Actor): ApprovalView['whyNot'] {
  if (row.state !== 'waiting') return 'already-decided';
  if (row.requested_by === actor.login) return 'own-request';
  return may(actor, row.permission) ? null : 'no-permission';
}
