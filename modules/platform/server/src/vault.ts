import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { assert } from '@komplat/kernel';

export type IndexedField = 'phone' | 'tax-number' | 'email' | 'bank-account';
const IV_BYTES = 12;
const TAG_BYTES = 16;

function seal(key: Buffer | KeyObject, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
function unseal(key: Buffer | KeyObject, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
}

/**
 * Personal fields at rest: every person has a key of their own, wrapped by the master key; destroying it erases the
 * person in every copy. Equal values are found by a keyed hash (S16.2, model.md section 8).
 */
export class Vault {
  private readonly masterKey: KeyObject;
  private readonly indexKey: KeyObject;

  constructor(
    masterKey: Buffer,
    readonly keyId: string,
  ) {
    assert(masterKey.length === 32, 'the master key has 32 bytes');
    this.masterKey = createSecretKey(masterKey);
    this.indexKey = createSecretKey(createHmac('sha256', masterKey).update('blind-index').digest());
  }

  /** A fresh key of a person, wrapped for the database. */
  newPersonKey(): { readonly key: Buffer; readonly wrapped: Buffer } {
    const key = randomBytes(32);
    return { key, wrapped: seal(this.masterKey, key) };
  }
  unwrap(wrapped: Buffer): Buffer {
    return unseal(this.masterKey, wrapped);
  }
  seal(personKey: Buffer, text: string): Buffer {
    return seal(personKey, Buffer.from(text, 'utf8'));
  }
  open(personKey: Buffer, sealed: Buffer): string {
    return unseal(personKey, sealed).toString('utf8');
  }
  /** Phone as E.164, tax number and IBAN as digits and capitals, e-mail in small letters. */
  blindIndex(field: IndexedField, value: string): Buffer {
    return createHmac('sha256', this.indexKey).update(`${field}:${value}`).digest();
  }
}

/** `050 123 45 67`, `+380501234567`, `380501234567` → `+380501234567`; undefined when it is no Ukrainian number. */
export function normalPhone(text: string): string | undefined {
  const digits = text.replaceAll(/[\s()+-]/g, '');
  const match = /^(?:38)?(0\d{9})$/.exec(digits);
  return match ? `+38${match[1]}` : undefined;
}
