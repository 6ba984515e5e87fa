import { TemporalModule } from '@komplat/temporal/server';
import { Module } from '@nestjs/common';
import { BATCH_ACCOUNTS, readBatchAccounts } from './accrual-plan.ts';
import { CloseBatchActivitiesImpl } from './close-batch.activities.ts';
import { CloseActivitiesImpl } from './close.activities.ts';
import { PassGate, ReleaseLane } from './close.approvals.ts';
import { CloseCommand, CloseStatusCommand } from './close.commands.ts';
import { CloseController } from './close.controller.ts';
import { RingLane, StartMonth } from './close.events.ts';
import { CloseService } from './close.service.ts';
import { FailedAccountsGate, Gates, PreviousMonthGate } from './gates.ts';
import { SECOND_CALCULATION } from './verification.ts';
import { SecondCalculationService } from '../services/second-calculation.service.ts';

const shared = [CloseService, Gates, PreviousMonthGate, FailedAccountsGate, ReleaseLane, PassGate, RingLane, StartMonth];

/** The month close in every process: service, gates, decisions, commands. */
@Module({
  imports: [TemporalModule],
  providers: [...shared, CloseCommand, CloseStatusCommand],
  exports: shared,
})
export class CloseModule {}

/** Routes of the month close. */
@Module({ imports: [CloseModule], controllers: [CloseController] })
export class CloseHttpModule {}

/** Activities of the month close, in the worker. */
@Module({
  imports: [CloseModule],
  providers: [
    CloseActivitiesImpl,
    CloseBatchActivitiesImpl,
    { provide: SECOND_CALCULATION, useClass: SecondCalculationService },
    { provide: BATCH_ACCOUNTS, useFactory: () => readBatchAccounts(process.env) },
  ],
  exports: [CloseActivitiesImpl, CloseBatchActivitiesImpl],
})
export class CloseActivitiesModule {}
