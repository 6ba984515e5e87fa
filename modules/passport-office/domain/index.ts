export { administrativeFee, type FeeRule } from './fee.ts';
