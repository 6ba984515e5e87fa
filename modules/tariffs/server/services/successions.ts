import { Money } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { type Actor, Approvals, Database, type ListDef, readList, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { TARIFFS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { PROVIDER_BALANCES, type ProviderBalance, type ProviderBalances } from '../../contract/provider-balances.ts';
import { type ProviderItem, type ProviderList, type ProvidersQuery, Succession, type SuccessionLook, SuccessionUndo } from '../../contract/succession.schema.ts';
import type { VersionAsked } from '../../contract/version.schema.ts';
import { checkPair, replace, restore, standing } from './succession-sql.ts';

export const SUCCEED = 'tariffs.succeed-provider';
export const UNDO_SUCCESSION = 'tariffs.undo-succession';
const subjectOf = (code: string): string => `provider/${code}`;

const PROVIDERS: ListDef = {
  sql: `
    select p.id::int as id, p.code, p.name, p.kind, lower(p.active)::text as "from", (upper(p.active) - 1)::text as "to", n.short_name as successor,
      (select count(*)::int from tariffs.supply s where s.provider_id = p.id and upper_inf(s.known) and s.valid @> platform.today()) as supplies,
      (select jsonb_build_object('state', b.state, 'debt', (b.debt_kop / 100.0)::numeric(20, 2)::text, 'advance', (b.advance_kop / 100.0)::numeric(20, 2)::text)
        from billing.pub_provider_transfer_v1 b where b.from_provider = p.id and b.state <> 'reversed' and p.successor_id is not null) as balances,
      exists (select from platform.approval a where a.action in ('${SUCCEED}', '${UNDO_SUCCESSION}') and a.subject = 'provider/' || p.code
        and a.state = 'waiting') as waiting
    from tariffs.provider p left join tariffs.provider n on n.id = p.successor_id
    where $1::text is null or p.name ilike '%' || $1 || '%' or p.short_name ilike '%' || $1 || '%' or p.code = upper($1)`,
  id: { column: 'id', type: 'int4' },
  sorts: { code: { column: 'code', type: 'text' }, name: { column: 'name', type: 'text' } },
  first: 'code',
};
type Order = Omit<Succession, 'reason'>;
const payloadOf = Succession.omit({ reason: true });
const AS_IF = '00000000-0000-7000-8000-000000000000';

/** Providers, and how one takes the place of another: supplies, prices and balances in one document of two people; undone the same way. */
@Injectable()
export class Successions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ModuleRef) private readonly refs: { get<T>(token: symbol, options: { readonly strict: false }): T },
  ) {}

  async providers({ q, ...ask }: ProvidersQuery): Promise<ProviderList> {
    const { rows, ...rest } = await readList<ProviderItem>(this.database, PROVIDERS, [q ?? null], ask);
    return { items: [...rows], ...rest };
  }

  /** What it would do: the document is carried out, postings included, and rolled back. */
  async look(order: Succession): Promise<SuccessionLook> {
    return this.database.dryRun(async (tx) => {
      const pair = await checkPair(tx, order);
      const balances = await this.balances().of(tx, pair.old.id);
      const accounts = await accountsOf(tx, pair.old.id, order.on);
      const { supplies, tariffs } = await replace(tx, pair, order, AS_IF);
      const when = await this.balances().move(tx, { ...moveOf(pair, order), by: 'look', documentId: AS_IF });
      return { accounts, supplies, tariffs, balances: balances.map(shown), when };
    });
  }

  /** Asks for the second person; nothing changes before. */
  async propose(order: Succession, actor: Actor): Promise<VersionAsked> {
    const { reason, ...payload } = order;
    const { provider, successor, on, document } = order;
    const approvalId = await this.database.transaction(async (tx) => {
      await checkPair(tx, order);
      return Approvals.request(tx, {
        module: 'tariffs',
        action: SUCCEED,
        subject: subjectOf(provider),
        permission: P.approve.id,
        payload,
        messageKey: 'tariffs.approval.succession-of',
        messageParams: { provider, successor, on, document },
        reason,
        actor,
      });
    });
    return { approvalId };
  }

  /** Supplies, prices, balances and the document itself, in the transaction of the decision. */
  async carryOut(order: Order, { tx, approvalId, requestedBy, decidedBy }: ApprovalContext): Promise<void> {
    const pair = await checkPair(tx, order);
    const { supplies, tariffs, ended } = await replace(tx, pair, order, approvalId);
    await this.balances().move(tx, { ...moveOf(pair, order), by: requestedBy, documentId: approvalId });
    await tx.query(
      `insert into tariffs.succession (id, provider_id, successor_id, on_day, document, supplies, tariffs, ended, asked_by, agreed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [approvalId, pair.old.id, pair.next.id, order.on, order.document, supplies, tariffs, JSON.stringify(ended), requestedBy, decidedBy],
    );
  }

  /** What undoing would bring back: it is carried out and rolled back. */
  async lookUndo({ provider, reason }: SuccessionUndo): Promise<SuccessionLook> {
    return this.database.dryRun(async (tx) => {
      const document = await standing(tx, provider);
      const accounts = await accountsOf(tx, document.successorId, document.on);
      const [moved] = await tx.query<{ moved: boolean }>(
        "select state = 'moved' as moved from billing.pub_provider_transfer_v1 where document_id = $1",
        [document.id],
      );
      const done = await restore(tx, document);
      await this.balances().undo(tx, { documentId: document.id, by: 'look', reason });
      const balances = moved?.moved ? await this.balances().of(tx, document.providerId) : [];
      return { accounts, ...done, balances: balances.map(shown), when: moved?.moved ? 'moved' : 'waiting' };
    });
  }

  async proposeUndo({ provider, reason }: SuccessionUndo, actor: Actor): Promise<VersionAsked> {
    const approvalId = await this.database.transaction(async (tx) => {
      const { document, on } = await standing(tx, provider);
      return Approvals.request(tx, {
        module: 'tariffs',
        action: UNDO_SUCCESSION,
        subject: subjectOf(provider),
        permission: P.approve.id,
        payload: { provider, reason },
        messageKey: 'tariffs.approval.succession-undo-of',
        messageParams: { provider, document, on },
        reason,
        actor,
      });
    });
    return { approvalId };
  }

  async undo({ provider, reason }: SuccessionUndo, { tx, approvalId, requestedBy, decidedBy }: ApprovalContext): Promise<void> {
    const document = await standing(tx, provider);
    await restore(tx, document);
    await this.balances().undo(tx, { documentId: document.id, by: requestedBy, reason });
    await tx.query(
      'insert into tariffs.succession_undo (succession_id, approval_id, reason, asked_by, agreed_by) values ($1, $2, $3, $4, $5)',
      [document.id, approvalId, reason, requestedBy, decidedBy],
    );
  }

  private balances(): ProviderBalances {
    return this.refs.get<ProviderBalances>(PROVIDER_BALANCES, { strict: false });
  }
}

const moveOf = ({ old, next }: { old: { id: number }; next: { id: number } }, { on, document }: Order) => ({
  fromProviderId: old.id, toProviderId: next.id, on, document,
});
const shown = ({ service, accounts, debtKop, advanceKop }: ProviderBalance): SuccessionLook['balances'][number] => ({
  service, accounts, debt: Money.ofKop(debtKop).toString(), advance: Money.ofKop(advanceKop).toString(),
});

async function accountsOf(tx: Pick<Tx, 'query'>, provider: number, on: string): Promise<number> {
  const [row] = await tx.query<{ accounts: number }>(
    `select count(distinct account_id)::int as accounts from tariffs.supply where provider_id = $1 and upper_inf(known) and valid && daterange($2::date, null)`,
    [provider, on],
  );
  return row?.accounts ?? 0;
}

/** Carries out what two people agreed on. */
@Injectable()
export class SucceedProvider implements ApprovalAction {
  constructor(@Inject(Successions) private readonly successions: Successions) {}

  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    await this.successions.carryOut(payloadOf.parse(payload), context);
  }
}

/** Takes back what two people agreed to take back. */
@Injectable()
export class UndoSuccession implements ApprovalAction {
  constructor(@Inject(Successions) private readonly successions: Successions) {}

  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    await this.successions.undo(SuccessionUndo.parse(payload), context);
  }
}
