export { FeeInput, FeeOutput } from './fee.schema.ts';
