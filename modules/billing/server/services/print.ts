import { htmlText, PDF_DEFAULTS, PdfPool, type PrintJob } from '@komplat/documents';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** One warm page of Chromium for the papers of billing; it starts with the first of them. */
@Injectable()
export class BillingPrinter implements OnApplicationShutdown {
  private pool: PdfPool | undefined;

  print(job: Omit<PrintJob, 'tagged'>): Promise<Uint8Array> {
    this.pool ??= new PdfPool({ ...PDF_DEFAULTS, executablePath: process.env.CHROMIUM_BIN, concurrency: 1 });
    return this.pool.print({ ...job, tagged: true });
  }
  async onApplicationShutdown(): Promise<void> {
    await this.pool?.close();
  }
}

const NBSP = '\u00a0';

/** `1234.50` as a document writes it: `1 234,50`. */
export function moneyWords(value: string): string {
  const [whole = '0', fraction = '00'] = value.replace('-', '').split('.');
  return `${value.startsWith('-') ? '−' : ''}${whole.replaceAll(/\B(?=(\d{3})+$)/g, NBSP)},${fraction}`;
}
/** `2026-11-23` as `23.11.2026`, `2026-11` as `11.2026`. */
export const dayWords = (day: string): string => day.split('-').toReversed().join('.');
/** `0421057316` as `0421 0573 16`. */
export const accountWords = (number: string): string => number.replace(/^(\d{4})(\d{4})(\d{2})$/, `$1${NBSP}$2${NBSP}$3`);

export interface PaperColumn<R> {
  readonly title: string;
  readonly right?: boolean;
  readonly value: (row: R) => string;
}

/** A table of a paper: head repeated on every page, one row of totals in the end. */
export function paperTable<R>(columns: readonly PaperColumn<R>[], rows: readonly R[], totals?: readonly string[]): string {
  const side = ({ right }: PaperColumn<R>): string => (right ? ' class="r"' : '');
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell, at) => `<${tag}${columns[at] ? side(columns[at]) : ''}>${htmlText(cell)}</${tag}>`).join('')}</tr>`;
  const head = `<tr>${columns.map((column) => `<th scope="col"${side(column)}>${htmlText(column.title)}</th>`).join('')}</tr>`;
  const body = rows.map((row) => line('td', columns.map((column) => column.value(row)))).join('');
  return `<table><thead>${head}</thead><tbody>${body}</tbody>${totals ? `<tfoot>${line('td', totals)}</tfoot>` : ''}</table>`;
}

/** Looks of papers on A4: black on white, at least 7.5 pt, no row is cut by the end of a page. */
export const PAPER_CSS = `
*{box-sizing:border-box;margin:0;padding:0}
html,body{background:#fff;color:#15212b;font:400 11.4px/15px Inter,sans-serif;font-variant-numeric:tabular-nums}
h1{font:620 18px/22px Inter,sans-serif;letter-spacing:-.015em;margin-bottom:6px}
h2{font:600 12.5px/17px Inter,sans-serif;margin:14px 0 4px}
p{margin-bottom:4px}
dl{display:grid;grid-template-columns:130px 1fr;gap:2px 12px;margin:8px 0 12px}
dt{color:#465361}
table{width:100%;border-collapse:collapse}
thead{display:table-header-group}
tr{break-inside:avoid}
th{font-weight:500;font-size:10.2px;color:#465361;text-align:left;padding:4px 3px;border-bottom:1px solid #15212b;vertical-align:bottom}
td{padding:2.5px 3px;border-bottom:1px solid #d5dbe0;font-size:10.4px}
th.r,td.r{text-align:right;white-space:nowrap}
tfoot{display:table-row-group}
tfoot td{border-top:1px solid #15212b;font-weight:600}
.sign{display:flex;justify-content:space-between;gap:30px;margin-top:34px}
.sign span{border-top:1px solid #15212b;padding-top:3px;min-width:220px;color:#465361}
.code{margin-top:26px;padding-top:6px;border-top:1px solid #7f8b97;color:#465361;font-size:10.2px}
`;
