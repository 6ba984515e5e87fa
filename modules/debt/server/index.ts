export { debtPlugin } from './debt.plugin.ts';
