import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { AcceptFindings, AssignFindings, FindingList, FindingOutcome, FindingQuery, FindingSummary } from '../../contract/finding.schema.ts';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import { FindingService } from '../checks/finding.service.ts';

@Controller('registry/findings')
export class FindingsController {
  constructor(@Inject(FindingService) private readonly findings: FindingService) {}

  @Endpoint({
    method: 'GET', path: '', permission: P.findingRead.id, limited: 'search', summary: 'Findings of the rules over the data',
    query: FindingQuery, response: FindingList,
  })
  list(@Input() { query }: InputOf<unknown, FindingQuery>, @CurrentActor() actor: Actor): Promise<FindingList> {
    return this.findings.list(query, actor);
  }

  @Endpoint({ method: 'GET', path: 'summary', permission: P.findingRead.id, summary: 'Counts of open findings, their trend and the last run', response: FindingSummary })
  summary(@CurrentActor() actor: Actor): Promise<FindingSummary> {
    return this.findings.summary(actor);
  }

  @Endpoint({
    method: 'POST', path: 'assign', permission: P.findingManage.id, status: 200, summary: 'Assign findings to a person, or to nobody',
    body: AssignFindings, response: FindingOutcome,
  })
  assign(@Input() { body }: InputOf<unknown, unknown, AssignFindings>, @CurrentActor() actor: Actor): Promise<FindingOutcome> {
    return this.findings.assign(body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'accept', permission: P.findingManage.id, status: 200, summary: 'Put findings aside with a reason, or take them up again',
    body: AcceptFindings, response: FindingOutcome,
  })
  accept(@Input() { body }: InputOf<unknown, unknown, AcceptFindings>, @CurrentActor() actor: Actor): Promise<FindingOutcome> {
    return this.findings.accept(body, actor);
  }
}
