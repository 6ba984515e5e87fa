import { Module } from '@nestjs/common';
import { TARIFFS_API } from '../contract/tariffs.api.ts';
import { ChargeCalculator } from './calculators/charge.calculator.ts';
import { CatalogueService } from './services/catalogue.service.ts';

@Module({
  providers: [CatalogueService, ChargeCalculator, { provide: TARIFFS_API, useExisting: CatalogueService }],
  exports: [CatalogueService, ChargeCalculator, TARIFFS_API],
})
export class TariffsCoreModule {}
