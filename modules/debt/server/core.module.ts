import { Global, Module } from '@nestjs/common';
import { DEBT_API } from '../contract/debt.api.ts';
import { DebtFacade } from './analysis/facade.ts';
import { analysisControllers, analysisProviders } from './analysis/providers.ts';
import {
  DeadlineCalculator, InflationInterestCalculator, LimitationCalculator, PenaltyCalculator,
} from './calculators/law.calculators.ts';
import { CalculatorsController } from './http/calculators.controller.ts';
import { AskIndexCommand } from './indices/index.command.ts';
import { InflationIndexController } from './indices/index.controller.ts';
import { IndexLoader, LoadIndex } from './indices/index-loader.ts';
import { DebtDemo } from './demo/debt.demo.ts';
import { ChangeTerritories } from './territories/change-territories.ts';
import { TerritoriesController } from './territories/territories.controller.ts';
import { Territories } from './territories/territories.service.ts';
import { LawService } from './services/law.service.ts';
import { LawTables } from './services/law-tables.ts';

const INDICES = [IndexLoader, LoadIndex, AskIndexCommand];
const TERRITORIES = [Territories, ChangeTerritories, DebtDemo];
const CALCULATORS = [InflationInterestCalculator, LimitationCalculator, PenaltyCalculator, DeadlineCalculator];

/** Global: other modules inject `DEBT_API`. */
@Global()
@Module({
  providers: [LawTables, LawService, ...analysisProviders, ...CALCULATORS, ...INDICES, ...TERRITORIES, { provide: DEBT_API, useExisting: DebtFacade }],
  exports: [LawTables, LawService, ...analysisProviders, ...CALCULATORS, ...INDICES, ...TERRITORIES, DEBT_API],
})
export class DebtCoreModule {}

/** Routes of debt. */
@Module({ imports: [DebtCoreModule], controllers: [CalculatorsController, InflationIndexController, TerritoriesController, ...analysisControllers] })
export class DebtHttpModule {}
