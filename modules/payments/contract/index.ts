export * from './events.ts';
export * from './import.schema.ts';
export * from './intake.schema.ts';
export * from './permissions.ts';
export * from './workflows.ts';
