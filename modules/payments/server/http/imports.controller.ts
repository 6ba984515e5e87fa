import { Readable } from 'node:stream';
import { listHeaders } from '@komplat/documents';
import { bytesOf, CurrentActor, Endpoint, Input, localeOf } from '@komplat/server';
import type { Actor, InputOf } from '@komplat/server';
import { Controller, Headers, Inject, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  ImportList,
  ImportOrder,
  ImportParams,
  ImportRows,
  ImportsFileQuery,
  ImportsQuery,
  ImportView,
  PresetList,
  RowDecision,
  RowParams,
  RowsFileQuery,
  RowsQuery,
  Uploaded,
  UploadQuery,
} from '../../contract/import.schema.ts';
import { PAYMENTS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { ImportDesk, tooLarge } from '../services/import-desk.ts';
import { ImportViews } from '../services/import-views.ts';
import { ListFiles } from '../services/list-files.ts';

const UPLOAD_LIMIT = 64 * 1_048_576;
const Ordered = z.object({ done: z.literal(true) }).meta({ id: 'ImportOrdered' });
type Ordered = z.infer<typeof Ordered>;

@Controller('payments')
export class ImportsController {
  constructor(
    @Inject(ImportDesk) private readonly desk: ImportDesk,
    @Inject(ImportViews) private readonly views: ImportViews,
    @Inject(ListFiles) private readonly files: ListFiles,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'presets',
    permission: P.importRead.id,
    summary: 'Layouts of files',
    response: PresetList,
  })
  presets(): PresetList {
    return this.views.presets();
  }

  @Endpoint({
    method: 'POST',
    path: 'imports',
    permission: P.importLoad.id,
    summary: 'Load a register: raw bytes; the same bytes are one import',
    query: UploadQuery,
    response: Uploaded,
    status: 202,
  })
  async upload(
    @Input() { query }: InputOf<unknown, UploadQuery>,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Uploaded> {
    void reply.header('connection', 'close'); // what a refused sender still wants to say is not waited for
    if (Number(request.headers['content-length'] ?? 0) > UPLOAD_LIMIT) throw tooLarge(UPLOAD_LIMIT);
    const content = Readable.from(bytesOf(request.raw, UPLOAD_LIMIT), { objectMode: false });
    const answer = await this.desk.upload(content, { ...query, limit: UPLOAD_LIMIT }, actor);
    void reply.status(answer.repeated ? 200 : 202);
    return answer;
  }

  @Endpoint({
    method: 'GET',
    path: 'imports',
    permission: P.importRead.id,
    summary: 'Loaded registers, newest first',
    query: ImportsQuery,
    response: ImportList,
  })
  list(@Input() { query }: InputOf<unknown, ImportsQuery>): Promise<ImportList> {
    return this.views.list(query);
  }

  @Endpoint({
    method: 'GET',
    path: 'imports/file',
    permission: P.importRead.id,
    summary: 'The list of registers as a file',
    query: ImportsFileQuery,
    response: 'file',
  })
  listFile(
    @Input() { query }: InputOf<unknown, ImportsFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    const file = this.files.imports(query, { actor, locale: localeOf(language) });
    return new StreamableFile(file, listHeaders('imports', query.format));
  }

  @Endpoint({
    method: 'GET',
    path: 'imports/:id',
    permission: P.importRead.id,
    summary: 'One register with its totals',
    params: ImportParams,
    response: ImportView,
  })
  view(@Input() { params }: InputOf<ImportParams>, @CurrentActor() actor: Actor): Promise<ImportView> {
    return this.views.view(params.id, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'imports/:id/rows',
    permission: P.importRead.id,
    summary: 'Rows of a register',
    params: ImportParams,
    query: RowsQuery,
    response: ImportRows,
  })
  rows(@Input() { params, query }: InputOf<ImportParams, RowsQuery>): Promise<ImportRows> {
    return this.views.rows(params.id, query);
  }

  @Endpoint({
    method: 'GET',
    path: 'imports/:id/rows/file',
    permission: P.importRead.id,
    summary: 'Rows of a register as a file',
    params: ImportParams,
    query: RowsFileQuery,
    response: 'file',
  })
  rowsFile(
    @Input() { params, query }: InputOf<ImportParams, RowsFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    const file = this.files.rows(params.id, query, { actor, locale: localeOf(language) });
    return new StreamableFile(file, listHeaders('import-rows', query.format));
  }

  @Endpoint({
    method: 'POST',
    path: 'imports/:id/rows/:line/decide',
    permission: P.importLoad.id,
    summary: 'Decide about one row',
    params: RowParams,
    body: RowDecision,
    response: Ordered,
  })
  async decide(
    @Input() { params, body }: InputOf<RowParams, unknown, RowDecision>,
    @CurrentActor() actor: Actor,
  ): Promise<Ordered> {
    await this.desk.decide(params.id, params.line, body, actor);
    return { done: true };
  }

  @Endpoint({
    method: 'POST',
    path: 'imports/:id/post',
    permission: P.importPost.id,
    summary: 'Post a register',
    status: 202,
    params: ImportParams,
    body: ImportOrder,
    response: Ordered,
  })
  async post(
    @Input() { params, body }: InputOf<ImportParams, unknown, ImportOrder>,
    @CurrentActor() actor: Actor,
  ): Promise<Ordered> {
    await this.desk.order(params.id, 'post', body.reason, actor);
    return { done: true };
  }

  @Endpoint({
    method: 'POST',
    path: 'imports/:id/cancel',
    permission: P.importLoad.id,
    summary: 'Put a register aside without posting',
    status: 202,
    params: ImportParams,
    body: ImportOrder,
    response: Ordered,
  })
  async cancel(
    @Input() { params, body }: InputOf<ImportParams, unknown, ImportOrder>,
    @CurrentActor() actor: Actor,
  ): Promise<Ordered> {
    await this.desk.order(params.id, 'cancel', body.reason, actor);
    return { done: true };
  }

  @Endpoint({
    method: 'POST',
    path: 'imports/:id/rollback',
    permission: P.importRollback.id,
    summary: 'Take a posted register back by opposite entries',
    status: 202,
    params: ImportParams,
    body: ImportOrder,
    response: Ordered,
  })
  async rollback(
    @Input() { params, body }: InputOf<ImportParams, unknown, ImportOrder>,
    @CurrentActor() actor: Actor,
  ): Promise<Ordered> {
    await this.desk.order(params.id, 'rollback', body.reason, actor);
    return { done: true };
  }
}
