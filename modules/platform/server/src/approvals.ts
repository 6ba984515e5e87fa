import { DomainError, forbidden, notFound } from '@komplat/kernel';
import type { ApprovalAction } from '@komplat/plugin-api';
import { type Actor, may } from './actor.ts';
import { audit } from './audit.ts';
import type { Database, Tx } from './db/database.ts';
import { canonicalJson, sha256, uuid7 } from './ids.ts';

export interface ApprovalRequest {
  readonly module: string;
  /** Id of the approval action of a plugin: `billing.release-lane`. */
  readonly action: string;
  /** What it is about; at most one request of an action waits for a subject. */
  readonly subject: string;
  readonly permission: string;
  readonly payload: unknown;
  readonly messageKey: string;
  readonly messageParams?: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly actor: Actor;
}
interface ApprovalRow {
  readonly id: string;
  readonly action: string;
  readonly subject: string;
  readonly permission: string;
  readonly payload: unknown;
  readonly payload_hash: string;
  readonly requested_by: string;
  readonly state: string;
  readonly expired: boolean;
}

const DAYS_TO_DECIDE = 14;

/** Asks for a second person. What is stored now is exactly what will be executed. */
export async function requestApproval(tx: Pick<Tx, 'query'>, request: ApprovalRequest): Promise<string> {
  const id = uuid7();
  const payload = canonicalJson(request.payload);
  const made = await tx.query(
    `insert into platform.approval (id, module, action, subject, permission, payload, payload_hash, message_key, message_params,
       reason, requested_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + interval '${DAYS_TO_DECIDE} days')
     on conflict (action, subject) where state = 'waiting' do nothing returning id`,
    [
      id, request.module, request.action, request.subject, request.permission, payload, sha256(payload), request.messageKey,
      JSON.stringify(request.messageParams ?? {}), request.reason, request.actor.login,
    ],
  );
  if (made.length === 0) throw new DomainError('platform.approval.already-waiting', { subject: request.subject }, 409);
  await audit(tx, { actor: request.actor, action: `${request.action}.requested`, subject: request.subject, reason: request.reason });
  return id;
}

/** Decides: never the requester, only a holder of the permission, only once, and only what was stored. */
export async function decideApproval(
  database: Database,
  actions: ReadonlyMap<string, ApprovalAction>,
  decision: { readonly id: string; readonly approve: boolean; readonly reason?: string; readonly actor: Actor },
): Promise<void> {
  const { id, approve, actor } = decision;
  const reason = decision.reason ?? null;
  if (!approve && !reason) throw new DomainError('platform.approval.reason-required', {}, 400);
  await database.transaction(async (tx) => {
    const [row] = await tx.query<ApprovalRow>(
      `select id, action, subject, permission, payload, payload_hash, requested_by, state, expires_at < now() as expired
       from platform.approval where id = $1 for update`,
      [id],
    );
    if (!row) throw notFound('platform.approval.unknown', { id });
    if (!may(actor, row.permission)) throw forbidden('platform.forbidden', { permission: row.permission });
    if (row.requested_by === actor.login) throw forbidden('platform.approval.own-request', {});
    if (row.state !== 'waiting') throw new DomainError('platform.approval.already-decided', { state: row.state }, 409);
    if (row.expired) throw new DomainError('platform.approval.expired', {}, 409);
    if (sha256(canonicalJson(row.payload)) !== row.payload_hash) throw new DomainError('platform.approval.changed', {}, 409);
    await tx.query(
      `update platform.approval set state = $2, decided_by = $3, decided_at = now(), decision_reason = $4,
         executed_at = case when $2 = 'approved' then now() end where id = $1`,
      [id, approve ? 'approved' : 'rejected', actor.login, reason],
    );
    const action = actions.get(row.action);
    if (!action) throw new DomainError('platform.approval.no-action', { action: row.action }, 409);
    const context = { approvalId: id, requestedBy: row.requested_by, decidedBy: actor.login, reason, tx };
    if (approve) await action.approved(row.payload, context);
    else await action.rejected?.(row.payload, context);
    const verb = approve ? 'approved' : 'rejected';
    await audit(tx, { actor, action: `${row.action}.${verb}`, subject: row.subject, ...(reason ? { reason } : {}) });
  });
}

export const Approvals = { request: requestApproval, decide: decideApproval } as const;
