import type { FileRow } from './rows.ts';

/** Numbers and codes of a file -> ids of the book. */
export interface Names {
  readonly accounts: ReadonlyMap<string, number>;
  readonly services: ReadonlyMap<string, number>;
  readonly providers: ReadonlyMap<string, number>;
}
export interface WrongLine {
  readonly line: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly raw: string | null;
}

const MONTH = /^(?:(\d{4})[-./]?(\d{2})(?:[-./]?01)?|(?:01[-./])?(\d{2})[-./](\d{4}))$/;
const AMOUNT = /^([+-]?)(\d{1,13})(?:[.,](\d{1,2})0*)?$/;
const SUMS = ['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'closing'] as const;
const FIRST_SUM = 4;
const RAW = 300;

/** Kopecks as text of a whole number, or null when the text is no amount of hryvnias. Blank is zero. */
export function kopecks(text: string): string | null {
  if (text === '') return '0';
  const match = AMOUNT.exec(text);
  if (match === null) return null;
  const cents = match[3] ?? '';
  return `${match[1] === '-' ? '-' : ''}${match[2] ?? ''}${cents.length === 2 ? cents : cents.length === 1 ? `${cents}0` : '00'}`;
}

/** First day and running number of a month written `2019-05`, `05.2019`, `201905`, `2019-05-01` or `20190501`. */
export function monthOf(text: string): { readonly day: string; readonly number: number } | null {
  const match = MONTH.exec(text);
  const year = Number(match?.[1] ?? match?.[4] ?? 0);
  const month = Number(match?.[2] ?? match?.[3] ?? 0);
  if (year < 1997 || year > 2100 || month < 1 || month > 12) return null;
  return { day: `${year}-${String(month).padStart(2, '0')}-01`, number: year * 12 + month - 1 };
}

/** Turns rows into lines of COPY, whatever cannot be one into a named error. */
export class LineReader {
  readonly wrong: WrongLine[] = [];
  wrongCount = 0;
  rows = 0;
  lastLine = 0;
  private readonly months = new Map<string, string | null>();

  constructor(
    private readonly names: Names,
    private readonly places: readonly number[],
    private readonly keep: number,
  ) {}

  /** Text of COPY for a group of rows. */
  take(rows: readonly FileRow[]): string {
    let text = '';
    for (const row of rows) text += this.line(row);
    return text;
  }

  private line(row: FileRow): string {
    const [line, values] = row;
    this.lastLine = line;
    if (values === null) return this.refuse(row, 'row-quotes');
    const [account = -1, service = -1, provider = -1, month = -1] = this.places;
    const accountText = values[account]?.trim() ?? '';
    const accountId = this.names.accounts.get(accountText.replaceAll(' ', ''));
    if (accountId === undefined) return this.refuse(row, 'row-account', accountText);
    if (accountId < 0) return this.refuse(row, 'row-account-ambiguous', accountText);
    const serviceId = this.names.services.get(values[service]?.trim() ?? '');
    if (serviceId === undefined) return this.refuse(row, 'row-service', values[service]);
    const providerId = this.names.providers.get(values[provider]?.trim() ?? '');
    if (providerId === undefined) return this.refuse(row, 'row-provider', values[provider]);
    const period = this.period(values[month]?.trim() ?? '');
    if (period === null) return this.refuse(row, 'row-month', values[month]);
    let cells = `${line}\t${accountId}\t${serviceId}\t${providerId}\t${period}`;
    for (let index = 0; index < SUMS.length; index += 1) {
      const place = this.places[FIRST_SUM + index] ?? -1;
      const text = place < 0 ? '' : (values[place] ?? '').trim();
      const kop = kopecks(text);
      if (kop === null) return this.refuse(row, 'row-amount', `${SUMS[index] ?? ''} ${text}`);
      cells += `\t${kop}`;
    }
    this.rows += 1;
    return `${cells}\n`;
  }

  private period(text: string): string | null {
    let known = this.months.get(text);
    if (known === undefined) {
      const month = monthOf(text);
      known = month && `${month.number}\t${month.day}`;
      if (this.months.size < 10_000) this.months.set(text, known);
    }
    return known;
  }

  private refuse(row: FileRow, code: string, value = ''): string {
    this.wrongCount += 1;
    if (this.wrong.length < this.keep) this.wrong.push(refusedRow(row, code, value));
    return '';
  }
}

/** A row that was refused, with its text unless that is personal. */
export const refusedRow = ([line, , raw]: FileRow, code: string, value: string, isPersonal = false): WrongLine => ({
  line, code, params: { value: value.trim() }, raw: isPersonal ? null : clean(raw),
});

const clean = (raw: string): string => [...raw.slice(0, RAW)].map((char) => (char < ' ' ? ' ' : char)).join('');
