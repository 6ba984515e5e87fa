import { historyFacts } from '@komplat/registry/contract';
import { TemporalModule } from '@komplat/temporal/server';
import { Module } from '@nestjs/common';
import { ImportActivitiesImpl } from './activities/import.activities.ts';
import { AllocateCalculator } from './calculators/allocate.calculator.ts';
import { CashRoundingCalculator } from './calculators/cash-rounding.calculator.ts';
import { ImportCommand } from './commands/import.command.ts';
import { AllocateCommand, PayCommand } from './commands/pay.command.ts';
import { PaymentsDemo } from './demo/payments.demo.ts';
import { RingLanes } from './events/ring-lanes.ts';
import { StartImport } from './events/start-import.ts';
import { PaymentHistory } from './history/payment-history.ts';
import { ImportsController } from './http/imports.controller.ts';
import { IntakeController } from './http/intake.controller.ts';
import { CutOffGate, SuspenseAgeGate, UnpostedRegistersGate } from './services/close-gates.ts';
import { ImportsQueue, SuspenseQueue } from './services/home-queues.ts';
import { ImportDesk } from './services/import-desk.ts';
import { ImportPoster } from './services/import-poster.ts';
import { ImportReader } from './services/import-reader.ts';
import { ImportViews } from './services/import-views.ts';
import { Intake } from './services/intake.ts';
import { IntakeQueue } from './services/intake-queue.ts';
import { ListFiles } from './services/list-files.ts';
import { DueToProvidersLaw, MoneyLinesLaw, OutboxLaw } from './services/money-laws.ts';
import { EircReePreset, IbankPreset, OschadbankPreset } from './services/presets.ts';
import { Suspense } from './services/suspense.ts';

const shared = [
  ImportDesk,
  ImportReader,
  ImportPoster,
  ImportViews,
  IntakeQueue,
  Intake,
  Suspense,
  ListFiles,
  ImportsQueue,
  SuspenseQueue,
  StartImport,
  RingLanes,
  CutOffGate,
  UnpostedRegistersGate,
  SuspenseAgeGate,
  MoneyLinesLaw,
  OutboxLaw,
  DueToProvidersLaw,
  EircReePreset,
  IbankPreset,
  OschadbankPreset,
  ImportCommand,
  PayCommand,
  AllocateCommand,
  AllocateCalculator,
  CashRoundingCalculator,
  PaymentsDemo,
];

/** Intake, import and suspense in every process. */
@Module({
  imports: [TemporalModule],
  providers: [...shared, { provide: historyFacts('payments'), useClass: PaymentHistory }],
  exports: [...shared],
})
export class PaymentsCoreModule {}

/** Routes of payments. */
@Module({ imports: [PaymentsCoreModule], controllers: [ImportsController, IntakeController] })
export class PaymentsHttpModule {}

/** Steps of the import process, in the worker. */
@Module({ imports: [PaymentsCoreModule], providers: [ImportActivitiesImpl], exports: [ImportActivitiesImpl] })
export class PaymentsActivitiesModule {}
