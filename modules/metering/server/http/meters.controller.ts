import { Readable } from 'node:stream';
import { listHeaders } from '@komplat/documents';
import { CurrentActor, Endpoint, Input, localeOf } from '@komplat/server';
import type { Actor, InputOf } from '@komplat/server';
import { Controller, Headers, Inject, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AccountMeters,
  AccountParams,
  MeterDone,
  MeterInstall,
  MeterParams,
  MeterRemove,
  MeterReplace,
  MeterSeal,
  MeterVerify,
  MissingFileQuery,
  MissingQuery,
  MissingReadings,
  PhotoDone,
  ReadingCorrect,
  ReadingDone,
  ReadingEnter,
  ReadingHistory,
  ReadingParams,
  Reminders,
  RemindersFileQuery,
  RemindersQuery,
} from '../../contract/meter.schema.ts';
import { METERING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { MeterLists } from '../services/meter-lists.ts';
import { Meters } from '../services/meters.ts';
import { Readings } from '../services/readings.ts';

const AT = 'accounts/:number/meters/:meter';

@Controller('metering')
export class MetersController {
  constructor(
    @Inject(Meters) private readonly meters: Meters,
    @Inject(Readings) private readonly readings: Readings,
    @Inject(MeterLists) private readonly lists: MeterLists,
  ) {}

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/meters',
    permission: P.read.id,
    summary: 'Meters of a dwelling with their life',
    params: AccountParams,
    response: AccountMeters,
  })
  ofAccount(@Input() { params }: InputOf<AccountParams>, @CurrentActor() actor: Actor): Promise<AccountMeters> {
    return this.meters.ofAccount(params.number, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'accounts/:number/meters',
    permission: P.change.id,
    summary: 'Install a meter',
    params: AccountParams,
    body: MeterInstall,
    response: MeterDone,
    idempotent: true,
  })
  install(
    @Input() { params, body }: InputOf<AccountParams, unknown, MeterInstall>,
    @CurrentActor() actor: Actor,
  ): Promise<MeterDone> {
    return this.meters.install(params.number, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: `${AT}/replace`,
    permission: P.change.id,
    summary: 'Replace a meter',
    params: MeterParams,
    body: MeterReplace,
    response: MeterDone,
    idempotent: true,
  })
  replace(
    @Input() { params, body }: InputOf<MeterParams, unknown, MeterReplace>,
    @CurrentActor() actor: Actor,
  ): Promise<MeterDone> {
    return this.meters.replace(params.number, params.meter, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: `${AT}/remove`,
    permission: P.change.id,
    summary: 'Remove a meter',
    params: MeterParams,
    body: MeterRemove,
    response: MeterDone,
    idempotent: true,
  })
  remove(
    @Input() { params, body }: InputOf<MeterParams, unknown, MeterRemove>,
    @CurrentActor() actor: Actor,
  ): Promise<MeterDone> {
    return this.meters.remove(params.number, params.meter, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: `${AT}/seal`,
    permission: P.change.id,
    summary: 'Seal a meter',
    params: MeterParams,
    body: MeterSeal,
    response: MeterDone,
    idempotent: true,
  })
  seal(
    @Input() { params, body }: InputOf<MeterParams, unknown, MeterSeal>,
    @CurrentActor() actor: Actor,
  ): Promise<MeterDone> {
    return this.meters.seal(params.number, params.meter, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: `${AT}/verify`,
    permission: P.change.id,
    summary: 'Record a verification',
    params: MeterParams,
    body: MeterVerify,
    response: MeterDone,
    idempotent: true,
  })
  verify(
    @Input() { params, body }: InputOf<MeterParams, unknown, MeterVerify>,
    @CurrentActor() actor: Actor,
  ): Promise<MeterDone> {
    return this.meters.verify(params.number, params.meter, body, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/readings',
    permission: P.read.id,
    summary: 'Readings of all meters of a dwelling with corrected ones',
    params: AccountParams,
    response: ReadingHistory,
  })
  history(@Input() { params }: InputOf<AccountParams>, @CurrentActor() actor: Actor): Promise<ReadingHistory> {
    return this.readings.history(params.number, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'accounts/:number/readings',
    permission: P.readingEnter.id,
    summary: 'Enter a reading',
    params: AccountParams,
    body: ReadingEnter,
    response: ReadingDone,
    idempotent: true,
  })
  enter(
    @Input() { params, body }: InputOf<AccountParams, unknown, ReadingEnter>,
    @CurrentActor() actor: Actor,
  ): Promise<ReadingDone> {
    return this.readings.enter(params.number, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'accounts/:number/readings/:reading/correct',
    permission: P.change.id,
    summary: 'Correct a reading; the wrong one stays in the history',
    params: ReadingParams,
    body: ReadingCorrect,
    response: ReadingDone,
    idempotent: true,
  })
  correct(
    @Input() { params, body }: InputOf<ReadingParams, unknown, ReadingCorrect>,
    @CurrentActor() actor: Actor,
  ): Promise<ReadingDone> {
    return this.readings.correct(params.number, params.reading, body, actor);
  }

  @Endpoint({
    method: 'POST',
    path: 'photos',
    permission: P.readingEnter.id,
    summary: 'Keep the picture of a dial: raw bytes, at most 8 MB',
    response: PhotoDone,
  })
  keepPhoto(@Req() request: FastifyRequest): Promise<PhotoDone> {
    return this.readings.keepPhoto(Readable.from(request.raw, { objectMode: false }));
  }

  @Endpoint({
    method: 'GET',
    path: 'accounts/:number/readings/:reading/photo',
    permission: P.read.id,
    summary: 'The picture of a dial',
    params: ReadingParams,
    response: 'file',
  })
  async photo(@Input() { params }: InputOf<ReadingParams>, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    return new StreamableFile(await this.readings.photo(params.number, params.reading, actor), { type: 'image/jpeg' });
  }

  @Endpoint({
    method: 'GET',
    path: 'meters',
    permission: P.read.id,
    summary: 'Verifications that are due',
    query: RemindersQuery,
    response: Reminders,
  })
  reminders(@Input() { query }: InputOf<unknown, RemindersQuery>, @CurrentActor() actor: Actor): Promise<Reminders> {
    return this.lists.reminders(query, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'meters/file',
    permission: P.read.id,
    summary: 'Verifications that are due, as a file',
    query: RemindersFileQuery,
    response: 'file',
  })
  remindersFile(
    @Input() { query }: InputOf<unknown, RemindersFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    return new StreamableFile(
      this.lists.remindersFile(query, actor, localeOf(language)),
      listHeaders('meters', query.format),
    );
  }

  @Endpoint({
    method: 'GET',
    path: 'missing',
    permission: P.read.id,
    summary: 'Meters of a lane without a reading',
    query: MissingQuery,
    response: MissingReadings,
  })
  missing(@Input() { query }: InputOf<unknown, MissingQuery>, @CurrentActor() actor: Actor): Promise<MissingReadings> {
    return this.lists.missing(query, actor);
  }

  @Endpoint({
    method: 'GET',
    path: 'missing/file',
    permission: P.read.id,
    summary: 'Meters of a lane without a reading, as a file',
    query: MissingFileQuery,
    response: 'file',
  })
  missingFile(
    @Input() { query }: InputOf<unknown, MissingFileQuery>,
    @CurrentActor() actor: Actor,
    @Headers('accept-language') language: string | undefined,
  ): StreamableFile {
    return new StreamableFile(
      this.lists.missingFile(query, actor, localeOf(language)),
      listHeaders('missing', query.format),
    );
  }
}
