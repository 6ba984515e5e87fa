import type { Change } from './change.schema.ts';
import type { PreviewTx } from './money-preview.ts';

export type SupplyChange = Extract<Change, { kind: 'supply-add' | 'supply-change' | 'supply-end' }>;
/** What a supply is charged by. */
export interface SupplyTerms {
  readonly method: string;
  readonly variant: string;
  readonly equipment: string | null;
  readonly due_day: number;
}
/** What stood over a span and what stands there now; first day and first day after, null = without an end. */
export interface SupplyPiece {
  readonly from: string | null;
  readonly until: string | null;
  readonly before: SupplyTerms | null;
  readonly after: SupplyTerms | null;
  /** New rows of a supply that went on as `of`: its contract goes on with them. */
  readonly follows: readonly { readonly supplyId: number; readonly of: number }[];
}
export interface SupplyDone {
  /** Service and provider in words. */
  readonly subject: string;
  readonly pieces: readonly SupplyPiece[];
  /** The supply that began, when one did. */
  readonly begun: number | null;
}
export interface SupplyOrder {
  readonly change: SupplyChange;
  readonly account: { readonly id: number; readonly number: string; readonly openedOn: string; readonly closedOn: string | null };
  /** First day and first day after, null = without an end. */
  readonly span: { readonly from: string; readonly until: string | null };
  readonly reason: string;
  readonly by: string;
}

/**
 * Supplies of an account begin, change and end. Implemented by tariffs and found by its token: everything is done in the given
 * transaction, with both times; refusals are DomainErrors that name service, provider and day.
 */
export interface SupplyChanges {
  change(tx: PreviewTx, order: SupplyOrder): Promise<SupplyDone>;
}
export const SUPPLY_CHANGES = Symbol.for('komplat.registry.supply-changes');
