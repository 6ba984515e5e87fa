import { Controller, Headers, Inject, Req, StreamableFile } from '@nestjs/common';
import { LIST_TYPES } from '@komplat/documents';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, localeOf, RateLimits } from '@komplat/server';
import type { FastifyRequest } from 'fastify';
import { CardParams } from '../../contract/card.schema.ts';
import {
  CardFileQuery,
  CertificateCodeParams,
  CertificateItem,
  CertificateList,
  CertificateParams,
  CertificateRequest,
  CertificateVerified,
} from '../../contract/certificate.schema.ts';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { CardFile } from '../services/card-file.ts';
import { CertificateService } from '../services/certificate.service.ts';

/** The card as a file, and certificates of the state of payments. */
@Controller('billing')
export class CertificateController {
  constructor(
    @Inject(CardFile) private readonly files: CardFile,
    @Inject(CertificateService) private readonly certificates: CertificateService,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/card/file',
    permission: P.cardRead.id,
    summary: 'The whole card as XLSX or PDF; the export is audited',
    params: CardParams,
    query: CardFileQuery,
    response: 'file',
  })
  async file(
    @Input() { params, query }: InputOf<CardParams, CardFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): Promise<StreamableFile> {
    const bytes = await this.files.file(params.number, query, { actor, locale: localeOf(language) });
    return new StreamableFile(bytes, {
      type: query.format === 'pdf' ? 'application/pdf' : LIST_TYPES.xlsx,
      disposition: `attachment; filename="card-${params.number}.${query.format}"`,
    });
  }

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/certificates',
    permission: P.cardRead.id,
    summary: 'Issued certificates of the state of payments, newest first',
    params: CardParams,
    response: CertificateList,
  })
  async list(@Input() { params }: InputOf<CardParams>, @CurrentActor() actor: Actor): Promise<CertificateList> {
    return { items: await this.certificates.list(params.number, actor) };
  }

  @Endpoint({
    method: 'POST',
    path: 'accounts/:number/certificates',
    permission: P.cardRead.id,
    idempotent: true,
    summary: 'Issue a numbered certificate of the state of payments as of a day',
    params: CardParams,
    body: CertificateRequest,
    response: CertificateItem,
  })
  issue(
    @Input() { params, body }: InputOf<CardParams, unknown, CertificateRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<CertificateItem> {
    return this.certificates.issue(params.number, body, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'certificates/:id/pdf',
    permission: P.cardRead.id,
    summary: 'The paper of an issued certificate, from its stored content',
    params: CertificateParams,
    response: 'file',
  })
  async pdf(@Input() { params }: InputOf<CertificateParams>, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const { number, pdf } = await this.certificates.pdf(params.id, actor);
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `inline; filename="certificate-${number}.pdf"` });
  }

  @Endpoint({
    method: 'GET',
    path: 'certificates/verify/:code',
    permission: 'public',
    summary: 'Whether a code is of a certificate that we issued: number, day, sum, no persons',
    params: CertificateCodeParams,
    response: CertificateVerified,
  })
  verify(@Input() { params }: InputOf<CertificateCodeParams>, @Req() request: FastifyRequest): Promise<CertificateVerified> {
    this.limits.take('bills-public', request.ip);
    return this.certificates.verify(params.code);
  }
}
