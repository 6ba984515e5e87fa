import { Module } from '@nestjs/common';
import { DEBT_API } from '../contract/debt.api.ts';
import { analysisControllers, analysisProviders } from './analysis/providers.ts';
import {
  DeadlineCalculator, InflationInterestCalculator, LimitationCalculator, PenaltyCalculator,
} from './calculators/law.calculators.ts';
import { CalculatorsController } from './http/calculators.controller.ts';
import { LawService } from './services/law.service.ts';
import { LawTables } from './services/law-tables.ts';

const CALCULATORS = [InflationInterestCalculator, LimitationCalculator, PenaltyCalculator, DeadlineCalculator];

@Module({
  providers: [LawTables, LawService, ...analysisProviders, ...CALCULATORS, { provide: DEBT_API, useExisting: LawService }],
  exports: [LawTables, LawService, ...analysisProviders, ...CALCULATORS, DEBT_API],
})
export class DebtCoreModule {}

/** Routes of debt. */
@Module({ imports: [DebtCoreModule], controllers: [CalculatorsController, ...analysisControllers] })
export class DebtHttpModule {}
