export { CourtFeeInput, CourtFeeOutput, type TreasuryAccount } from './calc.schema.ts';
export { LEGAL_API, type LegalApi } from './legal.api.ts';
export { LEGAL_PERMISSIONS } from './permissions.ts';
