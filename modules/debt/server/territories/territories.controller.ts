import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { ChangeAsked } from '../../contract/analysis-dunning.schema.ts';
import { MoratoriaQuery, MoratoriumList, PlaceList, PlaceOrder, WindowsOrder } from '../../contract/territory.schema.ts';
import { DEBT_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Territories } from './territories.service.ts';

/** Moratoria by territory, and where the houses lie. */
@Controller('debt')
export class TerritoriesController {
  constructor(@Inject(Territories) private readonly territories: Territories) {}

  @Endpoint({ method: 'GET', path: 'moratoria', permission: P.read.id, summary: 'Windows of moratoria, the newest first', query: MoratoriaQuery, response: MoratoriumList })
  windows(@Input() { query }: InputOf<unknown, MoratoriaQuery>): Promise<MoratoriumList> {
    return this.territories.windows(query);
  }

  @Endpoint({
    method: 'POST', path: 'moratoria', permission: P.lawTables.id, summary: 'Ask for windows of a moratorium by a list of territories', idempotent: true,
    body: WindowsOrder, response: ChangeAsked,
  })
  askWindows(@Input() { body }: InputOf<unknown, unknown, WindowsOrder>, @CurrentActor() actor: Actor): Promise<ChangeAsked> {
    return this.territories.askWindows(body, actor);
  }

  @Endpoint({ method: 'GET', path: 'places', permission: P.read.id, summary: 'Where the city, its districts and houses lie', response: PlaceList })
  places(): Promise<PlaceList> {
    return this.territories.places();
  }

  @Endpoint({
    method: 'POST', path: 'places', permission: P.lawTables.id, summary: 'Ask that a house, a district or the city lies in a territory', idempotent: true,
    body: PlaceOrder, response: ChangeAsked,
  })
  askPlace(@Input() { body }: InputOf<unknown, unknown, PlaceOrder>, @CurrentActor() actor: Actor): Promise<ChangeAsked> {
    return this.territories.askPlace(body, actor);
  }
}
