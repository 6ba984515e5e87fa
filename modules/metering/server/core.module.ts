import { historyFacts } from '@komplat/registry/contract';
import { Module } from '@nestjs/common';
import { DistributeCalculator } from './calculators/distribute.calculator.ts';
import { ReadingHistory } from './history/reading-history.ts';
import { HousesController } from './http/houses.controller.ts';
import { MetersController } from './http/meters.controller.ts';
import { HouseNeedsCheck, HouseShortfallCheck } from './checks/house-checks.ts';
import { PresenceController } from './http/presence.controller.ts';
import { RulesController } from './http/rules.controller.ts';
import { Absences } from './services/absences.ts';
import { ActPrinter } from './services/act-printer.ts';
import { Distributions, SignDistribution } from './services/distributions.ts';
import { Houses } from './services/houses.ts';
import { MeterLists } from './services/meter-lists.ts';
import { Meters } from './services/meters.ts';
import { ApproveAbsence, ApproveQualityAct } from './services/presence-approvals.ts';
import { QualityActService } from './services/quality-acts.ts';
import { Readings } from './services/readings.ts';
import { ChangeRule, Rules } from './services/rules.ts';

const shared = [
  Meters,
  Readings,
  MeterLists,
  Houses,
  Distributions,
  SignDistribution,
  ActPrinter,
  Absences,
  QualityActService,
  ApproveAbsence,
  ApproveQualityAct,
  Rules,
  ChangeRule,
  HouseShortfallCheck,
  HouseNeedsCheck,
  DistributeCalculator,
];

/** Meters, readings and distribution in every process. */
@Module({ providers: [...shared, { provide: historyFacts('readings'), useClass: ReadingHistory }], exports: shared })
export class MeteringCoreModule {}

/** Routes of metering. */
@Module({
  imports: [MeteringCoreModule],
  controllers: [MetersController, HousesController, PresenceController, RulesController],
})
export class MeteringHttpModule {}
