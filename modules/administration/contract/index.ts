export * from './approval.schema.ts';
export * from './calc.schema.ts';
export * from './home.schema.ts';
export * from './me.schema.ts';
export * from './permissions.ts';
export * from './process-control.ts';
export * from './process.schema.ts';
export * from './search.schema.ts';
