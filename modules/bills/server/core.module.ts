import { TemporalModule } from '@komplat/temporal/server';
import { Module } from '@nestjs/common';
import { BillDeliveryActivitiesImpl, BillPdfActivitiesImpl } from './activities/delivery.activities.ts';
import { QrCalculator } from './calculators/qr.calculator.ts';
import { BillsDemo } from './demo/bills.demo.ts';
import { StartRun } from './events/start-run.ts';
import { BillsController } from './http/bills.controller.ts';
import { NoticesController } from './http/notices.controller.ts';
import { RunsController } from './http/runs.controller.ts';
import { BillFactsReader } from './services/bill-facts.ts';
import { BillMail } from './services/bill-mail.ts';
import { BillPrinter } from './services/bill-printer.ts';
import { BillStore } from './services/bill-store.ts';
import { BillsService } from './services/bills.service.ts';
import { IssueService } from './services/issue.service.ts';
import { Notices } from './services/notices.ts';
import { RunJobs } from './services/run-jobs.ts';
import { RunsService } from './services/runs.service.ts';

const shared = [
  BillFactsReader,
  BillStore,
  BillPrinter,
  BillMail,
  IssueService,
  BillsService,
  Notices,
  RunJobs,
  RunsService,
  StartRun,
  QrCalculator,
  BillsDemo,
];

/** Bills in every process. */
@Module({ imports: [TemporalModule], providers: shared, exports: shared })
export class BillsCoreModule {}

/** Routes of bills. */
@Module({ imports: [BillsCoreModule], controllers: [RunsController, NoticesController, BillsController] })
export class BillsHttpModule {}

const activities = [BillDeliveryActivitiesImpl, BillPdfActivitiesImpl];

/** Steps of the mass run, in the worker. */
@Module({ imports: [BillsCoreModule], providers: activities, exports: activities })
export class BillsActivitiesModule {}
