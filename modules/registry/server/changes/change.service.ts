import { conflict, DomainError, forbidden } from '@komplat/kernel';
import { type Actor, audit, Database, may, publish, type Tx, Vault } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { ChangeItem, Changed, ChangePreview, ChangeRequest } from '../../contract/change.schema.ts';
import { accountChanged } from '../../contract/events.ts';
import { differenceOf, moneyPreviewOf, type Refs } from '../../contract/money-preview.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import { SUPPLY_CHANGES, type SupplyChanges } from '../../contract/supply-changes.ts';
import { AccountService } from '../services/account.service.ts';
import { applyChange } from './apply.ts';
import { type AccountRow, ChangeWork } from './context.ts';
import { writeHistory } from './history.service.ts';

/** One request of changes with who stands behind it. */
export interface ChangeOrder {
  readonly number: string;
  readonly request: ChangeRequest;
  readonly actor: Pick<Actor, 'login'>;
  /** The proposal that it carries out. */
  readonly proposalId?: string;
}
/** Who may save or propose may try: a preview tells of other people's codes. */
const MAKERS = [P.accountEdit.id, P.accountCorrect.id, P.proposalDesk.id, P.proposalDepartment.id];
const SUBJECT_OF = (number: string): string => `account/${number}`;

/** Changes of the facts of a card: shown before they are saved, saved with both times, never half. */
@Injectable()
export class ChangeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(AccountService) private readonly accounts: AccountService,
    @Inject(ModuleRef) private readonly refs: Refs,
  ) {}

  /** The same code as saving, rolled back in the end; the money is asked of billing while the changes stand. */
  async preview(number: string, request: ChangeRequest, actor: Actor): Promise<ChangePreview> {
    if (!MAKERS.some((permission) => may(actor, permission))) throw forbidden('platform.forbidden', { permission: P.accountEdit.id });
    await this.accounts.mustSee(number, actor);
    return this.database.dryRun(async (tx) => {
      const work = await this.make(tx, { number, request, actor });
      const backdated = work.backdated();
      return {
        items: work.items,
        notes: work.notes,
        backdated,
        allowed: may(actor, backdated ? P.accountCorrect.id : P.accountEdit.id),
        money: await this.money(tx, work),
      };
    });
  }

  async save(number: string, request: ChangeRequest, actor: Actor): Promise<Changed> {
    await this.accounts.mustSee(number, actor);
    return this.database.transaction(async (tx) => {
      const order: ChangeOrder = { number, request, actor };
      const work = await this.make(tx, order);
      const needed = work.backdated() ? P.accountCorrect.id : P.accountEdit.id;
      if (!may(actor, needed)) throw forbidden('registry.change.correction-needs-right', { permission: needed, day: work.earliest ?? '' });
      return this.keep(tx, work, order);
    });
  }

  /** Makes the changes of an order in a transaction; nothing of the history, the audit or the events yet. */
  async make(tx: Tx, { number, request, actor }: ChangeOrder): Promise<ChangeWork> {
    const account = await lockAccount(tx, number);
    if (account.version !== request.version) throw conflict('registry.account.changed', await this.accounts.lastChange(tx, number, account.version));
    if (account.mergedInto !== null) throw conflict('registry.account.is-merged', { number, into: account.mergedInto });
    const [day] = await tx.query<{ today: string }>('select platform.today() as today');
    if (!day) throw new DomainError('administration.no-operating-day', {}, 409);
    const why = { reason: request.reason, document: request.document ?? null, by: actor.login };
    const work = new ChangeWork(tx, this.vault, account, day.today, actor, why);
    for (const change of request.changes) await applyChange(work, change, () => this.refs.get<SupplyChanges>(SUPPLY_CHANGES, { strict: false }));
    if (work.items.length === 0) throw new DomainError('registry.change.nothing', {});
    return work;
  }

  /** Version, history, audit and event of changes that were made. */
  async keep(tx: Tx, work: ChangeWork, { number, request, actor, proposalId }: ChangeOrder): Promise<Changed> {
    const { account } = work;
    await tx.query('update registry.account set version = version + 1 where id = $1', [account.id]);
    await writeHistory(tx, work, proposalId ?? null);
    const fields = [...new Set(work.items.map(({ field }) => field))];
    const after = { fields, from: work.earliest ?? null, kinds: request.changes.map(({ kind }) => kind), proposalId };
    await audit(tx, { actor, action: 'registry.account.change', subject: SUBJECT_OF(number), after, reason: request.reason });
    await publish(tx, accountChanged, `account/${account.id}`, { accountId: account.id, fields, from: work.earliest });
    return { version: account.version + 1, items: work.items, notes: work.notes };
  }

  /** What billing says of the changes that stand in this transaction. */
  async money(tx: Tx, work: ChangeWork): Promise<ChangePreview['money']> {
    const billing = moneyPreviewOf(this.refs);
    const nothing = { available: false, effects: [], difference: '0.00' };
    if (!billing || work.earliest === undefined) return nothing;
    const sharing = await tx.query<{ id: number }>('select id from registry.account where premises_id = $1 order by id', [work.account.premisesId]);
    const ask = { accountIds: sharing.map(({ id }) => id), from: work.earliest, until: work.today.slice(0, 7) };
    const effects = await billing.preview(tx, ask);
    return { available: true, effects: [...effects], difference: differenceOf(effects) };
  }
}

interface LockedAccount extends AccountRow {
  readonly mergedInto: string | null;
}

/** The account of a number, held until the end of the transaction. */
export async function lockAccount(tx: Pick<Tx, 'query'>, number: string): Promise<LockedAccount> {
  const [row] = await tx.query<LockedAccount>(
    `select a.id, a.number, a.version, a.premises_id as "premisesId", p.kind as "premisesKind", a.holder_id as "holderId",
       a.opened_on as "openedOn", a.closed_on as "closedOn", (select m.number from registry.account m where m.id = a.merged_into) as "mergedInto"
     from registry.account a join registry.premises p on p.id = a.premises_id where a.number = $1 for update of a`,
    [number],
  );
  if (!row) throw new DomainError('registry.account.unknown', { number }, 404);
  return row;
}

/** Items as text, for comparing what was agreed with what would be done now. */
export const itemKey = ({ field, subject, from, to, before, after }: ChangeItem): string =>
  JSON.stringify([field, subject, from, to, before, after]);
