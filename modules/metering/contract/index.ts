export { METERING_PERMISSIONS } from './permissions.ts';
