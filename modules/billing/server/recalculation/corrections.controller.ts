import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  CorrectionLines,
  CorrectionLinesQuery,
  CorrectionList,
  CorrectionOrder,
  CorrectionParams,
  CorrectionsQuery,
  CorrectionView,
  CorrectionWhy,
} from '../../contract/recalculation.schema.ts';
import { CorrectionService } from './correction.service.ts';

@Controller('billing/corrections')
export class CorrectionsController {
  constructor(@Inject(CorrectionService) private readonly corrections: CorrectionService) {}

  @Endpoint({
    method: 'GET', path: '', permission: P.correctionRead.id, summary: 'Correction documents, newest first',
    query: CorrectionsQuery, response: CorrectionList,
  })
  list(@Input() { query }: InputOf<unknown, CorrectionsQuery>, @CurrentActor() actor: Actor): Promise<CorrectionList> {
    return this.corrections.list(query, actor);
  }

  @Endpoint({
    method: 'POST', path: '', permission: P.correctionMake.id, idempotent: true,
    summary: 'Compute past months again with the facts of today; the answer is a draft, nothing is posted',
    body: CorrectionOrder, response: CorrectionView,
  })
  draft(@Input() { body }: InputOf<unknown, unknown, CorrectionOrder>, @CurrentActor() actor: Actor): Promise<CorrectionView> {
    return this.corrections.draft(body, actor);
  }

  @Endpoint({
    method: 'GET', path: ':id', permission: P.correctionRead.id, summary: 'One correction document with its sums',
    params: CorrectionParams, response: CorrectionView,
  })
  view(@Input() { params }: InputOf<CorrectionParams>, @CurrentActor() actor: Actor): Promise<CorrectionView> {
    return this.corrections.view(params.id, actor);
  }

  @Endpoint({
    method: 'GET', path: ':id/lines', permission: P.correctionRead.id, summary: 'Lines of a correction document with their sentences',
    params: CorrectionParams, query: CorrectionLinesQuery, response: CorrectionLines,
  })
  lines(@Input() { params, query }: InputOf<CorrectionParams, CorrectionLinesQuery>, @CurrentActor() actor: Actor): Promise<CorrectionLines> {
    return this.corrections.lines(params.id, query, actor);
  }

  @Endpoint({
    method: 'POST', path: ':id/post', permission: P.correctionMake.id, idempotent: true, status: 200,
    summary: 'Post a draft as it was shown; above the limit a second person is asked', params: CorrectionParams, response: CorrectionView,
  })
  post(@Input() { params }: InputOf<CorrectionParams>, @CurrentActor() actor: Actor): Promise<CorrectionView> {
    return this.corrections.post(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: ':id/again', permission: P.correctionMake.id, idempotent: true,
    summary: 'Compute a draft anew; the old one is set aside', params: CorrectionParams, response: CorrectionView,
  })
  again(@Input() { params }: InputOf<CorrectionParams>, @CurrentActor() actor: Actor): Promise<CorrectionView> {
    return this.corrections.again(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: ':id/reverse', permission: P.correctionMake.id, idempotent: true, status: 200,
    summary: 'Undo a posted document line by line', params: CorrectionParams, body: CorrectionWhy, response: CorrectionView,
  })
  reverse(@Input() { params, body }: InputOf<CorrectionParams, unknown, CorrectionWhy>, @CurrentActor() actor: Actor): Promise<CorrectionView> {
    return this.corrections.reverse(params.id, body.reason, actor);
  }
}
