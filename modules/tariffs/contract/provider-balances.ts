/** The narrow form of a transaction, so that the contract knows no server code. */
export interface BalancesTx {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}
/** What a provider is owed and holds ahead, by name of the service; kopecks, both not below zero. */
export interface ProviderBalance {
  readonly service: string;
  readonly accounts: number;
  readonly debtKop: bigint;
  readonly advanceKop: bigint;
}
export interface BalancesMove {
  readonly fromProviderId: number;
  readonly toProviderId: number;
  /** First day of the successor, `2027-01-01`. */
  readonly on: string;
  readonly by: string;
  /** The succession: a repeated document moves only what came in since. */
  readonly documentId: string;
  /** Its name for people: `рішення сесії № 5-12`. */
  readonly document: string;
}
export interface BalancesUndo {
  readonly documentId: string;
  readonly by: string;
  readonly reason: string;
}
/** Balances wait until the books of the old provider are locked up to the day: then nothing is charged to it any more. */
export type MovedState = 'waiting' | 'moved';

/**
 * Balances of a provider, line by line of account, service and month. Implemented by billing and found by its token.
 *
 * `move` posts transfers (kind 10) inside the given transaction, or leaves them waiting: what the one loses the other gains, so the sum
 * over both stays what it was. `undo` reverses what the document moved.
 */
export interface ProviderBalances {
  of(tx: BalancesTx, providerId: number): Promise<readonly ProviderBalance[]>;
  move(tx: BalancesTx, move: BalancesMove): Promise<MovedState>;
  undo(tx: BalancesTx, undo: BalancesUndo): Promise<void>;
}
export const PROVIDER_BALANCES = Symbol.for('komplat.tariffs.provider-balances');
