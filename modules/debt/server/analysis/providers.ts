import { AccountDebts } from './account-debt.service.ts';
import { Acknowledgements } from './acknowledgements.service.ts';
import { ClaimableController } from './claimable.controller.ts';
import { ClaimableDebts } from './claimable.service.ts';
import { DebtorFiles } from './debtor-files.ts';
import { DebtorsController } from './debtors.controller.ts';
import { Debtors } from './debtors.service.ts';
import { DunningController } from './dunning.controller.ts';
import { ChangeDunning, DunningEditor } from './dunning-change.ts';
import { Dunning } from './dunning.service.ts';
import { DebtFacade } from './facade.ts';
import { Holds } from './holds.service.ts';
import { LimitationCalendar } from './limitation-calendar.ts';
import { DebtReportsController } from './reports.controller.ts';
import { DebtReports } from './reports.service.ts';
import { Selections } from './selections.service.ts';
import { Simulation } from './simulation.service.ts';

/** Services of debt analysis. */
export const analysisProviders = [
  LimitationCalendar, Debtors, DebtorFiles, Selections, DebtReports, Holds, Dunning, DunningEditor, ChangeDunning, Simulation, AccountDebts, Acknowledgements,
  ClaimableDebts, DebtFacade,
];
/** Its routes. */
export const analysisControllers = [DebtorsController, DebtReportsController, DunningController, ClaimableController];
