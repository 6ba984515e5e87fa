import type { DebtorApi, HoldApi } from './analysis.api.ts';
import type {
  DeadlineInput, DeadlineOutput, InflationInterestInput, InflationInterestOutput, LimitationInput, LimitationOutput,
  PenaltyInput, PenaltyOutput,
} from './calc.schema.ts';

/** An answer with every step, and the version and mark of every parameter that it rests on. */
export interface LawAnswer<T> {
  readonly result: T;
  readonly trace: readonly unknown[];
  readonly parameters: readonly { readonly id: string; readonly version: string; readonly mark: string }[];
}

/** Rules of debt for other modules; the same code as the calculators `debt.*`. */
export interface LawApi {
  /** 3 % a year and inflation losses (ЦКУ ст. 625). Refuses `debt.index-missing`, `debt.months-gap`, `debt.method.needs-a-lawyer`. */
  inflationInterest(input: InflationInterestInput): Promise<LawAnswer<InflationInterestOutput>>;
  /** Term of limitation (ЦКУ ст. 257, 258, stops and interruptions). */
  limitation(input: LimitationInput): Promise<LawAnswer<LimitationOutput>>;
  /** Penalty of Law 2189-VIII art. 26 with its caps and moratoria. */
  penalty(input: PenaltyInput): Promise<LawAnswer<PenaltyOutput>>;
  /** Last day of a term in days. */
  deadline(input: DeadlineInput): Promise<LawAnswer<DeadlineOutput>>;
}
/** What other modules ask of debt: its rules, its one table of holds, its debtors. */
export interface DebtApi extends LawApi, HoldApi, DebtorApi {
  /** The same rules over tables that are read once and kept: for the thousands of calculations of one batch. */
  keptLaw(): LawApi;
}
export const DEBT_API = Symbol.for('komplat.debt.api');
