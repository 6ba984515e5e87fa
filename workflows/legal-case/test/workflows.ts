export { legalCase as 'legal.legal-case' } from '../src/index.ts';
