import { Controller, Headers, Inject, StreamableFile } from '@nestjs/common';
import { type Actor, CurrentActor, Endpoint, Input, type InputOf, localeOf } from '@komplat/server';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Trace, TraceParams } from '../../contract/trace.schema.ts';
import { Turnover, TurnoverQuery } from '../../contract/turnover.schema.ts';
import { TraceService } from '../services/trace.service.ts';
import { TurnoverFile } from '../services/turnover-file.ts';
import { TurnoverService } from '../services/turnover.service.ts';

@Controller('billing')
export class LedgerController {
  constructor(
    @Inject(TraceService) private readonly traces: TraceService,
    @Inject(TurnoverService) private readonly turnovers: TurnoverService,
    @Inject(TurnoverFile) private readonly files: TurnoverFile,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'trace/:ref',
    permission: P.cardRead.id,
    summary: 'Where a figure comes from',
    params: TraceParams,
    response: Trace,
  })
  trace(@Input() { params }: InputOf<TraceParams>, @CurrentActor() actor: Actor): Promise<Trace> {
    return this.traces.trace(params.ref, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'turnover',
    permission: P.turnoverRead.id,
    summary: 'Turnover of a month by service, provider or house',
    query: TurnoverQuery,
    response: Turnover,
  })
  turnover(@Input() { query }: InputOf<unknown, TurnoverQuery>, @CurrentActor() actor: Actor): Promise<Turnover> {
    return this.turnovers.turnover(query, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'turnover.xlsx',
    permission: P.turnoverRead.id,
    summary: 'The same as a spreadsheet',
    query: TurnoverQuery,
    response: 'file',
  })
  async turnoverFile(
    @Input() { query }: InputOf<unknown, TurnoverQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): Promise<StreamableFile> {
    const turnover = await this.turnovers.turnover(query, actor);
    return new StreamableFile(await this.files.xlsx(turnover, localeOf(language)), {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      disposition: `attachment; filename="turnover-${turnover.period}-${turnover.groupBy}.xlsx"`,
    });
  }
}
