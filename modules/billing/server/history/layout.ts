import { DomainError } from '@komplat/kernel';
import { ACCOUNT_FIELD, type HistoryField } from '@komplat/registry/contract';
import iconv from 'iconv-lite';
import { HISTORY_FIELDS, type HistoryMapping } from '../../contract/history.schema.ts';

export interface DbfColumn {
  readonly name: string;
  readonly at: number;
  readonly size: number;
}
/** How the bytes of a file are cut into values. */
export interface Layout {
  readonly format: 'csv' | 'dbf';
  readonly encoding: string;
  readonly separator: string | null;
  readonly columns: readonly string[];
  readonly dbf: { readonly header: number; readonly record: number; readonly columns: readonly DbfColumn[] } | null;
}

const LETTERS = 'оанивіертсклмупдзяьбгчй';
const PAGES = ['win1251', 'cp1125', 'cp866'] as const;
const LATIN_ONLY = /^[\t\n\r\u0020-\u007e]*$/;

/** UTF-8 when the bytes are that; else the page whose text has most of the frequent letters of Ukrainian. */
export function findEncoding(head: Uint8Array): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf8';
  } catch {
    const scored = PAGES.map((page) => {
      const text = iconv.decode(Buffer.from(head), page);
      let score = 0;
      for (const char of text) score += LETTERS.includes(char) ? 2 : LATIN_ONLY.test(char) ? 0 : /[А-ЯІЇЄҐфхцшщюєїґ№’]/u.test(char) ? 1 : -3;
      return { page, score };
    });
    return scored.reduce((best, each) => (each.score > best.score ? each : best)).page;
  }
}

/** What the head of a file says about its layout. Throws `billing.history.not-a-table` when it is none. */
export function readLayout(name: string, head: Uint8Array): Layout {
  return /\.dbf$/iu.test(name) ? dbfLayout(head) : csvLayout(head);
}

function csvLayout(head: Uint8Array): Layout {
  const encoding = findEncoding(head);
  const text = iconv.decode(Buffer.from(head), encoding);
  const line = text.split('\n', 1)[0]?.trimEnd() ?? '';
  const separator = [';', '\t', ',', '|'].toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ';';
  const columns = splitLine(line, separator) ?? [];
  if (columns.length < 2) throw new DomainError('billing.history.not-a-table', { what: line.slice(0, 80) });
  return { format: 'csv', encoding, separator, columns: columns.map((column) => column.trim()), dbf: null };
}

const DESCRIPTOR = 32;
const DRIVERS: Readonly<Record<number, string>> = { 0x26: 'cp866', 0x65: 'cp866', 0xc9: 'win1251', 0x57: 'win1251' };

function dbfLayout(head: Uint8Array): Layout {
  const bytes = Buffer.from(head);
  const header = bytes.length < DESCRIPTOR ? 0 : bytes.readUInt16LE(8);
  const record = header === 0 ? 0 : bytes.readUInt16LE(10);
  const columns: DbfColumn[] = [];
  let at = 1;
  for (let from = DESCRIPTOR; from + DESCRIPTOR <= header && bytes[from] !== 0x0d; from += DESCRIPTOR) {
    const raw = bytes.subarray(from, from + 11).toString('latin1');
    const size = bytes[from + 16] ?? 0;
    columns.push({ name: raw.split('\0', 1)[0]?.trim() ?? '', at, size });
    at += size;
  }
  if (columns.length === 0 || at !== record || header > bytes.length)
    throw new DomainError('billing.history.not-a-table', { what: 'DBF' });
  const encoding = DRIVERS[bytes[29] ?? 0] ?? findEncoding(bytes.subarray(header));
  return { format: 'dbf', encoding, separator: null, columns: columns.map(({ name }) => name), dbf: { header, record, columns } };
}

/** Fields of one line; null when a quote is not closed in it. */
export function splitLine(line: string, separator: string): string[] | null {
  if (!line.includes('"')) return line.split(separator);
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      fields.push(end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0) return fields;
      at = end + 1;
      continue;
    }
    let end = line.indexOf('"', at + 1);
    while (end >= 0 && line[end + 1] === '"') end = line.indexOf('"', end + 2);
    if (end < 0) return null;
    fields.push(line.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 >= line.length) return fields;
    if (line[end + 1] !== separator) return null;
    at = end + 2;
  }
  return fields;
}

const NAMES: Readonly<Record<(typeof HISTORY_FIELDS)[number], RegExp>> = {
  account: ACCOUNT_FIELD.columns,
  service: /^(service|serv|posluga|послуга|услуга|код послуги)$/iu,
  provider: /^(provider|prov|org|nadavach|надавач|постачальник|организация)$/iu,
  month: /^(month|period|mis(yac)?|місяць|період|месяц)$/iu,
  opening: /^(opening|open|saldo_?(n|1)|vh_?saldo|вхідне сальдо|сальдо на початок|вх\.? сальдо)$/iu,
  charged: /^(charged|charge|narah|нараховано|начислено)$/iu,
  recalculated: /^(recalculated|recalc|pererah|перераховано|перерахунок|перерасчет)$/iu,
  benefit: /^(benefit|pilga|lgota|пільга|льгота)$/iu,
  subsidy: /^(subsidy|subsid|subs|субсидія|субсидия)$/iu,
  paid: /^(paid|oplata|сплачено|оплата|оплачено)$/iu,
  closing: /^(closing|close|saldo_?(k|2)|vyh_?saldo|вихідне сальдо|сальдо на кінець|вих\.? сальдо)$/iu,
};
const OPTIONAL = new Set<string>(['recalculated', 'benefit', 'subsidy']);

type Field = Pick<HistoryField, 'name' | 'optional' | 'columns'>;
/** Fields of a line of balances. */
export const BALANCE_FIELDS: readonly Field[] = HISTORY_FIELDS.map((name) => ({ name, columns: NAMES[name], optional: OPTIONAL.has(name) }));

/** Columns that name themselves; a field that no column names is left out. */
export function guessMapping(columns: readonly string[], fields: readonly Field[]): HistoryMapping {
  return Object.fromEntries(
    fields.flatMap(({ name, columns: names }) => {
      const column = columns.find((text) => names.test(text));
      return column === undefined ? [] : [[name, column]];
    }),
  );
}

/** Place of every field in a row; -1 for an optional one that the file lacks. Throws `billing.history.columns-missing`. */
export function placesOf(mapping: HistoryMapping, columns: readonly string[], fields: readonly Field[]): number[] {
  const places = fields.map(({ name }) => columns.indexOf(mapping[name] ?? ''));
  const missing = fields.filter(({ optional }, index) => places[index] === -1 && optional !== true).map(({ name }) => name);
  if (missing.length > 0) throw new DomainError('billing.history.columns-missing', { columns: missing.join(', '), found: columns.join(', ') });
  return places;
}
