import { FileRefused } from './types.ts';

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly raw: string;
}

/** RFC 4180 with any separator, piece by piece; a quoted field may hold separators, doubled quotes and line ends. */
export class CsvSplitter {
  private readonly separator: string;
  private readonly maxChars: number;
  private fields: string[] = [];
  private field = '';
  private raw = '';
  private quoted = false;
  private closing = false;
  private line = 1;
  private startLine = 1;

  constructor(separator: string, maxChars: number) {
    this.separator = separator;
    this.maxChars = maxChars;
  }

  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = [];
    for (const char of text) {
      if (char === '\n') this.line += 1;
      if (this.raw.length > this.maxChars) {
        throw new FileRefused('payments.import.line-too-long', { limit: String(this.maxChars) });
      }
      this.take(char, records);
    }
    return records;
  }

  flush(): CsvRecord[] {
    const records: CsvRecord[] = [];
    if (this.raw !== '' || this.fields.length > 0) this.finish(records);
    return records;
  }

  private take(char: string, records: CsvRecord[]): void {
    if (this.quoted) {
      if (this.closing) {
        this.closing = false;
        if (char === '"') {
          this.field += '"';
          this.raw += char;
          return;
        }
        this.quoted = false; // the quote before this character closed the field
      } else {
        this.raw += char;
        if (char === '"') this.closing = true;
        else this.field += char;
        return;
      }
    }
    if (char === '\n') {
      this.finish(records);
      return;
    }
    this.raw += char;
    if (char === '"' && this.field === '') this.quoted = true;
    else if (char === this.separator) this.endField();
    else if (char !== '\r') this.field += char;
  }

  private endField(): void {
    this.fields.push(this.field);
    this.field = '';
  }

  private finish(records: CsvRecord[]): void {
    this.endField();
    records.push({ line: this.startLine, fields: this.fields, raw: this.raw });
    this.fields = [];
    this.raw = '';
    this.quoted = false;
    this.closing = false;
    this.startLine = this.line;
  }
}
