import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError, type Period } from '@komplat/kernel';
import { dbfBytes, type DbfRow, readDbf } from '@komplat/documents';
import { type AwardItem, type AwardLayout, type DbfRecord, LAYOUTS, readAwardRow, recogniseLayout } from '../../domain/index.ts';

const HEADER = 32;
const END_OF_FIELDS = 0x0d;
export const MOST_ROWS = 500_000;

export interface AwardLine {
  readonly line: number;
  readonly record: DbfRecord;
  readonly item: AwardItem;
}

/**
 * The layout of a DBF file by the names of its fields. Refused: what is no DBF, an unknown layout, another one than was named, a file that
 * ends before its last record.
 */
export function layoutOf(bytes: Buffer, named: AwardLayout | undefined): AwardLayout {
  const [records, headerSize, recordSize] =
    bytes.length > HEADER && bytes[0] === 0x03 ? [bytes.readUInt32LE(4), bytes.readUInt16LE(8), bytes.readUInt16LE(10)] : [0, 0, 0];
  if (headerSize <= HEADER || recordSize < 2 || bytes.length < headerSize) throw new DomainError('benefits.award.not-dbf', {});
  if (records > MOST_ROWS) throw new DomainError('benefits.award.too-many-rows', { rows: records, most: MOST_ROWS });
  if (bytes.length < headerSize + records * recordSize) throw new DomainError('benefits.award.cut-file', { rows: records });
  const names: string[] = [];
  for (let at = HEADER; at + HEADER <= headerSize && bytes[at] !== END_OF_FIELDS; at += HEADER) {
    names.push(bytes.toString('latin1', at, at + 11).replace(/\0.*$/s, '').trim().toUpperCase());
  }
  const layout = recogniseLayout(names);
  if (!layout || (named !== undefined && named !== layout)) throw new DomainError('benefits.award.layout', { layout: named ?? '' });
  const missing = LAYOUTS[layout].filter(({ name }) => !names.includes(name)).map(({ name }) => name);
  if (missing.length > 0) throw new DomainError('benefits.award.fields', { layout, fields: missing.join(', ') });
  return layout;
}

/** Records of the file with what they say, in their order. */
export async function readAwardFile(bytes: Buffer, layout: AwardLayout, month: Period): Promise<readonly AwardLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'komplat-award-'));
  try {
    const path = join(folder, 'award.dbf');
    await writeFile(path, bytes);
    const lines: AwardLine[] = [];
    try {
      for await (const record of readDbf(path, 'cp866')) {
        lines.push({ line: lines.length + 1, record, item: readAwardRow(layout, record, month) });
      }
    } catch {
      throw new DomainError('benefits.award.unreadable', { line: lines.length + 1 }); // what the reader of DBF says is for programmers
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Letters that code page 866 lacks, as the programs of the exchange write them. */
const LETTERS: Readonly<Record<string, string>> = { І: 'I', і: 'i', Ґ: 'Г', ґ: 'г', '’': "'", ʼ: "'", '«': '"', '»': '"', '–': '-', '—': '-' };
const to866 = (text: string): string => text.replaceAll(/[ІіҐґ’ʼ«»–—]/g, (letter) => LETTERS[letter] ?? letter);

/** A file in one of the layouts of the exchange, cp866. `day` stands in its header. Names longer than their field are cut. */
export function layoutBytes(layout: keyof typeof LAYOUTS, rows: Iterable<DbfRow>, day: string): Buffer {
  const fields = LAYOUTS[layout];
  const cell = (row: DbfRow, { name, type, size }: (typeof fields)[number]): readonly [string, string | null] => {
    const value = row[name] ?? null;
    return [name, type === 'C' && value !== null ? to866(value).slice(0, size) : value];
  };
  const written = Array.from(rows, (row) => Object.fromEntries(fields.map((field) => cell(row, field))));
  return dbfBytes(fields, written, { encoding: 'cp866', day });
}
