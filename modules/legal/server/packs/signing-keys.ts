import { DomainError } from '@komplat/kernel';
import { type Actor, audit, Database, uuid7, Vault } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { NewSigningKey, SigningKey } from '../../contract/pack-view.schema.ts';
import { readKeyPair, signDetached } from './cms.ts';

interface KeyRow {
  readonly id: string;
  readonly creditor: string;
  readonly subject: string;
  readonly serial: string;
  readonly certificate: Buffer;
  readonly key_wrapped: Buffer;
  readonly key_sealed: Buffer;
  readonly valid_from: Date;
  readonly valid_to: Date;
  readonly added_by: string;
  readonly ended_at: Date | null;
}
export interface Signer {
  sign(bytes: Uint8Array): Buffer;
}

/**
 * Keys of the signers, one in force a creditor, sealed under the master key of the site. Weaker than a token in the
 * signer's hand: who holds the database and the master key can sign.
 */
@Injectable()
export class SigningKeyStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async list(): Promise<readonly SigningKey[]> {
    const rows = await this.database.query<KeyRow>('select * from legal.signing_key order by creditor, added_at desc');
    return rows.map(viewOf);
  }

  /** Replaces the key of a creditor. Refuses `legal.sign.bad-key` and `legal.sign.expired`. */
  async add({ creditor, certificate, key, password, reason }: NewSigningKey, actor: Actor): Promise<SigningKey> {
    const bytes = Buffer.from(certificate, 'base64');
    const pair = readKeyPair(bytes, Buffer.from(key, 'base64'), password);
    if (!pair) throw new DomainError('legal.sign.bad-key', { creditor });
    const { from, to } = pair.certificate.valid;
    if (to < Date.now()) throw new DomainError('legal.sign.expired', { creditor, until: dayOf(new Date(to)) });
    const { subject } = pair.certificate;
    const { key: seal, wrapped } = this.vault.newPersonKey();
    const sealed = this.vault.seal(seal, pair.key.as_asn1().toString('base64'));
    return this.database.transaction(async (tx) => {
      const [known] = await tx.query('select 1 from tariffs.pub_provider_v1 where code = $1', [creditor]);
      if (!known) throw new DomainError('legal.sign.unknown-creditor', { creditor });
      await tx.query('update legal.signing_key set ended_at = now() where creditor = $1 and ended_at is null', [creditor]);
      const [row] = await tx.query<KeyRow>(
        `insert into legal.signing_key (id, creditor, subject, serial, certificate, key_wrapped, key_sealed, valid_from, valid_to, added_by, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning *`,
        [
          uuid7(), creditor, [subject['commonName'], subject['organizationName']].filter(Boolean).join(', '), pair.certificate.serial.toString(16),
          bytes, wrapped, sealed, new Date(from), new Date(to), actor.login, reason,
        ],
      );
      await audit(tx, { actor, action: 'legal.signing-key.add', subject: `provider/${creditor}`, after: { serial: row?.serial }, reason });
      if (!row) throw new DomainError('legal.sign.bad-key', { creditor });
      return viewOf(row);
    });
  }

  /** The signer of a creditor today. Refuses `legal.sign.no-key` and `legal.sign.expired`. */
  async signer(creditor: string): Promise<Signer> {
    const [row] = await this.database.query<KeyRow>('select * from legal.signing_key where creditor = $1 and ended_at is null', [creditor]);
    if (!row) throw new DomainError('legal.sign.no-key', { creditor });
    const now = new Date();
    if (row.valid_to < now || row.valid_from > now) throw new DomainError('legal.sign.expired', { creditor, until: dayOf(row.valid_to) });
    const key = Buffer.from(this.vault.open(this.vault.unwrap(row.key_wrapped), row.key_sealed), 'base64');
    const pair = readKeyPair(row.certificate, key, undefined);
    if (!pair) throw new DomainError('legal.sign.bad-key', { creditor });
    return { sign: (bytes) => signDetached(bytes, pair, now) };
  }
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const viewOf = (row: KeyRow): SigningKey => ({
  id: row.id,
  creditor: row.creditor,
  subject: row.subject,
  serial: row.serial,
  validFrom: dayOf(row.valid_from),
  validTo: dayOf(row.valid_to),
  addedBy: row.added_by,
  ended: row.ended_at !== null,
});
