import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type DataConverter, METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';

const ENCODING = 'binary/komplat-aes-256-gcm';
const KEY_ID = 'komplat-key';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** Reads `2026a:<base64>,2025b:<base64>`: the first key encrypts, all decrypt. */
export function parseCodecKeys(value: string): ReadonlyMap<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const part of value.split(',').filter(Boolean)) {
    const at = part.indexOf(':');
    const id = part.slice(0, at).trim();
    const key = Buffer.from(part.slice(at + 1).trim(), 'base64');
    if (at < 1 || key.length !== 32) throw new Error('TEMPORAL_CODEC_KEYS: every part is <id>:<32 bytes in base64>');
    keys.set(id, key);
  }
  if (keys.size === 0) throw new Error('TEMPORAL_CODEC_KEYS names no key');
  return keys;
}

/** Encrypts every payload that leaves the process for the Temporal server. */
export class AesPayloadCodec implements PayloadCodec {
  private readonly currentId: string;
  private readonly current: Buffer;

  constructor(private readonly keys: ReadonlyMap<string, Buffer>) {
    const first = keys.entries().next();
    if (first.done) throw new Error('the payload codec needs a key');
    [this.currentId, this.current] = first.value;
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.seal(payload));
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.open(payload));
  }

  private seal(payload: Payload): Payload {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.current, iv);
    const plain = pack(payload);
    const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return {
      metadata: { [METADATA_ENCODING_KEY]: utf8.encode(ENCODING), [KEY_ID]: utf8.encode(this.currentId) },
      data,
    };
  }

  private open(payload: Payload): Payload {
    const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
    if (!encoding || text.decode(encoding) !== ENCODING) return payload;
    const id = text.decode(payload.metadata?.[KEY_ID] ?? new Uint8Array());
    const key = this.keys.get(id);
    if (!key) throw new Error(`no key ${id} for a payload`);
    const data = Buffer.from(payload.data ?? new Uint8Array());
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, IV_BYTES));
    decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
    const plain = Buffer.concat([decipher.update(data.subarray(IV_BYTES, data.length - TAG_BYTES)), decipher.final()]);
    return unpack(plain);
  }
}

/** Four bytes of length, the metadata as JSON, then the data. */
function pack(payload: Payload): Buffer {
  const metadata = Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  const head = Buffer.from(JSON.stringify(Object.fromEntries(metadata)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  // What comes out of the workflow sandbox may hold a plain array where the bytes are none.
  return Buffer.concat([length, head, Buffer.from(payload.data ?? [])]);
}

function unpack(plain: Buffer): Payload {
  const end = 4 + plain.readUInt32BE(0);
  const head: unknown = JSON.parse(plain.subarray(4, end).toString());
  const metadata = Object.entries(head ?? {}).map(([name, value]) => [name, Buffer.from(String(value), 'base64')]);
  return { metadata: Object.fromEntries(metadata), data: plain.subarray(end) };
}

/** The converter of clients, workers and tests that read real histories. */
export function dataConverter(codecKeys: string): DataConverter {
  return {
    failureConverterPath: fileURLToPath(new URL('../failure-converter.cjs', import.meta.url)),
    payloadCodecs: [new AesPayloadCodec(parseCodecKeys(codecKeys))],
  };
}
