import { isDay } from '@komplat/kernel';
import type { HistoryField } from '@komplat/registry/contract';
import { kopecks, monthOf, type Names, refusedRow, type WrongLine } from './line-reader.ts';
import type { FileRow } from './rows.ts';

const DAY = /^(?:(\d{4})[-./]?(\d{2})[-./]?(\d{2})|(\d{2})[-./](\d{2})[-./](\d{4}))$/;
const DECIMAL = /^-?\d{1,12}(?:[.,]\d{1,3}0*)?$/;
const NULL = '\\N';

/** A day written `2019-05-31`, `31.05.2019` or `20190531`. */
function dayOf(text: string): string | null {
  const match = DAY.exec(text);
  const day = match && `${match[1] ?? match[6]}-${match[2] ?? match[5]}-${match[3] ?? match[4]}`;
  return day !== null && isDay(day) ? day : null;
}
const copyText = (text: string): string => text.replaceAll(/[\\\t\n\r]/g, (sign) => (sign === '\\' ? '\\\\' : ' '));

/** Turns rows of facts into lines of COPY for `history_fact`, whatever cannot be one into a named error. */
export class FactReader {
  readonly wrong: WrongLine[] = [];
  wrongCount = 0;
  rows = 0;
  lastLine = 0;

  constructor(
    private readonly names: Names,
    private readonly fields: readonly HistoryField[],
    private readonly places: readonly number[],
    private readonly options: { readonly keep: number; readonly personal: boolean },
  ) {}

  take(rows: readonly FileRow[]): string {
    let text = '';
    for (const row of rows) text += this.line(row);
    return text;
  }

  private line(row: FileRow): string {
    const [line, values, raw] = row;
    this.lastLine = line;
    if (values === null) return this.refuse(row, 'row-quotes', '');
    let cells = `${line}\t${this.options.personal ? NULL : copyText(raw)}`;
    for (const [index, field] of this.fields.entries()) {
      const text = (values[this.places[index] ?? -1] ?? '').trim();
      if (text === '' && field.optional === true) {
        cells += `\t${NULL}`;
        continue;
      }
      const value = this.value(field, text);
      if (typeof value !== 'string') return this.refuse(row, value.code, text === '' ? field.name : text);
      cells += `\t${value}`;
    }
    this.rows += 1;
    return `${cells}\n`;
  }

  private value({ type }: HistoryField, text: string): string | { readonly code: string } {
    if (text === '') return { code: 'row-blank' };
    switch (type) {
      case 'account': {
        const id = this.names.accounts.get(text.replaceAll(' ', ''));
        return id === undefined ? { code: 'row-account' } : id < 0 ? { code: 'row-account-ambiguous' } : String(id);
      }
      case 'service':
        return this.names.services.get(text)?.toString() ?? { code: 'row-service' };
      case 'money':
        return kopecks(text) ?? { code: 'row-amount' };
      case 'month':
        return monthOf(text)?.day ?? { code: 'row-month' };
      case 'day':
        return dayOf(text) ?? { code: 'row-day' };
      case 'decimal':
        return DECIMAL.test(text) ? text.replace(',', '.') : { code: 'row-number' };
      case 'text':
        return copyText(text);
    }
  }

  private refuse(row: FileRow, code: string, value: string): string {
    this.wrongCount += 1;
    if (this.wrong.length < this.options.keep) this.wrong.push(refusedRow(row, code, value, this.options.personal));
    return '';
  }
}
