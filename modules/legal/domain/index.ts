export { courtFee, type CourtFee, type CourtFeeRule, type FeeKind, type FeeRate } from './court-fee.ts';
