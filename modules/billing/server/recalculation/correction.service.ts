import { conflict, DomainError, forbidden, Money, notFound, Period } from '@komplat/kernel';
import { type Actor, Approvals, audit, Database, may, readList, seesEverything, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  CorrectionOrder,
  type CorrectionLines,
  type CorrectionLinesQuery,
  type CorrectionList,
  type CorrectionsQuery,
  type CorrectionView,
} from '../../contract/recalculation.schema.ts';
import { seenAccount, seenProviders } from '../services/visibility.ts';
import { type CorrectionRow, itemOf, type LineRow, lineOf, sumOf, type SumRow } from './correction-shape.ts';
import {
  ACCOUNTS_SQL, BY_MONTH_SQL, BY_SERVICE_SQL, DOCUMENT_SQL, DOCUMENTS, INSERT_LINES_SQL, INSERT_SQL, LIMIT_SQL, LINES, PROVIDER_SERVICES_SQL,
  SERVICE_IDS_SQL,
} from './recalculation.sql.ts';

export const POST_CORRECTION = 'billing.post-correction';
export const REVERSE_CORRECTION = 'billing.reverse-correction';
interface LimitRow {
  readonly approval_kop: bigint;
  readonly months: number;
  readonly account_months: number;
  readonly act: string;
  readonly mark: string;
}
interface Found {
  readonly lines: number;
  readonly failed: number;
  readonly touched: number;
  readonly plus_kop: bigint;
  readonly minus_kop: bigint;
  readonly digest: string;
}
interface Chosen {
  readonly accounts: readonly number[];
  readonly services: readonly number[] | null;
}
const LONGEST_MS = 300_000;

