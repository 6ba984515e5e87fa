import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { AccountParams } from '../../contract/account.schema.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  ProposalDecision, ProposalList, ProposalMade, ProposalParams, ProposalQuery, ProposalRequest, ProposalView, ProposalWithdrawal,
} from '../../contract/proposal.schema.ts';
import { ProposalService } from '../proposals/proposal.service.ts';

@Controller('registry')
export class ProposalsController {
  constructor(@Inject(ProposalService) private readonly proposals: ProposalService) {}

  @Endpoint({
    method: 'POST', path: 'accounts/:number/proposals', permission: P.proposalRead.id, idempotent: true,
    summary: 'Propose a correction to the other side', params: AccountParams, body: ProposalRequest, response: ProposalMade,
  })
  propose(@Input() { params, body }: InputOf<AccountParams, unknown, ProposalRequest>, @CurrentActor() actor: Actor): Promise<ProposalMade> {
    return this.proposals.propose(params.number, body, actor);
  }

  @Endpoint({
    method: 'GET', path: 'proposals', permission: P.proposalRead.id, summary: 'Proposed corrections, the nearest term first',
    query: ProposalQuery, response: ProposalList,
  })
  list(@Input() { query }: InputOf<unknown, ProposalQuery>, @CurrentActor() actor: Actor): Promise<ProposalList> {
    return this.proposals.list(query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'proposals/:id', permission: P.proposalRead.id, summary: 'A proposed correction field by field, with its effect in money',
    params: ProposalParams, response: ProposalView,
  })
  view(@Input() { params }: InputOf<ProposalParams>, @CurrentActor() actor: Actor): Promise<ProposalView> {
    return this.proposals.view(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: 'proposals/:id/decide', permission: P.proposalRead.id, status: 200, idempotent: true,
    summary: 'Approve or refuse a correction of the other side', params: ProposalParams, body: ProposalDecision, response: ProposalView,
  })
  decide(@Input() { params, body }: InputOf<ProposalParams, unknown, ProposalDecision>, @CurrentActor() actor: Actor): Promise<ProposalView> {
    return this.proposals.decide(params.id, body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'proposals/:id/withdraw', permission: P.proposalRead.id, status: 200, summary: 'Take an own proposal back',
    params: ProposalParams, body: ProposalWithdrawal, response: ProposalView,
  })
  withdraw(@Input() { params, body }: InputOf<ProposalParams, unknown, ProposalWithdrawal>, @CurrentActor() actor: Actor): Promise<ProposalView> {
    return this.proposals.withdraw(params.id, body.reason, actor);
  }
}
