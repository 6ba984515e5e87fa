import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { assert, Money } from '@komplat/kernel';
import { canonicalJson, Database, sha256, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { BillContent, type BillLine } from '../../contract/bill.schema.ts';
import type { BillDetail, BillView } from '../../contract/issue.schema.ts';
import { BILL_TEMPLATE } from '../template/bill-html.ts';

/** Largest content of a bill as it is kept; a usual one stays below 2 KB (model.md section 5). */
export const CONTENT_LIMIT = 8192;

/** What most bills of template 1 say: packing starts from it, so it is never changed. A new one comes with a new `v`. */
const DICTIONARY_1 = Buffer.from(
  '{"amount":"","text":"Постачання теплової енергії: послуга почалася, замість: тариф Централізоване водовідведення: Управління багатоквартирним будинком: Управління побутовими відходами: Постачання та розподіл електричної енергії: Постачання природного газу: Розподіл природного газу: Абонентське обслуговування: водопостачання: водовідведення: теплова енергія: побутові відходи: Обслуговування домофона: Холодна вода: Опалення: м³ замість кВт·год"},"age":"month"},{"age":"quarter"},{"age":"year"},{"age":"limitation","before":"","difference":"","parts":[],"same":"due":"2028-","name":"","now":"","quantity":"","serial":"","unit":"м³"},"unit":"кВт·год"},"notices":[],"number":"26","part":0,"reason":null,"recalculations":[],"received":[],"residents":"total":"","v":1,"version":1,"year":[{"amount":"","month":"2026-01"},{"amount":null,"month":"2026-"}],"lines":[{"closing":"","code":"","gross":"","month":"","name":"","opening":"","paid":"-","price":"","provider":"P0","providerAccount":"","providerName":"КП «Яворопільтеплокомуненерго»","quantity":"1","service":"ABON_CW","unit":"міс."},{"closing":"',
);

export interface BillRow {
  readonly id: bigint;
  readonly account_id: number;
  readonly number: string;
  readonly code: string;
  readonly period: string;
  readonly part: number;
  readonly version: number;
  readonly month_kop: bigint;
  readonly total_kop: bigint;
  readonly pay_kop: bigint;
  readonly missing: number;
  readonly due_on: string;
  readonly issued_on: string;
  readonly issued_at: Date;
  readonly issued_by: string;
  readonly reason: string | null;
  readonly sha256: string;
  readonly content: Buffer;
  readonly current: boolean;
}
export const BILL_COLUMNS = `b.id, b.account_id, b.number, b.code, b.period, b.part, b.version, b.month_kop, b.total_kop, b.pay_kop, b.missing,
  b.due_on, b.issued_on, b.issued_at, b.issued_by, b.reason, b.sha256, b.content,
  not exists (select from bills.bill n where n.account_id = b.account_id and n.period = b.period and n.part = b.part
    and n.version > b.version) as current`;

/** The kept form of a content: canonical JSON without zero sums and empty fields of its lines, packed; the hash is of that text. */
export function packed(content: BillContent): { readonly bytes: Buffer; readonly hash: string } {
  const text = canonicalJson({ ...content, lines: content.lines.map(spare) });
  const bytes = deflateRawSync(text, { level: 9, dictionary: DICTIONARY_1 });
  assert(bytes.length <= CONTENT_LIMIT, `a bill of ${bytes.length} bytes is too large`);
  return { bytes, hash: sha256(text) };
}

const spare = (line: BillLine): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(line).filter(([, value]) => value !== '0.00' && value !== null && value !== true));

/** The content as it was issued; a byte that changed is a bug of the store, not a bill. */
export function unpacked(row: Pick<BillRow, 'content' | 'sha256' | 'number'>): BillContent {
  const text = inflateRawSync(row.content, { dictionary: DICTIONARY_1 }).toString('utf8');
  assert(sha256(text) === row.sha256, `bill ${row.number} is not what was issued`);
  return BillContent.parse(JSON.parse(text));
}

export interface NewBill {
  readonly accountId: number;
  readonly content: BillContent;
}

