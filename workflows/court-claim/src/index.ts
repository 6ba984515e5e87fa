export { courtClaim } from './court-claim.ts';
