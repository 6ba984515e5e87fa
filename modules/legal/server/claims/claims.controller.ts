import { listHeaders } from '@komplat/documents';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, localeOf } from '@komplat/server';
import { Controller, Headers, Inject, StreamableFile } from '@nestjs/common';
import {
  ClaimAcceptance, ClaimChoices, ClaimDone, ClaimExclusion, ClaimFeeMatch, ClaimFeesFileQuery, ClaimFiling, ClaimFilingList, ClaimItemList,
  ClaimItemsFileQuery, ClaimItemsQuery, ClaimItemView, ClaimOrder, ClaimPreview, ClaimReason, ClaimRowOutcomes, ClaimRunList, ClaimRunParams,
  ClaimRunRef, ClaimRunsQuery, ClaimRunView, NewClaimRun,
} from '../../contract/claim.schema.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { ClaimDesk } from './claim-desk.ts';
import { ClaimFees } from './claim-fees.ts';
import { ClaimFilings } from './claim-filing.ts';
import { ClaimViews } from './claim-views.ts';

const [read, prepare, filing] = [P.read.id, P.claimPrepare.id, P.claimFile.id];

/** Preparing claims: runs, their items, what people decide about them. */
@Controller('legal')
export class ClaimsController {
  constructor(
    @Inject(ClaimViews) private readonly views: ClaimViews,
    @Inject(ClaimDesk) private readonly desk: ClaimDesk,
    @Inject(ClaimFilings) private readonly filings: ClaimFilings,
    @Inject(ClaimFees) private readonly fees: ClaimFees,
  ) {}

  @Endpoint({ method: 'GET', path: 'claims/choices', permission: read, summary: 'Courts, creditors and rules for a run of claims', response: ClaimChoices })
  choices(@CurrentActor() actor: Actor): Promise<ClaimChoices> {
    return this.views.choices(actor);
  }

  @Endpoint({ method: 'POST', path: 'claims/preview', permission: prepare, summary: 'What would be claimed from whom; nothing is written', body: ClaimOrder, response: ClaimPreview })
  preview(@Input() { body }: InputOf<unknown, unknown, ClaimOrder>, @CurrentActor() actor: Actor): Promise<ClaimPreview> {
    return this.desk.preview(body, actor);
  }

  @Endpoint({ method: 'GET', path: 'claims', permission: read, summary: 'Runs of preparing claims, newest first', query: ClaimRunsQuery, response: ClaimRunList })
  runs(@Input() { query }: InputOf<unknown, ClaimRunsQuery>, @CurrentActor() actor: Actor): Promise<ClaimRunList> {
    return this.views.runs(query, actor);
  }

  @Endpoint({ method: 'POST', path: 'claims', permission: prepare, summary: 'Start a run of preparing claims', body: NewClaimRun, response: ClaimRunRef, idempotent: true })
  create(@Input() { body }: InputOf<unknown, unknown, NewClaimRun>, @CurrentActor() actor: Actor): Promise<ClaimRunRef> {
    return this.desk.create(body, actor);
  }

  @Endpoint({ method: 'GET', path: 'claims/:id', permission: read, summary: 'One run: outcomes, creditors, findings', params: ClaimRunParams, response: ClaimRunView })
  run(@Input() { params }: InputOf<ClaimRunParams>, @CurrentActor() actor: Actor): Promise<ClaimRunView> {
    return this.views.run(params.id, actor);
  }

  @Endpoint({
    method: 'GET', path: 'claims/:id/items', permission: read, summary: 'Items of a run, an outcome for every account', params: ClaimRunParams,
    query: ClaimItemsQuery, response: ClaimItemList,
  })
  items(@Input() { params, query }: InputOf<ClaimRunParams, ClaimItemsQuery>, @CurrentActor() actor: Actor): Promise<ClaimItemList> {
    return this.views.items(params.id, query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'claims/:id/items/file', permission: read, summary: 'Items of a run as XLSX or CSV', params: ClaimRunParams,
    query: ClaimItemsFileQuery, response: 'file',
  })
  async file(
    @Input() { params, query }: InputOf<ClaimRunParams, ClaimItemsFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): Promise<StreamableFile> {
    const content = await this.views.file(params.id, query, { actor, locale: localeOf(language) });
    return new StreamableFile(content, listHeaders('claims', query.format));
  }

