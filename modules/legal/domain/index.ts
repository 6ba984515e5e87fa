export { courtFee, type CourtFee, type CourtFeeRule, creditFee, type FeeCredit, type FeeKind, type FeeRate } from './court-fee.ts';
