import {
  CloseApproval,
  CloseCommanded,
  CloseCommandParams,
  CloseEvidenceView,
  CloseExceptions,
  CloseExceptionsAsked,
  CloseExceptionsQuery,
  CloseGateParams,
  CloseLaneParams,
  ClosePeriodParams,
  CloseProposed,
  CloseReason,
  CloseSharedGateParams,
  CloseStarted,
  CloseTrialView,
  CloseView,
  StartClose,
} from '@komplat/billing/contract/close';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { BILLING_PERMISSIONS as P } from '@komplat/billing/contract';
import { CloseService } from './close.service.ts';

type Of<T extends z.ZodType> = z.output<T>;
type Lane = Of<typeof CloseLaneParams>;
type Reason = Of<typeof CloseReason>;

@Controller('billing/close')
export class CloseController {
  constructor(@Inject(CloseService) private readonly service: CloseService) {}

  @Endpoint({
    method: 'GET', path: ':period', permission: P.closeRead.id, summary: 'Month close: lanes, outcomes, gates',
    params: ClosePeriodParams, response: CloseView,
  })
  async view(@Input() { params }: InputOf<Of<typeof ClosePeriodParams>>, @CurrentActor() actor: Actor): Promise<unknown> {
    return this.service.view(params.period, actor);
  }

  @Endpoint({
    method: 'GET', path: ':period/trial', permission: P.closeRead.id, summary: 'Result of the dry run beside the month before',
    params: ClosePeriodParams, response: CloseTrialView,
  })
  async trial(@Input() { params }: InputOf<Of<typeof ClosePeriodParams>>): Promise<unknown> {
    return this.service.trial(params.period);
  }

  @Endpoint({
    method: 'POST', path: ':period/start', permission: P.closeRun.id, summary: 'Start the month close, or a dry run of it',
    params: ClosePeriodParams, body: StartClose, response: CloseStarted, status: 202,
  })
  async start(
    @Input() { params, body }: InputOf<Of<typeof ClosePeriodParams>, unknown, Of<typeof StartClose>>,
    @CurrentActor() actor: Actor,
  ): Promise<unknown> {
    return this.service.start({ period: params.period, ...body }, actor.login);
  }

  @Endpoint({
    method: 'POST', path: ':period/propose', permission: P.closePropose.id, summary: 'Propose every lane that is ready for release',
    params: ClosePeriodParams, body: CloseReason, response: CloseProposed, status: 202,
  })
  async proposeReady(
    @Input() { params, body }: InputOf<Of<typeof ClosePeriodParams>, unknown, Reason>,
    @CurrentActor() actor: Actor,
  ): Promise<unknown> {
    return this.service.proposeReady(params.period, body.reason, actor);
  }

  @Endpoint({
    method: 'GET', path: ':period/lanes/:provider/exceptions', permission: P.closeRead.id, summary: 'Accounts without a charge',
    params: CloseLaneParams, query: CloseExceptionsQuery, response: CloseExceptions,
  })
  async exceptions(
    @Input() { params, query }: InputOf<Lane, Of<typeof CloseExceptionsQuery>>,
    @CurrentActor() actor: Actor,
  ): Promise<unknown> {
    return this.service.exceptions(params.period, params.provider, query, actor);
  }

  @Endpoint({
    method: 'GET', path: ':period/lanes/:provider/evidence', permission: P.closeRead.id, summary: 'Settlement and evidence of a locked lane',
    params: CloseLaneParams, response: CloseEvidenceView,
  })
  async evidence(@Input() { params }: InputOf<Lane>, @CurrentActor() actor: Actor): Promise<unknown> {
    return this.service.evidence(params.period, params.provider, actor);
  }

  @Endpoint({
    method: 'POST', path: ':period/lanes/:provider/propose', permission: P.closePropose.id, summary: 'Propose the lane for release',
    params: CloseLaneParams, body: CloseReason, response: CloseApproval, status: 202,
  })
  async propose(@Input() { params, body }: InputOf<Lane, unknown, Reason>, @CurrentActor() actor: Actor): Promise<unknown> {
    return { approvalId: await this.service.propose(params.period, params.provider, body.reason, actor) };
  }

  @Endpoint({
    method: 'POST', path: ':period/lanes/:provider/gates/:gate/exception', permission: P.closeExcept.id,
    summary: 'Ask a second person to let a red gate pass', params: CloseGateParams, body: CloseReason, response: CloseApproval, status: 202,
  })
  async exception(
    @Input() { params, body }: InputOf<Of<typeof CloseGateParams>, unknown, Reason>,
    @CurrentActor() actor: Actor,
  ): Promise<unknown> {
    return { approvalId: await this.service.askException(params.period, params.provider, params.gate, body.reason, actor) };
  }

  @Endpoint({
    method: 'POST', path: ':period/gates/:gate/exception', permission: P.closeExcept.id,
    summary: 'Ask a second person to let a red gate pass in every lane that it holds', params: CloseSharedGateParams, body: CloseReason,
    response: CloseExceptionsAsked, status: 202,
  })
  async sharedException(
    @Input() { params, body }: InputOf<Of<typeof CloseSharedGateParams>, unknown, Reason>,
    @CurrentActor() actor: Actor,
  ): Promise<unknown> {
    return this.service.askSharedException(params.period, params.gate, body.reason, actor);
  }

  @Endpoint({
    method: 'POST', path: ':period/lanes/:provider/:command', permission: P.closeRun.id, summary: 'Pause, resume, retry-failed or stop a lane',
    params: CloseCommandParams, body: CloseReason, response: CloseCommanded, status: 202,
  })
  async command(
    @Input() { params, body }: InputOf<Of<typeof CloseCommandParams>, unknown, Reason>,
    @CurrentActor() actor: Actor,
  ): Promise<unknown> {
    return { workflowId: await this.service.command(params.period, params.provider, params.command, body.reason, actor) };
  }
}
