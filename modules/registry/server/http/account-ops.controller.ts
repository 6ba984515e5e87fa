import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import {
  AccountDone, CloseAccount, Lineage, MergeAccount, OpenAccount, RenumberAccount, ReopenAccount, SplitAccount, SupplyContract, SupplyContracts,
} from '../../contract/account-ops.schema.ts';
import { AccountParams, AsOfQuery } from '../../contract/account.schema.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import { AccountOpening } from '../accounts/account-opening.service.ts';
import { AccountOps } from '../accounts/account-ops.service.ts';
import { SupplyContractsService } from '../accounts/supply-contracts.ts';

const manage = { method: 'POST', permission: P.accountManage.id, idempotent: true, response: AccountDone } as const;

@Controller('registry/accounts')
export class AccountOpsController {
  constructor(
    @Inject(AccountOps) private readonly ops: AccountOps,
    @Inject(AccountOpening) private readonly opening: AccountOpening,
    @Inject(SupplyContractsService) private readonly contracts: SupplyContractsService,
  ) {}

  @Endpoint({ ...manage, path: '', summary: 'Open an account for a dwelling', body: OpenAccount })
  open(@Input() { body }: InputOf<unknown, unknown, OpenAccount>, @CurrentActor() actor: Actor): Promise<AccountDone> {
    return this.opening.open(body, actor);
  }

  @Endpoint({ ...manage, path: ':number/close', summary: 'Close an account without a balance', params: AccountParams, body: CloseAccount })
  close(@Input() { params, body }: InputOf<AccountParams, unknown, CloseAccount>, @CurrentActor() actor: Actor): Promise<AccountDone> {
    return this.ops.close(params.number, body, actor);
  }

  @Endpoint({ ...manage, path: ':number/reopen', summary: 'Open a closed account again', params: AccountParams, body: ReopenAccount })
  reopen(@Input() { params, body }: InputOf<AccountParams, unknown, ReopenAccount>, @CurrentActor() actor: Actor): Promise<AccountDone> {
    return this.ops.reopen(params.number, body, actor);
  }

  @Endpoint({ ...manage, path: ':number/renumber', summary: 'Give an account a new number', params: AccountParams, body: RenumberAccount })
  renumber(@Input() { params, body }: InputOf<AccountParams, unknown, RenumberAccount>, @CurrentActor() actor: Actor): Promise<AccountDone> {
    return this.ops.renumber(params.number, body, actor);
  }

  @Endpoint({ ...manage, path: ':number/merge', summary: 'Let an account go on as another', params: AccountParams, body: MergeAccount })
  merge(@Input() { params, body }: InputOf<AccountParams, unknown, MergeAccount>, @CurrentActor() actor: Actor): Promise<AccountDone> {
    return this.ops.merge(params.number, body, actor);
  }

  @Endpoint({ ...manage, path: ':number/split', summary: 'Divide an account off for a part of the dwelling', params: AccountParams, body: SplitAccount })
  split(@Input() { params, body }: InputOf<AccountParams, unknown, SplitAccount>, @CurrentActor() actor: Actor): Promise<AccountDone> {
    return this.opening.split(params.number, body, actor);
  }

  @Endpoint({
    method: 'GET', path: ':number/lineage', permission: P.accountRead.id, summary: 'Where an account came from and where it went',
    params: AccountParams, response: Lineage,
  })
  lineage(@Input() { params }: InputOf<AccountParams>, @CurrentActor() actor: Actor): Promise<Lineage> {
    return this.ops.lineage(params.number, actor);
  }

  @Endpoint({
    method: 'GET', path: ':number/contracts', permission: P.accountRead.id, summary: 'Contracts of the supplies of an account',
    params: AccountParams, query: AsOfQuery, response: SupplyContracts,
  })
  listContracts(@Input() { params, query }: InputOf<AccountParams, AsOfQuery>, @CurrentActor() actor: Actor): Promise<SupplyContracts> {
    return this.contracts.list(params.number, query, actor);
  }

  @Endpoint({
    method: 'POST', path: ':number/contracts', permission: P.accountEdit.id, idempotent: true, summary: 'Save the contract of a supply from a day on',
    params: AccountParams, body: SupplyContract, response: AccountDone,
  })
  saveContract(@Input() { params, body }: InputOf<AccountParams, unknown, SupplyContract>, @CurrentActor() actor: Actor): Promise<AccountDone> {
    return this.contracts.save(params.number, body, actor);
  }
}
