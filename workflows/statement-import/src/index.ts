export { statementImport } from './statement-import.ts';
