export * from './account-ops.schema.ts';
export * from './account.schema.ts';
export * from './change.schema.ts';
export * from './finding.schema.ts';
export * from './money-preview.ts';
export * from './permissions.ts';
export * from './proposal.schema.ts';
export * from './registry.api.ts';
