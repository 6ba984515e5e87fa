export { workflowBundle } from './bundle.ts';
export { historyFromJson } from './read-history.ts';
export { recordHistory } from './record-history.ts';
export { WORKFLOW_TYPES } from './types.ts';
