import { listHeaders } from '@komplat/documents';
import { CurrentActor, Endpoint, Input, localeOf } from '@komplat/server';
import type { Actor, InputOf } from '@komplat/server';
import { Controller, Headers, Inject, StreamableFile } from '@nestjs/common';
import {
  Accepted,
  AcceptRequest,
  PaymentPreview,
  PreviewRequest,
  SuspenseAssign,
  SuspenseFileQuery,
  SuspenseList,
  SuspenseParams,
  SuspenseQuery,
} from '../../contract/intake.schema.ts';
import { PAYMENTS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Intake } from '../services/intake.ts';
import { ListFiles } from '../services/list-files.ts';
import { Suspense } from '../services/suspense.ts';

@Controller('payments')
export class IntakeController {
  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Suspense) private readonly suspense: Suspense,
    @Inject(ListFiles) private readonly files: ListFiles,
  ) {}

  @Endpoint({
    method: 'POST',
    path: 'accept',
    permission: P.accept.id,
    direct: true,
    limited: 'payments',
    response: Accepted,
    body: AcceptRequest,
    summary: "Accept a payment; the channel's own id is the key: the same request gets the same answer",
  })
  accept({ body }: InputOf<unknown, unknown, AcceptRequest>, actor: Actor): Promise<string> {
    return this.intake.acceptText(body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'preview',
    permission: P.accept.id,
    limited: 'payments',
    response: PaymentPreview,
    body: PreviewRequest,
    summary: 'How a sum would be distributed',
  })
  preview(@Input() { body }: InputOf<unknown, unknown, PreviewRequest>): Promise<PaymentPreview> {
    return this.intake.preview(body);
  }

  @Endpoint({
    method: 'GET',
    path: 'suspense',
    permission: P.suspenseRead.id,
    query: SuspenseQuery,
    response: SuspenseList,
    summary: 'Money without an account',
  })
  list(@Input() { query }: InputOf<unknown, SuspenseQuery>): Promise<SuspenseList> {
    return this.suspense.list(query);
  }

  @Endpoint({
    method: 'GET',
    path: 'suspense/file',
    permission: P.suspenseRead.id,
    query: SuspenseFileQuery,
    response: 'file',
    summary: 'Money without an account as a file',
  })
  file(
    @Input() { query }: InputOf<unknown, SuspenseFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    const file = this.files.suspense(query, { actor, locale: localeOf(language) });
    return new StreamableFile(file, listHeaders('suspense', query.format));
  }

  @Endpoint({
    method: 'POST',
    path: 'suspense/:id/assign',
    permission: P.suspenseResolve.id,
    params: SuspenseParams,
    body: SuspenseAssign,
    response: Accepted,
    summary: 'Give money on hold to its account',
  })
  assign(
    @Input() { params, body }: InputOf<SuspenseParams, unknown, SuspenseAssign>,
    @CurrentActor() actor: Actor,
  ): Promise<Accepted> {
    return this.suspense.assign(params.id, body, actor);
  }
}