/** Correction documents: computed, shown, posted exactly as shown, undone. */
@Injectable()
export class CorrectionService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Readers without the whole city see the documents that they made themselves. */
  async list({ state, q, ...ask }: CorrectionsQuery, actor: Actor): Promise<CorrectionList> {
    const { rows, ...rest } = await readList<CorrectionRow>(this.database, DOCUMENTS, [onlyOf(actor), state ?? null, q ?? null], ask);
    return { items: rows.map(itemOf), ...rest };
  }

  async view(id: string, actor: Actor): Promise<CorrectionView> {
    const row = await this.row(this.database, id, actor);
    const months = await this.database.query<SumRow & { month: string }>(BY_MONTH_SQL, [id]);
    const services = await this.database.query<SumRow & { service: string; provider: string }>(BY_SERVICE_SQL, [id]);
    const limit = await this.limit(this.database);
    return {
      ...itemOf(row),
      digest: row.digest,
      limit: { sum: Money.ofKop(limit.approval_kop).toString(), act: limit.act, mark: limit.mark },
      approvalId: row.approval_id,
      postedPeriod: row.posted_period === null ? null : Period.ofDay(row.posted_period).toString(),
      reversedBy: row.reversed_by,
      reversedAt: row.reversed_at?.toISOString() ?? null,
      reversalReason: row.reversal_reason,
      byMonth: months.map((sum) => ({ month: Period.ofDay(sum.month).toString(), ...sumOf(sum) })),
      byService: services.map((sum) => ({ service: sum.service, provider: sum.provider, ...sumOf(sum) })),
      may: actsOf(row, actor),
    };
  }

  async lines(id: string, { account, failed, ...ask }: CorrectionLinesQuery, actor: Actor): Promise<CorrectionLines> {
    await this.row(this.database, id, actor);
    const { rows, ...rest } = await readList<LineRow>(
      this.database, LINES, [id, account ?? null, failed === undefined ? null : failed === 'yes'], ask,
    );
    return { items: rows.map(lineOf), ...rest };
  }

  /** Computes a recalculation and keeps what came out as a draft: nothing is posted. */
  async draft(order: CorrectionOrder, actor: Actor): Promise<CorrectionView> {
    const id = await this.database.transaction((tx) => this.write(tx, order, actor));
    return this.view(id, actor);
  }

  /** The same question again, for a draft whose facts changed since; the old draft is set aside. */
  async again(id: string, actor: Actor): Promise<CorrectionView> {
    const next = await this.database.transaction(async (tx) => {
      const row = await this.row(tx, id, actor, 'for update');
      if (row.state !== 'draft' && row.state !== 'stale') throw conflict('billing.correction.not-a-draft', { number: row.number, state: row.state });
      await tx.query("update billing.correction set state = 'stale' where id = $1", [id]);
      return this.write(tx, orderOf(row), actor);
    });
    return this.view(next, actor);
  }

  /** Posts a draft, or asks a second person when its sums are over the limit. */
  async post(id: string, actor: Actor): Promise<CorrectionView> {
    await this.database.transaction(async (tx) => {
      const row = await this.row(tx, id, actor, 'for update');
      if (row.state === 'posted' || row.state === 'waiting') return; // a repeated press
      if (row.state !== 'draft') throw conflict('billing.correction.not-a-draft', { number: row.number, state: row.state });
      if (row.lines === 0) throw conflict('billing.correction.nothing', { number: row.number });
      if (row.needs_approval) await this.ask(tx, row, actor);
      else await this.book(tx, row, actor.login, null);
      await audit(tx, {
        actor, action: row.needs_approval ? 'billing.correction.ask' : 'billing.correction.post', subject: `correction/${id}`,
        after: { number: row.number, digest: row.digest, lines: row.lines }, reason: row.decision,
      });
    });
    return this.view(id, actor);
  }

  /** Undoes a document; one that needed a second person needs one again. */
  async reverse(id: string, reason: string, actor: Actor): Promise<CorrectionView> {
    await this.database.transaction(async (tx) => {
      const row = await this.row(tx, id, actor, 'for update');
      if (row.state === 'reversed') return;
      if (row.state !== 'posted') throw conflict('billing.correction.not-posted', { number: row.number, state: row.state });
      if (row.needs_approval) await this.ask(tx, row, actor, reason);
      else await this.undo(tx, row, actor.login, reason);
      const action = row.needs_approval ? 'billing.correction.ask-reverse' : 'billing.correction.reverse';
      await audit(tx, { actor, action, subject: `correction/${id}`, after: { number: row.number }, reason });
    });
    return this.view(id, actor);
  }

  /** In the transaction of whoever posts: the document as it was shown, or nothing. */
  async book(tx: Pick<Tx, 'query'>, row: Pick<CorrectionRow, 'id' | 'number'>, by: string, approvedBy: string | null): Promise<void> {
    await tx.query(`set local statement_timeout = ${LONGEST_MS}`);
    const [done] = await tx.query<{ outcome: string }>('select billing.post_correction($1, $2, $3) as outcome', [row.id, by, approvedBy]);
    if (done?.outcome === 'changed') throw conflict('billing.correction.changed', { number: row.number });
    if (done?.outcome !== 'posted') throw conflict('billing.correction.not-a-draft', { number: row.number, state: done?.outcome ?? '' });
  }

  /** In the transaction of whoever undoes it. */
  async undo(tx: Pick<Tx, 'query'>, row: Pick<CorrectionRow, 'id' | 'number'>, by: string, reason: string): Promise<void> {
    await tx.query(`set local statement_timeout = ${LONGEST_MS}`);
    const [done] = await tx.query<{ outcome: string }>('select billing.reverse_correction($1, $2, $3) as outcome', [row.id, by, reason]);
    if (done?.outcome !== 'reversed') throw conflict('billing.correction.not-posted', { number: row.number, state: done?.outcome ?? '' });
  }

  /** Asks a second person to agree with the posting, or with undoing it when there is a reason for that. */
  private async ask(tx: Tx, row: CorrectionRow, actor: Actor, undone?: string): Promise<void> {
    const approvalId = await Approvals.request(tx, {
      module: 'billing',
      action: undone === undefined ? POST_CORRECTION : REVERSE_CORRECTION,
      subject: `correction/${row.id}`,
      permission: P.correctionApprove.id,
      payload: { id: row.id, number: row.number, digest: row.digest, ...(undone === undefined ? {} : { reason: undone }) },
      messageKey: undone === undefined ? 'billing.correction.approval' : 'billing.correction.approval-reverse',
      messageParams: {
        number: row.number, decision: row.decision, accounts: row.touched, lines: row.lines,
        plus: Money.ofKop(row.plus_kop).toString(), minus: Money.ofKop(row.minus_kop).toString(),
      },
      reason: undone ?? row.decision,
      actor,
    });
    const waiting = undone === undefined ? ", state = 'waiting', posted_by = $3" : ', posted_by = coalesce(posted_by, $3)';
    await tx.query(`update billing.correction set approval_id = $2${waiting} where id = $1`, [row.id, approvalId, actor.login]);
  }

  private async write(tx: Tx, order: CorrectionOrder, actor: Actor): Promise<string> {
    const limit = await this.limit(tx);
    const { accounts, services } = await this.choose(tx, order, actor, limit);
    const id = uuid7();
    const [from, to] = [Period.parse(order.from).firstDay, Period.parse(order.to).firstDay];
    await tx.query(`set local statement_timeout = ${LONGEST_MS}`);
    const [found] = await tx.query<Found>('select * from billing.correction_lines($1::int[], $2, $3, $4::smallint[])', [accounts, from, to, services]);
    if (!found) throw new DomainError('billing.correction.nothing', {});
    await tx.query(INSERT_SQL, [
      id, order.reason, order.decision, JSON.stringify(order.scope), accounts, services, from, to, found.touched, found.lines, found.failed,
      found.plus_kop, found.minus_kop, found.digest, found.plus_kop - found.minus_kop > limit.approval_kop, actor.login,
    ]);
    await tx.query(INSERT_LINES_SQL, [id]);
    await audit(tx, { actor, action: 'billing.correction.draft', subject: `correction/${id}`, after: { ...order }, reason: order.decision });
    return id;
  }

  /** Accounts and services of an order, inside the limits of one document. */
  private async choose(tx: Tx, order: CorrectionOrder, actor: Actor, limit: LimitRow): Promise<Chosen> {
    const { scope } = order;
    const [from, to] = [Period.parse(order.from), Period.parse(order.to)];
    const months = Period.range(from, to).length;
    if (months < 1) throw new DomainError('billing.correction.months-turned', { from: order.from, to: order.to });
    if (months > limit.months) throw new DomainError('billing.correction.too-long', { months, limit: limit.months });
    const numbers = scope.kind === 'account' ? [scope.account] : scope.kind === 'accounts' ? [...new Set(scope.accounts)] : [];
    if (scope.kind === 'account') await seenAccount(tx, scope.account, actor);
    else if (!seesEverything(actor)) throw forbidden('billing.correction.whole-city', {});
    if (seenProviders(actor) !== null) throw forbidden('billing.correction.whole-city', {});
    const found = await tx.query<{ id: number; number: string }>(ACCOUNTS_SQL, [
      numbers, scope.kind === 'house' ? scope.house : null, scope.kind === 'provider' ? scope.provider : null, from.firstDay, to.next().firstDay,
    ]);
    const known = new Set(found.map(({ number }) => number));
    const unknown = numbers.find((number) => !known.has(number));
    if (unknown !== undefined) throw notFound('billing.account.unknown', { number: unknown });
    if (found.length === 0) throw notFound('billing.correction.empty-scope', { scope: scope.kind === 'house' ? scope.house : scope.kind === 'provider' ? scope.provider : '' });
    if (found.length * months > limit.account_months) {
      throw new DomainError('billing.correction.too-large', { accounts: found.length, months, limit: limit.account_months });
    }
    return { accounts: found.map(({ id }) => id), services: await this.servicesOf(tx, order) };
  }

  private async servicesOf(tx: Tx, { scope, services, from, to }: CorrectionOrder): Promise<readonly number[] | null> {
    if (services) {
      const rows = await tx.query<{ id: number; code: string }>(SERVICE_IDS_SQL, [services]);
      const unknown = services.find((code) => !rows.some((row) => row.code === code));
      if (unknown !== undefined) throw notFound('billing.correction.service-unknown', { service: unknown });
      return rows.map(({ id }) => id);
    }
    if (scope.kind !== 'provider') return null;
    const until = Period.parse(to).next().firstDay;
    const rows = await tx.query<{ id: number }>(PROVIDER_SERVICES_SQL, [scope.provider, Period.parse(from).firstDay, until]);
    return rows.map(({ id }) => id);
  }

  private async limit(db: Pick<Tx, 'query'>): Promise<LimitRow> {
    const [limit] = await db.query<LimitRow>(LIMIT_SQL);
    if (!limit) throw new DomainError('billing.correction.no-limit', {}, 409);
    return limit;
  }

  private async row(db: Pick<Tx, 'query'>, id: string, actor: Actor, lock = ''): Promise<CorrectionRow> {
    const [row] = await db.query<CorrectionRow>(`${DOCUMENT_SQL} ${lock}`, [id, onlyOf(actor)]);
    if (!row) throw notFound('billing.correction.unknown', { id });
    return row;
  }
}

const onlyOf = (actor: Actor): string | null => (seesEverything(actor) ? null : actor.login);

function actsOf(row: CorrectionRow, actor: Actor): CorrectionView['may'] {
  if (!may(actor, P.correctionMake.id)) return [];
  if (row.state === 'draft') return row.lines > 0 ? ['post', 'again'] : ['again'];
  if (row.state === 'stale') return ['again'];
  return row.state === 'posted' ? ['reverse'] : [];
}

const orderOf = (row: CorrectionRow): CorrectionOrder =>
  CorrectionOrder.parse({
    scope: row.scope,
    ...(row.services && itemOf(row).scope.kind !== 'provider' ? { services: row.services } : {}),
    from: Period.ofDay(row.from_month).toString(),
    to: Period.ofDay(row.to_month).toString(),
    reason: row.reason,
    decision: row.decision,
  });
