import { listHeaders } from '@komplat/documents';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, localeOf } from '@komplat/server';
import { Controller, Headers, Inject, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  AccountCases, CaseAccountParams, CaseActDone, CaseActOrder, CaseDone, CaseFileKept, CaseFileQuery, CaseList, CaseOpened, CaseParams, CasesFileQuery,
  CasesQuery, CaseView, PretensionOrder, PretensionText, ReceiptOrder, TaskOrder, TaskParams,
} from '../../contract/case.schema.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { CaseActs } from './case-acts.service.ts';
import { CaseOpenings } from './case-opening.service.ts';
import { CasePapers } from './case-papers.service.ts';
import { CaseReceipts } from './case-receipts.service.ts';
import { CaseTasks } from './case-tasks.service.ts';
import { CaseViews } from './case-views.service.ts';

const DocumentParams = z.object({ id: z.uuid(), documentId: z.uuid() });
type DocumentParams = z.infer<typeof DocumentParams>;
const permission = P.caseRead.id;

/** Cases of the legal service. */
@Controller('legal')
export class CasesController {
  constructor(
    @Inject(CaseViews) private readonly views: CaseViews,
    @Inject(CaseActs) private readonly acts: CaseActs,
    @Inject(CaseOpenings) private readonly openings: CaseOpenings,
    @Inject(CaseReceipts) private readonly receipts: CaseReceipts,
    @Inject(CaseTasks) private readonly tasks: CaseTasks,
    @Inject(CasePapers) private readonly papers: CasePapers,
  ) {}

  @Endpoint({ method: 'GET', path: 'cases', permission, summary: 'Cases, the most urgent term first', query: CasesQuery, response: CaseList })
  list(@Input() { query }: InputOf<unknown, CasesQuery>, @CurrentActor() actor: Actor): Promise<CaseList> {
    return this.views.list(query, actor);
  }

  @Endpoint({ method: 'GET', path: 'cases/file', permission, summary: 'The list of cases as a file', query: CasesFileQuery, response: 'file' })
  file(
    @Input() { query }: InputOf<unknown, CasesFileQuery>, @CurrentActor() actor: Actor, @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    return new StreamableFile(this.views.file(query, actor, localeOf(language)), listHeaders('cases', query.format));
  }

  @Endpoint({ method: 'GET', path: 'cases/:id', permission, summary: 'One case: course, money, terms, papers', params: CaseParams, response: CaseView })
  view(@Input() { params }: InputOf<CaseParams>, @CurrentActor() actor: Actor): Promise<CaseView> {
    return this.views.view(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: 'cases/:id/acts', permission: P.caseAct.id, summary: 'One act on a case', params: CaseParams, body: CaseActOrder,
    response: CaseActDone, idempotent: true,
  })
  act(@Input() { params, body }: InputOf<CaseParams, unknown, CaseActOrder>, @CurrentActor() actor: Actor): Promise<CaseActDone> {
    return this.acts.act(params.id, body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'cases/:id/receipts', permission: P.caseAct.id, summary: 'An executor tells of money', params: CaseParams, body: ReceiptOrder,
    response: CaseDone, idempotent: true,
  })
  async tell(@Input() { params, body }: InputOf<CaseParams, unknown, ReceiptOrder>, @CurrentActor() actor: Actor): Promise<CaseDone> {
    await this.receipts.tell(params.id, body, actor);
    return { done: true };
  }

  @Endpoint({
    method: 'POST', path: 'cases/:id/tasks/:taskId', permission: P.caseAct.id, summary: 'Move a term, or close a task', params: TaskParams, body: TaskOrder,
    response: CaseDone, idempotent: true,
  })
  async task(@Input() { params, body }: InputOf<TaskParams, unknown, TaskOrder>, @CurrentActor() actor: Actor): Promise<CaseDone> {
    await this.tasks.order(params.id, params.taskId, body, actor);
    return { done: true };
  }

  @Endpoint({
    method: 'POST', path: 'case-files', permission: P.caseAct.id, summary: 'Keep the scan of a paper: raw bytes', query: CaseFileQuery, response: CaseFileKept,
  })
  keep(@Input() { query }: InputOf<unknown, CaseFileQuery>, @Req() request: FastifyRequest): Promise<CaseFileKept> {
    return this.papers.keep(request.raw, query.name);
  }

  @Endpoint({ method: 'GET', path: 'cases/:id/documents/:documentId/file', permission, summary: 'The scan of a paper', params: DocumentParams, response: 'file' })
  async document(@Input() { params }: InputOf<DocumentParams>, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const { content, name, mediaType } = await this.papers.open(params.id, params.documentId, actor);
    return new StreamableFile(content, { type: mediaType, disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}` });
  }

  @Endpoint({ method: 'GET', path: 'cases/:id/pretension', permission, summary: 'Text of the pretension', params: CaseParams, response: PretensionText })
  pretension(@Input() { params }: InputOf<CaseParams>, @CurrentActor() actor: Actor): Promise<PretensionText> {
    return this.papers.pretension(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: 'pretensions', permission: P.caseAct.id, summary: 'Open a case by a pretension', body: PretensionOrder, response: CaseOpened,
    idempotent: true,
  })
  open(@Input() { body }: InputOf<unknown, unknown, PretensionOrder>, @CurrentActor() actor: Actor): Promise<CaseOpened> {
    return this.openings.pretension(body, actor);
  }

  @Endpoint({ method: 'GET', path: 'accounts/:number/cases', permission, summary: 'Cases of an account', params: CaseAccountParams, response: AccountCases })
  ofAccount(@Input() { params }: InputOf<CaseAccountParams>, @CurrentActor() actor: Actor): Promise<AccountCases> {
    return this.views.ofAccount(params.number, actor);
  }
}
