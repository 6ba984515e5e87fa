import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { IndexAsked, IndexLoad, IndexTableView } from '../../contract/index-load.schema.ts';
import { DEBT_PERMISSIONS as P } from '../../contract/permissions.ts';
import { IndexLoader } from './index-loader.ts';

@Controller('debt/inflation-index')
export class InflationIndexController {
  constructor(@Inject(IndexLoader) private readonly loader: IndexLoader) {}

  @Endpoint({ method: 'GET', path: '', permission: P.read.id, summary: 'Inflation indices in force and their versions', response: IndexTableView })
  view(): Promise<IndexTableView> {
    return this.loader.view();
  }

  @Endpoint({
    method: 'POST', path: '', permission: P.lawTables.id, summary: 'Ask for new or revised inflation indices', idempotent: true,
    body: IndexLoad, response: IndexAsked,
  })
  ask(@Input() { body }: InputOf<unknown, unknown, IndexLoad>, @CurrentActor() actor: Actor): Promise<IndexAsked> {
    return this.loader.ask(body, actor);
  }
}
