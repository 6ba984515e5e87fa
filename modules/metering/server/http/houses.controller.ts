import { CurrentActor, Endpoint, Input } from '@komplat/server';
import type { Actor, InputOf } from '@komplat/server';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import {
  Asked,
  DistributionList,
  DistributionMake,
  DistributionParams,
  DistributionsQuery,
  DistributionView,
  HouseDone,
  HouseMeterInstall,
  HouseMeterList,
  HouseMeterParams,
  HouseMeterReplace,
  HouseMeters,
  HouseMetersQuery,
  HouseMeterVerify,
  HouseParams,
  HouseReadingEnter,
  SignAsk,
} from '../../contract/house.schema.ts';
import { METERING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { ActPrinter } from '../services/act-printer.ts';
import { Distributions } from '../services/distributions.ts';
import { Houses } from '../services/houses.ts';

@Controller('metering')
export class HousesController {
  constructor(
    @Inject(Houses) private readonly houses: Houses,
    @Inject(Distributions) private readonly distributions: Distributions,
    @Inject(ActPrinter) private readonly printer: ActPrinter,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'houses',
    permission: P.read.id,
    summary: 'Houses with house meters in use',
    query: HouseMetersQuery,
    response: HouseMeterList,
  })
  houseMeters(@Input() { query }: InputOf<unknown, HouseMetersQuery>, @CurrentActor() actor: Actor): Promise<HouseMeterList> {
    return this.houses.list(query, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'houses/:code/meters/:id/replace',
    permission: P.change.id,
    summary: 'Replace a house meter: the last reading of the old one, the first of the new one',
    params: HouseMeterParams,
    body: HouseMeterReplace,
    response: HouseDone,
    idempotent: true,
  })
  replace(
    @Input() { params, body }: InputOf<HouseMeterParams, unknown, HouseMeterReplace>,
    @CurrentActor() actor: Actor,
  ): Promise<HouseDone> {
    return this.houses.replace(params.code, params.id, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'houses/:code/meters/:id/verify',
    permission: P.change.id,
    summary: 'Record the verification of a house meter',
    params: HouseMeterParams,
    body: HouseMeterVerify,
    response: HouseDone,
    idempotent: true,
  })
  verify(
    @Input() { params, body }: InputOf<HouseMeterParams, unknown, HouseMeterVerify>,
    @CurrentActor() actor: Actor,
  ): Promise<HouseDone> {
    return this.houses.verify(params.code, params.id, body, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'houses/:code/meters',
    permission: P.read.id,
    summary: 'House meters with their readings',
    params: HouseParams,
    response: HouseMeters,
  })
  view(@Input() { params }: InputOf<HouseParams>, @CurrentActor() actor: Actor): Promise<HouseMeters> {
    return this.houses.view(params.code, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'houses/:code/meters',
    permission: P.change.id,
    summary: 'Install a house meter',
    params: HouseParams,
    body: HouseMeterInstall,
    response: HouseDone,
    idempotent: true,
  })
  install(
    @Input() { params, body }: InputOf<HouseParams, unknown, HouseMeterInstall>,
    @CurrentActor() actor: Actor,
  ): Promise<HouseDone> {
    return this.houses.install(params.code, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'houses/:code/readings',
    permission: P.readingEnter.id,
    summary: 'Enter or correct a reading of a house meter',
    params: HouseParams,
    body: HouseReadingEnter,
    response: HouseDone,
    idempotent: true,
  })
  read(
    @Input() { params, body }: InputOf<HouseParams, unknown, HouseReadingEnter>,
    @CurrentActor() actor: Actor,
  ): Promise<HouseDone> {
    return this.houses.read(params.code, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'houses/:code/distributions',
    permission: P.change.id,
    summary: 'Distribute a house meter: a draft of the act',
    params: HouseParams,
    body: DistributionMake,
    response: DistributionView,
    idempotent: true,
  })
  make(
    @Input() { params, body }: InputOf<HouseParams, unknown, DistributionMake>,
    @CurrentActor() actor: Actor,
  ): Promise<DistributionView> {
    return this.distributions.make(params.code, body, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'distributions',
    permission: P.read.id,
    summary: 'Acts of distribution, newest first',
    query: DistributionsQuery,
    response: DistributionList,
  })
  list(
    @Input() { query }: InputOf<unknown, DistributionsQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<DistributionList> {
    return this.distributions.list(query, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'distributions/:id',
    permission: P.read.id,
    summary: 'An act of distribution with its parts',
    params: DistributionParams,
    response: DistributionView,
  })
  one(@Input() { params }: InputOf<DistributionParams>, @CurrentActor() actor: Actor): Promise<DistributionView> {
    return this.distributions.view(params.id, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'distributions/:id/file',
    permission: P.read.id,
    summary: 'The act as a PDF document',
    params: DistributionParams,
    response: 'file',
  })
  async file(@Input() { params }: InputOf<DistributionParams>, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const act = await this.distributions.view(params.id, actor);
    const disposition = `attachment; filename="act-${act.house}-${act.service}-${act.month}.pdf"`;
    return new StreamableFile(await this.printer.print(act), { type: 'application/pdf', disposition });
  }

  @Endpoint({
    method: 'POST',
    path: 'distributions/:id/sign',
    permission: P.change.id,
    summary: 'Ask a second person to sign the act',
    params: DistributionParams,
    body: SignAsk,
    response: Asked,
    idempotent: true,
  })
  sign(
    @Input() { params, body }: InputOf<DistributionParams, unknown, SignAsk>,
    @CurrentActor() actor: Actor,
  ): Promise<Asked> {
    return this.distributions.askToSign(params.id, body.reason, actor);
  }
}
