import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { DomainError } from '@komplat/kernel';
import { Controller, Inject, type OnModuleInit, Req } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  AwardCancel, AwardFileList, AwardFileParams, AwardFileQuery, AwardFileView, AwardPost, AwardReturn, AwardRowList, AwardRowQuery, AwardUploaded,
  AwardUploadQuery,
} from '../../contract/award.schema.ts';
import { NumberParams } from '../../contract/holding.schema.ts';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { AwardViews } from '../services/award-views.ts';
import { AWARD_FILE_LIMIT, Awards } from '../services/awards.service.ts';

const BYTES = 'application/octet-stream';
const Returned = z.object({ done: z.literal(true) }).meta({ id: 'AwardReturned' });

/** Reads a file of awards into memory: one city's month is some megabytes. Stops at the limit. */
async function bytesOf(request: FastifyRequest): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request.raw.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > AWARD_FILE_LIMIT) throw new DomainError('platform.file.too-large', { limit: AWARD_FILE_LIMIT }, 413);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

@Controller('benefits')
export class AwardsController implements OnModuleInit {
  constructor(
    @Inject(Awards) private readonly awards: Awards,
    @Inject(AwardViews) private readonly views: AwardViews,
    @Inject(HttpAdapterHost) private readonly adapters: HttpAdapterHost,
  ) {}

  /** Bytes come as a stream; another module may have said so already. */
  onModuleInit(): void {
    const fastify: FastifyInstance = this.adapters.httpAdapter.getInstance();
    if (!fastify.hasContentTypeParser(BYTES)) fastify.addContentTypeParser(BYTES, (_request, payload, done) => done(null, payload));
  }

  @Endpoint({
    method: 'POST', path: 'award-files', permission: P.awardLoad.id, summary: 'Load a file of awards: raw bytes; the same bytes are one file',
    query: AwardUploadQuery, response: AwardUploaded,
  })
  async upload(
    @Input() { query }: InputOf<unknown, AwardUploadQuery>,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<AwardUploaded> {
    return this.awards.upload(await bytesOf(request), query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'award-files', permission: P.read.id, summary: 'Files of awards, newest first', query: AwardFileQuery,
    response: AwardFileList,
  })
  list(@Input() { query }: InputOf<unknown, AwardFileQuery>): Promise<AwardFileList> {
    return this.views.list(query);
  }

  @Endpoint({
    method: 'GET', path: 'award-files/:id', permission: P.read.id, summary: 'One file of awards', params: AwardFileParams, response: AwardFileView,
  })
  file(@Input() { params }: InputOf<AwardFileParams>): Promise<AwardFileView> {
    return this.views.file(params.id);
  }

  @Endpoint({
    method: 'GET', path: 'award-files/:id/rows', permission: P.read.id, summary: 'Rows of a file of awards, the error list among them',
    params: AwardFileParams, query: AwardRowQuery, response: AwardRowList,
  })
  rows(@Input() { params, query }: InputOf<AwardFileParams, AwardRowQuery>): Promise<AwardRowList> {
    return this.views.rows(params.id, query);
  }

  @Endpoint({
    method: 'POST', path: 'award-files/:id/post', status: 200, permission: P.awardPost.id, idempotent: true, summary: 'Post a file of awards',
    params: AwardFileParams, body: AwardPost, response: AwardFileView,
  })
  post(@Input() { params, body }: InputOf<AwardFileParams, unknown, AwardPost>, @CurrentActor() actor: Actor): Promise<AwardFileView> {
    return this.awards.post(params.id, body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'award-files/:id/cancel', status: 200, permission: P.awardLoad.id, idempotent: true, summary: 'Put a file of awards aside',
    params: AwardFileParams, body: AwardCancel, response: AwardFileView,
  })
  cancel(@Input() { params, body }: InputOf<AwardFileParams, unknown, AwardCancel>, @CurrentActor() actor: Actor): Promise<AwardFileView> {
    return this.awards.cancel(params.id, body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'accounts/:number/returns', permission: P.awardPost.id, idempotent: true, summary: 'Return of a subsidy',
    params: NumberParams, body: AwardReturn, response: Returned,
  })
  async giveBack(
    @Input() { params, body }: InputOf<NumberParams, unknown, AwardReturn>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof Returned>> {
    await this.awards.giveBack(params.number, body, actor);
    return { done: true };
  }
}
