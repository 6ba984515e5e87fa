import { Module } from '@nestjs/common';
import { REGISTRY_API } from '../contract/registry.api.ts';
import { AccountOpening } from './accounts/account-opening.service.ts';
import { AccountOps } from './accounts/account-ops.service.ts';
import { SupplyContractsService } from './accounts/supply-contracts.ts';
import { CheckCodeCalculator, DeclineNameCalculator } from './calculators/code-and-name.calculators.ts';
import { ChangeService } from './changes/change.service.ts';
import { HistoryService } from './changes/history.service.ts';
import { AccountOpsController } from './http/account-ops.controller.ts';
import { ChangesController } from './http/changes.controller.ts';
import { AccountSearch } from './services/account-search.ts';
import { AccountService } from './services/account.service.ts';
import { AccountsController } from './http/accounts.controller.ts';

const shared = [
  AccountService,
  AccountSearch,
  ChangeService,
  HistoryService,
  AccountOps,
  AccountOpening,
  SupplyContractsService,
  CheckCodeCalculator,
  DeclineNameCalculator,
];

@Module({
  providers: [...shared, { provide: REGISTRY_API, useExisting: AccountService }],
  exports: [...shared, REGISTRY_API],
})
export class RegistryCoreModule {}

@Module({ imports: [RegistryCoreModule], controllers: [AccountsController, ChangesController, AccountOpsController] })
export class RegistryHttpModule {}
