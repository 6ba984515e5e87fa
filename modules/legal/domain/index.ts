export { courtFee, type CourtFee, type CourtFeeRule, creditFee, type FeeCredit, type FeeKind, type FeeRate } from './court-fee.ts';
export {
  actsOf, CASE_RULES, type CaseFacts, type CaseOrder, type CaseRefusal, decideCase, TASKS_OF_ACT, TASKS_OF_STATUS, whyNotOffered,
} from './case-machine.ts';
export { type CasePart, type ReceiptOrder, receiptOver, type ReceiptShare } from './case-money.ts';
export { LIST_COLUMNS, type ListCells, type ListLine, missingColumn, readListLine } from './case-list.ts';
