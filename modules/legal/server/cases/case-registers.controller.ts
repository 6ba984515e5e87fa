import { buffer } from 'node:stream/consumers';
import { listHeaders } from '@komplat/documents';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, localeOf } from '@komplat/server';
import { Controller, Headers, Inject, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CaseDone, CaseParams } from '../../contract/case.schema.ts';
import {
  CaseListHeads, CaseListOrder, CaseListRef, CaseListUpload, CaseListView, RegisterFileQuery, RegisterPage, RegisterParams, RegisterQuery,
} from '../../contract/case-list.schema.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { CaseLists } from './case-lists.service.ts';
import { CaseRegisters } from './registers.service.ts';

const permission = P.caseRead.id;

/** Registers of cases, and lists of courts and executors. */
@Controller('legal')
export class CaseRegistersController {
  constructor(
    @Inject(CaseRegisters) private readonly registers: CaseRegisters,
    @Inject(CaseLists) private readonly lists: CaseLists,
  ) {}

  @Endpoint({ method: 'GET', path: 'registers/:name', permission, summary: 'A register of cases', params: RegisterParams, query: RegisterQuery, response: RegisterPage })
  page(@Input() { params, query }: InputOf<RegisterParams, RegisterQuery>, @CurrentActor() actor: Actor): Promise<RegisterPage> {
    return this.registers.page(params.name, query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'registers/:name/file', permission, summary: 'A register as a file', params: RegisterParams, query: RegisterFileQuery, response: 'file',
  })
  file(
    @Input() { params, query }: InputOf<RegisterParams, RegisterFileQuery>, @CurrentActor() actor: Actor, @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    return new StreamableFile(this.registers.file(params.name, query, actor, localeOf(language)), listHeaders(params.name, query.format));
  }

  @Endpoint({ method: 'GET', path: 'case-lists', permission, summary: 'Lists of courts and executors, newest first', response: CaseListHeads })
  heads(@CurrentActor() actor: Actor): Promise<CaseListHeads> {
    return this.lists.heads(actor);
  }

  @Endpoint({
    method: 'POST', path: 'case-lists', permission: P.caseAct.id, summary: 'Load a list: raw bytes; every row is tried, nothing is kept', query: CaseListUpload,
    response: CaseListRef,
  })
  async upload(@Input() { query }: InputOf<unknown, CaseListUpload>, @CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<CaseListRef> {
    return this.lists.upload(await buffer(request.raw), query, actor);
  }

  @Endpoint({ method: 'GET', path: 'case-lists/:id', permission, summary: 'A list: what each row would do, or did', params: CaseParams, response: CaseListView })
  view(@Input() { params }: InputOf<CaseParams>, @CurrentActor() actor: Actor): Promise<CaseListView> {
    return this.lists.view(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: 'case-lists/:id/order', permission: P.caseAct.id, summary: 'Take the rows that are ready, or put the list aside', params: CaseParams,
    body: CaseListOrder, response: CaseDone, idempotent: true,
  })
  async order(@Input() { params, body }: InputOf<CaseParams, unknown, CaseListOrder>, @CurrentActor() actor: Actor): Promise<CaseDone> {
    await this.lists.order(params.id, body.act, actor);
    return { done: true };
  }
}
