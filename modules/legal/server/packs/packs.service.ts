import { printFontFiles } from '@komplat/documents';
import { conflict, DomainError } from '@komplat/kernel';
import { NAMES_API, type NamesApi } from '@komplat/registry/contract';
import { Database, sha256, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { PackManifest, PackSnapshot } from '../../contract/pack.schema.ts';
import type { PackRebuilt } from '../../contract/pack-view.schema.ts';
import type { Packs } from '../services/ports.ts';
import type { PackNames } from '../templates/fields.ts';
import { type StoredTemplate, TemplateStore } from '../templates/template-store.ts';
import type { Template } from '../templates/template.ts';
import { nameText } from '../templates/words.ts';
import { fileDifferences, manifestDifferences } from './pack-compare.ts';
import { type Drawn, type DrawnFile, PackPrinter } from './pack-printer.ts';
import { type Frozen, hashOfFrozen, PackStore, SIGNATURE_TYPE, type StoredPack } from './pack-store.ts';
import { SigningKeyStore } from './signing-keys.ts';

interface Made {
  readonly manifest: PackManifest;
  readonly files: readonly DrawnFile[];
}

/** Packs for courts: drawn once, kept, drawn again for comparison, signed, withdrawn. */
@Injectable()
export class PacksService implements Packs {
  readonly #fonts = printFontFiles();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PackStore) private readonly store: PackStore,
    @Inject(PackPrinter) private readonly printer: PackPrinter,
    @Inject(TemplateStore) private readonly templates: TemplateStore,
    @Inject(SigningKeyStore) private readonly keys: SigningKeyStore,
    @Inject(NAMES_API) private readonly names: NamesApi,
  ) {}

  async issue(snapshot: PackSnapshot, by: string): Promise<{ readonly packId: string; readonly manifest: PackManifest }> {
    const frozen = this.freeze(snapshot);
    const template = await this.templates.inForce(snapshot.kind);
    const hash = hashOfFrozen(frozen);
    const known = await this.store.same(this.database, hash, template.code, template.version);
    if (known !== undefined) return this.answer(known);
    const { manifest, files } = await this.make(frozen, template);
    await Promise.all([...files.map((file) => this.store.keep(file)), this.store.keepFrozen(frozen)]);
    const packId = await this.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`legal.pack ${hash}`]);
      const other = await this.store.same(tx, hash, template.code, template.version);
      if (other !== undefined) return other;
      const id = uuid7();
      await this.store.insert(tx, id, frozen, manifest, by);
      return id;
    });
    return this.answer(packId);
  }

  /** Draws the pack of these data by any text of a template; nothing is kept. */
  async preview({ snapshot, names }: Frozen, template: Template): Promise<Uint8Array> {
    const { pdf } = await this.printer.print({ snapshot, names, template });
    return pdf;
  }

  /** Data of a pack with the names in their cases. Refuses `legal.pack.sex-unknown`: a surname does not tell it. */
  freeze(snapshot: PackSnapshot): Frozen {
    const names: PackNames = Object.fromEntries(
      snapshot.debtors.map((debtor) => {
        const inCases = this.names.inCases(debtor);
        if (!inCases) throw new DomainError('legal.pack.sex-unknown', { name: nameText(debtor), account: snapshot.account });
        return [debtor.personId, { ...inCases }];
      }),
    );
    return { snapshot, names };
  }

  async rebuild(packId: string, by = 'system:packs'): Promise<PackRebuilt> {
    const { manifest: { template: { code, version } } } = await this.store.one(packId);
    return this.compare(packId, await this.templates.version(code, version), by);
  }

  /** The pack drawn by this text of a template against the issued one. */
  async compare(packId: string, template: StoredTemplate, by: string): Promise<PackRebuilt> {
    const pack = await this.store.one(packId);
    const frozen = await this.store.frozen(pack.manifest.snapshotSha256);
    const { manifest, files } = await this.make(frozen, template);
    const issued = pack.manifest.files.filter(({ mediaType }) => mediaType !== SIGNATURE_TYPE);
    const differences = manifestDifferences({ ...pack.manifest, files: issued }, manifest);
    for (const { name, mediaType, sha256: hash, pages } of issued) {
      const stored = await this.store.bytes(hash);
      if (sha256(stored) !== hash) differences.push({ what: 'stored', file: name, page: null, was: hash, now: sha256(stored) });
      const again = files.find((file) => file.name === name);
      if (!again) continue;
      differences.push(...(await fileDifferences({ name, mediaType, bytes: stored, pages }, again, (pdf, pages) => this.printer.images(pdf, pages))));
    }
    await this.database.transaction((tx) => this.store.event(tx, packId, { kind: 'rebuilt', by, differences }));
    return { equal: differences.length === 0, files: issued.length, pages: issued.reduce((sum, { pages }) => sum + (pages ?? 0), 0), differences };
  }

  async sign(packId: string, by: string): Promise<PackManifest> {
    const pack = await this.store.one(packId);
    if (pack.state === 'withdrawn') throw conflict('legal.pack.withdrawn', { number: pack.number });
    if (pack.state === 'signed') return pack.manifest;
    const early = await this.database.query(`select 1 from legal.claim_item where pack_id = $1 and outcome in ('packed', 'submitted')`, [packId]);
    if (early.length > 0) throw conflict('legal.pack.not-approved', { number: pack.number });
    const signer = await this.keys.signer(pack.creditor);
    const signatures = await Promise.all(
      pack.manifest.files.map(async ({ name, sha256: hash }): Promise<DrawnFile> => {
        const bytes = signer.sign(await this.store.bytes(hash));
        return { name: `${name}.p7s`, mediaType: SIGNATURE_TYPE, bytes, pages: null };
      }),
    );
    const hashes = await Promise.all(signatures.map((file) => this.store.keep(file)));
    await this.database.transaction(async (tx) => {
      await this.inState(tx, packId, ['issued']);
      await this.store.addFiles(tx, packId, signatures.map((file, at) => ({ ...file, sha256: hashes[at] ?? '' })));
      await this.store.event(tx, packId, { kind: 'signed', by });
    });
    return (await this.store.one(packId)).manifest;
  }

  async withdraw(tx: Tx, packId: string, reason: string, by: string): Promise<void> {
    await this.inState(tx, packId, ['issued', 'signed']);
    await this.store.event(tx, packId, { kind: 'withdrawn', by, reason });
  }

  private async inState(tx: Tx, packId: string, allowed: readonly StoredPack['state'][]): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`legal.pack ${packId}`]);
    const { state, number } = await this.store.one(packId);
    if (!allowed.includes(state)) throw conflict('legal.pack.state', { number, state });
  }

  private async answer(packId: string): Promise<{ readonly packId: string; readonly manifest: PackManifest }> {
    const { manifest } = await this.store.one(packId);
    return { packId, manifest };
  }

  private async make(frozen: Frozen, template: StoredTemplate): Promise<Made> {
    const { snapshot, names } = frozen;
    const { files, parts }: Drawn = await this.printer.draw({ snapshot, names, template: template.template });
    const guessed = snapshot.debtors.filter(({ personId }) => names[personId]?.certain === false).map(nameText);
    return {
      files,
      manifest: {
        v: 1,
        snapshotSha256: hashOfFrozen(frozen),
        files: files.map(({ name, mediaType, bytes, pages }) => ({ name, mediaType, sha256: sha256(bytes), pages, signed: false })),
        parts: [...parts],
        template: { code: template.code, version: template.version, sha256: template.sha256 },
        fonts: this.#fonts.map((font) => ({ ...font })),
        renderer: await this.printer.renderer(),
        indexVersion: snapshot.calculation.indexVersion,
        rules: snapshot.calculation.parameters,
        marks: [
          ...snapshot.marks,
          ...guessed.map((name) => `перевірте відмінювання: ${name}`),
          ...(template.mark === '' ? [] : [this.templates.markText(snapshot.kind, template)]),
        ],
      },
    };
  }
}
