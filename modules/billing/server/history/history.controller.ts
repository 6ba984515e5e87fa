import { buffer } from 'node:stream/consumers';
import { type Actor, bytesOf, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  HistoryCancel,
  HistoryControlQuery,
  HistoryList,
  HistoryMappingBody,
  HistoryOrder,
  HistoryParams,
  HistoryUploaded,
  HistoryUploadQuery,
  HistoryView,
} from '../../contract/history.schema.ts';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { CONTROL_LIMIT, HistoryDesk } from './history-desk.ts';
import { HistoryLoader } from './history-loader.ts';

const UPLOAD_LIMIT = 2 ** 30;

/** Months of the old system: files with their mapping, checks and loading. */
@Controller('billing/history')
export class HistoryController {
  constructor(
    @Inject(HistoryDesk) private readonly desk: HistoryDesk,
    @Inject(HistoryLoader) private readonly loader: HistoryLoader,
  ) {}

  @Endpoint({ method: 'GET', path: '', permission: P.historyRead.id, summary: 'Files of the old system, newest first', response: HistoryList })
  list(): Promise<HistoryList> {
    return this.desk.list();
  }

  @Endpoint({
    method: 'POST', path: '', permission: P.historyLoad.id, summary: 'Give a file of balances, payments, readings or residents; the same bytes are taken once',
    query: HistoryUploadQuery, response: HistoryUploaded,
  })
  upload(
    @Input() { query }: InputOf<unknown, HistoryUploadQuery>,
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<HistoryUploaded> {
    return this.desk.upload(request.raw, { ...query, limit: UPLOAD_LIMIT }, actor);
  }

  @Endpoint({
    method: 'GET', path: ':id', permission: P.historyRead.id, summary: 'A file: mapping, first rows, totals by month and provider, what is wrong',
    params: HistoryParams, response: HistoryView,
  })
  view(@Input() { params }: InputOf<HistoryParams>): Promise<HistoryView> {
    return this.desk.view(params.id);
  }

  @Endpoint({
    method: 'PUT', path: ':id/mapping', permission: P.historyLoad.id, summary: 'Which column is which; kept for files of the same layout',
    params: HistoryParams, body: HistoryMappingBody, response: HistoryView,
  })
  async map(@Input() { params, body }: InputOf<HistoryParams, unknown, HistoryMappingBody>, @CurrentActor() actor: Actor): Promise<HistoryView> {
    await this.desk.map(params.id, body.mapping, actor);
    return this.desk.view(params.id);
  }

  @Endpoint({
    method: 'POST', path: ':id/control', permission: P.historyLoad.id, status: 200, summary: 'Stated totals by provider and month (CSV)',
    params: HistoryParams, query: HistoryControlQuery, response: HistoryView,
  })
  async control(
    @Input() { params, query }: InputOf<HistoryParams, HistoryControlQuery>,
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<HistoryView> {
    await this.desk.control(params.id, query.name, await buffer(bytesOf(request.raw, CONTROL_LIMIT)), actor);
    return this.desk.view(params.id);
  }

  @Endpoint({
    method: 'POST', path: ':id/check', permission: P.historyLoad.id, idempotent: true, status: 200,
    summary: 'Read the whole file and check it; nothing is posted', params: HistoryParams, response: HistoryView,
  })
  async check(@Input() { params }: InputOf<HistoryParams>, @CurrentActor() actor: Actor): Promise<HistoryView> {
    await this.loader.check(params.id, actor);
    return this.desk.view(params.id);
  }

  @Endpoint({
    method: 'POST', path: ':id/load', permission: P.historyLoad.id, idempotent: true, status: 200,
    summary: 'Load a checked file and lock its months; repeated after a stop it goes on',
    params: HistoryParams, body: HistoryOrder, response: HistoryView,
  })
  async load(@Input() { params, body }: InputOf<HistoryParams, unknown, HistoryOrder>, @CurrentActor() actor: Actor): Promise<HistoryView> {
    await this.loader.load(params.id, body.withoutControl, actor);
    return this.desk.view(params.id);
  }

  @Endpoint({
    method: 'POST', path: ':id/cancel', permission: P.historyLoad.id, idempotent: true, status: 200,
    summary: 'Give up a file that is not loaded', params: HistoryParams, body: HistoryCancel, response: HistoryView,
  })
  async cancel(@Input() { params, body }: InputOf<HistoryParams, unknown, HistoryCancel>, @CurrentActor() actor: Actor): Promise<HistoryView> {
    await this.desk.cancel(params.id, body.reason, actor);
    return this.desk.view(params.id);
  }
}
