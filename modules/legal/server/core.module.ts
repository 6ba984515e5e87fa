import { Module } from '@nestjs/common';
import { LEGAL_API } from '../contract/legal.api.ts';
import { CourtFeeCalculator } from './calculators/court-fee.calculator.ts';
import { LegalDemo } from './demo/legal.demo.ts';
import { FeeService } from './services/fee.service.ts';
import { FeeTables } from './services/fee-tables.ts';

@Module({
  providers: [FeeTables, FeeService, CourtFeeCalculator, LegalDemo, { provide: LEGAL_API, useExisting: FeeService }],
  exports: [FeeService, CourtFeeCalculator, LegalDemo, LEGAL_API],
})
export class LegalCoreModule {}
