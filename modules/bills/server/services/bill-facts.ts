import { Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { BillFacts, LineFacts, MonthBefore } from '../../domain/index.ts';
import { BILL_FACTS } from './bill-facts.sql.ts';

type Text<T, K extends keyof T> = Omit<T, K> & Readonly<Record<K, string>>;
type Kops = 'charged' | 'benefit' | 'recalculated' | 'subsidy' | 'netted';
type BeforeRow = Text<MonthBefore, Kops>;
type LineRow = Text<Omit<LineFacts, 'before'>, Kops | 'opening' | 'closing' | 'paid' | 'other'> & { readonly before: BeforeRow | null };
interface KopRow {
  readonly kop: string;
}
interface Row {
  readonly account_id: number;
  readonly number: string;
  readonly holder: string;
  readonly address: string;
  readonly postcode: string;
  readonly area: string | null;
  readonly residents: number;
  readonly lines: readonly LineRow[] | null;
  readonly reasons: readonly (Omit<BillFacts['reasons'][number], 'kop'> & KopRow)[] | null;
  readonly later: readonly (Omit<BillFacts['later'][number], 'kop'> & KopRow)[] | null;
  readonly ages: readonly (Omit<BillFacts['ages'][number], 'kop'> & KopRow)[] | null;
  readonly meters: BillFacts['meters'] | null;
  readonly year: readonly (Omit<BillFacts['year'][number], 'kop'> & KopRow)[] | null;
  readonly notices: readonly string[] | null;
}
const UNRELEASED = new Set(['closing', 'verified']);

/** Reads what bills say: one statement for any number of accounts of one month. */
@Injectable()
export class BillFactsReader {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** `month` is `2026-10`; nothing that came after `issuedOn` is counted as received. Accounts that do not exist are left out. */
  async read(accounts: readonly number[], month: string, issuedOn: string, sql: Pick<Tx, 'query'> = this.database): Promise<BillFacts[]> {
    const rows = await sql.query<Row>(BILL_FACTS, [accounts, `${month}-01`, issuedOn]);
    return rows.map(toFacts);
  }
}

const withKop = <T extends KopRow>(rows: readonly T[] | null): (Omit<T, 'kop'> & { readonly kop: bigint })[] =>
  (rows ?? []).map((row) => ({ ...row, kop: BigInt(row.kop) }));

function toFacts(row: Row): BillFacts {
  return {
    accountId: row.account_id,
    number: row.number,
    holder: row.holder,
    address: row.address,
    postcode: row.postcode,
    area: row.area,
    residents: row.residents,
    lines: (row.lines ?? []).map(toLine),
    reasons: withKop(row.reasons),
    later: withKop(row.later),
    ages: withKop(row.ages),
    meters: row.meters ?? [],
    year: withKop(row.year),
    notices: row.notices ?? [],
  };
}

const toBefore = (row: BeforeRow): MonthBefore => ({
  ...row,
  charged: BigInt(row.charged),
  benefit: BigInt(row.benefit),
  recalculated: BigInt(row.recalculated),
  subsidy: BigInt(row.subsidy),
  netted: BigInt(row.netted),
});

function toLine(row: LineRow): LineFacts {
  const line: LineFacts = {
    ...row,
    ...toBefore(row),
    opening: BigInt(row.opening),
    closing: BigInt(row.closing),
    paid: BigInt(row.paid),
    other: BigInt(row.other),
    before: row.before === null ? null : toBefore(row.before),
  };
  return UNRELEASED.has(line.lane) && line.accrued ? withoutCharge(line) : line;
}

/** A charge that nobody released yet may still be taken back: it is not on a bill. */
const withoutCharge = (line: LineFacts): LineFacts => ({
  ...line,
  accrued: false,
  closing: line.closing - line.charged,
  charged: 0n,
  netted: 0n,
  quantity: null,
  price: null,
  charges: 0,
});
