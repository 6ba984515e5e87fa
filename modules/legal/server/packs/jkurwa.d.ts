declare module 'jkurwa' {
  interface Curve {
    readonly name: () => string;
  }
  interface Pub {
    readonly type: string;
  }
  interface Priv {
    readonly curve: Curve;
    pub_match(key: Pub): boolean;
    as_asn1(): Buffer;
    sign(hash: Buffer, format: 'le'): Buffer;
  }
  interface Names {
    readonly [name: string]: string | undefined;
  }
  interface Certificate {
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
  const jkurwa: {
    readonly Priv: {
      from_asn1(data: Buffer): Priv;
      from_protected(data: Buffer, password: string | undefined, algorithms: Algorithms): { readonly keys: readonly Priv[] };
    };
    readonly Certificate: { from_asn1(data: Buffer): Certificate; signCert(certificate: NewCertificate): Certificate };
  };
  export default jkurwa;
  export type { Algorithms, Certificate, Priv };
}

declare module 'jkurwa/lib/models/Message.js' {
  import type { Algorithms, Certificate, Priv } from 'jkurwa';

  export interface Attribute {
    readonly type: string;
    readonly values: readonly Buffer[];
  }
  export interface SignedMessage {
    readonly type: 'signedData';
    readonly cert: Certificate;
    /** Hash of the content: the content stays outside. */
    readonly dataHash: Buffer;
    readonly hash: Algorithms['hash'];
    /** Seconds since 1970. */
    readonly signTime: number;
    readonly signer: Priv;
    /** A ready signature; nothing is signed when it is given. */
    readonly signB?: Buffer;
  }
  export default class Message {
    constructor(message: SignedMessage);
    readonly pattrs: { readonly list: Attribute[] };
    attrs: readonly Attribute[];
    saveAttrs(): void;
    addSignature(hash: Algorithms['hash'], signer: Priv): void;
    as_asn1(): Buffer;
  }
}

declare module 'jkurwa/lib/spec/dstszi2010.js' {
  import type { Attribute } from 'jkurwa/lib/models/Message.js';

  const spec: { readonly Attributes: { encode(list: readonly Attribute[], format: 'der'): Buffer } };
  export default spec;
}

declare module 'gost89' {
  import type { Algorithms } from 'jkurwa';

  const gost89: { readonly compat: { algos(): Algorithms } };
  export default gost89;
}
