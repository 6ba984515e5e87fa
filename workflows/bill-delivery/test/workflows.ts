export { delivery as 'bills.delivery' } from '../src/index.ts';
