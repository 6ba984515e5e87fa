import { conflict, DomainError, forbidden, notFound } from '@komplat/kernel';
import { type Actor, audit, canonicalJson, Database, may, Progress, publish, readList, sha256, type Tx, uuid7, Vault } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { type ChangeItem, type ChangePreview, ChangeRequest } from '../../contract/change.schema.ts';
import { proposalDecided, proposalMade } from '../../contract/events.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import type {
  ProposalDecision, ProposalItem, ProposalList, ProposalMade, ProposalQuery, ProposalRequest, ProposalView, Side,
} from '../../contract/proposal.schema.ts';
import { correctionApprovalId } from '../../contract/workflows.ts';
import { ChangeService, itemKey, lockAccount } from '../changes/change.service.ts';
import type { ChangeWork } from '../changes/context.ts';
import { AccountService } from '../services/account.service.ts';
import { visibleParams } from '../services/visibility.ts';
import { writeProposalProgress } from './proposal-progress.ts';
import { itemOf, PROPOSALS, type ProposalRow } from './proposal-rows.ts';

const OF_SIDE: Readonly<Record<Side, string>> = { desk: P.proposalDesk.id, department: P.proposalDepartment.id };
const OTHER: Readonly<Record<Side, Side>> = { desk: 'department', department: 'desk' };

/** Corrections that one side proposes and the other decides; nothing is changed before. */
@Injectable()
export class ProposalService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(AccountService) private readonly accounts: AccountService,
    @Inject(ChangeService) private readonly changes: ChangeService,
  ) {}

  /** Everything is tried as if it were saved: what could not be saved cannot be proposed. */
  async propose(number: string, { side, ...request }: ProposalRequest, actor: Actor): Promise<ProposalMade> {
    await this.accounts.mustSee(number, actor);
    if (!may(actor, OF_SIDE[side])) throw forbidden('platform.forbidden', { permission: OF_SIDE[side] });
    const items = await this.database.dryRun(async (tx) => (await this.changes.make(tx, { number, request, actor })).items);
    const id = uuid7();
    const { key, wrapped } = this.vault.newPersonKey();
    const sealed = this.vault.seal(key, JSON.stringify(request));
    await this.database.transaction(async (tx) => {
      const account = await lockAccount(tx, number);
      const rows = await tx.query<{ id: string }>(INSERT, [
        id, account.id, side, wrapped, sealed, JSON.stringify(items), hashOf(items), request.reason, request.document ?? null, actor.login,
        correctionApprovalId(id),
      ]);
      if (rows.length === 0) throw conflict('registry.proposal.no-terms', { side });
      await writeProposalProgress(tx, await rowOf(tx, id), 'decide', 'waiting', 'registry.proposal.message.waiting');
      await Progress.event(tx, correctionApprovalId(id), 'registry.proposal.event.made', {}, { actor: actor.login, reason: request.reason });
      const after = { side, fields: fieldsOf(items) };
      await audit(tx, { actor, action: 'registry.proposal.make', subject: `account/${number}`, after, reason: request.reason });
      await publish(tx, proposalMade, `proposal/${id}`, { proposalId: id, startedBy: actor.login });
    });
    return { id };
  }

  async list({ state, side, mine, account, ...ask }: ProposalQuery, actor: Actor): Promise<ProposalList> {
    const decides = mine === undefined ? null : sidesOf(actor).map((one) => OTHER[one]);
    const params = [...visibleParams(actor), state ?? null, side ?? null, decides, account ?? null];
    const { rows, ...rest } = await readList<ProposalRow>(this.database, PROPOSALS, params, ask);
    return { items: rows.map(itemOf), ...rest };
  }

  async view(id: string, actor: Actor): Promise<ProposalView> {
    const row = await rowOf(this.database, id);
    await this.accounts.mustSee(row.number, actor);
    const whyNot = this.reasonAgainst(row, actor);
    const now = row.state === 'waiting' ? await this.tryNow(row) : { preview: null, stale: null };
    return {
      ...itemOf(row),
      items: row.items,
      ...now,
      mayDecide: whyNot === null,
      mayWithdraw: row.state === 'waiting' && row.proposed_by === actor.login,
      whyNot,
      process: row.workflow_id,
    };
  }

  /** Approval does exactly what was compared; if the card changed in between, it is refused and shown anew. */
  async decide(id: string, { approve, reason }: ProposalDecision, actor: Actor): Promise<ProposalView> {
    if (!approve && reason === undefined) throw new DomainError('registry.proposal.reason-needed', {}, 400);
    await this.accounts.mustSee((await rowOf(this.database, id)).number, actor);
    await this.database.transaction(async (tx) => {
      const row = await rowOf(tx, id, 'for update of p');
      const whyNot = this.reasonAgainst(row, actor);
      if (whyNot) throw conflict(`registry.proposal.${whyNot}`, { state: row.state, side: row.side });
      if (approve) await this.execute(tx, row);
      await tx.query(
        `update registry.proposal set state = $2, decided_by = $3, decided_at = now(), decision_reason = $4, version = version + 1 where id = $1`,
        [id, approve ? 'approved' : 'refused', actor.login, reason ?? null],
      );
      await this.ended(tx, row, approve ? 'approved' : 'refused', actor, reason);
    });
    return this.view(id, actor);
  }

  async withdraw(id: string, reason: string, actor: Actor): Promise<ProposalView> {
    await this.database.transaction(async (tx) => {
      const row = await rowOf(tx, id, 'for update of p');
      if (row.state !== 'waiting') throw conflict('registry.proposal.decided', { state: row.state, side: row.side });
      if (row.proposed_by !== actor.login) throw forbidden('registry.proposal.not-yours', {});
      await tx.query(
        `update registry.proposal set state = 'withdrawn', decided_by = $2, decided_at = now(), decision_reason = $3, version = version + 1 where id = $1`,
        [id, actor.login, reason],
      );
      await this.ended(tx, row, 'withdrawn', actor, reason);
    });
    return this.view(id, actor);
  }

  private async execute(tx: Tx, row: ProposalRow): Promise<void> {
    const { work, order } = await this.make(tx, row);
    if (hashOf(work.items) !== row.items_hash) throw conflict('registry.proposal.stale', { field: firstDifference(work.items, row.items) });
    await this.changes.keep(tx, work, order);
  }

  private async make(tx: Tx, row: ProposalRow): Promise<{ work: ChangeWork; order: Parameters<ChangeService['make']>[1] }> {
    const sealed = ChangeRequest.parse(JSON.parse(this.vault.open(this.vault.unwrap(row.wrapped_key), row.changes_enc)));
    const account = await lockAccount(tx, row.number);
    const request = { ...sealed, version: account.version };
    const order = { number: row.number, request, actor: { login: row.proposed_by }, proposalId: row.id };
    return { work: await this.changes.make(tx, order), order };
  }

  private async tryNow(row: ProposalRow): Promise<Pick<ProposalView, 'preview' | 'stale'>> {
    try {
      return await this.database.dryRun(async (tx) => {
        const { work } = await this.make(tx, row);
        const preview: ChangePreview = {
          items: work.items, notes: work.notes, backdated: work.backdated(), allowed: true, money: await this.changes.money(tx, work),
        };
        return { preview, stale: hashOf(work.items) === row.items_hash ? null : 'registry.proposal.stale' };
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 503) throw error;
      return { preview: null, stale: error.code };
    }
  }

  private async ended(tx: Tx, row: ProposalRow, state: 'approved' | 'refused' | 'withdrawn', actor: Actor, reason?: string): Promise<void> {
    const by = { actor: actor.login, ...(reason ? { reason } : {}) };
    await writeProposalProgress(tx, row, 'done', 'done', `registry.proposal.message.${state}`);
    await Progress.event(tx, row.workflow_id, `registry.proposal.event.${state}`, {}, by);
    await audit(tx, { actor, action: `registry.proposal.${state}`, subject: `account/${row.number}`, after: { proposalId: row.id }, ...(reason ? { reason } : {}) });
    await publish(tx, proposalDecided, `proposal/${row.id}`, { proposalId: row.id, startedBy: actor.login });
  }

  private reasonAgainst(row: ProposalRow, actor: Actor): ProposalView['whyNot'] {
    if (row.state !== 'waiting') return 'decided';
    if (row.proposed_by === actor.login) return 'own';
    if (may(actor, OF_SIDE[OTHER[row.side]])) return null;
    if (row.escalated_at !== null && may(actor, P.accountCorrect.id)) return null;
    return may(actor, OF_SIDE[row.side]) ? 'own-side' : 'no-permission';
  }
}

