import type { Money, Period } from '@komplat/kernel';

/** The narrow form of a transaction: `Tx` of the server is one. */
export interface BillingTx {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}

export interface NamedLine {
  readonly service: string;
  readonly provider?: string;
  readonly amount: Money;
}
/** One row of a plan: an item that is covered, or an advance (then `month` is null). */
export interface PlanLine {
  readonly month: Period | null;
  readonly service: string;
  readonly provider: string;
  readonly outstanding: Money;
  readonly covered: Money;
  readonly advance: Money;
}
export interface CreditLine {
  readonly paymentId: bigint;
  readonly accountId: number;
  readonly amount: Money;
  /** Day that names the month of the books; a month that is not open moves the line to the next open one. */
  readonly nominal: string;
  readonly effective: string;
  readonly by: string;
  readonly named?: readonly NamedLine[];
}
/** Kinds of the ledger (model.md section 4) that documents of other modules post by `entry`. */
export const ENTRY_KINDS = { writeOff: 11, courtAward: 13, courtFee: 15 } as const;

export interface EntryLine {
  readonly accountId: number;
  readonly service: string;
  readonly provider: string;
  readonly kind: number;
  /** Positive raises the debt. */
  readonly amount: Money;
  readonly nominal: string;
  readonly forPeriod: Period;
  readonly effective: string;
  readonly by: string;
  readonly document: { readonly kind: string; readonly id: string };
}

/** The only way into the ledger from other modules. Runs in the caller's transaction. */
export interface BillingApi {
  post(tx: BillingTx, line: CreditLine): Promise<bigint>;
  entry(tx: BillingTx, line: EntryLine): Promise<bigint>;
  reverse(
    tx: BillingTx,
    postingId: bigint,
    by: string,
    document: { readonly kind: string; readonly id: string },
    nominal: string,
  ): Promise<bigint>;
  preview(accountId: number, amount: Money, named?: readonly NamedLine[]): Promise<readonly PlanLine[]>;
}
export const BILLING_API = Symbol('BILLING_API');
