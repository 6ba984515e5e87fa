import { FileRefused } from './types.ts';

/** Collects the first bytes of a file until there is enough to judge its code page. */
export class HeadBuffer {
  private readonly size: number;
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  constructor(size: number) {
    this.size = size;
  }

  /** The head with everything so far once it is long enough. */
  push(bytes: Uint8Array): Uint8Array | undefined {
    this.parts.push(bytes);
    this.length += bytes.length;
    return this.length >= this.size ? this.flush() : undefined;
  }

  flush(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    this.parts.length = 0;
    this.length = 0;
    return all;
  }
}

/** Lines of a decoded stream, ended by LF or CRLF; a line that never ends is refused instead of collected. */
export class LineSplitter {
  private readonly decode: (bytes: Uint8Array) => string;
  private readonly maxChars: number;
  private rest = '';

  constructor(decode: (bytes: Uint8Array) => string, maxChars: number) {
    this.decode = decode;
    this.maxChars = maxChars;
  }

  push(bytes: Uint8Array): string[] {
    const lines = (this.rest + this.decode(bytes)).split('\n');
    this.rest = lines.pop() ?? '';
    this.check(this.rest);
    return lines.map((line) => this.check(line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  flush(): string[] {
    const last = this.rest.endsWith('\r') ? this.rest.slice(0, -1) : this.rest;
    this.rest = '';
    return last === '' ? [] : [last];
  }

  private check(line: string): string {
    if (line.length <= this.maxChars) return line;
    throw new FileRefused('payments.import.line-too-long', { limit: String(this.maxChars) });
  }
}
