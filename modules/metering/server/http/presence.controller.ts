import { CurrentActor, Endpoint, Input } from '@komplat/server';
import type { Actor, InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { AccountParams } from '../../contract/meter.schema.ts';
import { METERING_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  AbsenceList,
  AbsenceMake,
  PresenceDone,
  QualityActLook,
  QualityActMake,
  QualityActs,
  QualityActsQuery,
} from '../../contract/presence.schema.ts';
import { Absences } from '../services/absences.ts';
import { QualityActService } from '../services/quality-acts.ts';

@Controller('metering')
export class PresenceController {
  constructor(
    @Inject(Absences) private readonly absences: Absences,
    @Inject(QualityActService) private readonly acts: QualityActService,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/absences',
    permission: P.read.id,
    summary: 'Temporary absences of a dwelling',
    params: AccountParams,
    response: AbsenceList,
  })
  list(@Input() { params }: InputOf<AccountParams>, @CurrentActor() actor: Actor): Promise<AbsenceList> {
    return this.absences.list(params.number, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'accounts/:number/absences',
    permission: P.change.id,
    summary: 'Record an absence with its document and ask a second person',
    params: AccountParams,
    body: AbsenceMake,
    response: PresenceDone,
    idempotent: true,
  })
  make(
    @Input() { params, body }: InputOf<AccountParams, unknown, AbsenceMake>,
    @CurrentActor() actor: Actor,
  ): Promise<PresenceDone> {
    return this.absences.make(params.number, body, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'quality-acts',
    permission: P.read.id,
    summary: 'Acts of quality and non-delivery, newest first',
    query: QualityActsQuery,
    response: QualityActs,
  })
  actsOf(@Input() { query }: InputOf<unknown, QualityActsQuery>, @CurrentActor() actor: Actor): Promise<QualityActs> {
    return this.acts.list(query, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'quality-acts/look',
    permission: P.change.id,
    summary: 'Whom an act would concern and what it would do to money; keeps nothing',
    body: QualityActMake,
    response: QualityActLook,
  })
  look(@Input() { body }: InputOf<unknown, unknown, QualityActMake>, @CurrentActor() actor: Actor): Promise<QualityActLook> {
    return this.acts.look(body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'quality-acts',
    permission: P.change.id,
    summary: 'Record an act for a house, a riser or a flat and ask a second person',
    body: QualityActMake,
    response: PresenceDone,
    idempotent: true,
  })
  act(
    @Input() { body }: InputOf<unknown, unknown, QualityActMake>,
    @CurrentActor() actor: Actor,
  ): Promise<PresenceDone> {
    return this.acts.make(body, actor);
  }
}
