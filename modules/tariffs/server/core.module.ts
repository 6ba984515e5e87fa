import { Module } from '@nestjs/common';
import { TARIFFS_API } from '../contract/tariffs.api.ts';
import { ChargeCalculator } from './calculators/charge.calculator.ts';
import { ProvidersController } from './http/providers.controller.ts';
import { VersionsController } from './http/versions.controller.ts';
import { CatalogueService } from './services/catalogue.service.ts';
import { SucceedProvider, Successions } from './services/successions.ts';
import { SuppliesFollow } from './services/supplies-follow.ts';
import { ChangeVersion, Versions } from './services/versions.ts';

const PARTS = [CatalogueService, ChargeCalculator, Versions, ChangeVersion, Successions, SucceedProvider, SuppliesFollow];

@Module({
  providers: [...PARTS, { provide: TARIFFS_API, useExisting: CatalogueService }],
  exports: [...PARTS, TARIFFS_API],
})
export class TariffsCoreModule {}

@Module({ imports: [TariffsCoreModule], controllers: [VersionsController, ProvidersController] })
export class TariffsHttpModule {}
