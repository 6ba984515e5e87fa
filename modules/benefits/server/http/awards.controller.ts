import { buffer } from 'node:stream/consumers';
import { type Actor, bytesOf, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  AwardCancel, AwardFileList, AwardFileParams, AwardFileQuery, AwardFileView, AwardPost, AwardReturn, AwardRowList, AwardRowQuery, AwardUploaded,
  AwardUploadQuery,
} from '../../contract/award.schema.ts';
import { NumberParams } from '../../contract/holding.schema.ts';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { AwardViews } from '../services/award-views.ts';
import { AWARD_FILE_LIMIT, Awards } from '../services/awards.service.ts';

const Returned = z.object({ done: z.literal(true) }).meta({ id: 'AwardReturned' });

@Controller('benefits')
export class AwardsController {
  constructor(
    @Inject(Awards) private readonly awards: Awards,
    @Inject(AwardViews) private readonly views: AwardViews,
  ) {}

  @Endpoint({
    method: 'POST', path: 'award-files', permission: P.awardLoad.id, summary: 'Load a file of awards: raw bytes; the same bytes are one file',
    query: AwardUploadQuery, response: AwardUploaded,
  })
  async upload(
    @Input() { query }: InputOf<unknown, AwardUploadQuery>,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<AwardUploaded> {
    return this.awards.upload(await buffer(bytesOf(request.raw, AWARD_FILE_LIMIT)), query, actor);
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
