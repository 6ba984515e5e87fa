import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { NoticeBody, NoticeList, NoticeParams } from '../../contract/issue.schema.ts';
import { BILLS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { RunCommand } from '../../contract/run.schema.ts';
import { Notices } from '../services/notices.ts';

@Controller('bills/notices')
export class NoticesController {
  constructor(@Inject(Notices) private readonly notices: Notices) {}

  @Endpoint({ method: 'GET', path: '', permission: P.read.id, summary: 'Notices on bills, newest first', response: NoticeList })
  list(): Promise<NoticeList> {
    return this.notices.list();
  }

  @Endpoint({
    method: 'POST',
    path: '',
    permission: P.notice.id,
    idempotent: true,
    summary: 'Put a notice on the bills of some months',
    body: NoticeBody,
    response: NoticeList,
  })
  write(@Input() { body }: InputOf<unknown, unknown, NoticeBody>, @CurrentActor() actor: Actor): Promise<NoticeList> {
    return this.notices.write(body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: ':id/end',
    permission: P.notice.id,
    idempotent: true,
    summary: 'Take a notice off the bills that are not issued yet',
    params: NoticeParams,
    body: RunCommand,
    response: NoticeList,
  })
  end(@Input() { params, body }: InputOf<NoticeParams, unknown, RunCommand>, @CurrentActor() actor: Actor): Promise<NoticeList> {
    return this.notices.end(params.id, body.reason, actor);
  }
}
