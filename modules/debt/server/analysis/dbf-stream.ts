import { Readable } from 'node:stream';
import { dbfBytes, type DbfField, type DbfRow } from '@komplat/documents';

/** Rows of one piece: memory stays small whatever the length of the list. */
const PIECE = 250;
const [COUNT_AT, HEAD_AT] = [4, 8];
const ENCODING = 'cp1251';

/**
 * A dBase III file whose rows are written while they are read. The header states the number of rows, so it is known
 * before; `day` is the operating day.
 */
export function dbfStream(fields: readonly DbfField[], rows: AsyncIterable<DbfRow>, count: number, day: string): Readable {
  return Readable.from(pieces(fields, rows, count, day), { objectMode: false });
}

async function* pieces(fields: readonly DbfField[], rows: AsyncIterable<DbfRow>, count: number, day: string): AsyncGenerator<Buffer> {
  const empty = dbfBytes(fields, [], { encoding: ENCODING, day });
  const size = empty.readUInt16LE(HEAD_AT);
  const head = Buffer.from(empty.subarray(0, size));
  head.writeUInt32LE(count, COUNT_AT);
  yield head;
  const body = (piece: readonly DbfRow[]): Buffer => {
    const bytes = dbfBytes(fields, piece, { encoding: ENCODING, day });
    return bytes.subarray(size, bytes.length - 1);
  };
  let piece: DbfRow[] = [];
  for await (const row of rows) {
    piece.push(row);
    if (piece.length < PIECE) continue;
    yield body(piece);
    piece = [];
  }
  yield body(piece);
  yield empty.subarray(size);
}
