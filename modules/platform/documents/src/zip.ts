import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}
interface Written {
  readonly name: Buffer;
  readonly at: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}
/** Names are UTF-8; sizes and checksum follow the data, since they are not known before (APPNOTE 4.4.4, bits 11 and 3). */
const [FLAGS, DEFLATED, VERSION] = [0x0808, 8, 20];
/** 1 January 1980: the same content gives the same bytes. */
const DAY = 0x0021;
/** Quick rather than small. */
const LEVEL = 3;

/** A ZIP file piece by piece: nothing is kept but the directory, and nothing is made before the reader wants it. */
export async function* zipPieces(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let at = 0;
  for (const { name, pieces } of entries) {
    const start = at;
    const title = Buffer.from(name);
    const head = fields([[4, 0x04034b50], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DAY], [4, 0], [4, 0], [4, 0], [2, title.length], [2, 0]], title);
    yield head;
    at += head.length;
    const count = { crc: 0, size: 0 };
    let packed = 0;
    for await (const chunk of deflated(pieces, count)) {
      packed += chunk.length;
      yield chunk;
    }
    const tail = fields([[4, 0x08074b50], [4, count.crc], [4, packed], [4, count.size]]);
    yield tail;
    at += packed + tail.length;
    written.push({ name: title, at: start, packed, ...count });
  }
  yield directory(written, at);
}

/** One entry packed; a failure of its source fails the reader. */
function deflated(pieces: ZipEntry['pieces'], count: { crc: number; size: number }): Readable {
  const packer = createDeflateRaw({ level: LEVEL });
  const source = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      count.crc = crc32(bytes, count.crc);
      count.size += bytes.length;
      yield bytes;
    }
  };
  pipeline(Readable.from(source()), packer).catch(() => undefined); // the packer ends with the same error, and its reader has it
  return packer;
}

function directory(written: readonly Written[], at: number): Buffer {
  const rows = written.map(({ name, at: start, crc, packed, size }) =>
    fields([
      [4, 0x02014b50], [2, VERSION], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DAY], [4, crc], [4, packed], [4, size], [2, name.length], [2, 0],
      [2, 0], [2, 0], [2, 0], [4, 0], [4, start],
    ], name),
  );
  const bytes = Buffer.concat(rows);
  const count = written.length;
  return Buffer.concat([bytes, fields([[4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, bytes.length], [4, at], [2, 0]])]);
}

/** Little-endian numbers of two or four bytes, then `rest`. */
function fields(values: readonly (readonly [2 | 4, number])[], rest: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of values) at = size === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at);
  return Buffer.concat([bytes, rest]);
}
