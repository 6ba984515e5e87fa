import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { TARIFFS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { ValuesQuery, ValueVersions, VersionAsked, VersionChange, VersionLook } from '../../contract/version.schema.ts';
import { Versions } from '../services/versions.ts';

@Controller('tariffs/values')
export class VersionsController {
  constructor(@Inject(Versions) private readonly versions: Versions) {}

  @Endpoint({
    method: 'GET', path: '', permission: P.read.id, summary: 'Tariffs, norms or parameters with their days and decisions', query: ValuesQuery,
    response: ValueVersions,
  })
  list(@Input() { query }: InputOf<unknown, ValuesQuery>): Promise<ValueVersions> {
    return this.versions.list(query);
  }

  @Endpoint({
    method: 'POST', path: 'look', permission: P.change.id, summary: 'Whom a new version touches and what it does to money; changes nothing',
    body: VersionChange, response: VersionLook,
  })
  look(@Input() { body }: InputOf<unknown, unknown, VersionChange>, @CurrentActor() actor: Actor): Promise<VersionLook> {
    return this.versions.look(body, actor);
  }

  @Endpoint({
    method: 'POST', path: '', permission: P.change.id, summary: 'Ask a second person for a new version', body: VersionChange,
    response: VersionAsked, idempotent: true,
  })
  propose(@Input() { body }: InputOf<unknown, unknown, VersionChange>, @CurrentActor() actor: Actor): Promise<VersionAsked> {
    return this.versions.propose(body, actor);
  }
}
