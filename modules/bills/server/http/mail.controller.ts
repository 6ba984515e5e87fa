import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { MailParams, MailRequest, MailResult } from '../../contract/mail.schema.ts';
import { BILLS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { BillMail } from '../services/bill-mail.ts';

@Controller('bills/mail')
export class MailController {
  constructor(@Inject(BillMail) private readonly mail: BillMail) {}

  @Endpoint({
    method: 'POST', path: '', permission: P.run.id, idempotent: true, status: 200,
    summary: 'Send issued bills of a month by e-mail to holders who agreed; each bill once, an outcome for each address', body: MailRequest, response: MailResult,
  })
  send(@Input() { body }: InputOf<unknown, unknown, MailRequest>, @CurrentActor() actor: Actor): Promise<MailResult> {
    return this.mail.send(body, actor);
  }

  @Endpoint({ method: 'GET', path: ':month', permission: P.run.id, summary: 'Letters with bills of a month and their outcomes', params: MailParams, response: MailResult })
  list(@Input() { params }: InputOf<MailParams>): Promise<MailResult> {
    return this.mail.list(params.month);
  }
}
