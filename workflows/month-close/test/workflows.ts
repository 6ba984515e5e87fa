export { closeLane as 'billing.close-lane', monthClose as 'billing.month-close' } from '../src/index.ts';
