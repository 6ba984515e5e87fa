export * from './analysis-dunning.schema.ts';
export * from './analysis-reports.schema.ts';
export type { DebtorApi, DebtorReader, HoldApi, HoldOrder, StandingHold } from './analysis.api.ts';
export * from './analysis.schema.ts';
export {
  type ActCalcInput, type ActCalcOutput, type BankCalcInput, type BankCalcOutput, type BureauCalcInput, type BureauCalcOutput,
  DeadlineInput, DeadlineOutput, InflationInterestInput, InflationInterestOutput, LimitationInput, LimitationOutput,
  PenaltyInput, PenaltyOutput,
} from './calc.schema.ts';
export { type CalcAnswer, CalcField, CalcSheet, CalcSheets } from './calculators.schema.ts';
export * from './claimable.schema.ts';
export { DEBT_API, type DebtApi, type LawAnswer, type LawApi } from './debt.api.ts';
export * from './territory.schema.ts';
export { DEBT_PERMISSIONS } from './permissions.ts';
