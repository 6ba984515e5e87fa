import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { AccountParams, AsOfQuery } from '../../contract/account.schema.ts';
import {
  AccountFacts, Changed, ChangePreview, ChangeRequest, FieldHistory, FieldHistoryQuery,
} from '../../contract/change.schema.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import { ChangeService } from '../changes/change.service.ts';
import { HistoryService } from '../changes/history.service.ts';

@Controller('registry/accounts')
export class ChangesController {
  constructor(
    @Inject(ChangeService) private readonly changes: ChangeService,
    @Inject(HistoryService) private readonly histories: HistoryService,
  ) {}

  @Endpoint({
    method: 'GET', path: ':number/facts', permission: P.accountRead.id, summary: 'Facts of a card for its forms, with both times',
    params: AccountParams, query: AsOfQuery, response: AccountFacts,
  })
  facts(@Input() { params, query }: InputOf<AccountParams, AsOfQuery>, @CurrentActor() actor: Actor): Promise<AccountFacts> {
    return this.histories.facts(params.number, query, actor);
  }

  @Endpoint({
    method: 'GET', path: ':number/history', permission: P.accountRead.id, summary: 'Who changed which field, when, from what to what and why',
    params: AccountParams, query: FieldHistoryQuery, response: FieldHistory,
  })
  history(@Input() { params, query }: InputOf<AccountParams, FieldHistoryQuery>, @CurrentActor() actor: Actor): Promise<FieldHistory> {
    return this.histories.history(params.number, query, actor);
  }

  @Endpoint({
    method: 'POST', path: ':number/changes/preview', permission: P.accountRead.id, status: 200,
    summary: 'What changes would do to fields and money; nothing is saved', params: AccountParams, body: ChangeRequest, response: ChangePreview,
  })
  preview(
    @Input() { params, body }: InputOf<AccountParams, unknown, ChangeRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<ChangePreview> {
    return this.changes.preview(params.number, body, actor);
  }

  @Endpoint({
    method: 'POST', path: ':number/changes', permission: P.accountEdit.id, idempotent: true,
    summary: 'Save changes of facts from a day on', params: AccountParams, body: ChangeRequest, response: Changed,
  })
  save(
    @Input() { params, body }: InputOf<AccountParams, unknown, ChangeRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<Changed> {
    return this.changes.save(params.number, body, actor);
  }
}
