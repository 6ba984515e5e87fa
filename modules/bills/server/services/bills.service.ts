import { DomainError, Money, notFound } from '@komplat/kernel';
import { type Actor, Database, Messages, scopeValues, seesEverything } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { BillDetail, BillList, IssueRequest, PdfQuery, Verified } from '../../contract/issue.schema.ts';
import { monthWords, readCode } from '../../domain/index.ts';
import { BillPrinter } from './bill-printer.ts';
import { type BillRow, BillStore, toDetail, toView, unpacked } from './bill-store.ts';
import { IssueService } from './issue.service.ts';

interface SeenAccount {
  readonly id: number;
  readonly number: string;
}
const MOST_LISTED = 120;

/** Bills as people ask for them: by account and month, as a page, as a code. */
@Injectable()
export class BillsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BillStore) private readonly store: BillStore,
    @Inject(IssueService) private readonly issuing: IssueService,
    @Inject(BillPrinter) private readonly printer: BillPrinter,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async list(number: string, actor: Actor): Promise<BillList> {
    const account = await this.seen(number, actor);
    const rows = await this.store.ofAccount(account.id, MOST_LISTED);
    return { items: rows.map((row) => toView(row, account.number)) };
  }

  async detail(number: string, month: string, query: PdfQuery, actor: Actor): Promise<BillDetail> {
    const account = await this.seen(number, actor);
    return toDetail(await this.bill(account, month, query), account.number);
  }

  /** The PDF of an issued bill; the same bill has the same text whenever it is printed. */
  async pdf(number: string, month: string, query: PdfQuery, actor: Actor): Promise<Uint8Array> {
    const account = await this.seen(number, actor);
    return this.printer.one(unpacked(await this.bill(account, month, query)));
  }

  async issue(number: string, month: string, request: IssueRequest, actor: Actor): Promise<BillDetail> {
    const account = await this.seen(number, actor);
    await this.issuing.issueOne(account, month, request, actor);
    const rows = await this.store.current([account.id], month);
    const row = request.kind === 'supplementary' ? rows.toSorted((a, b) => b.part - a.part)[0] : rows.find(({ part }) => part === 0);
    if (!row) throw notFound('bills.bill.unknown', { month });
    return toDetail(row, account.number);
  }

  /** For everyone: whether a code is of a bill of ours, of which sum, and whether another version stands in its place. */
  async verify(text: string): Promise<Verified> {
    const [row] = await this.database.query<BillRow & { readonly account: string; readonly superseded_on: string | null }>(
      `select b.*, a.number as account, (select min(n.issued_on) from bills.bill n where n.account_id = b.account_id and n.period = b.period
         and n.part = b.part and n.version > b.version) as superseded_on
       from bills.bill b join registry.pub_account_v1 a on a.account_id = b.account_id where b.code = $1`,
      [readCode(text)],
    );
    if (!row) throw notFound('bills.verify.unknown');
    return {
      issuer: unpacked(row).issuer.name,
      number: row.number.replace(row.account, `…${row.account.slice(-4)}`),
      accountEnds: row.account.slice(-4),
      month: row.period.slice(0, 7),
      issuedOn: row.issued_on,
      version: row.version,
      monthTotal: Money.ofKop(row.month_kop).toString(),
      total: Money.ofKop(row.total_kop).toString(),
      supplementary: row.part > 0,
      supersededOn: row.superseded_on,
    };
  }

  private async bill(account: SeenAccount, month: string, { part, version }: PdfQuery): Promise<BillRow> {
    const row = await this.store.one(account.id, month, part, version);
    if (row) return row;
    const say = (key: string, params = {}): string => this.messages.text('uk', key, params);
    throw notFound('bills.bill.unknown', { month: monthWords(month, say) });
  }

  /** The account, or 404. A provider sees no bill: it names the debts to all others (model.md section 1). */
  private async seen(number: string, actor: Actor): Promise<SeenAccount> {
    const [row] = await this.database.query<SeenAccount>(
      `select a.account_id as id, a.number from registry.pub_account_v1 a
       where a.number = $1 and ($2::boolean or a.district::text = any($3::text[]) or a.number = any($4::text[])
         or exists (select from registry.pub_address_v1 d where d.premises_id = a.premises_id and d.house_code = any($5::text[])))`,
      [number, seesEverything(actor), scopeValues(actor, 'district'), scopeValues(actor, 'account'), scopeValues(actor, 'house')],
    );
    if (!row) throw new DomainError('bills.account.unknown', { number }, 404);
    return row;
  }
}
