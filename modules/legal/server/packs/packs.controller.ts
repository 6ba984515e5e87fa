import { pdfPages } from '@komplat/documents';
import { notFound } from '@komplat/kernel';
import { type Actor, audit, CurrentActor, Database, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import {
  NewSigningKey, PackDetail, PackFileParams, PackList, PackParams, PackPartParams, PackQuery, PackReason, PackRebuilt, SigningKey, SigningKeys,
} from '../../contract/pack-view.schema.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { PDF_TYPE } from './pack-printer.ts';
import { packFileName } from './file-names.ts';
import { PackStore } from './pack-store.ts';
import { PacksService } from './packs.service.ts';
import { SigningKeyStore } from './signing-keys.ts';

@Controller('legal/packs')
export class PacksController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PackStore) private readonly store: PackStore,
    @Inject(PacksService) private readonly packs: PacksService,
  ) {}

  @Endpoint({ method: 'GET', path: '', permission: P.read.id, summary: 'Issued packs, newest first', query: PackQuery, response: PackList })
  list(@Input() { query }: InputOf<unknown, PackQuery>): Promise<PackList> {
    return this.store.list(query);
  }

  @Endpoint({ method: 'GET', path: ':id', permission: P.read.id, summary: 'A pack: files, manifest, events', params: PackParams, response: PackDetail })
  detail(@Input() { params }: InputOf<PackParams>): Promise<PackDetail> {
    return this.store.detail(params.id);
  }

  @Endpoint({ method: 'GET', path: ':id/files/:file', permission: P.read.id, summary: 'A file of a pack: pack.pdf', params: PackFileParams, response: 'file' })
  async file(@Input() { params: { id, file } }: InputOf<PackFileParams>, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const pack = await this.store.one(id);
    const { number, manifest } = pack;
    const found = manifest.files.find(({ name }) => name === file);
    if (!found) throw notFound('legal.pack.no-file', { number, file });
    const bytes = await this.store.bytes(found.sha256);
    await this.taken(id, file, actor);
    return new StreamableFile(bytes, { type: found.mediaType, disposition: `attachment; filename="${packFileName(pack, file)}"` });
  }

  @Endpoint({ method: 'GET', path: ':id/parts/:part', permission: P.read.id, summary: 'One document out of the PDF of a pack', params: PackPartParams, response: 'file' })
  async part(@Input() { params: { id, part } }: InputOf<PackPartParams>, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    const pack = await this.store.one(id);
    const { number, manifest } = pack;
    const [place, whole] = [manifest.parts.find((one) => one.part === part), manifest.files.find(({ mediaType }) => mediaType === PDF_TYPE)];
    if (!place || !whole) throw notFound('legal.pack.no-file', { number, file: part });
    const bytes = await pdfPages(await this.store.bytes(whole.sha256), place.firstPage, place.pages);
    await this.taken(id, part, actor);
    return new StreamableFile(bytes, { type: PDF_TYPE, disposition: `inline; filename="${packFileName(pack, `${part}.pdf`)}"` });
  }

  @Endpoint({
    method: 'POST', path: ':id/rebuild', permission: P.packIssue.id, idempotent: true,
    summary: 'Draw the pack again from its data and compare data, text, pictures of pages and bytes', params: PackParams, response: PackRebuilt,
  })
  rebuild(@Input() { params }: InputOf<PackParams>, @CurrentActor() actor: Actor): Promise<PackRebuilt> {
    return this.packs.rebuild(params.id, actor.login);
  }

  @Endpoint({
    method: 'POST', path: ':id/sign', permission: P.packSign.id, idempotent: true,
    summary: 'Detached CMS signature beside every file', params: PackParams, response: PackDetail,
  })
  async sign(@Input() { params }: InputOf<PackParams>, @CurrentActor() actor: Actor): Promise<PackDetail> {
    await this.packs.sign(params.id, actor.login);
    return this.store.detail(params.id);
  }

  @Endpoint({
    method: 'POST', path: ':id/withdraw', permission: P.packIssue.id, idempotent: true,
    summary: 'Withdraw a pack that is not filed; it stays readable', params: PackParams, body: PackReason, response: PackDetail,
  })
  async withdraw(@Input() { params, body }: InputOf<PackParams, unknown, PackReason>, @CurrentActor() actor: Actor): Promise<PackDetail> {
    await this.database.transaction((tx) => this.packs.withdraw(tx, params.id, body.reason, actor.login));
    return this.store.detail(params.id);
  }

  /** Data of people leave the system: a row of the audit says who took them. */
  private async taken(id: string, file: string, actor: Actor): Promise<void> {
    await audit(this.database, { actor, action: 'legal.pack.download', subject: `legal-pack/${id}`, after: { file } });
  }
}

@Controller('legal/signing-keys')
export class SigningKeysController {
  constructor(@Inject(SigningKeyStore) private readonly keys: SigningKeyStore) {}

  @Endpoint({ method: 'GET', path: '', permission: P.read.id, summary: 'Certificates that packs are signed with', response: SigningKeys })
  async list(): Promise<SigningKeys> {
    return { items: [...(await this.keys.list())] };
  }

  @Endpoint({
    method: 'POST', path: '', permission: P.packSign.id, idempotent: true,
    summary: 'Key and certificate of the signer of a creditor; the key before it ends', body: NewSigningKey, response: SigningKey,
  })
  add(@Input() { body }: InputOf<unknown, unknown, NewSigningKey>, @CurrentActor() actor: Actor): Promise<SigningKey> {
    return this.keys.add(body, actor);
  }
}
