import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { TARIFFS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { ProviderList, ProvidersQuery, Succession, SuccessionLook, SuccessionUndo } from '../../contract/succession.schema.ts';
import { VersionAsked } from '../../contract/version.schema.ts';
import { Successions } from '../services/successions.ts';

@Controller('tariffs')
export class ProvidersController {
  constructor(@Inject(Successions) private readonly successions: Successions) {}

  @Endpoint({
    method: 'GET', path: 'providers', permission: P.read.id, summary: 'Providers with their days, supplies and successors', query: ProvidersQuery,
    response: ProviderList,
  })
  providers(@Input() { query }: InputOf<unknown, ProvidersQuery>): Promise<ProviderList> {
    return this.successions.providers(query);
  }

  @Endpoint({
    method: 'POST', path: 'successions/look', permission: P.change.id, summary: 'What a succession would move; changes nothing', body: Succession,
    response: SuccessionLook,
  })
  look(@Input() { body }: InputOf<unknown, unknown, Succession>): Promise<SuccessionLook> {
    return this.successions.look(body);
  }

  @Endpoint({
    method: 'POST', path: 'successions', permission: P.change.id, summary: 'Ask a second person for a succession', body: Succession,
    response: VersionAsked, idempotent: true,
  })
  propose(@Input() { body }: InputOf<unknown, unknown, Succession>, @CurrentActor() actor: Actor): Promise<VersionAsked> {
    return this.successions.propose(body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'successions/undo/look', permission: P.change.id, summary: 'What undoing a succession would bring back; changes nothing',
    body: SuccessionUndo, response: SuccessionLook,
  })
  lookUndo(@Input() { body }: InputOf<unknown, unknown, SuccessionUndo>): Promise<SuccessionLook> {
    return this.successions.lookUndo(body);
  }

  @Endpoint({
    method: 'POST', path: 'successions/undo', permission: P.change.id, summary: 'Ask a second person to undo a succession', body: SuccessionUndo,
    response: VersionAsked, idempotent: true,
  })
  proposeUndo(@Input() { body }: InputOf<unknown, unknown, SuccessionUndo>, @CurrentActor() actor: Actor): Promise<VersionAsked> {
    return this.successions.proposeUndo(body, actor);
  }
}
