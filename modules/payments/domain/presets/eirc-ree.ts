import { readAmount } from './amount.ts';
import { detectCodePage, pieceDecoder } from './code-page.ts';
import { dayOfDigits } from './days.ts';
import { HeadBuffer, LineSplitter } from './lines.ts';
import type { ParserLimits, PresetItem, RegisterParser, RegisterPreset } from './types.ts';
import { FileRefused, PARSER_LIMITS, rejected } from './types.ts';

const HEADER = '\u000c';
const RECORD = '\u0003';
const FOOTER = '\u000b';
/** Registry types that carry accepted payments: cash, cashless, bank. */
const PAYMENT_TYPES: ReadonlySet<string> = new Set(['7', '8', '12']);
const RECORD_FIELDS = 10;
const CONTAINER_LIMIT = 2_048;

/** Splits at a separator that is not escaped by `\`; escapes stay, `unescape` takes them off. */
export function splitEscaped(text: string, separator: string): string[] {
  if (!text.includes('\\')) return text.split(separator);
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && i + 1 < text.length) {
      part += char + text.charAt(i + 1);
      i += 1;
    } else if (char === separator) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  parts.push(part);
  return parts;
}

const unescape = (text: string): string => text.replaceAll(/\\(.)/gsu, '$1');
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** `last,first,middle` or a whole name in the first slot; an address keeps its commas and loses the empty ends. */
const personName = (text: string): string | null =>
  orNull(
    splitEscaped(text, ',')
      .map(unescape)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join(' '),
  );
const addressText = (text: string): string | null =>
  orNull(
    splitEscaped(text, ',')
      .map(unescape)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join(', '),
  );

interface Header {
  readonly registerId: string;
  readonly rows: number;
  readonly sum: string | undefined;
  readonly sender: string;
  readonly recipient: string;
}

class EircParser implements RegisterParser {
  private readonly limits: ParserLimits;
  private readonly head: HeadBuffer;
  private lines: LineSplitter | undefined;
  private header: Header | undefined;
  private footer = false;
  private line = 0;
  private records = 0;
  private encoding = 'windows-1251';

  constructor(limits: ParserLimits) {
    this.limits = limits;
    this.head = new HeadBuffer(limits.headBytes);
  }

  feed(bytes: Uint8Array): readonly PresetItem[] {
    if (this.lines !== undefined) return this.take(this.lines.push(bytes));
    const head = this.head.push(bytes);
    return head === undefined ? [] : this.begin(head);
  }

  end(): readonly PresetItem[] {
    const items = this.lines === undefined ? [...this.begin(this.head.flush())] : [];
    if (this.lines !== undefined) items.push(...this.take(this.lines.flush()));
    if (this.header === undefined) throw new FileRefused('payments.import.empty');
    if (!this.footer) throw new FileRefused('payments.import.no-footer', { line: String(this.line) });
    items.push({
      kind: 'totals',
      rows: this.header.rows,
      ...(this.header.sum === undefined ? {} : { sum: this.header.sum }),
      encoding: this.encoding,
      formatVersion: 'eirc-ree/1',
      registerId: this.header.registerId,
      sender: this.header.sender,
      recipient: this.header.recipient,
    });
    return items;
  }

  private begin(head: Uint8Array): readonly PresetItem[] {
    if (head.length === 0) throw new FileRefused('payments.import.empty');
    if (head[0] !== HEADER.charCodeAt(0))
      throw new FileRefused('payments.import.not-this-format', { preset: 'eirc-ree' });
    const found = detectCodePage(head, 'windows-1251');
    if (found.page !== 'windows-1251') {
      throw new FileRefused('payments.import.wrong-code-page', { expected: 'windows-1251', found: found.page });
    }
    this.lines = new LineSplitter(pieceDecoder('windows-1251'), this.limits.maxLineChars);
    return this.take(this.lines.push(head));
  }

  private take(lines: readonly string[]): PresetItem[] {
    const items: PresetItem[] = [];
    for (const text of lines) {
      this.line += 1;
      const item = this.takeLine(text);
      if (item !== null) items.push(item);
    }
    return items;
  }

