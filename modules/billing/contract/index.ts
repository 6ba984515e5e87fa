export { BILLING_PERMISSIONS } from './permissions.ts';
