export {
  adviseClaims, type AdvisedMonth, type ClaimableMonth, type ClaimAdvice, type ClaimReason, type ClaimRule, claimSums,
} from './claim-advice.ts';
export { balancePeriods, type BalancePeriod, type Balances, type Payment } from './balance-periods.ts';
export { addYears, byYear, daysOfYear, type DaySpan, fullMonths, overlap, spanDays, without } from './days.ts';
export { deadline, type Deadline, type DeadlineInput } from './deadline.ts';
export { type IndexRow, IndexTable, type IndexTableData, type MissingIndex } from './index-table.ts';
export { type LawStep, type Proved, shown, type UsedParameter } from './law-trace.ts';
export {
  type Interruption, limitation, type Limitation, type LimitationInput, type LimitationState, type LimitationStop,
} from './limitation.ts';
export { actCalculation, type ActInput, type ActMethod, type ActMonth, type ActResult, type ActRow } from './method-act.ts';
export { bankCalculation, type BankInput, type BankResult } from './method-bank.ts';
export { bureauCalculation, type BureauInput, type BureauResult, type BureauRow } from './method-bureau.ts';
export { penalty, type Penalty, type PenaltyInput, type PenaltyWindow } from './penalty.ts';
export { type TerritoryLine, territoryLines, type TerritoryLines } from './territory-lines.ts';
export { type Holiday, WorkingCalendar, type WorkingDaysMode } from './working-calendar.ts';
export { sheetOf } from './calc-sheet.ts';
export { type CalcInput, type CalcValue, type CalcValues, inputOf, isGroup, isRows, valuesOf } from './calc-values.ts';
export { indexChanges, type IndexChanges, type IndexValue } from './index-load.ts';
