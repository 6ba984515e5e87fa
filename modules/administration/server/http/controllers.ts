import { listHeaders } from '@komplat/documents';
import { Controller, Headers, Inject, StreamableFile } from '@nestjs/common';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, localeOf, Messages } from '@komplat/server';
import { z } from 'zod';
import {
  ApprovalFileQuery, ApprovalList, ApprovalParams, ApprovalQuery, ApprovalView, ApproveBody, RejectBody,
  ApprovedMany,
  ApproveMany,
} from '../../contract/approval.schema.ts';
import { CalcList, CalcParams } from '../../contract/calc.schema.ts';
import { Home } from '../../contract/home.schema.ts';
import { Me, People } from '../../contract/me.schema.ts';
import { ADMINISTRATION_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  ProcessCommandParams, ProcessFileQuery, ProcessList, ProcessParams, ProcessQuery, ProcessReason, ProcessView,
} from '../../contract/process.schema.ts';
import { SearchAnswer, SearchQuery } from '../../contract/search.schema.ts';
import { ApprovalService } from '../services/approval.service.ts';
import { CalcService } from '../services/calc.service.ts';
import { HomeService } from '../services/home.service.ts';
import { ListFiles } from '../services/list-files.ts';
import { MeService } from '../services/me.service.ts';
import { ProcessService } from '../services/process.service.ts';
import { SearchService } from '../services/search.service.ts';

@Controller('administration')
export class AdministrationController {
  constructor(
    @Inject(MeService) private readonly meService: MeService,
    @Inject(HomeService) private readonly homeService: HomeService,
    @Inject(SearchService) private readonly searchService: SearchService,
  ) {}

  @Endpoint({ method: 'GET', path: 'me', permission: 'signed-in', summary: 'Who is signed in', response: Me })
  me(@CurrentActor() actor: Actor): Promise<Me> {
    return this.meService.me(actor);
  }

  @Endpoint({ method: 'GET', path: 'people', permission: 'signed-in', summary: 'Names of colleagues by login', response: People })
  people(@CurrentActor() actor: Actor): Promise<People> {
    return this.meService.people(actor);
  }

  @Endpoint({ method: 'GET', path: 'home', permission: P.homeRead.id, summary: 'First page of the role', response: Home })
  home(@CurrentActor() actor: Actor): Promise<Home> {
    return this.homeService.home(actor);
  }

  @Endpoint({
    method: 'GET', path: 'search', permission: P.searchUse.id, limited: 'search', summary: 'Global search', query: SearchQuery, response: SearchAnswer,
  })
  search(@Input() { query }: InputOf<unknown, SearchQuery>, @CurrentActor() actor: Actor): Promise<SearchAnswer> {
    return this.searchService.search(query, actor);
  }
}

@Controller('administration/approvals')
export class ApprovalsController {
  constructor(
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(ListFiles) private readonly files: ListFiles,
  ) {}

  @Endpoint({ method: 'GET', path: '', permission: P.approvalRead.id, summary: 'Requests for a second person', query: ApprovalQuery, response: ApprovalList })
  list(@Input() { query }: InputOf<unknown, ApprovalQuery>, @CurrentActor() actor: Actor): Promise<ApprovalList> {
    return this.approvals.list(query, actor);
  }

  @Endpoint({ method: 'GET', path: 'file', permission: P.approvalRead.id, summary: 'Requests as a file', query: ApprovalFileQuery, response: 'file' })
  file(
    @Input() { query }: InputOf<unknown, ApprovalFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    return new StreamableFile(this.files.approvals(query, { actor, locale: localeOf(language) }), listHeaders('approvals', query.format));
  }

