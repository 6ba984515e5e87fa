import { isAccountNumber } from '@komplat/kernel';
import { readAmount } from './amount.ts';
import { decodeBytes, detectCodePage, pieceDecoder } from './code-page.ts';
import type { CsvRecord } from './csv.ts';
import { CsvSplitter } from './csv.ts';
import { dayOfDots } from './days.ts';
import { normaliseHeader } from './homoglyphs.ts';
import { HeadBuffer } from './lines.ts';
import type { ParserLimits, PresetItem, RegisterParser, RegisterPreset } from './types.ts';
import { FileRefused, PARSER_LIMITS, rawText, rejected, skipped } from './types.ts';

/** Columns by normalised header; the first name that a file has wins. */
const COLUMNS = {
  ownAccount: ['Рахунок'],
  currency: ['Валюта'],
  moment: ['Дата операції'],
  payerAccount: ['Рахунок кореспондента'],
  payer: ['Кореспондент'],
  document: ['Документ', 'Номер документа'],
  debit: ['Дебет'],
  credit: ['Кредит'],
  purpose: ['Призначення платежу'],
  id: ['Ідентифікатор операції'],
} as const;
type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ['moment', 'debit', 'credit', 'purpose'];
const NORMALISED = new Map(
  Object.entries(COLUMNS).map(([column, names]) => [column, names.map((name) => normaliseHeader(name))]),
);

type ColumnMap = Readonly<Partial<Record<string, number>>>;

/** Finds the columns; null when the line is no header of this layout. */
export function mapColumns(fields: readonly string[]): {
  readonly columns: ColumnMap;
  readonly missing: readonly string[];
} {
  const headers = fields.map((field) => normaliseHeader(field));
  const columns: Partial<Record<string, number>> = {};
  for (const [column, names] of NORMALISED) {
    const at = headers.findIndex((header) => names.includes(header));
    if (at >= 0) columns[column] = at;
  }
  const missing = REQUIRED.filter((column) => columns[column] === undefined).map((column) => COLUMNS[column][0]);
  return { columns, missing };
}

const CANDIDATE = /(?<![\p{L}\d])\d{4}[ -]?\d{4}[ -]?\d{2}(?!\d)/gu;

