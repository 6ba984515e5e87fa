import { workflowBundle } from './bundle.ts';

// Builds the bundle ahead of the first start.
process.stdout.write(`${await workflowBundle()}\n`);
