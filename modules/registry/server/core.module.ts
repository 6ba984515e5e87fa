import { Module } from '@nestjs/common';
import { REGISTRY_API } from '../contract/registry.api.ts';
import { ChangeService } from './changes/change.service.ts';
import { HistoryService } from './changes/history.service.ts';
import { ChangesController } from './http/changes.controller.ts';
import { AccountSearch } from './services/account-search.ts';
import { AccountService } from './services/account.service.ts';
import { AccountsController } from './http/accounts.controller.ts';

@Module({
  providers: [AccountService, AccountSearch, ChangeService, HistoryService, { provide: REGISTRY_API, useExisting: AccountService }],
  exports: [AccountService, AccountSearch, ChangeService, HistoryService, REGISTRY_API],
})
export class RegistryCoreModule {}

@Module({ imports: [RegistryCoreModule], controllers: [AccountsController, ChangesController] })
export class RegistryHttpModule {}
