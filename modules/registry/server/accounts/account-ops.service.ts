import { conflict, DomainError, makeAccountNumber, Money, notFound } from '@komplat/kernel';
import type { ModulePlugin } from '@komplat/plugin-api';
import { type Actor, audit, Database, PLUGINS, publish, type Tx, Vault } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AccountDone, CloseAccount, Lineage, MergeAccount, RenumberAccount, ReopenAccount,
} from '../../contract/account-ops.schema.ts';
import { accountClosed, accountMerged, accountOpened, accountRenumbered } from '../../contract/events.ts';
import { lockAccount } from '../changes/change.service.ts';
import { ChangeWork } from '../changes/context.ts';
import { writeHistory } from '../changes/history.service.ts';
import { AccountService } from '../services/account.service.ts';

export interface Reasoned {
  readonly reason: string;
  readonly document?: string | undefined;
}
interface EventRow {
  readonly kind: Lineage['items'][number]['kind'];
  readonly account: string;
  readonly other: string | null;
  readonly old_number: string | null;
  readonly new_number: string | null;
  readonly effective_on: string;
  readonly balance_kop: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly reason: string;
  readonly document: string | null;
}
/** Under it the old numbers of our own accounts are found. */
export const FORMER_NUMBER = 'former-number';

/** The life of an account as such: its numbers lead from one to the next, sums are never lost on the way. */
@Injectable()
export class AccountOps {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(AccountService) private readonly accounts: AccountService,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
  ) {}

  async close(number: string, { lastDay, version, ...why }: CloseAccount, actor: Actor): Promise<AccountDone> {
    return this.change(number, version, actor, why, async (work) => {
      const { account, tx } = work;
      if (account.closedOn !== null) throw conflict('registry.account.is-closed', { number, day: account.closedOn });
      if (lastDay < account.openedOn) throw new DomainError('registry.account.closes-before-opening', { day: lastDay, opened: account.openedOn });
      work.begin(lastDay);
      const balance = await balanceOf(tx, account.id);
      if (balance.moves) throw conflict('registry.close.balance', { number, balance: Money.ofKop(balance.kop).toString() });
      await tx.query('update registry.account set closed_on = $2, closed_reason = $3 where id = $1', [account.id, lastDay, why.reason]);
      work.item('closed-on', null, { from: lastDay, until: null }, null, lastDay);
      await lineage(work, { kind: 'close', on: lastDay });
      await publish(tx, accountClosed, `account/${account.id}`, { accountId: account.id, on: lastDay });
    });
  }

  async reopen(number: string, { on, version, ...why }: ReopenAccount, actor: Actor): Promise<AccountDone> {
    return this.change(number, version, actor, why, async (work) => {
      const { account, tx } = work;
      if (account.closedOn === null) throw conflict('registry.account.is-open', { number });
      if (on <= account.closedOn) throw new DomainError('registry.account.reopens-early', { day: on, closed: account.closedOn });
      await mustBeFree(tx, account.premisesId, account.id);
      work.begin(on);
      await tx.query('update registry.account set closed_on = null, closed_reason = null where id = $1', [account.id]);
      work.item('closed-on', null, { from: on, until: null }, account.closedOn, null);
      await lineage(work, { kind: 'reopen', on });
      await publish(tx, accountOpened, `account/${account.id}`, { accountId: account.id, on });
    });
  }

  /** A new number; the old one is an alias from then on and is never given again. */
  async renumber(number: string, { on, version, ...why }: RenumberAccount, actor: Actor): Promise<AccountDone> {
    return this.change(number, version, actor, why, async (work) => {
      const { account, tx } = work;
      if (account.closedOn !== null) throw conflict('registry.account.is-closed', { number, day: account.closedOn });
      work.begin(on);
      const [house] = await tx.query<{ district: number }>('select district from registry.pub_account_v1 where account_id = $1', [account.id]);
      const next = makeAccountNumber(house?.district ?? 0, await nextRunning(tx));
      await tx.query('update registry.account set number = $2 where id = $1', [account.id, next]);
      await tx.query(
        `insert into registry.account_alias (account_id, owner, number, valid) values ($1, '${FORMER_NUMBER}', $2, daterange($3::date, null))`,
        [account.id, number, account.openedOn],
      );
      work.item('number', null, { from: on, until: null }, number, next);
      await lineage(work, { kind: 'renumber', on, oldNumber: number, newNumber: next });
      const moved = { accountId: account.id, oldNumber: number, newNumber: next, on };
      await publish(tx, accountRenumbered, `account/${account.id}`, moved);
      return next;
    });
  }

  /**
   * The account goes on as another. Its balance is moved by whoever hears the event; while nobody does, an account with a
   * balance is not merged, so no kopeck is left behind.
   */
  async merge(number: string, { into, on, version, ...why }: MergeAccount, actor: Actor): Promise<AccountDone> {
    await this.accounts.mustSee(into, actor);
    return this.change(number, version, actor, why, async (work) => {
      const { account, tx } = work;
      if (into === number) throw conflict('registry.merge.into-itself', { number });
      const target = await lockAccount(tx, into);
      await mustNotCircle(tx, account.id, target.id, number, into);
      if (account.closedOn !== null) throw conflict('registry.account.is-closed', { number, day: account.closedOn });
      if (target.closedOn !== null) throw conflict('registry.merge.into-closed', { into, day: target.closedOn });
      if (on < account.openedOn) throw new DomainError('registry.account.closes-before-opening', { day: on, opened: account.openedOn });
      work.begin(on);
      const balance = await balanceOf(tx, account.id);
      if (balance.moves && !this.movesBalances()) {
        throw conflict('registry.merge.balance-first', { number, into, balance: Money.ofKop(balance.kop).toString() });
      }
      await tx.query('update registry.account set closed_on = $2, closed_reason = $3, merged_into = $4 where id = $1', [
        account.id, on, why.reason, target.id,
      ]);
      await tx.query('update registry.account set version = version + 1 where id = $1', [target.id]);
      work.item('merged-into', null, { from: on, until: null }, null, into);
      await lineage(work, { kind: 'merge', on, otherId: target.id, balance: balance.kop });
      const moved = { accountId: account.id, intoAccountId: target.id, on, balanceKop: balance.kop.toString() };
      await publish(tx, accountMerged, `account/${account.id}`, moved);
    });
  }

  /** Where a number came from and where it went; found by any number that the account ever had. */
  async lineage(number: string, actor: Actor): Promise<Lineage> {
    await this.accounts.mustSee(number, actor);
    const rows = await this.database.query<EventRow>(LINEAGE_SQL, [number]);
    const [current] = await this.database.query<{ number: string }>(
      'select s.number from registry.account a join registry.account s on s.id = registry.successor_of(a.id) where a.number = $1',
      [number],
    );
    return {
      current: current?.number ?? number,
      items: rows.map((row) => ({
        kind: row.kind,
        account: row.account,
        other: row.other,
        oldNumber: row.old_number,
        newNumber: row.new_number,
        on: row.effective_on,
        balance: Money.ofKop(row.balance_kop).toString(),
        at: row.at.toISOString(),
        actor: row.actor,
        reason: row.reason,
        document: row.document,
      })),
    };
  }

  private movesBalances(): boolean {
    return this.plugins.some(({ events }) => events?.handles.some(({ event }) => event === accountMerged.type) ?? false);
  }

  /** Lock, version, work, history, audit: one transaction. The work may give the account another number. */
  async change(
    number: string,
    version: number,
    actor: Actor,
    why: Reasoned,
    make: (work: ChangeWork) => Promise<string | undefined | void>,
  ): Promise<AccountDone> {
    await this.accounts.mustSee(number, actor);
    return this.database.transaction(async (tx) => {
      const account = await lockAccount(tx, number);
      if (account.version !== version) throw conflict('registry.account.changed', await this.accounts.lastChange(tx, number, account.version));
      if (account.mergedInto !== null) throw conflict('registry.account.is-merged', { number, into: account.mergedInto });
      const work = await this.work(tx, account, actor, why);
      const next = await make(work);
      await tx.query('update registry.account set version = version + 1 where id = $1', [account.id]);
      await writeHistory(tx, work, null);
      const after = { fields: work.items.map(({ field, after: value }) => [field, value]) };
      await audit(tx, { actor, action: 'registry.account.manage', subject: `account/${number}`, after, reason: why.reason });
      return { number: next ?? number, version: account.version + 1 };
    });
  }

  async work(tx: Tx, account: ConstructorParameters<typeof ChangeWork>[2], actor: Actor, why: Reasoned): Promise<ChangeWork> {
    const [day] = await tx.query<{ today: string }>('select platform.today() as today');
    if (!day) throw new DomainError('administration.no-operating-day', {}, 409);
    return new ChangeWork(tx, this.vault, account, day.today, actor, { reason: why.reason, document: why.document ?? null, by: actor.login });
  }
}

