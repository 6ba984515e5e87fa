import { Global, Module } from '@nestjs/common';
import { BENEFITS_API } from '../contract/benefits.api.ts';
import { AmountCalculator } from './calculators/amount.calculator.ts';
import { SubsidyCalculator } from './calculators/subsidy.calculator.ts';
import { benefitChecks } from './checks/benefit-checks.ts';
import { AwardsCommand } from './commands/award.command.ts';
import { BenefitsDemo } from './demo/benefits.demo.ts';
import { AwardsController } from './http/awards.controller.ts';
import { CatalogueController } from './http/catalogue.controller.ts';
import { HoldingsController } from './http/holdings.controller.ts';
import { RulesController } from './http/rules.controller.ts';
import { AwardViews } from './services/award-views.ts';
import { Awards } from './services/awards.service.ts';
import { BenefitsForOthers } from './services/benefits-api.ts';
import { Catalogue } from './services/catalogue.service.ts';
import { CategoryChangeAction } from './services/category-change.ts';
import { RuleChangeAction, Rules } from './services/rules.service.ts';
import { RefreshResidents } from './services/refresh-residents.ts';
import { Holdings } from './services/holdings.service.ts';
import { Parameters } from './services/parameters.service.ts';

const shared = [
  Parameters, BenefitsForOthers, Catalogue, CategoryChangeAction, Holdings, AwardViews, Awards, AmountCalculator, SubsidyCalculator, AwardsCommand, BenefitsDemo,
  RefreshResidents, Rules, RuleChangeAction, ...benefitChecks.map(({ provider }) => provider),
];

/** Catalogue, holders and awards in every process. Global: other modules inject `BENEFITS_API`. */
@Global()
@Module({
  providers: [...shared, { provide: BENEFITS_API, useExisting: BenefitsForOthers }],
  exports: [...shared, BENEFITS_API],
})
export class BenefitsCoreModule {}

/** Routes of benefits. */
@Module({ imports: [BenefitsCoreModule], controllers: [CatalogueController, RulesController, HoldingsController, AwardsController] })
export class BenefitsHttpModule {}
