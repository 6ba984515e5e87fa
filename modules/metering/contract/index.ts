export { METERING_PERMISSIONS } from './permissions.ts';
export * from './meter.schema.ts';