const LINEAGE_SQL = `
  with recursive family (id) as (
    select id from registry.account where number = $1
    union select case e.account_id when f.id then e.other_id else e.account_id end
      from family f join registry.account_event e on f.id in (e.account_id, e.other_id) and e.other_id is not null)
  select e.kind, a.number as account, o.number as other, e.old_number, e.new_number, e.effective_on, e.balance_kop, e.at, e.actor, e.reason, e.document
  from registry.account_event e join registry.account a on a.id = e.account_id left join registry.account o on o.id = e.other_id
  where e.account_id in (select id from family) or e.other_id in (select id from family) order by e.id desc limit 200`;

interface LineageEvent {
  readonly kind: Lineage['items'][number]['kind'];
  readonly on: string;
  readonly otherId?: number;
  readonly oldNumber?: string;
  readonly newNumber?: string;
  readonly balance?: bigint;
}
export async function lineage(work: ChangeWork, event: LineageEvent): Promise<void> {
  await work.tx.query(
    `insert into registry.account_event (kind, account_id, other_id, old_number, new_number, effective_on, balance_kop, reason, document, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      event.kind, work.account.id, event.otherId ?? null, event.oldNumber ?? null, event.newNumber ?? null, event.on, event.balance ?? 0n,
      work.why.reason, work.why.document, work.why.by,
    ],
  );
}

/** What is owed less what is held ahead, over all services; `moves` = whether any sum would have to move, also two that cancel out. */
async function balanceOf(tx: Pick<Tx, 'query'>, accountId: number): Promise<{ readonly kop: bigint; readonly moves: boolean }> {
  const [row] = await tx.query<{ kop: bigint; moves: boolean }>(
    `select coalesce(sum(balance_kop), 0)::bigint as kop, coalesce(bool_or(balance_kop <> 0), false) as moves
     from billing.pub_balance_v1 where account_id = $1`,
    [accountId],
  );
  return row ?? { kop: 0n, moves: false };
}

export async function nextRunning(tx: Pick<Tx, 'query'>): Promise<number> {
  const [row] = await tx.query<{ next: number | null }>('select registry.next_running() as next');
  return row?.next ?? 1;
}

/** At most one open account keeps a dwelling. */
export async function mustBeFree(tx: Pick<Tx, 'query'>, premisesId: number, except: number | null): Promise<void> {
  const [other] = await tx.query<{ number: string }>(
    'select number from registry.account where premises_id = $1 and closed_on is null and id is distinct from $2 limit 1',
    [premisesId, except],
  );
  if (other) throw conflict('registry.account.premises-taken', { number: other.number });
}

async function mustNotCircle(tx: Pick<Tx, 'query'>, from: number, into: number, number: string, target: string): Promise<void> {
  const [row] = await tx.query<{ id: number; number: string }>(
    'select s.id, s.number from registry.account s where s.id = registry.successor_of($1)',
    [into],
  );
  if (!row) throw notFound('registry.account.unknown', { number: target });
  if (row.id === from) throw conflict('registry.merge.circular', { number, into: target });
  if (row.id !== into) throw conflict('registry.merge.into-merged', { into: target, current: row.number });
}
