import { readAmount } from './amount.ts';
import type { CodePage } from './code-page.ts';
import { detectCodePage, pieceDecoder } from './code-page.ts';
import { dayOfDbf, dayOfDots } from './days.ts';
import type { DbfField, DbfHeader } from './dbf-table.ts';
import { readDbfHeader } from './dbf-table.ts';
import type { ParserLimits, PresetItem, RegisterParser, RegisterPreset } from './types.ts';
import { FileRefused, PARSER_LIMITS, rawText, rejected, skipped } from './types.ts';

/** Field names of the two layouts: cash desks and terminals. Widths come from the file's own header. */
const LAYOUTS = {
  desk: { account: 'ABCOUNT', address: 'ADDR', name: 'FIO', sum: 'SUMM', note: 'NAME_PLAT', day: 'PDATE' },
  terminal: { account: 'ABCOUNTT', address: 'ADDRT', name: 'FIOTDT', sum: 'SUMMT', note: 'NAME_PLAT', day: 'PDATETT' },
} as const;
type Variant = keyof typeof LAYOUTS;
const VARIANTS: readonly Variant[] = ['desk', 'terminal'];
const DELETED = 0x2a;
const END_OF_FILE = 0x1a;
const ACCOUNT_DIGITS = 10;

type FieldMap = Readonly<Record<keyof (typeof LAYOUTS)['desk'], DbfField | undefined>>;

class OschadbankParser implements RegisterParser {
  private readonly limits: ParserLimits;
  private pending: Uint8Array = new Uint8Array(0);
  private header: DbfHeader | undefined;
  private page: CodePage | undefined;
  private decode: (bytes: Uint8Array) => string = () => '';
  private variant: Variant = 'desk';
  private fields: FieldMap | undefined;
  private records = 0;
  private finished = false;

  constructor(limits: ParserLimits) {
    this.limits = limits;
  }

  feed(bytes: Uint8Array): readonly PresetItem[] {
    this.pending = join(this.pending, bytes);
    if (this.header === undefined && !this.begin()) return [];
    if (this.page === undefined && this.pending.length < this.limits.headBytes) return [];
    return this.drain();
  }

  end(): readonly PresetItem[] {
    if (this.header === undefined && this.pending.length === 0) throw new FileRefused('payments.import.empty');
    if (this.header === undefined && !this.begin())
      throw new FileRefused('payments.import.bad-dbf', { detail: 'cut header' });
    const items = this.drain();
    if (!this.finished && this.pending.length > 0 && this.pending[0] !== END_OF_FILE) {
      throw new FileRefused('payments.import.cut-record', { line: String(this.records + 1) });
    }
    items.push({
      kind: 'totals',
      rows: this.header?.records ?? 0,
      encoding: this.page ?? 'cp866',
      formatVersion: `oschadbank-dbf/${this.variant}`,
      variant: this.variant,
    });
    return items;
  }

  private begin(): boolean {
    const header = readDbfHeader(this.pending);
    if (header === undefined) return false;
    const byName = new Map(header.fields.map((field) => [field.name, field]));
    const variant = VARIANTS.find((each) => byName.has(LAYOUTS[each].account) && byName.has(LAYOUTS[each].sum));
    if (variant === undefined) throw new FileRefused('payments.import.columns-missing', { columns: 'ABCOUNT, SUMM' });
    const layout = LAYOUTS[variant];
    if (!byName.has(layout.day)) throw new FileRefused('payments.import.columns-missing', { columns: layout.day });
    if (header.records > this.limits.maxRows) {
      throw new FileRefused('payments.import.too-many-rows', { limit: String(this.limits.maxRows) });
    }
    const field = (name: string): DbfField | undefined => byName.get(name);
    this.header = header;
    this.variant = variant;
    this.fields = {
      account: field(layout.account),
      address: field(layout.address),
      name: field(layout.name),
      sum: field(layout.sum),
      note: field(layout.note),
      day: field(layout.day),
    };
    this.pending = this.pending.subarray(header.headerSize);
    return true;
  }

