/** One accepted payment as a file states it. Dates are `2026-11-23`, money is kopecks. */
export type RegisterRow = {
  readonly account: string | null;
  readonly service: string | null;
  readonly payerName: string | null;
  readonly payerAddress: string | null;
  readonly amountKop: bigint;
  readonly paidOn: string;
  readonly externalId: string | null;
  readonly documentNumber: string | null;
  readonly note: string | null;
};

export type RowItem = {
  readonly kind: 'row';
  readonly line: number;
  readonly raw: string;
  readonly values: RegisterRow;
};

/** A line that cannot be a payment. `skipped` = rightly not a payment (a debit, a deleted record), nobody's mistake. */
export type RejectedItem = {
  readonly kind: 'rejected';
  readonly line: number;
  readonly raw: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly skipped: boolean;
  /** Known when only another field of the line is wrong: it still counts in the control total. */
  readonly amountKop: bigint | null;
};

/** What the file says about itself; comes last. */
export type TotalsItem = {
  readonly kind: 'totals';
  readonly rows?: number;
  readonly sum?: string;
  readonly encoding: string;
  readonly formatVersion: string;
  readonly registerId?: string;
  readonly sender?: string;
  readonly recipient?: string;
  /** Variant of the layout that decides the default channel. */
  readonly variant?: string;
};

export type PresetItem = RowItem | RejectedItem | TotalsItem;

/** Reads a file piece by piece; keeps no more than one record and one head in memory. */
export interface RegisterParser {
  feed(bytes: Uint8Array): readonly PresetItem[];
  end(): readonly PresetItem[];
}

export interface RegisterPreset {
  readonly id: string;
  readonly title: string;
  readonly defaultChannel: string;
  /** Channel by variant of the layout, where a layout serves several channels. */
  readonly channels: Readonly<Record<string, string>>;
  /** 0 = not mine, 1 = certainly mine. */
  recognise(name: string, head: Uint8Array): number;
  parser(limits?: Partial<ParserLimits>): RegisterParser;
}

export interface ParserLimits {
  readonly maxRows: number;
  readonly maxLineChars: number;
  readonly headBytes: number;
}

export const PARSER_LIMITS: ParserLimits = { maxRows: 5_000_000, maxLineChars: 16_384, headBytes: 65_536 };

/** The file as a whole is refused: nothing of it is staged. `code` is a key of the messages. */
export class FileRefused extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: string, params: Readonly<Record<string, string>> = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = 'FileRefused';
    this.code = code;
    this.params = params;
  }
}

const RAW_LIMIT = 2_000;

/** A line as it is kept for people: without control characters, cut. */
export function rawText(line: string): string {
  const clean = line.replaceAll(/[\u0000-\u0008\u000b-\u001f]/g, ' ').trim();
  return clean.length > RAW_LIMIT ? `${clean.slice(0, RAW_LIMIT)}…` : clean;
}

export function rejected(
  line: number,
  raw: string,
  code: string,
  params: Readonly<Record<string, string>> = {},
  amountKop: bigint | null = null,
): RejectedItem {
  return { kind: 'rejected', line, raw: rawText(raw), code, params, skipped: false, amountKop };
}

export function skipped(
  line: number,
  raw: string,
  code: string,
  params: Readonly<Record<string, string>> = {},
): RejectedItem {
  return { kind: 'rejected', line, raw: rawText(raw), code, params, skipped: true, amountKop: null };
}
