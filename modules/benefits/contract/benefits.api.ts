import type { Form2, Form2Row } from './form2.ts';

/** What other modules may ask of benefits. What accounts are entitled to is read by `benefits.pub_entitlement_v1`. */
export interface BenefitsApi {
  /**
   * Form 2-benefit of one provider and month over rows of the ledger: the DBF file in the layout of the order and the printed form, whose
   * totals are those of the rows. `problems` names services and categories without an established code. `day` stands in the file's header.
   */
  form2(rows: readonly Form2Row[], day: string): Promise<{ readonly dbf: Uint8Array; readonly form: Form2 }>;
  /** Makes the entitlements of accounts anew after their dwellings changed; null = the whole city. Answers how many rows there are. */
  refresh(accounts: readonly number[] | null): Promise<number>;
}
export const BENEFITS_API = Symbol.for('komplat.benefits.api');