  private drain(): PresetItem[] {
    const { header, fields } = this;
    if (header === undefined || fields === undefined) return [];
    if (this.page === undefined) {
      this.page = this.judgePage();
      this.decode = pieceDecoder(this.page);
    }
    const items: PresetItem[] = [];
    let at = 0;
    while (!this.finished && this.pending.length - at >= header.recordSize) {
      if (this.pending[at] === END_OF_FILE) break;
      this.records += 1;
      if (this.records > this.limits.maxRows) {
        throw new FileRefused('payments.import.too-many-rows', { limit: String(this.limits.maxRows) });
      }
      items.push(this.readRecord(this.decode(this.pending.subarray(at, at + header.recordSize)), fields));
      at += header.recordSize;
    }
    if (this.pending[at] === END_OF_FILE) this.finished = true;
    this.pending = this.finished ? new Uint8Array(0) : this.pending.slice(at);
    return items;
  }

  /** The language byte is only a hint; the letters decide. */
  private judgePage(): CodePage {
    const found = detectCodePage(this.pending.subarray(0, this.limits.headBytes), 'cp866').page;
    if (found === 'cp866' || found === 'cp1125') return found;
    throw new FileRefused('payments.import.wrong-code-page', { expected: 'cp866', found });
  }

  /** One byte is one letter on these pages, so a field stands in the text where it stands in the bytes. */
  private readRecord(record: string, fields: FieldMap): PresetItem {
    const text = (field: DbfField | undefined): string =>
      field === undefined
        ? ''
        : record
            .slice(field.offset, field.offset + field.length)
            .replaceAll('\u0000', ' ')
            .trim();
    const raw = rawText(
      Object.values(fields)
        .flatMap((field) => (field === undefined ? [] : [`${field.name}=${text(field)}`]))
        .join('; '),
    );
    const line = this.records;
    if (record.charCodeAt(0) === DELETED) return skipped(line, raw, 'payments.row.deleted');
    const amount = readAmount(text(fields.sum), 'kopecks');
    if (!amount.ok) return rejected(line, raw, amount.code, { value: text(fields.sum) }, amount.kop);
    const day = text(fields.day);
    const paidOn = dayOfDbf(day) ?? dayOfDots(day);
    if (paidOn === null) return rejected(line, raw, 'payments.row.date-format', { value: day }, amount.kop);
    const account = text(fields.account);
    if (account === '') return rejected(line, raw, 'payments.row.no-account', {}, amount.kop);
    const orNull = (value: string): string | null => (value === '' ? null : value);
    return {
      kind: 'row',
      line,
      raw,
      values: {
        // a numeric field has lost the leading zeros of the number
        account: fields.account?.type === 'N' ? account.padStart(ACCOUNT_DIGITS, '0') : account,
        service: null,
        payerName: orNull(text(fields.name)),
        payerAddress: orNull(text(fields.address)),
        amountKop: amount.kop,
        paidOn,
        externalId: null,
        documentNumber: null,
        note: orNull(text(fields.note)),
      },
    };
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first, 0);
  all.set(second, first.length);
  return all;
}

/** Payments taken at the desks and terminals of Oschadbank: DBF, cp866, sums in kopecks. */
export const oschadbankDbf: RegisterPreset = {
  id: 'oschadbank-dbf',
  title: 'payments.preset.oschadbank-dbf',
  defaultChannel: 'OSCH_DESK',
  channels: { desk: 'OSCH_DESK', terminal: 'OSCH_TERM' },
  recognise: (name, head) => {
    try {
      const names = new Set(readDbfHeader(head)?.fields.map((field) => field.name) ?? []);
      return names.has('ABCOUNT') || names.has('ABCOUNTT') ? 1 : 0;
    } catch {
      return /\.dbf$/iu.test(name) ? 0.05 : 0;
    }
  },
  parser: (limits) => new OschadbankParser({ ...PARSER_LIMITS, ...limits }),
};
