import { TemporalModule } from '@komplat/temporal/server';
import { Global, Module } from '@nestjs/common';
import { LEGAL_API } from '../contract/legal.api.ts';
import { casesPart } from './cases/cases.part.ts';
import { CourtFeeCalculator } from './calculators/court-fee.calculator.ts';
import { claimsPart } from './claims/claims.part.ts';
import { CaseDemo } from './demo/case.demo.ts';
import { KeysDemo } from './demo/keys.demo.ts';
import { LegalDemo } from './demo/legal.demo.ts';
import { packsPart } from './packs/packs.part.ts';
import { FeeService } from './services/fee.service.ts';
import { FeeTables } from './services/fee-tables.ts';

@Global()
@Module({
  imports: [TemporalModule],
  providers: [
    FeeTables, FeeService, CourtFeeCalculator, LegalDemo, CaseDemo, KeysDemo, { provide: LEGAL_API, useExisting: FeeService }, ...packsPart.providers, ...casesPart.providers,
    ...claimsPart.providers,
  ],
  exports: [FeeService, CourtFeeCalculator, LegalDemo, CaseDemo, KeysDemo, LEGAL_API, ...packsPart.exports, ...casesPart.exports, ...claimsPart.exports],
})
export class LegalCoreModule {}

/** Routes of the legal service. */
@Module({ imports: [LegalCoreModule], controllers: [...packsPart.controllers, ...casesPart.controllers, ...claimsPart.controllers] })
export class LegalHttpModule {}

/** Steps of the processes of the legal service, in the worker. */
@Module({
  imports: [LegalCoreModule],
  providers: [...casesPart.activityProviders, ...claimsPart.activityProviders],
  exports: [...casesPart.activityProviders, ...claimsPart.activityProviders],
})
export class LegalActivitiesModule {}
