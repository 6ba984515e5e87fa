/** The narrow form of a transaction, so that the contract knows no server code. */
export interface BalancesTx {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}
/** What a provider is owed and holds ahead, by service; kopecks, both not below zero. */
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
  /** The succession: a repeated document moves nothing. */
  readonly documentId: string;
}
/**
 * Balances of a provider, line by line of account, service and month. Implemented by billing and found by its token; while nobody
 * provides it, a provider with balances is not succeeded.
 *
 * `move` posts transfers (kind 10) inside the given transaction: what the one loses the other gains, so the sum over both stays what it
 * was. It answers the kopecks that were moved, debts less advances.
 */
export interface ProviderBalances {
  of(tx: BalancesTx, providerId: number): Promise<readonly ProviderBalance[]>;
  move(tx: BalancesTx, move: BalancesMove): Promise<bigint>;
}
export const PROVIDER_BALANCES = Symbol.for('komplat.tariffs.provider-balances');
