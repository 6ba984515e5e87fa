import { SUPPLY_CHANGES } from '@komplat/registry/contract';
import { Module } from '@nestjs/common';
import { ChargeCalculator } from './calculators/charge.calculator.ts';
import { ProvidersController } from './http/providers.controller.ts';
import { VersionsController } from './http/versions.controller.ts';
import { SucceedProvider, Successions, UndoSuccession } from './services/successions.ts';
import { SupplyEditor } from './services/supply-changes.ts';
import { SuppliesFollow } from './services/supplies-follow.ts';
import { ChangeVersion, Versions } from './services/versions.ts';

const PARTS = [ChargeCalculator, Versions, ChangeVersion, Successions, SucceedProvider, UndoSuccession, SuppliesFollow, SupplyEditor];

@Module({
  providers: [...PARTS, { provide: SUPPLY_CHANGES, useExisting: SupplyEditor }],
  exports: [...PARTS, SUPPLY_CHANGES],
})
export class TariffsCoreModule {}

@Module({ imports: [TariffsCoreModule], controllers: [VersionsController, ProvidersController] })
export class TariffsHttpModule {}
