export { statementImport as 'payments.statement-import' } from '../src/index.ts';
