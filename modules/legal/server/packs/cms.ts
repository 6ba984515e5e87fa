import { algorithms, type Attribute, type Certificate, CmsMessage, dstszi, jkurwa, type Priv } from './jkurwa.ts';

/** A certificate and the private key that belongs to it. */
export interface KeyPair {
  readonly certificate: Certificate;
  readonly key: Priv;
}

/** Key and certificate from their files; a container is opened by its password. Undefined when they do not belong together. */
export function readKeyPair(certificate: Buffer, key: Buffer, password: string | undefined): KeyPair | undefined {
  try {
    const read = jkurwa.Certificate.from_asn1(certificate);
    const { keys } = jkurwa.Priv.from_protected(key, password, algorithms);
    const own = keys.find((one) => read.pubkey !== undefined && one.pub_match(read.pubkey));
    return own && { certificate: read, key: own };
  } catch {
    return undefined; // not a key, not a certificate, or a wrong password
  }
}

/**
 * Detached CMS signature of bytes. Signed attributes are put into the order of DER before they are signed: a strict
 * verifier sorts them first (formats.md 9.2).
 */
export function signDetached(bytes: Uint8Array, { certificate, key }: KeyPair, at: Date): Buffer {
  const message = new CmsMessage({
    type: 'signedData',
    cert: certificate,
    dataHash: algorithms.hash(bytes),
    hash: algorithms.hash,
    signTime: Math.floor(at.getTime() / 1000),
    signer: key,
    signB: Buffer.alloc(64),
  });
  message.pattrs.list.sort((a, b) => Buffer.compare(derOf(a), derOf(b)));
  message.saveAttrs();
  message.attrs = message.pattrs.list;
  message.addSignature(algorithms.hash, key);
  return message.as_asn1();
}

/** One attribute as it is encoded inside the set: without the head of the set. */
function derOf(attribute: Attribute): Buffer {
  const set = dstszi.Attributes.encode([attribute], 'der');
  const length = set[1] ?? 0;
  return set.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f));
}
