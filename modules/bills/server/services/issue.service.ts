import { randomBytes } from 'node:crypto';
import { assert, conflict, DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, canonicalJson, Database, Messages, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { BillContent } from '../../contract/bill.schema.ts';
import type { IssueRequest } from '../../contract/issue.schema.ts';
import { type BillFacts, billNumber, CODE_LENGTH, codeOf, isReceived, makeBill, monthWords, type Say } from '../../domain/index.ts';
import { BillFactsReader } from './bill-facts.ts';
import { type BillRow, BillStore, unpacked } from './bill-store.ts';

/** Who is asking, and by which mass run. */
export interface Issuing {
  readonly by: string;
  readonly runId: string | null;
}
/** What came of one account in an issue of many. */
export type Issued =
  | { readonly accountId: number; readonly outcome: 'done'; readonly content: BillContent; readonly isNew: boolean }
  | { readonly accountId: number; readonly outcome: 'skipped' | 'failed'; readonly reason: string };
interface Draft {
  readonly facts: BillFacts;
  readonly part: number;
  readonly version: number;
  readonly reason: string | null;
}

/** Issues bills: made from the ledger, numbered, hashed, never changed afterwards. */
@Injectable()
export class IssueService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BillFactsReader) private readonly reader: BillFactsReader,
    @Inject(BillStore) private readonly store: BillStore,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The words of a bill: Ukrainian. */
  readonly say: Say = (key, params = {}) => this.messages.text('uk', key, params);

  /**
   * Bills of many accounts of a month in one transaction; an account that has its bill keeps it. Accounts without
   * services, or that do not exist, are skipped with a reason.
   */
  async issueMany(tx: Tx, accounts: readonly number[], month: string, issuing: Issuing): Promise<readonly Issued[]> {
    await this.checkMonth(tx, month);
    const known = new Map((await this.store.current(accounts, month, tx)).filter(({ part }) => part === 0).map((row) => [row.account_id, row]));
    const wanted = accounts.filter((account) => !known.has(account));
    const frame = await this.frame(tx);
    const facts = wanted.length === 0 ? [] : await this.reader.read(wanted, month, frame.issuedOn, tx);
    const drafts = facts
      .filter(({ lines }) => lines.length > 0)
      .map((each) => ({ accountId: each.accountId, content: this.made({ facts: each, part: 0, version: 1, reason: null }, month, frame) }));
    const written = await this.store.insert(tx, drafts, issuing.by, issuing.runId);
    assert(written.size === drafts.length, 'nobody else issues these bills at the same time');
    const made = new Map(drafts.map(({ accountId, content }) => [accountId, content]));
    return accounts.map((accountId): Issued => {
      const old = known.get(accountId);
      if (old) return { accountId, outcome: 'done', content: unpacked(old), isNew: false };
      const content = made.get(accountId);
      return content ? { accountId, outcome: 'done', content, isNew: true } : { accountId, outcome: 'skipped', reason: 'no-lines' };
    });
  }

  /** One bill by hand: the first, a corrected version with its reason, or a supplementary one for late providers. */
  async issueOne(account: { readonly id: number; readonly number: string }, month: string, request: IssueRequest, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(731140999, $1)', [account.id]);
      await this.checkMonth(tx, month);
      const frame = await this.frame(tx);
      const [facts] = await this.reader.read([account.id], month, frame.issuedOn, tx);
      if (!facts || facts.lines.length === 0) {
        throw new DomainError('bills.account.no-lines', { month: monthWords(month, this.say), number: account.number });
      }
      const draft = this.draft(facts, await this.store.current([account.id], month, tx), request, month);
      if (draft === null) return;
      const content = this.made(draft, month, frame);
      await this.store.insert(tx, [{ accountId: account.id, content }], actor.login, null);
      const { number, version, total, part } = content;
      await audit(tx, {
        actor,
        action: `bills.issue.${request.kind}`,
        subject: `account/${account.number}`,
        after: { month, number, version, part, total },
        ...(request.reason === undefined ? {} : { reason: request.reason }),
      });
    });
  }

  /** What is to be written; null when the bill stands already. */
  private draft(facts: BillFacts, known: readonly BillRow[], { kind, reason }: IssueRequest, month: string): Draft | null {
    const main = known.find(({ part }) => part === 0);
    if (kind === 'bill') return main ? null : { facts, part: 0, version: 1, reason: null };
    if (!main) throw notFound('bills.bill.unknown', { month: monthWords(month, this.say) });
    if (kind === 'supplementary') return supplement(facts, known);
    if (reason === undefined) throw new DomainError('platform.request.invalid', { path: 'body.reason', message: 'reason' }, 400);
    const old = unpacked(main);
    const now = makeBill(facts, { ...old }, this.say);
    if (canonicalJson(now) === canonicalJson(old)) throw conflict('bills.nothing-changed', { number: main.number });
    return { facts, part: 0, version: main.version + 1, reason };
  }

  private made({ facts, part, version, reason }: Draft, month: string, frame: Frame): BillContent {
    const number = billNumber(month, facts.number, part, version);
    return makeBill(facts, { month, part, version, reason, number, code: codeOf(randomBytes(CODE_LENGTH)), ...frame }, this.say);
  }

  private async frame(tx: Pick<Tx, 'query'>): Promise<Frame> {
    const [row] = await tx.query<IssuerRow>(
      `select platform.today() as today, i.name, i.short_name as short, i.address, i.phone, i.hours, i.site, i.edrpou, i.iban
       from (select 1) one left join bills.issuer i on i.valid @> platform.today()`,
    );
    if (!row?.name) throw new DomainError('bills.issuer.missing', { day: row?.today ?? '' });
    const { today, ...issuer } = row;
    return { issuedOn: today, issuer };
  }

  /** Bills are issued when the first provider of the month is released; the others are "not received". */
  private async checkMonth(tx: Pick<Tx, 'query'>, month: string): Promise<void> {
    const [row] = await tx.query<{ ready: boolean }>(
      `select exists (select from platform.period_lane where period = $1 and state in ('released', 'locked')) as ready`,
      [`${month}-01`],
    );
    if (!row?.ready) throw new DomainError('bills.month.not-ready', { month: monthWords(month, this.say) });
  }
}
interface Frame {
  readonly issuedOn: string;
  readonly issuer: BillContent['issuer'];
}
type IssuerRow = BillContent['issuer'] & { readonly today: string };

/** Only the services that every earlier part of the bill named as not received, and that have come since. */
function supplement(facts: BillFacts, known: readonly BillRow[]): Draft {
  const lines = known.flatMap((row) => unpacked(row).lines);
  const keyOf = (line: { readonly service: string; readonly provider: string }): string => `${line.service}/${line.provider}`;
  const told = new Set(lines.filter(({ received }) => received).map(keyOf));
  const missed = new Set(lines.filter(({ received }) => !received).map(keyOf));
  const come = facts.lines.filter((line) => missed.has(keyOf(line)) && !told.has(keyOf(line)) && line.accrued && isReceived(line));
  const main = known.find(({ part }) => part === 0);
  if (come.length === 0) throw conflict('bills.nothing-to-add', { number: main?.number ?? '' });
  const names = new Set(come.map(({ service }) => service));
  const part = Math.max(...known.map((row) => row.part)) + 1;
  const meters = facts.meters.filter(({ service }) => names.has(service));
  return { facts: { ...facts, lines: come, reasons: [], later: [], ages: [], meters, year: [] }, part, version: 1, reason: null };
}
