export { legalCase } from './legal-case.workflow.ts';
