/** What other modules may ask of payments. */
export interface PaymentsApi {
  /** Register that waits for a person or is being worked on; the close looks at it. */
  unpostedRegisters(providerId: number): Promise<number>;
}
export const PAYMENTS_API = Symbol.for('komplat.payments.api');
