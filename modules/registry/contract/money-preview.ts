import { Money } from '@komplat/kernel';
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

/** Where providers are found by their token; the narrow form of Nest's ModuleRef. */
export interface Refs {
  get<T>(token: symbol, options: { readonly strict: false }): T;
}
/** Who computes money here, or undefined when nobody does. */
export function moneyPreviewOf(refs: Refs): MoneyPreview | undefined {
  try {
    return refs.get<MoneyPreview>(MONEY_PREVIEW, { strict: false });
  } catch {
    return undefined; // nobody provides it: the answer says so
  }
}
/** The sum of all effects, hryvnias. */
export const differenceOf = (effects: readonly MoneyEffect[]): string =>
  effects.reduce((sum, { before, after }) => sum.add(Money.parse(after)).sub(Money.parse(before)), Money.ofKop(0n)).toString();
