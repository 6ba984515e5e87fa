import { DebtorFiles } from './debtor-files.ts';
import { DebtorsController } from './debtors.controller.ts';
import { Debtors } from './debtors.service.ts';
import { LimitationCalendar } from './limitation-calendar.ts';
import { Selections } from './selections.service.ts';

/** Services of debt analysis. */
export const analysisProviders = [LimitationCalendar, Debtors, DebtorFiles, Selections];
/** Its routes. */
export const analysisControllers = [DebtorsController];
