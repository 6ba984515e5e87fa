import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  AddHouse, AddStreet, ChangeHouse, HouseList, HouseView, PlaceDone, PlaceParams, PlacesQuery, PutEntrance, StreetList, StreetName,
} from '../../contract/place.schema.ts';
import { PlaceService } from '../places/place.service.ts';

const write = { method: 'POST', permission: P.accountManage.id, idempotent: true, response: PlaceDone } as const;
const read = { method: 'GET', permission: P.accountRead.id } as const;

@Controller('registry')
export class PlacesController {
  constructor(@Inject(PlaceService) private readonly places: PlaceService) {}

  @Endpoint({ ...read, path: 'streets', summary: 'Streets with their names over time', query: PlacesQuery, response: StreetList })
  streets(@Input() { query }: InputOf<unknown, PlacesQuery>, @CurrentActor() actor: Actor): Promise<StreetList> {
    return this.places.streets(query, actor);
  }

  @Endpoint({ ...write, path: 'streets', summary: 'Add a street', body: AddStreet })
  addStreet(@Input() { body }: InputOf<unknown, unknown, AddStreet>, @CurrentActor() actor: Actor): Promise<PlaceDone> {
    return this.places.addStreet(body, actor);
  }

  @Endpoint({ ...write, path: 'streets/:id/names', summary: 'Give a street another name from a day on', params: PlaceParams, body: StreetName })
  rename(@Input() { params, body }: InputOf<PlaceParams, unknown, StreetName>, @CurrentActor() actor: Actor): Promise<PlaceDone> {
    return this.places.renameStreet(params.id, body, actor);
  }

  @Endpoint({ ...read, path: 'houses', summary: 'Houses by address', query: PlacesQuery, response: HouseList })
  houses(@Input() { query }: InputOf<unknown, PlacesQuery>, @CurrentActor() actor: Actor): Promise<HouseList> {
    return this.places.houses(query, actor);
  }

  @Endpoint({ ...read, path: 'houses/:id', summary: 'A house with its passport, entrances and dwellings', params: PlaceParams, response: HouseView })
  house(@Input() { params }: InputOf<PlaceParams>, @CurrentActor() actor: Actor): Promise<HouseView> {
    return this.places.house(params.id, actor);
  }

  @Endpoint({ ...write, path: 'houses', summary: 'Add a house', body: AddHouse })
  addHouse(@Input() { body }: InputOf<unknown, unknown, AddHouse>, @CurrentActor() actor: Actor): Promise<PlaceDone> {
    return this.places.addHouse(body, actor);
  }

  @Endpoint({ ...write, path: 'houses/:id/passport', summary: 'Change the passport of a house from a day on', params: PlaceParams, body: ChangeHouse })
  changeHouse(@Input() { params, body }: InputOf<PlaceParams, unknown, ChangeHouse>, @CurrentActor() actor: Actor): Promise<PlaceDone> {
    return this.places.changeHouse(params.id, body, actor);
  }

  @Endpoint({ ...write, path: 'houses/:id/entrances', summary: 'Put an entrance of a house from a day on', params: PlaceParams, body: PutEntrance })
  putEntrance(@Input() { params, body }: InputOf<PlaceParams, unknown, PutEntrance>, @CurrentActor() actor: Actor): Promise<PlaceDone> {
    return this.places.putEntrance(params.id, body, actor);
  }
}
