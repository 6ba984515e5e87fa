import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { BILLS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { JobFileParams, PageFileParams, RunCommand, RunDetail, RunList, RunParams, RunRequest } from '../../contract/run.schema.ts';
import { RunsService } from '../services/runs.service.ts';

const PDF = 'application/pdf';

@Controller('bills/runs')
export class RunsController {
  constructor(@Inject(RunsService) private readonly runs: RunsService) {}

  @Endpoint({ method: 'GET', path: '', permission: P.run.id, summary: 'Mass runs, newest first', response: RunList })
  list(): Promise<RunList> {
    return this.runs.list();
  }

  @Endpoint({
    method: 'POST',
    path: '',
    permission: P.run.id,
    idempotent: true,
    summary: 'Plan a mass run: issue and print the bills of a month in postal order',
    body: RunRequest,
    response: RunDetail,
  })
  plan(@Input() { body }: InputOf<unknown, unknown, RunRequest>, @CurrentActor() actor: Actor): Promise<RunDetail> {
    return this.runs.plan(body, actor);
  }

  @Endpoint({ method: 'GET', path: ':id', permission: P.run.id, summary: 'A mass run: outcomes, parts, failures', params: RunParams, response: RunDetail })
  detail(@Input() { params }: InputOf<RunParams>): Promise<RunDetail> {
    return this.runs.detail(params.id);
  }

  @Endpoint({
    method: 'POST',
    path: ':id/stop',
    permission: P.run.id,
    idempotent: true,
    summary: 'Stop: what is left stays not started',
    params: RunParams,
    body: RunCommand,
    response: RunDetail,
  })
  stop(@Input() { params, body }: InputOf<RunParams, unknown, RunCommand>, @CurrentActor() actor: Actor): Promise<RunDetail> {
    return this.runs.command(params.id, 'stop', body.reason, actor);
  }

  @Endpoint({
    method: 'POST',
    path: ':id/go-on',
    permission: P.run.id,
    idempotent: true,
    summary: 'Go on with a run that was stopped or halted',
    params: RunParams,
    body: RunCommand,
    response: RunDetail,
  })
  goOn(@Input() { params, body }: InputOf<RunParams, unknown, RunCommand>, @CurrentActor() actor: Actor): Promise<RunDetail> {
    return this.runs.command(params.id, 'go-on', body.reason, actor);
  }

  @Endpoint({
    method: 'POST',
    path: ':id/retry',
    permission: P.run.id,
    idempotent: true,
    summary: 'A new run over what failed',
    params: RunParams,
    body: RunCommand,
    response: RunDetail,
  })
  retry(@Input() { params, body }: InputOf<RunParams, unknown, RunCommand>, @CurrentActor() actor: Actor): Promise<RunDetail> {
    return this.runs.retry(params.id, body.reason, actor);
  }

  @Endpoint({
    method: 'GET',
    path: ':id/jobs/:file',
    permission: P.run.id,
    summary: 'PDF of one part of a run: 7.pdf',
    params: JobFileParams,
    response: 'file',
  })
  async file(@Input() { params }: InputOf<JobFileParams>): Promise<StreamableFile> {
    const file = await this.runs.file(params.id, params.file);
    return new StreamableFile(file, { type: PDF, disposition: `attachment; filename="bills-${params.file}.pdf"` });
  }

  @Endpoint({
    method: 'GET',
    path: ':id/pages/:file',
    permission: P.run.id,
    summary: 'The pages of one account out of a run, to print a torn sheet again: 0421057316.pdf',
    params: PageFileParams,
    response: 'file',
  })
  async pages(@Input() { params }: InputOf<PageFileParams>): Promise<StreamableFile> {
    const pdf = await this.runs.pages(params.id, params.file);
    return new StreamableFile(pdf, { type: PDF, disposition: `attachment; filename="bill-${params.file}.pdf"` });
  }
}
