import { DebtorFiles } from './debtor-files.ts';
import { DebtorsController } from './debtors.controller.ts';
import { Debtors } from './debtors.service.ts';
import { LimitationCalendar } from './limitation-calendar.ts';
import { DebtReportsController } from './reports.controller.ts';
import { DebtReports } from './reports.service.ts';
import { Selections } from './selections.service.ts';

/** Services of debt analysis. */
export const analysisProviders = [LimitationCalendar, Debtors, DebtorFiles, Selections, DebtReports];
/** Its routes. */
export const analysisControllers = [DebtorsController, DebtReportsController];
