export { billsPlugin } from './bills.plugin.ts';
