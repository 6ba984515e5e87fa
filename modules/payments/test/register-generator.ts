import iconv from 'iconv-lite';
import { kopText } from '../domain/presets/amount.ts';
import type { CodePage } from '../domain/presets/code-page.ts';

export const encodeText = (text: string, page: CodePage): Uint8Array => iconv.encode(text, page);

/** A payment before it is written into a file of one of the layouts. */
export interface GeneratedPayment {
  readonly account: string;
  readonly service?: string;
  readonly name: string;
  readonly address?: string;
  readonly kop: bigint;
  /** `2026-11-23` */
  readonly day: string;
  readonly id?: string;
}

export interface EircOptions {
  readonly registerId?: string;
  readonly type?: string;
  readonly sender?: string;
  readonly recipient?: string;
  readonly rows?: number;
  readonly sum?: string | null;
  readonly lineEnd?: string;
  readonly page?: CodePage;
  readonly footer?: boolean;
}

const digits = (day: string): string => `${day.slice(8, 10)}${day.slice(5, 7)}${day.slice(0, 4)}`;
const dots = (day: string): string => `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;
const escapeEirc = (text: string): string => text.replaceAll(/[\\;,|:]/gu, (char) => `\\${char}`);
export const sumOf = (payments: readonly GeneratedPayment[]): bigint =>
  payments.reduce((sum, each) => sum + each.kop, 0n);

export function eircLines(payments: readonly GeneratedPayment[], options: EircOptions = {}): string[] {
  const { registerId = '10331113', type = '7', sender = '3', recipient = '53' } = options;
  const sum = options.sum === undefined ? kopText(sumOf(payments)) : (options.sum ?? '');
  const first = payments[0]?.day ?? '2026-11-01';
  const header =
    `\u000c;${registerId};${type};${options.rows ?? payments.length};${digits(first)}101500;${digits(first)}000000;` +
    `${digits(first)}235959;${sender};${recipient};${sum};501:перевірка|504:1:${digits(first)}`;
  const records = payments.map((each, index) =>
    [
      '\u0003',
      registerId,
      each.service ?? '002',
      each.account,
      escapeAddress(each.address ?? ',ВУЛ,МОСТОВА,1,,7,'),
      `${escapeEirc(each.name)},,`,
      `${digits(each.day)}120000`,
      each.id ?? '',
      kopText(each.kop),
      `50:${sender}:${index + 1}`,
    ].join(';'),
  );
  return [header, ...records, ...(options.footer === false ? [] : [`\u000b;${registerId}`])];
}

const escapeAddress = (address: string): string => address.split(',').map(escapeEirc).join(',');

export function eircFile(payments: readonly GeneratedPayment[], options: EircOptions = {}): Uint8Array {
  const end = options.lineEnd ?? '\n';
  return encodeText(
    eircLines(payments, options)
      .map((line) => line + end)
      .join(''),
    options.page ?? 'windows-1251',
  );
}

const IBANK_HEADER = [
  'ЄДРПОУ',
  'МФО',
  'Рахунок',
  'Валюта',
  'Дата операції',
  'Код операції',
  'МФО банку',
  'Назва банку',
  'Рахунок кореспондента',
  'ЄДРПОУ кореспондента',
  'Кореспондент',
  'Документ',
  'Дата документу',
  'Дебет',
  'Кредит',
  'Призначення платежу',
  'Гривневе покриття',
];

export interface IbankOptions {
  readonly ids?: boolean;
  readonly latinI?: boolean;
  readonly quoteAll?: boolean;
  readonly trailingSeparator?: boolean;
  readonly page?: CodePage;
  readonly lineEnd?: string;
}

export function ibankFile(payments: readonly GeneratedPayment[], options: IbankOptions = {}): Uint8Array {
  const cell = (text: string): string =>
    options.quoteAll === true || /[";\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const header = [...IBANK_HEADER, ...(options.ids === true ? ['Ідентифікатор операції'] : [])].map((text) =>
    options.latinI === true ? text.replaceAll('і', 'i') : text,
  );
  const rows = payments.map((each, index) => [
    '71200000',
    '305299',
    'UA443204780000260090071120452',
    'UAH',
    `${dots(each.day)} 10:00:00`,
    '',
    '300335',
    'АТ "Райффайзен Банк"',
    'UA623003350000026009850123658',
    '12345678',
    each.name,
    String(index + 1),
    dots(each.day),
    '',
    kopText(each.kop),
    `за комунальні послуги, о/р ${each.account}`,
    '0.00',
    ...(options.ids === true ? [each.id ?? String(15580 + index)] : []),
  ]);
  const tail = options.trailingSeparator === true ? ';' : '';
  const text = [header, ...rows]
    .map((fields, index) => fields.map(cell).join(';') + (index > 0 ? tail : ''))
    .join(options.lineEnd ?? '\r\n');
  return encodeText(`${text}${options.lineEnd ?? '\r\n'}`, options.page ?? 'windows-1251');
}

interface DbfColumn {
  readonly name: string;
  readonly type: 'C' | 'N' | 'D';
  readonly length: number;
  readonly value: (payment: GeneratedPayment) => string;
}

export interface DbfOptions {
  readonly terminal?: boolean;
  readonly page?: CodePage;
  readonly records?: number;
  readonly languageByte?: number;
  readonly sumText?: (payment: GeneratedPayment) => string;
  readonly numericAccount?: boolean;
}

function columns(options: DbfOptions): readonly DbfColumn[] {
  const t = options.terminal === true;
  return [
    {
      name: t ? 'ABCOUNTT' : 'ABCOUNT',
      type: options.numericAccount === true ? 'N' : 'C',
      length: 12,
      value: (each) => (options.numericAccount === true ? each.account.replace(/^0+/u, '').padStart(12) : each.account),
    },
    { name: t ? 'ADDRT' : 'ADDR', type: 'C', length: 60, value: (each) => each.address ?? 'вул. Мостова, 1' },
    { name: t ? 'FIOTDT' : 'FIO', type: 'C', length: 40, value: (each) => each.name },
    {
      name: t ? 'SUMMT' : 'SUMM',
      type: 'N',
      length: 14,
      value: (each) => (options.sumText?.(each) ?? String(each.kop)).padStart(14),
    },
    { name: 'NAME_PLAT', type: 'C', length: 30, value: () => 'комунальний платіж' },
    { name: t ? 'PTIMETT' : 'PTIME', type: 'C', length: 8, value: () => '12:30:00' },
    { name: t ? 'PDATETT' : 'PDATE', type: 'D', length: 8, value: (each) => each.day.replaceAll('-', '') },
  ];
}

export function dbfFile(payments: readonly GeneratedPayment[], options: DbfOptions = {}): Uint8Array {
  const page = options.page ?? 'cp1125';
  const fields = columns(options);
  const headerSize = 32 + fields.length * 32 + 1;
  const recordSize = 1 + fields.reduce((size, field) => size + field.length, 0);
  const bytes = new Uint8Array(headerSize + recordSize * payments.length + 1);
  const view = new DataView(bytes.buffer);
  bytes.set([0x03, 126, 11, 23], 0);
  view.setUint32(4, options.records ?? payments.length, true);
  view.setUint16(8, headerSize, true);
  view.setUint16(10, recordSize, true);
  bytes[29] = options.languageByte ?? 0;
  fields.forEach((field, index) => {
    const at = 32 + index * 32;
    bytes.set(encodeText(field.name, 'cp866'), at);
    bytes[at + 11] = field.type.charCodeAt(0);
    bytes[at + 16] = field.length;
  });
  bytes[headerSize - 1] = 0x0d;
  payments.forEach((payment, index) => {
    let at = headerSize + index * recordSize;
    bytes[at] = 0x20;
    at += 1;
    for (const field of fields) {
      bytes.set(encodeText(field.value(payment).padEnd(field.length).slice(0, field.length), page), at);
      at += field.length;
    }
  });
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}
