import type { DebtorFilter, HoldKind } from './analysis.schema.ts';

/** The narrow form of a transaction: a hold is written in the transaction of the act that causes it. */
interface HoldTx {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}
/** Why an account is left alone, as a process writes it. */
export interface HoldOrder {
  /** Names the process and its thing: `restructuring/<id>`. The same source, account and kind is one hold. */
  readonly source: string;
  readonly accountId: number;
  /** null: all creditors. */
  readonly providerId: number | null;
  readonly kind: HoldKind;
  readonly from: string;
  /** Last day; null: until the process ends it. */
  readonly until: string | null;
  /** At least ten characters. */
  readonly reason: string;
  readonly document?: string;
  readonly by: string;
}
export interface StandingHold {
  readonly holdId: string;
  readonly accountId: number;
  readonly providerId: number | null;
  readonly kind: HoldKind;
}

/** The one table of holds: dunning, calls, penalty and claims read only this. */
export interface HoldApi {
  /** Writes or moves the hold of a source. Refuses `debt.hold.days-reversed`. */
  putHold(tx: HoldTx, order: HoldOrder): Promise<string>;
  /** The hold of a source ends on the day, which is its last one; a source without a hold is left alone. */
  endHolds(tx: HoldTx, end: { readonly source: string; readonly lastDay: string; readonly reason: string; readonly by: string }): Promise<number>;
  /** Holds that stand on the day for these accounts. */
  standingHolds(accountIds: readonly number[], on: string): Promise<readonly StandingHold[]>;
}

/** Whose data the asker sees; an actor fits. */
export interface DebtorReader {
  readonly kind: 'person' | 'client' | 'system';
  readonly scopes: readonly { readonly kind: ReaderScope; readonly value: string }[];
}
type ReaderScope = 'all' | 'provider' | 'district' | 'house' | 'employer' | 'channel' | 'account';

/** Debtors of a filter for a process that works on them. */
export interface DebtorApi {
  /** Ids of the accounts of the whole filter, by id, `most` at most. Refuses `debt.filter-out-of-scope`. */
  debtorAccounts(filter: DebtorFilter, reader: DebtorReader, most: number): Promise<readonly number[]>;
}
