/** How the text of a column of an old file becomes a value; the stage of the rows has a column of that type. */
export type HistoryFieldType = 'account' | 'service' | 'text' | 'day' | 'month' | 'money' | 'decimal';
export const HISTORY_SQL_TYPES: Readonly<Record<HistoryFieldType, string>> = {
  account: 'int', service: 'smallint', text: 'text', day: 'date', month: 'date', money: 'bigint', decimal: 'numeric(16,3)',
};

export interface HistoryField {
  readonly name: string;
  readonly type: HistoryFieldType;
  readonly optional?: boolean;
  /** Names by which a column is taken for this field without a person. */
  readonly columns: RegExp;
}
/** The number of the account as every file of the old system has it. */
export const ACCOUNT_FIELD: HistoryField = { name: 'account', type: 'account', columns: /^(account|acc|ls|os_?rah|особовий.*|о\/?р|рахунок|лицевой.*)$/iu };
/** The file whose rows stand in the temporary table `history_fact(line, raw, …fields)`. */
export interface HistorySource {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly size: bigint;
  readonly by: string;
}
export interface HistorySql {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}
export interface HistoryWritten {
  readonly rows: number;
  readonly digest: string;
}

/**
 * Facts of the old system (payments, readings, residents): billing reads, checks and locks the file, the module that owns the
 * facts says what is wrong with its rows and writes them, both as sets. A provider of `historyFacts(kind)`.
 */
export interface HistoryFacts {
  readonly fields: readonly HistoryField[];
  /** Personal data of other people: rows that are refused are kept without their text. */
  readonly personal: boolean;
  /** Month and sum of a row for the totals, SQL over `history_fact f`; a sum is a decimal number. */
  readonly month: string;
  readonly sum: string;
  /** Select of `line, code, params` (jsonb): rows that cannot be loaded. */
  readonly problems: string;
  /** Writes all rows of the stage; answers how many, and a digest over what was written. */
  load(tx: HistorySql, source: HistorySource): Promise<HistoryWritten>;
}
/** Rows that were written and a digest over them, part by part: no text grows with the file. Each is SQL over `written w`. */
export const historyDigest = (row: string, order: string, part: string): string => `
select coalesce(sum(q.n), 0)::int as rows, encode(sha256(convert_to(coalesce(string_agg(q.hash, '' order by q.part), ''), 'UTF8')), 'hex') as digest
from (select ${part} as part, count(*) as n, encode(sha256(convert_to(string_agg(${row}, chr(10) order by ${order}), 'UTF8')), 'hex') as hash
  from written w group by 1) q`;

/** Name of the provider of a kind: any process finds it without knowing the module. */
export const historyFacts = (kind: string): symbol => Symbol.for(`komplat.history.${kind}`);