  @Endpoint({ method: 'GET', path: 'claim-items/:id', permission: read, summary: 'One item: months, findings, calculation', params: ClaimRunParams, response: ClaimItemView })
  item(@Input() { params }: InputOf<ClaimRunParams>, @CurrentActor() actor: Actor): Promise<ClaimItemView> {
    return this.views.item(params.id, actor);
  }

  @Endpoint({
    method: 'POST', path: 'claim-items/:id/accept', permission: prepare, summary: 'Take a finding that a lawyer decides upon oneself',
    params: ClaimRunParams, body: ClaimAcceptance, response: ClaimDone, idempotent: true,
  })
  async accept(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimAcceptance>, @CurrentActor() actor: Actor): Promise<ClaimDone> {
    await this.desk.accept(params.id, body, actor);
    return { changed: 1 };
  }

  @Endpoint({
    method: 'POST', path: 'claims/:id/exclude', permission: prepare, summary: 'Take items out of a run; their packs are withdrawn', params: ClaimRunParams,
    body: ClaimExclusion, response: ClaimDone, idempotent: true,
  })
  async exclude(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimExclusion>, @CurrentActor() actor: Actor): Promise<ClaimDone> {
    return { changed: await this.desk.exclude(params.id, body, actor) };
  }

  @Endpoint({
    method: 'POST', path: 'claims/:id/restore', permission: prepare, summary: 'Put excluded items back; they are prepared anew', params: ClaimRunParams,
    body: ClaimExclusion, response: ClaimDone, idempotent: true,
  })
  async restore(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimExclusion>, @CurrentActor() actor: Actor): Promise<ClaimDone> {
    return { changed: await this.desk.restore(params.id, body, actor) };
  }

  @Endpoint({
    method: 'POST', path: 'claims/:id/recheck', permission: prepare, summary: 'Check everything that is not filed with the data of today', params: ClaimRunParams,
    body: ClaimReason, response: ClaimDone, idempotent: true,
  })
  async recheck(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimReason>, @CurrentActor() actor: Actor): Promise<ClaimDone> {
    return { changed: await this.desk.recheck(params.id, body.reason, actor) };
  }

  @Endpoint({
    method: 'POST', path: 'claims/:id/submit', permission: prepare, summary: 'Give all packs of a run to a manager for approval', params: ClaimRunParams,
    body: ClaimReason, response: ClaimDone, idempotent: true,
  })
  async submit(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimReason>, @CurrentActor() actor: Actor): Promise<ClaimDone> {
    return { changed: await this.desk.submit(params.id, body.reason, actor) };
  }

  @Endpoint({
    method: 'POST', path: 'claims/:id/filing', permission: filing, summary: 'Record papers that were filed; every row has its outcome', params: ClaimRunParams,
    body: ClaimFiling, response: ClaimRowOutcomes, idempotent: true,
  })
  recordFiling(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimFiling>, @CurrentActor() actor: Actor): Promise<ClaimRowOutcomes> {
    return this.filings.file(params.id, body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'claims/:id/filing-list', permission: filing, summary: 'Record filed papers out of a list file', params: ClaimRunParams,
    body: ClaimFilingList, response: ClaimRowOutcomes, idempotent: true,
  })
  fileList(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimFilingList>, @CurrentActor() actor: Actor): Promise<ClaimRowOutcomes> {
    return this.filings.fileList(params.id, body.text, actor);
  }

  @Endpoint({
    method: 'GET', path: 'claims/:id/fees/file', permission: read, summary: 'Payments of court fees to make, a line a paper', params: ClaimRunParams,
    query: ClaimFeesFileQuery, response: 'file',
  })
  async feesFile(
    @Input() { params, query }: InputOf<ClaimRunParams, ClaimFeesFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): Promise<StreamableFile> {
    const content = await this.fees.file(params.id, query.format, { actor, locale: localeOf(language) });
    return new StreamableFile(content, listHeaders('fees', query.format));
  }

  @Endpoint({
    method: 'POST', path: 'claims/:id/fees/match', permission: filing, summary: 'Tie papers to the rows of the bank that paid their fees', params: ClaimRunParams,
    body: ClaimFeeMatch, response: ClaimRowOutcomes, idempotent: true,
  })
  feesMatch(@Input() { params, body }: InputOf<ClaimRunParams, unknown, ClaimFeeMatch>, @CurrentActor() actor: Actor): Promise<ClaimRowOutcomes> {
    return this.fees.match(params.id, body, actor);
  }
}
