import { FileRefused } from './types.ts';

export interface DbfField {
  readonly name: string;
  readonly type: string;
  readonly length: number;
  readonly decimals: number;
  readonly offset: number;
}

export interface DbfHeader {
  readonly version: number;
  readonly languageByte: number;
  readonly records: number;
  readonly headerSize: number;
  readonly recordSize: number;
  readonly fields: readonly DbfField[];
}

const VERSIONS: ReadonlySet<number> = new Set([0x03, 0x83, 0x8b, 0x30, 0x31, 0xf5]);
const DESCRIPTOR = 32;
const TERMINATOR = 0x0d;
const MAX_HEADER = 32 + DESCRIPTOR * 255 + 264;

/** Header of a DBF table, or undefined when more bytes are needed. */
export function readDbfHeader(bytes: Uint8Array): DbfHeader | undefined {
  const refuse = (detail: string): FileRefused => new FileRefused('payments.import.bad-dbf', { detail });
  if (bytes.length === 0) return undefined;
  const version = bytes[0] ?? 0;
  if (!VERSIONS.has(version)) throw refuse(`version ${version.toString(16).padStart(2, '0')}`);
  if (bytes.length < DESCRIPTOR) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerSize = view.getUint16(8, true);
  const recordSize = view.getUint16(10, true);
  if (headerSize < 65 || headerSize > MAX_HEADER || recordSize < 2) throw refuse('header size');
  if (bytes.length < headerSize) return undefined;
  const fields: DbfField[] = [];
  let offset = 1;
  for (let at = DESCRIPTOR; at + DESCRIPTOR <= headerSize && bytes[at] !== TERMINATOR; at += DESCRIPTOR) {
    const nameBytes = bytes.subarray(at, at + 11);
    const end = nameBytes.indexOf(0);
    const name = String.fromCharCode(...nameBytes.subarray(0, end < 0 ? 11 : end))
      .trim()
      .toUpperCase();
    const type = String.fromCharCode(bytes[at + 11] ?? 0);
    const low = bytes[at + 16] ?? 0;
    const high = bytes[at + 17] ?? 0;
    const length = type === 'C' ? low + 256 * high : low;
    fields.push({ name, type, length, decimals: type === 'C' ? 0 : high, offset });
    offset += length;
  }
  if (fields.length === 0 || offset !== recordSize) throw refuse('fields do not fill the record');
  if (new Set(fields.map((field) => field.name)).size !== fields.length) throw refuse('two fields of one name');
  return { version, languageByte: bytes[29] ?? 0, records: view.getUint32(4, true), headerSize, recordSize, fields };
}
