export * from './account.schema.ts';
export * from './permissions.ts';
export * from './registry.api.ts';
