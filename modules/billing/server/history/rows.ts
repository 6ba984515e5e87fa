import type { Readable } from 'node:stream';
import { DomainError } from '@komplat/kernel';
import iconv from 'iconv-lite';
import { type Layout, splitLine } from './layout.ts';

/** A row of the file: number of its line (CSV: the head is line 1) or record (DBF: the first is 1), and its values. */
export type FileRow = readonly [line: number, values: readonly string[] | null, raw: string];

const MAX_LINE = 65_536;

/** Rows in groups, one group a piece of the stream: memory holds one piece. */
export function readRows(content: Readable, layout: Layout): AsyncGenerator<FileRow[]> {
  return layout.format === 'csv' ? csvRows(content, layout) : dbfRows(content, layout);
}

async function* csvRows(content: Readable, { encoding, separator }: Layout): AsyncGenerator<FileRow[]> {
  const decoder = iconv.getDecoder(encoding);
  let rest = '';
  let line = 0;
  const take = (texts: readonly string[]): FileRow[] => {
    const rows: FileRow[] = [];
    for (const text of texts) {
      line += 1;
      const raw = text.endsWith('\r') ? text.slice(0, -1) : text;
      if (line > 1 && raw !== '') rows.push([line, splitLine(raw, separator ?? ';'), raw]);
    }
    return rows;
  };
  for await (const piece of content) {
    const texts = (rest + decoder.write(Buffer.from(piece))).split('\n');
    rest = texts.pop() ?? '';
    if (rest.length > MAX_LINE) throw new DomainError('billing.history.line-too-long', { line: line + texts.length + 1 });
    yield take(texts);
  }
  rest += decoder.end() ?? '';
  if (rest !== '') yield take([rest]);
}

const DELETED = 0x2a;
const END = 0x1a;

async function* dbfRows(content: Readable, { encoding, dbf }: Layout): AsyncGenerator<FileRow[]> {
  if (!dbf) return;
  let bytes = Buffer.alloc(0);
  let toSkip = dbf.header;
  let line = 0;
  for await (const piece of content) {
    bytes = Buffer.concat([bytes, Buffer.from(piece)]);
    const skipped = Math.min(toSkip, bytes.length);
    toSkip -= skipped;
    let at = skipped;
    const rows: FileRow[] = [];
    for (; toSkip === 0 && at + dbf.record <= bytes.length && bytes[at] !== END; at += dbf.record) {
      line += 1;
      if (bytes[at] === DELETED) continue;
      const record = bytes.subarray(at, at + dbf.record);
      const values = dbf.columns.map((column) => iconv.decode(record.subarray(column.at, column.at + column.size), encoding).trim());
      rows.push([line, values, values.join(' ')]);
    }
    bytes = bytes.subarray(at);
    yield rows;
  }
}