/** The side or sides for which a person acts. */
const sidesOf = (actor: Actor): Side[] => (['desk', 'department'] as const).filter((side) => may(actor, OF_SIDE[side]));
const hashOf = (items: readonly ChangeItem[]): string => sha256(canonicalJson(items.map(itemKey)));
const fieldsOf = (items: readonly ChangeItem[]): string[] => [...new Set(items.map(({ field }) => field))];
const firstDifference = (now: readonly ChangeItem[], then: readonly ChangeItem[]): string => {
  const known = new Set(then.map(itemKey));
  return now.find((item) => !known.has(itemKey(item)))?.field ?? then.at(0)?.field ?? '';
};

const INSERT = `
  insert into registry.proposal (id, account_id, side, wrapped_key, changes_enc, items, items_hash, reason, document, proposed_by, workflow_id,
    due_at, escalate_at, expires_at)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(days => t.due_days), now() + make_interval(days => t.escalate_days),
    now() + make_interval(days => t.expire_days)
  from registry.proposal_term t where t.side = $3 and t.valid @> platform.today() returning id`;

/** One proposal, or `registry.proposal.unknown`. */
export async function rowOf(sql: Pick<Tx, 'query'>, id: string, lock = ''): Promise<ProposalRow> {
  const [row] = await sql.query<ProposalRow>(
    `select p.*, a.number, d.address, p.due_at < now() and p.state = 'waiting' as overdue from registry.proposal p
     join registry.account a on a.id = p.account_id join registry.pub_address_v1 d on d.premises_id = a.premises_id where p.id = $1 ${lock}`,
    [id],
  );
  if (!row) throw notFound('registry.proposal.unknown', { id });
  return row;
}
export type { ProposalItem };
