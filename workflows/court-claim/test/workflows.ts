export { courtClaim as 'legal.court-claim' } from '../src/index.ts';
