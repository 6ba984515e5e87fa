export { billsPlugin } from './bills.plugin.ts';
export { BillPrinter } from './services/bill-printer.ts';
export { BillStore, unpacked } from './services/bill-store.ts';
export { RunJobs } from './services/run-jobs.ts';
export { RunsService } from './services/runs.service.ts';
