export * from './plugin.ts';
export { compose, checkWorkflows, CompositionError, type Composition } from './compose.ts';
