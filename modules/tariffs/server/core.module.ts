import { SUPPLY_CHANGES } from '@komplat/registry/contract';
import { Module } from '@nestjs/common';
import { TARIFFS_API } from '../contract/tariffs.api.ts';
import { ChargeCalculator } from './calculators/charge.calculator.ts';
import { ProvidersController } from './http/providers.controller.ts';
import { VersionsController } from './http/versions.controller.ts';
import { CatalogueService } from './services/catalogue.service.ts';
import { SucceedProvider, Successions, UndoSuccession } from './services/successions.ts';
import { SupplyEditor } from './services/supply-changes.ts';
import { SuppliesFollow } from './services/supplies-follow.ts';
import { ChangeVersion, Versions } from './services/versions.ts';

const PARTS = [CatalogueService, ChargeCalculator, Versions, ChangeVersion, Successions, SucceedProvider, UndoSuccession, SuppliesFollow, SupplyEditor];

@Module({
  providers: [...PARTS, { provide: TARIFFS_API, useExisting: CatalogueService }, { provide: SUPPLY_CHANGES, useExisting: SupplyEditor }],
  exports: [...PARTS, TARIFFS_API, SUPPLY_CHANGES],
})
export class TariffsCoreModule {}

@Module({ imports: [TariffsCoreModule], controllers: [VersionsController, ProvidersController] })
export class TariffsHttpModule {}
