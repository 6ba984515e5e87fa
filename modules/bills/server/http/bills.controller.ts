import { forbidden } from '@komplat/kernel';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, may, RateLimits } from '@komplat/server';
import { Controller, Inject, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AccountMonthParams,
  BillDetail,
  BillList,
  IssueRequest,
  PdfParams,
  PdfQuery,
  Verified,
  VerifyParams,
} from '../../contract/issue.schema.ts';
import { BILLS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { BillsService } from '../services/bills.service.ts';

const AccountParams = AccountMonthParams.pick({ number: true });
type AccountParams = Pick<AccountMonthParams, 'number'>;

@Controller('bills')
export class BillsController {
  constructor(
    @Inject(BillsService) private readonly bills: BillsService,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number',
    permission: P.read.id,
    summary: 'Issued bills of an account, newest month first',
    params: AccountParams,
    response: BillList,
  })
  list(@Input() { params }: InputOf<AccountParams>, @CurrentActor() actor: Actor): Promise<BillList> {
    return this.bills.list(params.number, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/months/:month',
    permission: P.read.id,
    summary: 'One issued bill with its content',
    params: AccountMonthParams,
    query: PdfQuery,
    response: BillDetail,
  })
  detail(@Input() { params, query }: InputOf<AccountMonthParams, PdfQuery>, @CurrentActor() actor: Actor): Promise<BillDetail> {
    return this.bills.detail(params.number, params.month, query, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'accounts/:number/months/:month',
    permission: P.issue.id,
    idempotent: true,
    summary: 'Issue the bill of a month, a corrected version with its reason, or a supplementary one',
    params: AccountMonthParams,
    body: IssueRequest,
    response: BillDetail,
  })
  issue(@Input() { params, body }: InputOf<AccountMonthParams, unknown, IssueRequest>, @CurrentActor() actor: Actor): Promise<BillDetail> {
    if (body.kind === 'corrected' && !may(actor, P.correct.id)) throw forbidden('platform.forbidden', { permission: P.correct.id });
    return this.bills.issue(params.number, params.month, body, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/:file',
    permission: P.read.id,
    summary: 'The bill of a month as PDF: 2026-10.pdf',
    params: PdfParams,
    query: PdfQuery,
    response: 'file',
  })
  async pdf(@Input() { params, query }: InputOf<PdfParams, PdfQuery>, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const pdf = await this.bills.pdf(params.number, params.file, query, actor);
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: `inline; filename="bill-${params.number}-${params.file}.pdf"`,
    });
  }

  @Endpoint({
    method: 'GET',
    path: 'verify/:code',
    permission: 'public',
    summary: 'Whether a verification code is of a bill that we issued; 60 questions a minute from one address',
    params: VerifyParams,
    response: Verified,
  })
  verify(@Input() { params }: InputOf<VerifyParams>, @Req() request: FastifyRequest): Promise<Verified> {
    this.limits.take('bills-public', callerOf(request));
    return this.bills.verify(params.code);
  }
}

/** The portal passes calls on from this machine and names the caller. */
function callerOf({ ip, headers }: FastifyRequest): string {
  const forwarded = headers['x-forwarded-for'];
  const isLocal = ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';
  return isLocal && typeof forwarded === 'string' ? (forwarded.split(',').at(-1)?.trim() ?? ip) : ip;
}
