import { createRequire } from 'node:module';

// The libraries bring no types: what is used of them is described here.
interface Curve {
  readonly name: () => string;
  keygen(): Priv;
}
interface Pub {
  readonly type: string;
}
export interface Priv {
  readonly curve: Curve;
  pub_match(key: Pub): boolean;
  as_asn1(): Buffer;
}
interface Names {
  readonly [name: string]: string | undefined;
}
export interface Certificate {
  readonly valid: { readonly from: number; readonly to: number };
  readonly subject: Names;
  readonly serial: { toString(base: number): string };
  readonly pubkey?: Pub;
  as_asn1(): Buffer;
}
interface Algorithms {
  hash(data: Uint8Array): Buffer;
}
interface NewCertificate {
  readonly privkey: Priv;
  readonly hash: Algorithms['hash'];
  readonly certData: {
    readonly serial: number;
    readonly issuer: Names;
    readonly subject: Names;
    readonly valid: { readonly from: number; readonly to: number };
    readonly usage: string;
  };
}
interface Jkurwa {
  std_curve(name: 'DSTU_PB_257'): Curve;
  readonly Priv: {
    from_asn1(data: Buffer): Priv;
    from_protected(data: Buffer, password: string | undefined, algorithms: Algorithms): { readonly keys: readonly Priv[] };
  };
  readonly Certificate: { from_asn1(data: Buffer): Certificate; signCert(certificate: NewCertificate): Certificate };
}
export interface Attribute {
  readonly type: string;
  readonly values: readonly Buffer[];
}
interface SignedMessage {
  readonly type: 'signedData';
  readonly cert: Certificate;
  /** Hash of the content: the content stays outside. */
  readonly dataHash: Buffer;
  readonly hash: Algorithms['hash'];
  /** Seconds since 1970. */
  readonly signTime: number;
  readonly signer: Priv;
  /** A ready signature; nothing is signed when it is given. */
  readonly signB: Buffer;
}
interface Message {
  readonly pattrs: { readonly list: Attribute[] };
  attrs: readonly Attribute[];
  saveAttrs(): void;
  addSignature(hash: Algorithms['hash'], signer: Priv): void;
  as_asn1(): Buffer;
}
interface Spec {
  readonly Attributes: { encode(list: readonly Attribute[], format: 'der'): Buffer };
}
interface Gost89 {
  readonly compat: { algos(): Algorithms };
}

const load = createRequire(import.meta.url);
export const jkurwa: Jkurwa = load('jkurwa');
export const CmsMessage: new (message: SignedMessage) => Message = load('jkurwa/lib/models/Message.js');
export const dstszi: Spec = load('jkurwa/lib/spec/dstszi2010.js');
const gost89: Gost89 = load('gost89');

/** DSTU 4145-2002 with GOST 34.311 (formats.md 9.2). */
export const algorithms = gost89.compat.algos();
