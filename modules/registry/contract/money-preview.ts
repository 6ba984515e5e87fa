import type { MoneyEffect } from './change.schema.ts';

/** The narrow form of a transaction, so that the contract knows no server code. */
export interface PreviewTx {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}
export interface MoneyPreviewAsk {
  /** Accounts whose charges may differ. */
  readonly accountIds: readonly number[];
  /** First day from which a fact differs, `2026-03-01`. */
  readonly from: string;
  /** The last month that is compared, usually the open one, `2026-11`. */
  readonly until: string;
}

/**
 * What a change of facts does to money. Implemented by billing and found by its token; while nobody provides it, the
 * registry says that there is no preview.
 *
 * It is asked inside a transaction in which the changes are made already and which is rolled back afterwards: it reads
 * the facts as they will be, and answers one row a month, service and provider whose charge would differ from what is
 * charged now. Sums are hryvnias with two decimals. It writes nothing that outlives the transaction.
 */
export interface MoneyPreview {
  preview(tx: PreviewTx, ask: MoneyPreviewAsk): Promise<readonly MoneyEffect[]>;
}
export const MONEY_PREVIEW = Symbol.for('komplat.registry.money-preview');