/** The subscriber's number in a payment's purpose: ten digits with a right check digit, and only one such. */
export function accountInPurpose(purpose: string): string | null {
  const found = new Set<string>();
  for (const [text] of purpose.matchAll(CANDIDATE)) {
    const digits = text.replaceAll(/[ -]/gu, '');
    if (isAccountNumber(digits)) found.add(digits);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

class IbankParser implements RegisterParser {
  private readonly limits: ParserLimits;
  private readonly head: HeadBuffer;
  private readonly csv: CsvSplitter;
  private decode: ((bytes: Uint8Array) => string) | undefined;
  private columns: ColumnMap | undefined;
  private width = 0;
  private rows = 0;
  private encoding = '';

  constructor(limits: ParserLimits) {
    this.limits = limits;
    this.head = new HeadBuffer(limits.headBytes);
    this.csv = new CsvSplitter(';', limits.maxLineChars);
  }

  feed(bytes: Uint8Array): readonly PresetItem[] {
    if (this.decode !== undefined) return this.take(this.csv.push(this.decode(bytes)));
    const head = this.head.push(bytes);
    return head === undefined ? [] : this.begin(head);
  }

  end(): readonly PresetItem[] {
    const items = this.decode === undefined ? this.begin(this.head.flush()) : [];
    // without a line end nobody knows whether the last field is whole: an id cut short would post twice
    for (const record of this.csv.flush()) items.push(rejected(record.line, record.raw, 'payments.row.unterminated'));
    if (this.columns === undefined) throw new FileRefused('payments.import.empty');
    const version = this.columns.id === undefined ? 'ibank2ua/17' : 'ibank2ua/18-operation-id';
    items.push({ kind: 'totals', encoding: this.encoding, formatVersion: version });
    return items;
  }

  private begin(head: Uint8Array): PresetItem[] {
    if (head.length === 0) throw new FileRefused('payments.import.empty');
    const found = detectCodePage(head, 'windows-1251');
    if (found.page !== 'windows-1251' && found.page !== 'utf-8') {
      throw new FileRefused('payments.import.wrong-code-page', { expected: 'windows-1251', found: found.page });
    }
    this.encoding = found.page;
    this.decode = pieceDecoder(found.page);
    return this.take(this.csv.push(this.decode(head)));
  }

  private take(records: readonly CsvRecord[]): PresetItem[] {
    const items: PresetItem[] = [];
    for (const record of records) {
      if (record.fields.every((field) => field.trim() === '')) continue;
      if (this.columns === undefined) this.readHeader(record);
      else items.push(this.readRecord(record, this.columns));
    }
    return items;
  }

  private readHeader(record: CsvRecord): void {
    const { columns, missing } = mapColumns(record.fields);
    if (missing.length > 0) throw new FileRefused('payments.import.columns-missing', { columns: missing.join(', ') });
    this.columns = columns;
    this.width = record.fields.at(-1)?.trim() === '' ? record.fields.length - 1 : record.fields.length;
  }

  private readRecord(record: CsvRecord, columns: ColumnMap): PresetItem {
    this.rows += 1;
    if (this.rows > this.limits.maxRows) {
      throw new FileRefused('payments.import.too-many-rows', { limit: String(this.limits.maxRows) });
    }
    const { line, raw } = record;
    const fields =
      record.fields.length === this.width + 1 && record.fields.at(-1)?.trim() === ''
        ? record.fields.slice(0, -1)
        : record.fields;
    if (fields.length !== this.width) {
      return rejected(line, raw, 'payments.row.columns', {
        expected: String(this.width),
        found: String(fields.length),
      });
    }
    const get = (column: Column): string => {
      const at = columns[column];
      return at === undefined ? '' : (fields[at] ?? '').trim();
    };
    const debit = filled(get('debit'));
    const credit = filled(get('credit'));
    if (debit && credit) return rejected(line, raw, 'payments.row.both-sides');
    if (!debit && !credit) return skipped(line, raw, 'payments.row.no-sum');
    if (debit) return skipped(line, raw, 'payments.row.debit');
    return this.readCredit(line, raw, get);
  }

  private readCredit(line: number, raw: string, get: (column: Column) => string): PresetItem {
    const amount = readAmount(get('credit'), 'decimal');
    if (!amount.ok) return rejected(line, raw, amount.code, { value: get('credit') }, amount.kop);
    const currency = get('currency');
    if (currency !== '' && currency !== 'UAH' && currency !== '980') {
      return rejected(line, raw, 'payments.row.currency', { value: currency }, amount.kop);
    }
    const paidOn = dayOfDots(get('moment'));
    if (paidOn === null) return rejected(line, raw, 'payments.row.date-format', { value: get('moment') }, amount.kop);
    const id = get('id');
    const own = get('ownAccount');
    return {
      kind: 'row',
      line,
      raw: rawText(raw),
      values: {
        account: accountInPurpose(get('purpose')),
        service: null,
        payerName: get('payer') === '' ? null : get('payer'),
        payerAddress: null,
        amountKop: amount.kop,
        paidOn,
        externalId: id === '' ? null : own === '' ? id : `${own}/${id}`,
        documentNumber: get('document') === '' ? null : get('document'),
        note: get('purpose') === '' ? null : get('purpose'),
      },
    };
  }
}

function filled(sum: string): boolean {
  return sum !== '' && !/^[+-]?0+(?:[.,]0*)?$/u.test(sum);
}

/** Statement of a bank that uses iBank 2 UA: credits are payments, debits are no business of the import. */
export const ibank2uaCsv: RegisterPreset = {
  id: 'ibank2ua-csv',
  title: 'payments.preset.ibank2ua-csv',
  defaultChannel: 'BANK_IBAN',
  channels: {},
  recognise: (name, head) => {
    const page = detectCodePage(head, 'windows-1251').page;
    const first = decodeBytes(head, page).split('\n')[0] ?? '';
    const { missing } = mapColumns(first.replaceAll('"', '').split(';'));
    return missing.length === 0 ? 1 : /\.csv$/iu.test(name) ? 0.1 : 0;
  },
  parser: (limits) => new IbankParser({ ...PARSER_LIMITS, ...limits }),
};
