import { DBFFile } from 'dbffile';
import iconv from 'iconv-lite';

export type DbfEncoding = 'cp866' | 'cp1251' | 'cp1125';
export interface DbfField {
  readonly name: string;
  /** C text, N number, D day. */
  readonly type: 'C' | 'N' | 'D';
  readonly size: number;
  readonly decimals?: number;
}
export type DbfRow = Readonly<Record<string, string | null>>;

/** The value cannot stand in the file: the field and the row are named. */
export class DbfRefused extends Error {
  readonly field: string;
  readonly row: number;
  readonly reason: 'letter' | 'too-long' | 'not-a-number' | 'not-a-day';
  constructor(reason: DbfRefused['reason'], field: string, row: number) {
    super(`row ${row}, field ${field}: ${reason}`);
    this.reason = reason;
    this.field = field;
    this.row = row;
  }
}

/** Language driver byte. Code page 1125 has none of its own; readers of the city know it by agreement. */
const DRIVER: Readonly<Record<DbfEncoding, number>> = { cp866: 0x26, cp1251: 0xc9, cp1125: 0x00 };
const NAME = /^[A-Z][A-Z0-9_]{0,9}$/;
const MONTHS = 12;

/** dBase III file. `day` is the date of the header: the operating day, so that the same rows give the same bytes. */
export function dbfBytes(
  fields: readonly DbfField[],
  rows: Iterable<DbfRow>,
  options: { readonly encoding: DbfEncoding; readonly day: string },
): Buffer {
  for (const field of fields) {
    if (!NAME.test(field.name) || field.size < 1 || field.size > 254) throw new RangeError(`bad field ${field.name}`);
  }
  const all = [...rows];
  const size = lengthOf(fields);
  const head = header(fields, all.length, options);
  const bytes = Buffer.alloc(head.length + all.length * size + 1, BLANK);
  head.copy(bytes);
  for (const [index, row] of all.entries()) {
    let at = head.length + index * size + 1;
    for (const field of fields) {
      write(bytes.subarray(at, at + field.size), field, row[field.name] ?? null, { row: index + 1, encoding: options.encoding });
      at += field.size;
    }
  }
  bytes[bytes.length - 1] = END;
  return bytes;
}

const [BLANK, END] = [0x20, 0x1a];
const ASCII = /^[\u0020-\u007E]*$/;
/** Bytes of one row: the mark of deletion, then its fields. */
const lengthOf = (fields: readonly DbfField[]): number => 1 + fields.reduce((sum, field) => sum + field.size, 0);

function header(
  fields: readonly DbfField[],
  count: number,
  { encoding, day }: { encoding: DbfEncoding; day: string },
): Buffer {
  const size = 32 + 32 * fields.length + 1;
  const bytes = Buffer.alloc(size);
  const [year = 0, month = 0, date = 0] = day.split('-').map((part) => Number.parseInt(part, 10));
  if (month < 1 || month > MONTHS) throw new RangeError(`not a day: ${day}`);
  bytes[0] = 0x03;
  bytes[1] = year - 1900;
  bytes[2] = month;
  bytes[3] = date;
  bytes.writeUInt32LE(count, 4);
  bytes.writeUInt16LE(size, 8);
  bytes.writeUInt16LE(lengthOf(fields), 10);
  bytes[29] = DRIVER[encoding];
  for (const [index, field] of fields.entries()) {
    const at = 32 + 32 * index;
    bytes.write(field.name, at, 'latin1');
    bytes.write(field.type, at + 11, 'latin1');
    bytes[at + 16] = field.size;
    bytes[at + 17] = field.decimals ?? 0;
  }
  bytes[size - 1] = 0x0d;
  return bytes;
}

/** Writes a value into its place, which is blank. */
function write(place: Buffer, field: DbfField, value: string | null, { row, encoding }: { row: number; encoding: DbfEncoding }): void {
  if (value === null || value === '') return;
  if (field.type === 'D' && (!/^\d{4}-\d{2}-\d{2}$/.test(value) || field.size !== 8)) throw new DbfRefused('not-a-day', field.name, row);
  const text = field.type === 'N' ? numeric(field, value, row) : field.type === 'D' ? value.replaceAll('-', '') : value;
  const bytes = ASCII.test(text) ? null : iconv.encode(text, encoding);
  if (bytes && iconv.decode(bytes, encoding) !== text) throw new DbfRefused('letter', field.name, row);
  const length = bytes?.length ?? text.length;
  if (length > field.size) throw new DbfRefused('too-long', field.name, row);
  const from = field.type === 'N' ? field.size - length : 0;
  if (bytes) bytes.copy(place, from);
  else place.write(text, from, 'latin1');
}

/** Decimal text with exactly the decimals of the field; a digit that would be lost is refused. */
function numeric({ name, decimals = 0 }: DbfField, value: string, row: number): string {
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(value);
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (!match || fraction.length > decimals) throw new DbfRefused('not-a-number', name, row);
  return decimals === 0 ? (match[1] ?? '') : `${match[1]}.${fraction.padEnd(decimals, '0')}`;
}

/** Rows of a DBF file as they stand in it; numbers and days become text, deleted rows are left out. */
export async function* readDbf(path: string, encoding: DbfEncoding): AsyncGenerator<Record<string, string | null>> {
  const file = await DBFFile.open(path, { encoding, readMode: 'loose' });
  for await (const record of file) {
    const row: Record<string, string | null> = {};
    for (const [name, value] of Object.entries(record)) row[name] = toText(value);
    yield row;
  }
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}
