export { legalCase as 'legal.legal-case' } from './legal-case-v1.ts';