  @Endpoint({ method: 'GET', path: ':id', permission: P.approvalRead.id, summary: 'One request', params: ApprovalParams, response: ApprovalView })
  view(@Input() { params }: InputOf<ApprovalParams>, @CurrentActor() actor: Actor): Promise<ApprovalView> {
    return this.approvals.view(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: 'approve', permission: P.approvalDecide.id, summary: 'Agree to many requests, each by itself', status: 200,
    body: ApproveMany, response: ApprovedMany,
  })
  approveMany(@Input() { body }: InputOf<unknown, unknown, ApproveMany>, @CurrentActor() actor: Actor): Promise<ApprovedMany> {
    return this.approvals.approveMany(body, actor);
  }

  @Endpoint({
    method: 'POST', path: ':id/approve', permission: P.approvalDecide.id, summary: 'Agree: executes the stored payload', status: 200,
    params: ApprovalParams, body: ApproveBody, response: ApprovalView,
  })
  approve(@Input() { params, body }: InputOf<ApprovalParams, unknown, ApproveBody>, @CurrentActor() actor: Actor): Promise<ApprovalView> {
    return this.approvals.decide(params.id, true, body.reason, actor);
  }

  @Endpoint({
    method: 'POST', path: ':id/reject', permission: P.approvalDecide.id, summary: 'Refuse with a reason', status: 200,
    params: ApprovalParams, body: RejectBody, response: ApprovalView,
  })
  reject(@Input() { params, body }: InputOf<ApprovalParams, unknown, RejectBody>, @CurrentActor() actor: Actor): Promise<ApprovalView> {
    return this.approvals.decide(params.id, false, body.reason, actor);
  }
}

@Controller('administration/processes')
export class ProcessesController {
  constructor(
    @Inject(ProcessService) private readonly processes: ProcessService,
    @Inject(ListFiles) private readonly files: ListFiles,
  ) {}

  @Endpoint({ method: 'GET', path: '', permission: P.processRead.id, summary: 'Long processes', query: ProcessQuery, response: ProcessList })
  list(@Input() { query }: InputOf<unknown, ProcessQuery>, @CurrentActor() actor: Actor): Promise<ProcessList> {
    return this.processes.list(query, actor);
  }

  @Endpoint({ method: 'GET', path: 'file', permission: P.processRead.id, summary: 'Long processes as a file', query: ProcessFileQuery, response: 'file' })
  file(
    @Input() { query }: InputOf<unknown, ProcessFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    return new StreamableFile(this.files.processes(query, { actor, locale: localeOf(language) }), listHeaders('processes', query.format));
  }

  @Endpoint({ method: 'GET', path: ':id', permission: P.processRead.id, summary: 'One process with its timeline', params: ProcessParams, response: ProcessView })
  view(@Input() { params }: InputOf<ProcessParams>, @CurrentActor() actor: Actor): Promise<ProcessView> {
    return this.processes.view(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: ':id/:command', permission: P.processControl.id, summary: 'Pause, resume, retry or stop, with a reason', status: 200,
    params: ProcessCommandParams, body: ProcessReason, response: ProcessView,
  })
  command(
    @Input() { params, body }: InputOf<ProcessCommandParams, unknown, ProcessReason>,
    @CurrentActor() actor: Actor,
  ): Promise<ProcessView> {
    return this.processes.command(params.id, params.command, body.reason, actor);
  }
}

@Controller('calc')
export class CalcController {
  constructor(
    @Inject(CalcService) private readonly calc: CalcService,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Endpoint({ method: 'GET', path: '', permission: P.calcRun.id, summary: 'Calculators', response: CalcList })
  list(): CalcList {
    return { calculators: this.calc.list().map(({ id, title }) => ({ name: id, title: this.messages.text('uk', title) })) };
  }

  @Endpoint({
    method: 'POST', path: ':name', permission: P.calcRun.id, summary: 'Run a calculator: result with trace', status: 200,
    params: CalcParams, body: z.unknown(), response: 'raw',
  })
  run(@Input() { params, body }: InputOf<CalcParams, unknown, unknown>): Promise<unknown> {
    return this.calc.run(params.name, body);
  }
}
