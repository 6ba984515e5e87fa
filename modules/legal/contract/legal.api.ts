import type { CourtFeeInput, CourtFeeOutput } from './calc.schema.ts';

/** Rules of the court for other modules; the same code as the calculators `legal.*`. */
export interface LegalApi {
  /** Court fee (Law 3674-VI «Про судовий збір» art. 4). Refuses a date before 2015-09-01 and a year without a subsistence minimum. */
  courtFee(input: CourtFeeInput): Promise<{
    readonly result: CourtFeeOutput;
    readonly trace: readonly unknown[];
    readonly parameters: readonly { readonly id: string; readonly version: string; readonly mark: string }[];
  }>;
}
export const LEGAL_API = Symbol.for('komplat.legal.api');
