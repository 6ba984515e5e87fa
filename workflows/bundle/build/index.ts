export { workflowBundle } from './bundle.ts';
export { WORKFLOW_TYPES } from './types.ts';