  private takeLine(text: string): PresetItem | null {
    if (text.trim() === '' && text.charAt(0) !== FOOTER && text.charAt(0) !== HEADER) return null;
    const fields = splitEscaped(text, ';');
    if (this.footer) throw new FileRefused('payments.import.after-footer', { line: String(this.line) });
    if (this.header === undefined) {
      this.header = this.readHeader(fields);
      return null;
    }
    if (fields[0] === FOOTER) {
      this.sameRegister(fields[1]);
      this.footer = true;
      return null;
    }
    this.records += 1;
    if (this.records > this.limits.maxRows) {
      throw new FileRefused('payments.import.too-many-rows', { limit: String(this.limits.maxRows) });
    }
    return this.readRecord(fields, text);
  }

  private readHeader(fields: readonly string[]): Header {
    const [mark, registerId = '', type = '', rows = '', , , , sender = '', recipient = '', sum = ''] = fields;
    if (mark !== HEADER || fields.length < 9 || !/^\d{1,9}$/u.test(rows) || registerId === '') {
      throw new FileRefused('payments.import.bad-header', { line: '1' });
    }
    if (!PAYMENT_TYPES.has(type)) throw new FileRefused('payments.import.register-type', { type });
    if (sum !== '' && !/^\d{1,15}(?:\.\d{1,2})?$/u.test(sum))
      throw new FileRefused('payments.import.bad-header', { line: '1' });
    return { registerId, rows: Number.parseInt(rows, 10), sum: sum === '' ? undefined : sum, sender, recipient };
  }

  private sameRegister(registerId: string | undefined): void {
    if (registerId?.trim() === this.header?.registerId) return;
    throw new FileRefused('payments.import.register-id', { line: String(this.line), found: registerId ?? '' });
  }

  private readRecord(fields: readonly string[], raw: string): PresetItem {
    const fail = (code: string, params: Record<string, string> = {}, kop: bigint | null = null): PresetItem =>
      rejected(this.line, raw, code, params, kop);
    if (fields[0] !== RECORD) return fail('payments.row.record-mark');
    if (fields.length !== RECORD_FIELDS && fields.length !== RECORD_FIELDS - 1) {
      return fail('payments.row.columns', { expected: String(RECORD_FIELDS), found: String(fields.length) });
    }
    const [, registerId, service = '', account = '', address = '', name = '', moment = '', operation = '', sum = ''] =
      fields;
    this.sameRegister(registerId);
    const amount = readAmount(sum, 'decimal');
    if (!amount.ok) return fail(amount.code, { value: sum }, amount.kop);
    const paidOn = dayOfDigits(moment);
    if (paidOn === null) return fail('payments.row.date-format', { value: moment }, amount.kop);
    if (account.trim() === '') return fail('payments.row.no-account', {}, amount.kop);
    const containers = splitEscaped(fields[9] ?? '', '|');
    if (containers.some((each) => each.length > CONTAINER_LIMIT)) return fail('payments.row.container', {}, amount.kop);
    const payment = containers.map((each) => splitEscaped(each, ':')).find((each) => /^5[012]$/u.test(each[0] ?? ''));
    if (payment !== undefined && payment[1] !== undefined && payment[1] !== '' && payment[1] !== this.header?.sender) {
      return fail('payments.row.payment-point', { found: payment[1], sender: this.header?.sender ?? '' }, amount.kop);
    }
    return {
      kind: 'row',
      line: this.line,
      raw: raw.slice(1, 2_000),
      values: {
        account: orNull(unescape(account)),
        service: orNull(unescape(service)),
        payerName: personName(name),
        payerAddress: addressText(address),
        amountKop: amount.kop,
        paidOn,
        externalId: orNull(unescape(operation)),
        documentNumber: orNull(unescape(payment?.[2] ?? '')),
        note: null,
      },
    };
  }
}

/** Kharkiv EIRC registry `ree_`: payments taken by a centre, a bank or a provider's desk. */
export const eircRee: RegisterPreset = {
  id: 'eirc-ree',
  title: 'payments.preset.eirc-ree',
  defaultChannel: 'PROV_CASH',
  channels: {},
  recognise: (name, head) => (head[0] === 0x0c && head[1] === 0x3b ? 1 : /ree_/iu.test(name) ? 0.3 : 0),
  parser: (limits) => new EircParser({ ...PARSER_LIMITS, ...limits }),
};
