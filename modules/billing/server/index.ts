export { billingPlugin } from './billing.plugin.ts';
