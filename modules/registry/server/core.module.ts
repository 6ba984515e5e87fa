import { Module } from '@nestjs/common';
import { REGISTRY_API } from '../contract/registry.api.ts';
import { AccountSearch } from './services/account-search.ts';
import { AccountService } from './services/account.service.ts';
import { AccountsController } from './http/accounts.controller.ts';

@Module({
  providers: [AccountService, AccountSearch, { provide: REGISTRY_API, useExisting: AccountService }],
  exports: [AccountService, AccountSearch, REGISTRY_API],
})
export class RegistryCoreModule {}

@Module({ imports: [RegistryCoreModule], controllers: [AccountsController] })
export class RegistryHttpModule {}
