import { Controller, Inject } from '@nestjs/common';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { z } from 'zod';
import {
  AccountList, AccountListQuery, AccountParams, AccountView, AsOfQuery, ContactsPatch,
} from '../../contract/account.schema.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import { AccountService } from '../services/account.service.ts';

const Done = z.object({ done: z.literal(true) }).meta({ id: 'Done' });

@Controller('registry/accounts')
export class AccountsController {
  constructor(@Inject(AccountService) private readonly accounts: AccountService) {}

  @Endpoint({
    method: 'GET', path: '', permission: P.accountRead.id, limited: 'search', summary: 'Accounts by number, name or address',
    query: AccountListQuery, response: AccountList,
  })
  list(@Input() { query }: InputOf<unknown, AccountListQuery>, @CurrentActor() actor: Actor): Promise<AccountList> {
    return this.accounts.list(query, actor);
  }

  @Endpoint({
    method: 'GET', path: ':number', permission: P.accountRead.id, summary: 'Head of the subscriber card as of a day',
    params: AccountParams, query: AsOfQuery, response: AccountView,
  })
  view(@Input() { params, query }: InputOf<AccountParams, AsOfQuery>, @CurrentActor() actor: Actor): Promise<AccountView> {
    return this.accounts.view(params.number, query, actor);
  }

  @Endpoint({
    method: 'PATCH', path: ':number/contacts', permission: P.accountEdit.id, summary: 'Change phone and e-mail of the holder',
    params: AccountParams, body: ContactsPatch, response: Done,
  })
  async contacts(@Input() { params, body }: InputOf<AccountParams, unknown, ContactsPatch>, @CurrentActor() actor: Actor): Promise<z.infer<typeof Done>> {
    await this.accounts.changeContacts(params.number, body, actor);
    return { done: true };
  }
}
