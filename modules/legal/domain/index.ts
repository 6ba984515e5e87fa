export { courtFee, type CourtFee, type CourtFeeRule, creditFee, type FeeCredit, type FeeRate } from './court-fee.ts';
export {
  actsOf, CASE_RULES, type CaseFacts, type CaseOrder, decideCase, TASKS_OF_ACT, TASKS_OF_STATUS, whyNotOffered,
} from './case-machine.ts';
export { receiptOver } from './case-money.ts';
export { type ListCells, type ListLine, missingColumn, readListLine } from './case-list.ts';