/** Issued bills: written once, read by account and month. */
@Injectable()
export class BillStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Writes all in one statement; a bill that another issue wrote first is left as it is. Answers the ids that were written. */
  async insert(tx: Pick<Tx, 'query'>, bills: readonly NewBill[], by: string, runId: string | null): Promise<ReadonlyMap<number, bigint>> {
    if (bills.length === 0) return new Map();
    const packs = bills.map(({ content }) => packed(content));
    const of = <T>(value: (content: BillContent, at: number) => T): T[] => bills.map(({ content }, at) => value(content, at));
    const kop = (text: string): bigint => Money.parse(text).kop;
    const first = bills[0]?.content;
    assert(first, 'there is a bill');
    const rows = await tx.query<{ account_id: number; id: bigint }>(
      `insert into bills.bill (account_id, period, part, version, number, code, month_kop, total_kop, pay_kop, missing, due_on, content, sha256,
         template, issued_on, issued_by, run_id, reason)
       select u.account_id, $1, u.part, u.version, u.number, u.code, u.month_kop, u.total_kop, u.pay_kop, u.missing, u.due_on, u.content, u.sha256,
         $2, $3, $4, $5, u.reason
       from unnest($6::int[], $7::smallint[], $8::smallint[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::smallint[],
         $15::date[], $16::bytea[], $17::text[], $18::text[])
         as u(account_id, part, version, number, code, month_kop, total_kop, pay_kop, missing, due_on, content, sha256, reason)
       on conflict (account_id, period, part, version) do nothing returning account_id, id`,
      [
        `${first.month}-01`, BILL_TEMPLATE, first.issuedOn, by, runId, bills.map(({ accountId }) => accountId), of(({ part }) => part),
        of(({ version }) => version), of(({ number }) => number), of(({ code }) => code), of((content) => kop(content.monthTotal)),
        of((content) => kop(content.total)), of((content) => kop(content.pay)), of((content) => missingOf(content)), of(({ dueOn }) => dueOn),
        packs.map(({ bytes }) => bytes), packs.map(({ hash }) => hash), of(({ reason }) => reason),
      ],
    );
    return new Map(rows.map((row) => [row.account_id, row.id]));
  }

  /** Newest version of every part of these accounts' bills of a month. */
  async current(accounts: readonly number[], month: string, sql: Pick<Tx, 'query'> = this.database): Promise<BillRow[]> {
    return sql.query<BillRow>(
      `select distinct on (b.account_id, b.part) ${BILL_COLUMNS} from bills.bill b where b.account_id = any($1::int[]) and b.period = $2
       order by b.account_id, b.part, b.version desc`,
      [accounts, `${month}-01`],
    );
  }

  async ofAccount(accountId: number, limit: number): Promise<BillRow[]> {
    return this.database.query<BillRow>(
      `select ${BILL_COLUMNS} from bills.bill b where b.account_id = $1 order by b.period desc, b.part, b.version desc limit $2`,
      [accountId, limit],
    );
  }

  async one(accountId: number, month: string, part: number, version: number | undefined): Promise<BillRow | undefined> {
    const [row] = await this.database.query<BillRow>(
      `select ${BILL_COLUMNS} from bills.bill b where b.account_id = $1 and b.period = $2 and b.part = $3
       and ($4::int is null or b.version = $4) order by b.version desc limit 1`,
      [accountId, `${month}-01`, part, version ?? null],
    );
    return row;
  }

  async byCodes(codes: readonly string[], sql: Pick<Tx, 'query'>): Promise<{ readonly account_id: number; readonly id: bigint }[]> {
    return sql.query('select account_id, id from bills.bill where code = any($1::text[])', [codes]);
  }
}

export const missingOf = ({ lines }: Pick<BillContent, 'lines'>): number => lines.filter(({ received }) => !received).length;

export function toView(row: BillRow, account: string): BillView {
  const money = (kop: bigint): string => Money.ofKop(kop).toString();
  return {
    number: row.number,
    code: row.code,
    account,
    month: row.period.slice(0, 7),
    part: row.part,
    version: row.version,
    monthTotal: money(row.month_kop),
    total: money(row.total_kop),
    pay: money(row.pay_kop),
    dueOn: row.due_on,
    issuedOn: row.issued_on,
    issuedAt: row.issued_at.toISOString(),
    issuedBy: row.issued_by,
    reason: row.reason,
    sha256: row.sha256,
    current: row.current,
    missing: row.missing,
  };
}
export const toDetail = (row: BillRow, account: string): BillDetail => ({ ...toView(row, account), content: unpacked(row) });
