export { qualityActApproved } from './events.ts';
export { METERING_PERMISSIONS } from './permissions.ts';
export * from './meter.schema.ts';
export * from './house.schema.ts';
export * from './presence.schema.ts';
export * from './rule.schema.ts';
